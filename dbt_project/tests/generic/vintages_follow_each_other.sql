{#
  Vintages that overlap, leave a gap though the figure was not withdrawn (or none though it was), or are
  not numbered in the order of their days.
#}
{% test vintages_follow_each_other(model) %}

with neighbours as (
    select
        observation_id,
        vintage_no,
        realtime_end,
        is_newest,
        is_withdrawn,
        lead(vintage_no) over (partition by observation_id order by realtime_start) as next_no,
        lead(realtime_start) over (partition by observation_id order by realtime_start) as next_start
    from {{ model }}
)

select *
from neighbours
where
    is_newest <> (next_no is null)
    or next_no <> vintage_no + 1
    or (is_withdrawn and (realtime_end is null or realtime_end + 1 >= next_start))
    or (not is_withdrawn and realtime_end is distinct from next_start - 1)

{% endtest %}
