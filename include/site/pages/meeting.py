"""A page per meeting: when and how that is known, who was there, what was ordered, who reports it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from include.contract import DIRECTIVE_KINDS, ROLES
from include.site.links import to_quote
from include.site.marked import Piece, pieces
from include.site.marts import Marts, Row, grouped
from include.site.page import Page
from include.site.pages.meetings import deadline, released_on
from include.site.pages.people import person_links
from include.site.words import say

PARTICIPANTS_SHOWN: Final = 200
DIRECTIVES_SHOWN: Final = 150
ARTICLES_SHOWN: Final = 100

NEWEST: Final = """
select * from marts.fct_meetings
order by coalesce(meeting_date, date_latest, date_earliest) desc nulls last, meeting_id
limit ?
"""
# The rows of those meetings; a bound for each, so that one crowded meeting does not make a page too heavy.
OF_MEETINGS: Final = """
select
    told.*, articles.url, articles.title, articles.published_on, sources.source_name,
    count(*) over (partition by told.meeting_id) as found_count
from marts.{mart} as told
inner join marts.dim_articles as articles on told.article_id = articles.article_id
inner join marts.dim_sources as sources on articles.source_id = sources.source_id
where told.meeting_id in (
    select meeting_id from marts.fct_meetings
    order by coalesce(meeting_date, date_latest, date_earliest) desc nulls last, meeting_id
    limit ?
)
qualify row_number() over (partition by told.meeting_id order by {order}) <= {most}
order by told.meeting_id, {order}
"""
PARTICIPANTS: Final = OF_MEETINGS.format(
    mart="fct_meeting_participants",
    order=f"list_position({list(ROLES)}, told.role), told.organization nulls last, told.person_name,"
    " told.person_id",
    most=PARTICIPANTS_SHOWN,
)
DIRECTIVES: Final = OF_MEETINGS.format(
    mart="fct_directives",
    order="told.deadline_on nulls last, articles.published_on, told.article_id, told.quote_start,"
    " told.directive_id",
    most=DIRECTIVES_SHOWN,
)
REPORTS: Final = OF_MEETINGS.format(
    mart="bridge_meeting_articles",
    order="told.joined_by is not null, articles.published_on nulls last, told.article_id",
    most=ARTICLES_SHOWN,
)


def meeting_pages(marts: Marts, *, limit: int) -> Iterator[Page]:
    """Pages of the `limit` newest meetings."""
    as_of = released_on(marts)
    people = person_links(marts)
    participants = grouped(marts.rows(PARTICIPANTS, [limit]), "meeting_id")
    directives = grouped(marts.rows(DIRECTIVES, [limit]), "meeting_id")
    reports = grouped(marts.rows(REPORTS, [limit]), "meeting_id")
    for meeting in marts.rows(NEWEST, [limit]):
        key = meeting["meeting_id"]
        present = participants.get(key, [])
        tasks = directives.get(key, [])
        told_by = reports.get(key, [])
        yield Page(
            path=f"meetings/{key}.html",
            template="meeting.html.jinja",
            titles=(title(meeting, "vi"), title(meeting, "en")),
            shows={
                "meeting": meeting,
                "as_of": as_of,
                "organizations": by_organization(present, people),
                "participant_count": _count(present),
                "evidence": evidence(present),
                "directives": by_kind(tasks, as_of),
                "directive_count": _count(tasks),
                "conclusion_url": _conclusion_url(meeting, told_by),
                "reports": told_by,
                "report_count": _count(told_by),
            },
        )


def title(meeting: Row, language: str) -> str:
    """The kind of a meeting and what it was about, in one language."""
    about = meeting["topic"] or meeting["host_organization"]
    kind = say(f"meeting_kind.{meeting['meeting_kind']}", language)
    return f"{kind}: {about}" if about else kind


def evidence(participants: Sequence[Row]) -> list[dict[str, Any]]:
    """{"quote", "article_id", "source_url"} of each sentence that names somebody, once."""
    sentences = dict.fromkeys((row["article_id"], row["quote"], row["url"]) for row in participants)
    return [
        {"article_id": article_id, "quote": quote, "source_url": to_quote(url, quote)}
        for article_id, quote, url in sentences
    ]


def by_organization(participants: Sequence[Row], people: Mapping[str, str]) -> dict[str | None, list[Row]]:
    """Participants by organization, that of the lead first and those without one last.

    Each row gets `link`, to the person's entry, None where there is none, and `sentence`, the place from 1
    of the sentence that names the person in the list of `evidence`.
    """
    places = {(row["article_id"], row["quote"]): n for n, row in enumerate(evidence(participants), 1)}
    groups = grouped(
        [
            row
            | {
                "link": people.get(row["person_id"]),
                "sentence": places[row["article_id"], row["quote"]],
            }
            for row in participants
        ],
        "organization",
    )
    return dict(sorted(groups.items(), key=lambda group: group[0] is None))


def by_kind(directives: Sequence[Row], as_of: date) -> dict[str, list[Row]]:
    """Tasks by kind, orders first, each with `deadline`, `pieces` and `source_url`."""
    told = grouped(
        [
            row
            | {
                "deadline": deadline(row["deadline_on"], as_of),
                "pieces": task_marked(row["quote"], row["action"]),
                "source_url": to_quote(row["url"], row["quote"]),
            }
            for row in directives
        ],
        "directive_kind",
    )
    order = ("order", *(kind for kind in DIRECTIVE_KINDS if kind != "order"))
    return {kind: told[kind] for kind in order if kind in told}


def task_marked(quote: str, action: str) -> list[Piece]:
    """A sentence cut at the task that it gives, so that two tasks of one sentence can be told apart."""
    start = quote.find(action)
    return pieces(quote, [(start, start + len(action), "task")] if start >= 0 else [])


def _conclusion_url(meeting: Row, reports: Sequence[Row]) -> str | None:
    urls = {row["article_id"]: row["url"] for row in reports}
    url = urls.get(meeting["conclusion_article_id"])
    return to_quote(url, meeting["conclusion"]) if url and meeting["conclusion"] else None


def _count(rows: Sequence[Row]) -> int:
    return rows[0]["found_count"] if rows else 0
