"""The people named at meetings: their posts over time and the meetings that name them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from include.site.marts import Marts, Row, grouped
from include.site.page import Page

PATH: Final = "people.html"
# On one page, and from how many on the letters have pages of their own.
PEOPLE_ON_A_PAGE: Final = 200
POSTS_SHOWN: Final = 4
MEETINGS_SHOWN: Final = 4

PEOPLE: Final = "select * from marts.dim_people order by person_name, person_id"
POSTS: Final = f"""
select
    posts.person_id, posts.post, posts.organization_name, posts.is_former, posts.first_seen_on,
    posts.last_seen_on, posts.last_article_id, articles.url as last_url,
    count(*) over (partition by posts.person_id) as found_count
from marts.fct_person_posts as posts
left join marts.dim_articles as articles on posts.last_article_id = articles.article_id
qualify row_number() over (
    partition by posts.person_id order by posts.last_seen_on desc nulls last, posts.person_post_id
) <= {POSTS_SHOWN}
order by posts.person_id, posts.last_seen_on desc nulls last, posts.person_post_id
"""  # noqa: S608 - built from constants only
MEETINGS: Final = f"""
select
    participants.person_id, participants.role, meetings.meeting_id, meetings.meeting_date,
    meetings.meeting_end_date, meetings.date_earliest, meetings.date_latest, meetings.meeting_kind,
    meetings.topic, meetings.host_organization
from marts.fct_meeting_participants as participants
inner join marts.fct_meetings as meetings on participants.meeting_id = meetings.meeting_id
qualify row_number() over (
    partition by participants.person_id order by meetings.meeting_date desc nulls last, meetings.meeting_id
) <= {MEETINGS_SHOWN}
order by participants.person_id, meetings.meeting_date desc nulls last, meetings.meeting_id
"""  # noqa: S608 - built from constants only


def people_pages(marts: Marts) -> Iterator[Page]:
    """One page of all people, or with many of them a page of letters and pages per letter."""
    people = marts.rows(PEOPLE)
    posts, meetings = grouped(marts.rows(POSTS), "person_id"), grouped(marts.rows(MEETINGS), "person_id")
    parts = _parts(people)
    if parts.keys() != {PATH}:
        letters = [{"path": path, "first": rows[0], "last": rows[-1]} for path, rows in parts.items()]
        yield _page(PATH, [], letters, len(people))
    for path, rows in parts.items():
        told = [
            row | {"posts": posts.get(row["person_id"], []), "meetings": meetings.get(row["person_id"], [])}
            for row in rows
        ]
        yield _page(path, told, [], len(people))


def person_links(marts: Marts) -> dict[str, str]:
    """By person_id, the path of the page with the person's entry and its anchor: people.html#p-<id>."""
    return {
        row["person_id"]: f"{path}#p-{row['person_id']}"
        for path, rows in _parts(marts.rows(PEOPLE)).items()
        for row in rows
    }


def letter(person_name: str) -> str:
    """The letter under which a name is looked up: of the given name, which stands last, without marks.

    `other` where it is no letter from a to z.
    """
    given = person_name.split()[-1:] or [""]
    plain = unicodedata.normalize("NFD", given[0].casefold().replace("đ", "d"))[:1]
    return plain if "a" <= plain <= "z" else "other"


def _parts(people: Sequence[Row]) -> dict[str, list[Row]]:
    """People by the path of their page, in the order of given names."""
    ordered = sorted(people, key=lambda row: (letter(row["person_name"]), row["person_name"].split()[::-1]))
    if len(ordered) <= PEOPLE_ON_A_PAGE:
        return {PATH: ordered}
    parts: dict[str, list[Row]] = {}
    for initial, rows in _by_letter(ordered).items():
        for number, start in enumerate(range(0, len(rows), PEOPLE_ON_A_PAGE), 1):
            name = initial if number == 1 else f"{initial}-{number}"
            parts[f"people/{name}.html"] = rows[start : start + PEOPLE_ON_A_PAGE]
    return parts


def _by_letter(people: Sequence[Row]) -> dict[str, list[Row]]:
    return grouped([row | {"letter": letter(row["person_name"])} for row in people], "letter")


def _page(path: str, people: Sequence[Row], letters: Sequence[Row], count: int) -> Page:
    return Page(
        path=path,
        template="people.html.jinja",
        titles=("Người được nêu tên", "People"),
        shows={"people": people, "letters": letters, "person_count": count},
    )
