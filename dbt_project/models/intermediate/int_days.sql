with

days as (
    select published_on as day_on from {{ ref('int_articles_read') }}
    union all
    select unnest([period_start, period_end, comparison_start, comparison_end])
    from {{ ref('int_claims_versioned') }}
    union all
    select unnest([meeting_date, meeting_end_date, date_earliest, date_latest])
    from {{ ref('int_meetings_merged') }}
    union all
    select deadline_on from {{ ref('int_directives_resolved') }}
),

-- Never fewer days than 1990 to 2050, so that the calendar hardly changes as articles come; never
-- more than 1900 to 2100, so that a misread year fails its test and not the disk.
bounds as (
    select
        least(min(day_on), date '1990-01-01') as first_on,
        greatest(max(day_on), date '2050-12-31') as last_on
    from days
    where day_on between date '1900-01-01' and date '2100-12-31'
),

int_days as (
    select
        cast(unnest(generate_series(
            coalesce(date_trunc('year', first_on), date '1990-01-01'),
            coalesce(last_on, date '2050-12-31'),
            interval 1 day
        )) as date) as date_day
    from bounds
)

select * from int_days
