{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'sum', 'columns': ['sum_key'], 'tells': {'rollup': 'rollup_id'}}},
    )
}}

-- What the provinces before the mergers said of themselves, added up for the province that holds them
-- now. Only amounts that add up, of the whole province and of one and the same period.
with

observations as (
    select * from {{ ref('int_observations_vintaged') }}
    where
        is_newest and not is_withdrawn
        and measure = 'level' and place_name is null and value_high is null
        and period_start is not null and period_end is not null and comparison_start is null
        and unit_code not in {{ unit_codes_without_sums() }}
        and {{ among_changed('sum', 'sum_key') }}
),

-- Also those of articles edited since: another article may still say what one no longer does.
claims as (
    select distinct
        statement_id,
        approximation
    from {{ ref('int_claims_standing') }}
    where statement_id in (select statement_id from observations)
),

traits as (
    select * from {{ ref('indicator_traits') }}
),

provinces as (
    select * from {{ ref('provinces') }}
    where successor_id is not null
),

expected as (
    select
        successor_id,
        count(*) as provinces_expected
    from provinces
    group by successor_id
),

placed as (
    select
        observations.*,
        provinces.successor_id,
        fold_text(observations.breakdown) as part_key,
        claims.approximation = 'exact' as is_exact
    from observations
    inner join provinces on observations.province_id = provinces.province_id
    inner join traits on observations.indicator_code = traits.indicator_code
    inner join claims on observations.statement_id = claims.statement_id
    where traits.adds_up and (observations.breakdown is not null or not traits.needs_breakdown)
),

int_provinces_rolled_up as (
    select
        {{ hash_of([
            'placed.successor_id', 'placed.indicator_code', 'placed.part_key', 'placed.unit_code',
            'placed.price_basis', 'placed.status', 'placed.period_type', 'placed.period_start',
            'placed.period_end',
        ]) }} as rollup_id,
        placed.successor_id as province_id,
        placed.indicator_code,
        min(placed.breakdown) as breakdown,
        placed.unit_code,
        placed.price_basis,
        placed.status,
        placed.period_type,
        min(placed.time_period) as time_period,
        placed.period_start,
        placed.period_end,
        sum(placed.value order by placed.province_id) as found_value,
        bool_and(placed.is_exact) as is_exact,
        any_value(expected.provinces_expected) as provinces_expected,
        count(*) as provinces_found,
        max(placed.realtime_start) as last_known_on,
        string_agg(placed.province_id, ',' order by placed.province_id) as found_province_ids,
        string_agg(placed.observation_id, ',' order by placed.province_id) as observation_ids,
        string_agg(placed.statement_id, ',' order by placed.province_id) as statement_ids,
        min(placed.sum_key) as sum_key,
        {{ this_build() }} as build_no
    from placed
    inner join expected on placed.successor_id = expected.successor_id
    group by
        placed.successor_id, placed.indicator_code, placed.part_key, placed.unit_code, placed.price_basis,
        placed.status, placed.period_type, placed.period_start, placed.period_end
)

select * from int_provinces_rolled_up
