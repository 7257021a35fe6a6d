{#- What the last build had read stands in ops.modelled_batches; what it left in its own tables is asked by
    their names, for a reference would lead in a circle. -#}
with

versions as (
    select
        article_id,
        version_no,
        batch_id,
        body_sha256
    from {{ ref('stg_landing__article_versions') }}
),

{% if builds_all_rows() %}
    articles as (
        select article_id from versions
        where false
    ),

    batches as (
        select batch_id from versions
        where false
    ),
{% else %}
    batches as (
        select batch_id from {{ source('landing', 'batches') }}
        where batch_id not in (select batch_id from {{ source('ops', 'modelled_batches') }})
    ),

    -- A reading that failed is tried again each night: what broke it may have been the machine.
    articles as (
        select article_id from versions
        where batch_id in (select batch_id from batches)
        union
        select article_id from intermediate.int_versions_read
        where failure_reason is not null or extractor_version is null
    ),
{% endif %}

-- An article that has or had a text of theirs may now be its first, or no longer.
alike as (
    select article_id from versions
    where
        body_sha256 in (
            select theirs.body_sha256 from versions as theirs
            where theirs.article_id in (select article_id from articles)
        )
),

changed as (
    select article_id from articles
    union
    select article_id from alike
),

-- Nights on which something was asked for, or an article first seen that is read anew.
nights as (
    select cast(timezone('Asia/Ho_Chi_Minh', started_at) as date) as night_on
    from {{ ref('stg_landing__batches') }}
    where
        batch_id in (select batch_id from batches)
        or batch_id in (
            select batch_id from versions
            where version_no = 1 and article_id in (select article_id from changed)
        )
),

nights_after as (
    select night_on + cast(days.after as integer) as night_on
    from nights
    cross join generate_series(0, {{ var('nights_compared') }}) as days (after)
),

int_changed_keys as (
    select
        'article' as key_kind,
        article_id as changed_key
    from changed
    union all
    select
        'batch' as key_kind,
        batch_id as changed_key
    from batches
    union all
    select distinct
        'night' as key_kind,
        cast(night_on as varchar) as changed_key
    from nights
    union all
    select distinct
        'night_after' as key_kind,
        cast(night_on as varchar) as changed_key
    from nights_after
)

select * from int_changed_keys
