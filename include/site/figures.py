"""Figures as the pages of provinces and indicators read them: what may stand side by side, who told it."""

from __future__ import annotations

from typing import Final

from include.site.marts import Marts

# Views of the connection that the queries below read; the published file is not touched. `figures`:
# observations, every vintage, with
#   cadence    kind of period by its length and, below a year, its place in the year: only equal ones are
#              set side by side ("9 tháng" never beside a year or beside "6 tháng"); `days` for odd stretches
#   compared   how far back the time compared with lies, in months (`12m`), `none` where there is none
#   family     what one series is of: all but the time and the status
#   is_known   whether this is what is known now
#   measure_no in what order measures are shown
FIGURES: Final = """
create or replace temp view figures as
with
measured as (
    select
        *,
        datediff('month', period_start, period_end) + 1 as months,
        day(period_start) = 1 and period_end = last_day(period_end) as is_of_months
    from marts.fct_indicator_observations
),

paced as (
    select
        *,
        case
            when period_start is null or period_type in ('instant', 'unknown') then 'instant'
            when period_type = 'day' then 'day'
            when not is_of_months then 'days'
            when months = 1 then 'month'
            when months = 3 and month(period_start) % 3 = 1 then 'quarter'
            when months = 6 and month(period_start) % 6 = 1 then 'half'
            when months = 12 and month(period_start) = 1 then 'year'
            when months % 12 = 0 and month(period_start) = 1 then 'years-' || (months // 12)
            when year(period_start) = year(period_end) then 'months-' || month(period_start) || '-' || months
            else 'days'
        end as cadence,
        case
            when comparison_start is null then 'none'
            when datediff('month', comparison_start, comparison_end) + 1 = months
                then datediff('month', comparison_start, period_start) || 'm'
            else comparison_start || '/' || comparison_end
        end as compared
    from measured
)

select
    *,
    concat_ws(
        chr(31), province_id, indicator_code, coalesce(place_name, chr(1)), coalesce(breakdown, chr(1)),
        measure, unit_code, coalesce(price_basis, ''), cadence, compared
    ) as family,
    is_newest and not is_withdrawn as is_known,
    coalesce(
        list_position(['level', 'change_pct', 'share_pct', 'plan_pct', 'rank'], measure), 9
    ) as measure_no
from paced
"""
# Each statement once, with the article and the sentence; is_standing: whether the article still says it.
TOLD: Final = """
create or replace temp view told as
select
    statement_id, article_id, source_url, approximation, quote, quote_start, value_start, value_end,
    true as is_standing
from marts.fct_indicators
union all
select
    s.statement_id, s.article_id, a.url, s.approximation, s.quote, s.quote_start, s.value_start,
    s.value_end, false
from marts.fct_superseded_indicators as s
inner join marts.dim_articles as a on s.article_id = a.article_id
where s.statement_id not in (select statement_id from marts.fct_indicators)
qualify row_number() over (
    partition by s.statement_id order by s.superseded_on desc, s.article_version_id
) = 1
"""
# One figure a province and time, of whole provinces in their vintage, results before estimates and never a
# target, among those of the same indicator, measure, unit, price basis, time and time compared with. An
# indicator that is told by parts is left out: a figure without its part may be of any of them.
RANKED: Final = """
create or replace temp view ranked as
with
comparable as (
    select
        f.*,
        p.vintage,
        p.name,
        p.name_en,
        coalesce(i.better, 'more') = 'less' as is_less_first,
        concat_ws(
            chr(31), f.indicator_code, f.measure, f.unit_code, coalesce(f.price_basis, ''), f.cadence,
            f.compared, p.vintage
        ) as field
    from figures as f
    inner join marts.dim_provinces as p on f.province_id = p.province_id and p.vintage is not null
    inner join marts.dim_indicators as i on f.indicator_code = i.indicator_code and not i.needs_breakdown
    where
        f.is_known and f.status <> 'target' and f.place_name is null and f.breakdown is null
        and f.measure in ('level', 'change_pct') and f.cadence not in ('instant', 'day', 'days')
    qualify row_number() over (
        partition by f.family, f.period_start order by f.status, f.realtime_start desc, f.observation_id
    ) = 1
)

select
    *,
    field || chr(31) || period_start as contest,
    rank() over (
        partition by field, period_start order by case when is_less_first then value else -value end
    ) as place,
    count(*) over (partition by field, period_start) as contestants
from comparable
"""
# Of each indicator and measure the contest with the most provinces, two at least; the newest of those alike.
LARGEST: Final = """
create or replace temp view largest as
select indicator_code, measure, field, contest
from ranked
where contestants >= 2
group by indicator_code, measure, field, contest
qualify row_number() over (
    partition by indicator_code, measure order by count(*) desc, max(period_end) desc, contest
) = 1
"""

# The newest known figure of each family but targets, the whole province before places and parts of it.
LATEST: Final = """
with
latest as (
    select *, count(*) over (partition by family) as figure_count
    from figures
    where is_known and status <> 'target'
    qualify row_number() over (
        partition by family order by observed_on desc, status, realtime_start desc, observation_id
    ) = 1
),

placed as (
    select
        *,
        place_name is null and breakdown is null as is_whole,
        count(*) over (partition by province_id, place_name is null and breakdown is null) as line_count
    from latest
    qualify row_number() over (
        partition by province_id, place_name is null and breakdown is null
        order by observed_on desc, family
    ) <= ?
)

select placed.*, told.* exclude (statement_id)
from placed
inner join told on placed.statement_id = told.statement_id
inner join marts.dim_indicators as i on placed.indicator_code = i.indicator_code
inner join marts.dim_topics as t on i.topic = t.topic
order by
    placed.province_id, t.sort_order, i.indicator_code, placed.place_name nulls first,
    placed.breakdown nulls first, measure_no, placed.family
"""

# Figures of the series that are worth a chart: known at two times at least, of periods with a measure, and of
# the whole province or of a named part. A figure without its part, of an indicator that is told by parts, may
# be of any of them: such figures make no series. The longest series of each indicator has its turn
# before a second one, levels before changes; of a long series the newest figures.
SERIES: Final = """
with
worth as (
    select
        f.family,
        any_value(f.province_id) as province_id,
        any_value(f.indicator_code) as indicator_code,
        any_value(f.measure_no) as measure_no,
        any_value(f.breakdown) as breakdown,
        count(distinct coalesce(f.time_period, f.observed_on::varchar)) as time_count,
        max(f.observed_on) as newest_on
    from figures as f
    inner join marts.dim_indicators as i on f.indicator_code = i.indicator_code
    where
        f.is_known and f.place_name is null and (f.breakdown is not null or not i.needs_breakdown)
        and f.cadence <> 'days' and not starts_with(f.cadence, 'years-')
        and f.measure not in ('rank_change', 'change_abs', 'multiple')
    group by f.family
    having time_count >= 2
),

turned as (
    select
        *,
        row_number() over (
            partition by province_id, indicator_code, measure_no, breakdown is not null
            order by time_count desc, newest_on desc, family
        ) as turn
    from worth
    where province_id = ? or ? is null
),

chosen as (
    select
        family,
        row_number() over (
            partition by province_id
            order by breakdown is not null, turn, measure_no, time_count desc, newest_on desc, family
        ) as chart_no,
        count(*) over (partition by province_id) as chart_count
    from turned
    qualify chart_no <= ?
),

drawn as (
    select f.*, c.chart_no, c.chart_count
    from figures as f
    inner join chosen as c on f.family = c.family
    qualify row_number() over (
        partition by f.family order by f.is_known desc, f.observed_on desc, f.status, f.realtime_start desc,
        f.observation_id
    ) <= ?
)

select drawn.*, told.* exclude (statement_id)
from drawn
inner join told on drawn.statement_id = told.statement_id
order by
    drawn.province_id, drawn.chart_no, drawn.observed_on, drawn.status, drawn.realtime_start desc,
    drawn.observation_id
"""

# Where a province stands in the newest contest of each indicator and measure.
STANDINGS: Final = """
with
standing as (
    select * from ranked
    where contestants >= 2
    qualify row_number() over (
        partition by province_id, indicator_code, measure order by period_end desc, contestants desc, contest
    ) = 1
)

select standing.*, told.* exclude (statement_id)
from standing
inner join told on standing.statement_id = told.statement_id
order by standing.province_id, standing.indicator_code, measure_no
"""
# All lines of the largest contest of each indicator and measure.
CONTESTS: Final = """
select ranked.*, told.* exclude (statement_id)
from ranked
semi join largest on ranked.contest = largest.contest
inner join told on ranked.statement_id = told.statement_id
order by ranked.indicator_code, measure_no, ranked.place, ranked.name, ranked.province_id
"""
# The same provinces' figures of the same kind at all times, the newest where there are too many.
FIELDS: Final = """
with
newest as (
    select ranked.*, count(*) over (partition by ranked.field) as figure_count
    from ranked
    semi join largest on ranked.field = largest.field
    qualify row_number() over (
        partition by ranked.field order by ranked.period_end desc, ranked.province_id
    ) <= ?
)

select newest.*, told.* exclude (statement_id)
from newest
inner join told on newest.statement_id = told.statement_id
order by newest.indicator_code, measure_no, newest.period_start, newest.name, newest.province_id
"""


def lay_views(marts: Marts) -> None:
    """Give the connection the views that the queries of this module read; again does nothing more."""
    for view in (FIGURES, TOLD, RANKED, LARGEST):
        marts.connection.execute(view)
