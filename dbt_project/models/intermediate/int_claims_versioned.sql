{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'article', 'columns': ['article_id'], 'tells': {'goal': 'goal_key'}}},
    )
}}

with

versions as (
    select * from {{ ref('int_versions_read') }}
    where is_current_reading and {{ is_changed() }}
),

places as (
    select * from {{ ref('int_versions_placed') }}
    where {{ is_changed() }}
),

provinces as (
    select * from {{ ref('provinces') }}
),

province_names as (
    select * from {{ ref('int_province_names') }}
),

claims as (
    select
        article_version_id,
        unnest(claims) as claim
    from versions
),

fields as (
    select
        article_version_id,
        unnest(claim)  -- noqa: AL03
    from claims
),

located as (
    select
        fields.*,
        versions.article_id,
        versions.source_id,
        versions.body_no,
        versions.is_latest,
        versions.url,
        versions.body_sha256,
        -- Cut out here, so that no claim carries its whole article through what follows.
        substring(versions.body, fields.quote_start + 1, fields.quote_end - fields.quote_start) as quote,
        versions.extractor_version,
        places.published_on,
        case
            when fields.province_name is null then places.province_id else province_names.province_id
        end as province_id
    from fields
    inner join versions on fields.article_version_id = versions.article_version_id
    inner join places on fields.article_version_id = places.article_version_id
    left join province_names
        on
            fields.province_name = province_names.province_name
            and places.vintage_on between province_names.named_from and province_names.named_to
),

-- The same code, part, place, time and figures are the same thing said, however they are worded; without
-- a code the wording decides. The time of a stock without a period is the day of its article.
keyed as (
    select
        *,
        {{ hash_of([
            'province_id', 'coalesce(indicator_code, fold_text(indicator_name))', 'fold_text(breakdown)',
            'fold_text(place_name)', 'measure', 'value', 'value_high', 'out_of', 'unit_code', 'status',
            'period_type', 'period_start', 'period_end', 'comparison_start', 'comparison_end', 'price_basis',
            "case when period_type = 'instant' then published_on end",
        ]) }} as said_key
    from located
),

-- One number is one claim: read twice at one place, or repeated in the article for the same thing,
-- it stands once, where it stands first.
numbered as (
    select
        *,
        row_number() over (
            partition by article_version_id, value_start, measure
            order by indicator_code nulls last, indicator_name, value
        ) as reading_no,
        row_number() over (
            partition by article_version_id, said_key
            order by quote_start, value_start, indicator_name
        ) as repetition_no
    from keyed
),

quoted as (
    select
        numbered.*,
        provinces.province_code
    from numbered
    left join provinces on numbered.province_id = provinces.province_id
    where numbered.reading_no = 1 and numbered.repetition_no = 1
),

int_claims_versioned as (
    select
        {{ hash_of(['article_id', 'body_sha256', 'value_start', 'measure']) }} as statement_id,
        article_version_id,
        article_id,
        source_id,
        body_no,
        is_latest,
        said_key,
        province_id,
        province_code,
        province_name,
        place_name,
        indicator_code,
        indicator_name,
        breakdown,
        measure,
        value,
        value_high,
        out_of,
        unit_code,
        value_text,
        approximation,
        status,
        period_type,
        time_period,
        period_start,
        period_end,
        comparison_start,
        comparison_end,
        price_basis,
        quote,
        quote_start,
        quote_end,
        value_start,
        value_end,
        url || {{ text_fragment('quote') }} as source_url,
        published_on,
        extractor_version,
        -- What a target and its results have in common.
        case
            when indicator_code is not null and period_start is not null and period_end is not null
                then {{ hash_of([
                    'province_id', 'indicator_code', 'measure', 'unit_code', 'fold_text(breakdown)',
                    'fold_text(place_name)', 'price_basis', 'period_start',
                ]) }}
        end as goal_key,
        {{ this_build() }} as build_no
    from quoted
)

select * from int_claims_versioned
