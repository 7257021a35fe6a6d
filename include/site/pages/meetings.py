"""The calendar of meetings and its lists: the newest ones, each month, and those without a day."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, Final

from include.site.marts import Marts, Row, grouped
from include.site.page import Page
from include.site.words import say
from include.warehouse.releases import LOCAL

PATH: Final = "meetings.html"
CALENDARS: Final = 12
NEWEST_SHOWN: Final = 60
UNDATED_SHOWN: Final = 100
DEADLINES_SHOWN: Final = 40
# A month with more shows its newest; the others are in fct_meetings.
MONTH_SHOWN: Final = 400

MONTH_MEETINGS: Final = f"""
select
    meeting_id, meeting_date, meeting_end_date, meeting_kind, topic, host_organization, province_id,
    lead_name, article_count, date_earliest, date_latest, date_basis,
    cast(date_trunc('month', meeting_date) as date) as month,
    count(*) over (partition by date_trunc('month', meeting_date)) as month_count
from marts.fct_meetings
where meeting_date is not null
qualify row_number() over (
    partition by date_trunc('month', meeting_date) order by meeting_date desc, meeting_id
) <= {MONTH_SHOWN}
order by meeting_date desc, meeting_id
"""  # noqa: S608 - built from constants only
UNDATED: Final = f"""
select *, count(*) over () as found_count from marts.fct_meetings
where meeting_date is null
order by date_latest desc nulls last, date_earliest desc nulls last, meeting_id
limit {UNDATED_SHOWN}
"""  # noqa: S608 - built from constants only
# Deadlines to come, the nearest first; then those that have passed, the latest first.
DEADLINES: Final = f"""
with told as (
    select directives.*, directives.deadline_on < ?::date as is_overdue,
        count(*) over (partition by directives.deadline_on < ?::date) as found_count,
        row_number() over (
            partition by directives.deadline_on < ?::date
            order by abs(directives.deadline_on - ?::date), directives.directive_id
        ) as place
    from marts.fct_directives as directives
    where directives.deadline_on is not null
)
select told.*, meetings.* exclude (meeting_id)
from told
inner join marts.fct_meetings as meetings on told.meeting_id = meetings.meeting_id
where told.place <= {DEADLINES_SHOWN}
order by told.is_overdue, told.place
"""  # noqa: S608 - built from constants only


@dataclass(frozen=True, slots=True)
class Month:
    """A month with meetings; weeks: of seven cells, each (day, number of its meetings), None outside it.

    meetings: the newest MONTH_SHOWN of the month's `count`.
    """

    first: date
    count: int
    meetings: Sequence[Row]
    weeks: Sequence[Sequence[tuple[date, int] | None]]

    @property
    def path(self) -> str:
        """Where the month's own page lies."""
        return f"meetings/{self.first:%Y-%m}.html"

    @property
    def days(self) -> dict[date, list[Row]]:
        """The meetings by day, the newest day first."""
        return grouped(self.meetings, "meeting_date")


def meetings_pages(marts: Marts) -> Iterator[Page]:
    """The calendar with the newest meetings, and a page per month."""
    months = read_months(marts)
    as_of = released_on(marts)
    undated = marts.rows(UNDATED)
    deadlines = marts.rows(DEADLINES, [as_of] * 4)
    yield Page(
        path=PATH,
        template="meetings.html.jinja",
        titles=("Cuộc họp", "Meetings"),
        shows={
            "calendars": months[:CALENDARS],
            "older": {
                year: list(of_year)
                for year, of_year in groupby(months[CALENDARS:], lambda month: month.first.year)
            },
            "newest": [row for month in months[:CALENDARS] for row in month.meetings][:NEWEST_SHOWN],
            "dated_count": sum(month.count for month in months),
            "undated": undated,
            "undated_count": undated[0]["found_count"] if undated else 0,
            "deadlines": [row | {"deadline": deadline(row["deadline_on"], as_of)} for row in deadlines],
            "as_of": as_of,
        },
    )
    for place, month in enumerate(months):
        yield Page(
            path=month.path,
            template="month.html.jinja",
            titles=(_month_title(month.first, "vi"), _month_title(month.first, "en")),
            shows={
                "month": month,
                "later": months[place - 1] if place else None,
                "earlier": months[place + 1] if place + 1 < len(months) else None,
            },
        )


def read_months(marts: Marts) -> list[Month]:
    """The months in which a meeting was held, the newest first."""
    return [
        Month(first, rows[0]["month_count"], rows, weeks(first, rows))
        for first, rows in grouped(marts.rows(MONTH_MEETINGS), "month").items()
    ]


def weeks(first: date, meetings: Sequence[Row]) -> list[list[tuple[date, int] | None]]:
    """The weeks of the month that begins on `first`, from Monday, with how many meetings began each day."""
    counts = {day: len(rows) for day, rows in grouped(meetings, "meeting_date").items()}
    return [
        [(day, counts.get(day, 0)) if day.month == first.month else None for day in week]
        for week in calendar.Calendar(calendar.MONDAY).monthdatescalendar(first.year, first.month)
    ]


def released_on(marts: Marts) -> date:
    """The day of the release in Vietnam, by which deadlines are due or overdue: never the reader's day."""
    return datetime.fromisoformat(marts.manifest.published_at).astimezone(LOCAL).date()


def deadline(on: date | None, as_of: date) -> dict[str, Any] | None:
    """{"state", "on", "days"} of a deadline: overdue from the day after it, else due; None without one."""
    if on is None:
        return None
    days = (on - as_of).days
    state = "overdue" if days < 0 else "today" if days == 0 else "due"
    return {"state": state, "on": on, "days": abs(days)}


def _month_title(first: date, language: str) -> str:
    month = say(f"month.{first.month}", language)
    return say("meetings.of_month", language, month=month, year=first.year)
