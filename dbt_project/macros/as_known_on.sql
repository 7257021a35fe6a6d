{#
  The observations as a reader knew them at the end of `day` (an expression of type date): of each the
  vintage of that day, and nothing that came to be known later. Columns that look back from later (when
  the vintage ended, how many articles came to stand behind it, the newest value) are left out, and a
  result known later is null. For models and analyses: `select * from {{ as_known_on("date '2024-06-30'") }}`.
#}
{% macro as_known_on(day, observations=none) -%}
(
    select
        observation_id,
        vintage_no,
        realtime_start,
        opened_by,
        province_id,
        province_code,
        place_name,
        indicator_code,
        breakdown,
        measure,
        status,
        unit_code,
        price_basis,
        period_type,
        time_period,
        period_start,
        period_end,
        comparison_start,
        comparison_end,
        observed_on,
        value,
        value_high,
        statement_id,
        case when result_known_on <= {{ day }} then result_value end as result_value,
        case when result_known_on <= {{ day }} then result_known_on end as result_known_on,
        case when result_known_on <= {{ day }} then result_statement_id end as result_statement_id
    from {{ observations or ref('fct_indicator_observations') }}
    where realtime_start <= {{ day }} and (realtime_end is null or realtime_end >= {{ day }})
)
{%- endmacro %}

{% macro as_known_comment() -%}
    One row per observed quantity known on `day` (a date), in the vintage of that day.
{%- endmacro %}

{#
  Makes the table macro observations_as_known_on(day) and the view observations_as_known beside the mart.
  The view takes the day from `set variable known_on = date '…'`, and is the newest where none is set.
  Both name tables without the database, so that they can be copied into the published file.
#}
{% macro create_as_known(observations) -%}
    {%- set schema = observations.schema -%}
    create or replace macro {{ schema }}.observations_as_known_on(day) as table
    select * from {{ as_known_on("day", observations.include(database=false)) }} as known;
    {%- if not is_lake() %}
        comment on macro table {{ schema }}.observations_as_known_on is '{{ as_known_comment() }}';
    {%- endif %}
    create or replace view {{ schema }}.observations_as_known as
    select * from {{ schema }}.observations_as_known_on(
        coalesce(cast(getvariable('known_on') as date), date '9999-12-31')
    );
    comment on view {{ schema }}.observations_as_known is
    'One row per observed quantity known on the day of the variable `known_on`, by default today.'
{%- endmacro %}
