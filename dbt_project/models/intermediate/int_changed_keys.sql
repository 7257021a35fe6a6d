{#- What the last build had read stands in ops.modelled_batches; what it left in its own tables is asked by
    their names, for a reference would lead in a circle. -#}
with

versions as (
    select
        article_id,
        batch_id,
        body_sha256
    from {{ ref('stg_landing__article_versions') }}
),

{% if var('all_rows') %}
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
        select article_id from intermediate.int_extraction_failures
    ),
{% endif %}

-- An article that has or had a text of theirs may now be its first, or no longer.
alike as (
    select article_id from versions
    where
        body_sha256 in (
            select body_sha256 from versions
            where article_id in (select article_id from articles)
        )
),

int_changed_keys as (
    select
        'article' as key_kind,
        article_id as changed_key
    from articles
    union
    select
        'article' as key_kind,
        article_id as changed_key
    from alike
    union all
    select
        'batch' as key_kind,
        batch_id as changed_key
    from batches
)

select * from int_changed_keys
