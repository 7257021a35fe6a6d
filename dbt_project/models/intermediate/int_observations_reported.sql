{{
    config(
        materialized='incremental',
        meta={
            'changes': {
                'kind': 'article',
                'columns': ['article_id'],
                'tells': {'quantity': 'quantity_id'},
            }
        },
    )
}}

-- Only what can be told to be the same quantity: coded, placed, with a known time. A stock without a
-- period is observed on the day of its article; without that day there is no saying when.
with

claims as (
    select
        *,
        case when period_type = 'instant' then published_on else period_end end as observed_on
    from {{ ref('int_claims_standing') }}
    where
        indicator_code is not null and province_id is not null and period_type <> 'unknown'
        and {{ is_changed() }}
),

int_observations_reported as (
    select
        *,
        {{ hash_of([
            'province_id', 'indicator_code', 'fold_text(breakdown)', 'fold_text(place_name)', 'measure',
            'status', 'unit_code', 'price_basis', 'period_type', 'period_start', 'observed_on',
            'comparison_start', 'comparison_end',
        ]) }} as observation_id,
        -- The same quantity whatever its status: an estimate and its result share it.
        {{ hash_of([
            'province_id', 'indicator_code', 'fold_text(breakdown)', 'fold_text(place_name)', 'measure',
            'unit_code', 'price_basis', 'period_type', 'period_start', 'observed_on', 'comparison_start',
            'comparison_end',
        ]) }} as quantity_id
    from claims
    -- Said and taken back within one day is known on no day.
    where observed_on is not null and (withdrawn_on is null or known_on < withdrawn_on)
)

select * from int_observations_reported
