{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'article', 'columns': ['article_id']}},
    )
}}

-- Each claim as the interval of values that its wording leaves open, and the keys that tell which
-- claims are about one thing. Every check compares these intervals.
with

claims as (
    select * from {{ ref('int_claims_resolved') }}
    where {{ is_changed() }}
),

articles as (
    select * from {{ ref('int_articles_read') }}
    where {{ is_changed() }}
),

units as (
    select * from {{ ref('units') }}
),

traits as (
    select * from {{ ref('indicator_traits') }}
),

keyed as (
    select
        claims.*,
        units.kind = 'counted' as is_count,
        coalesce(claims.indicator_code, fold_text(claims.indicator_name)) as indicator_key,
        fold_text(claims.breakdown) as part_key,
        fold_text(claims.place_name) as place_key,
        articles.same_text_as is not null as is_copy,
        coalesce(
            traits.grows_in_volume,
            regexp_matches(fold_text(claims.indicator_name), 'giá trị (sản xuất|tăng thêm)')
        ) as grows_in_volume,
        -- Named well enough to be matched with another article's claim.
        traits.indicator_code is not null
        and claims.province_id is not null
        and (claims.breakdown is not null or not traits.needs_breakdown) as is_identified,
        -- Of "15-20%" and "937/994" the digits of the first number.
        case
            when claims.value_high is not null or claims.out_of is not null
                then regexp_extract(claims.value_text, '\d[\d.,]*')
            else claims.value_text
        end as number_text
    from claims
    inner join articles on claims.article_id = articles.article_id
    left join units on claims.unit_code = units.unit_code
    left join traits on claims.indicator_code = traits.indicator_code
),

stepped as (
    select
        *,
        {{ last_digit_worth('value', 'number_text') }} as digit_step,
        {{ last_figure_worth('value', 'number_text') }} as figure_step
    from keyed
),

-- ROUND: of exact figures only one in a hundred ends in two zeros, so a figure of four digits or more
-- that does was rounded to its last digit before them ("18.000 tỷ"); a plan is set at round figures.
-- A count printed to the last unit is not rounded at all.
rounded as (
    select
        *,
        -- "gần 1.000" is above 900, not above 0.
        case when abs(value) = figure_step then 0.1 else 1.0 end * figure_step as step_below,
        case
            when
                approximation = 'exact' and status <> 'target'
                and regexp_matches(number_text, '^\D*[1-9]\d*([. ]?\d)*00(\D|$)')
                and not regexp_matches(number_text, ',\d')
                and digit_step * 1000 <= abs(value)
                then 0.5 * figure_step
            when is_count and digit_step <= 1 then 0
            -- "một nửa"
            when length({{ printed_digits('number_text') }}) = 0 then 0.5 * figure_step
            else 0.5 * digit_step
        end as rounding
    from stepped
),

-- Who writes "hơn 1.200" would write "hơn 1.300" of 1.300: the figure lies within a step of the last
-- digit that is not 0, above after over, below after under, on both sides after about. On the other
-- side it may have been rounded first.
reaching as (
    select
        *,
        case when approximation in ('under', 'about') then step_below else rounding end as toward_zero,
        case
            when approximation = 'over' then figure_step
            when approximation = 'about' then step_below
            else rounding
        end as from_zero
    from rounded
),

int_consistency_claims as (
    select
        statement_id,
        article_id,
        published_on,
        is_copy,
        is_identified,
        grows_in_volume,
        {{ hash_of(['province_id', 'indicator_key', 'part_key', 'place_key']) }} as thing_key,
        {{ hash_of(['province_id', 'indicator_key', 'place_key']) }} as whole_key,
        part_key,
        measure,
        status,
        approximation,
        value,
        least(
            value - case when value >= 0 then toward_zero else from_zero end, value_high - rounding
        ) as low,
        greatest(
            value + case when value >= 0 then from_zero else toward_zero end, value_high + rounding
        ) as high,
        out_of,
        case when is_count and digit_step <= 1 then 0 else 0.5 * digit_step end as out_of_rounding,
        unit_code,
        price_basis,
        period_type,
        period_start,
        period_end,
        comparison_start,
        comparison_end,
        quote,
        quote_start,
        value_start,
        -- To the end of the clause: "dự toán Trung ương giao" behind "62%".
        regexp_extract(
            lower(nfc_normalize(substring(quote, value_end - quote_start + 1))), '^[^,;:.()]*'
        ) as words_after,
        {{ this_build() }} as build_no
    from reaching
)

select * from int_consistency_claims
