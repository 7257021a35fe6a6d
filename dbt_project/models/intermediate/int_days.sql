with

{%- set dated = {
    'int_articles_read': ['published_on'],
    'int_claims_versioned': ['period_start', 'period_end', 'comparison_start', 'comparison_end'],
    'int_meetings_merged': ['meeting_date', 'meeting_end_date', 'date_earliest', 'date_latest'],
    'int_directives_resolved': ['deadline_on'],
} %}

-- Never more than 1900 to 2100, so that a misread year fails its test and not the disk.
spans as (
    {% for model, columns in dated.items() %}
        {%- set last_model = loop.last %}
        {%- for column in columns %}
            select
                min({{ column }}) as first_on,
                max({{ column }}) as last_on
            from {{ ref(model) }}
            where {{ column }} between date '1900-01-01' and date '2100-12-31'
            {{ "union all" if not (loop.last and last_model) }}
        {% endfor %}
    {%- endfor %}
),

-- Never fewer days than 1990 to 2050, so that the calendar hardly changes as articles come.
bounds as (
    select
        least(min(first_on), date '1990-01-01') as first_on,
        greatest(max(last_on), date '2050-12-31') as last_on
    from spans
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
