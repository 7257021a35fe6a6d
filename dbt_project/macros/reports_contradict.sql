{#
  Whether two reports (aliases of int_meetings_likened) cannot tell of one meeting, whatever else they
  share: they stand in one article, on different days, in different parts of one day, bear different
  numbers of one series, name different places or partners, or leads who were not there together.
#}
{% macro reports_contradict(one, other) -%}
    (
        {{ one }}.article_id = {{ other }}.article_id
        or coalesce(
            {{ one }}.first_day = {{ other }}.first_day and {{ one }}.part_of_day <> {{ other }}.part_of_day,
            false
        )
        or coalesce({{ one }}.series = {{ other }}.series and {{ one }}.edition <> {{ other }}.edition, false)
        or {{ days_contradict(one, other) }}
        or {{ names_contradict(one, other) }}
        or coalesce(
            {{ one }}.lead_key <> {{ other }}.lead_key
            and not list_has_any({{ one }}.people, {{ other }}.people)
            and coalesce({{ one }}.edition <> {{ other }}.edition, true),
            false
        )
    )
{%- endmacro %}

{# Sessions and congresses last for days and are reported day by day: their number holds them together. #}
{% macro days_contradict(one, other) -%}
    case
        when {{ one }}.first_day is null and {{ other }}.first_day is null then false
        when {{ one }}.first_day is null
            then {{ other }}.first_day not between {{ one }}.date_earliest and {{ one }}.date_latest
        when {{ other }}.first_day is null
            then {{ one }}.first_day not between {{ other }}.date_earliest and {{ other }}.date_latest
        else
            greatest({{ one }}.first_day, {{ other }}.first_day)
            - least({{ one }}.last_day, {{ other }}.last_day)
            > case
                when
                    {{ one }}.edition = {{ other }}.edition
                    and {{ one }}.series in ('kỳ họp', 'phiên', 'đại hội')
                    then 4
                else 0
            end
    end
{%- endmacro %}

{# Different partners tell visits apart; at an assembly each report may name other guests. #}
{% macro names_contradict(one, other) -%}
    (
        {{ lists_differ(one, other, 'districts') }}
        or {{ lists_differ(one, other, 'communes') }}
        or {{ lists_differ(one, other, 'countries') }}
        or (
            {{ one }}.is_one_of_many
            and {{ other }}.is_one_of_many
            and (
                {{ lists_differ(one, other, 'provinces') }}
                or {{ lists_differ(one, other, 'firms') }}
                or {{ lists_differ(one, other, 'offices') }}
                or (
                    {{ lists_differ(one, other, 'sites') }}
                    and {{ one }}.meeting_kind = 'ceremony'
                    and {{ other }}.meeting_kind = 'ceremony'
                )
            )
        )
    )
{%- endmacro %}

{% macro lists_differ(one, other, column) -%}
    (
        len({{ one }}.{{ column }}) > 0
        and len({{ other }}.{{ column }}) > 0
        and not list_has_any({{ one }}.{{ column }}, {{ other }}.{{ column }})
    )
{%- endmacro %}
