"""What the search page looks through: one file a language, written while the site is built.

A script that assigns JSON, since a page read from disk may not fetch a file. The browser folds names and
query alike (assets/search.js), as include.folding does here; a test in Chromium holds the two together.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from include.folding import folded
from include.site.marts import Marts, Row
from include.site.pages.people import person_links
from include.site.shown import Shown
from include.site.words import say
from include.untrusted import visible

INDEX_FILE: Final = "search-index.js"
INDEX_LIMIT: Final = 480_000
# Bytes of one kind at most, so that no kind crowds out another; articles, the last, take what is left.
KIND_LIMITS: Final = {
    "provinces": 40_000,
    "indicators": 60_000,
    "people": 90_000,
    "meetings": 120_000,
    "articles": INDEX_LIMIT,
}
# What fits in those bytes at the very shortest; nothing beyond is read.
READ_LIMIT: Final = 5_000
# A name is found by its beginning; an article's headline is seldom longer.
LONGEST_NAME: Final = 160
PROVINCES: Final = """
select *, count(*) over () as total from marts.dim_provinces
order by is_current desc, province_id = '00', name, province_id
"""
INDICATORS: Final = """
select i.*, t.name_vi as topic_vi, t.name_en as topic_en, count(*) over () as total
from marts.dim_indicators as i
left join marts.dim_topics as t on i.topic = t.topic
order by i.indicator_code
"""
PEOPLE: Final = """
select *, count(*) over () as total from marts.dim_people
order by meeting_count desc, last_met_on desc, person_id
limit ?
"""
MEETINGS: Final = """
select *, count(*) over () as total from marts.fct_meetings
order by meeting_date desc, meeting_id
limit ?
"""
ARTICLES: Final = """
select
    a.article_id, a.title, a.published_on, s.source_name,
    count(*) over () as total
from marts.dim_articles as a
inner join marts.dim_sources as s on a.source_id = s.source_id
where a.title is not null
order by coalesce(a.published_on, cast(a.first_fetched_at as date)) desc, a.article_id
limit ?
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found.

    path: of the page about it, with the place on it. name: what it is called; detail: what tells it from
    others of the name; also: more words that find it and are not shown.
    """

    path: str
    name: str
    detail: str = ""
    also: str = ""


@dataclass(frozen=True)
class Found:
    """Entries of one language; paths: of all pages, so that nothing is found that is not there."""

    marts: Marts
    paths: Collection[str]
    language: str

    def provinces(self, row: Row) -> Entry:
        """A province, with its bounds where they are of the past."""
        until = row["valid_to"]
        detail = "" if until is None else self._say("search.until", day=self._shown.day(until))
        return self._entry(f"provinces/{row['province_id']}.html", self._name(row), detail, row["name_en"])

    def indicators(self, row: Row) -> Entry:
        """An indicator, found by its names in both languages and its code."""
        also = f"{row['name_vi']} {row['name_en']} {row['indicator_code']}"
        path = f"indicators/{row['indicator_code']}.html"
        return self._entry(path, row[f"name_{self.language}"], row[f"topic_{self.language}"], also)

    def people(self, row: Row) -> Entry:
        """A person, at the place on the page of people."""
        detail = self._joined(row["latest_title"], self._province(row))
        return self._entry(self._people[row["person_id"]], row["person_name"], detail)

    def meetings(self, row: Row) -> Entry:
        """A meeting by its topic; where none is told, by who held or led it."""
        name = row["topic"] or row["host_organization"] or row["lead_name"] or self._say("search.meeting")
        day = self._shown.day(row["meeting_date"]) if row["meeting_date"] else ""
        who = (row["host_organization"], row["lead_name"])
        detail = self._joined(day, self._province(row), *(one for one in who if one != name))
        return self._entry(f"meetings/{row['meeting_id']}.html", name, detail)

    def articles(self, row: Row) -> Entry:
        """An article by its headline; without one there is nothing to find."""
        day = self._shown.day(row["published_on"]) if row["published_on"] else ""
        title = row["title"] or self._say("text.no_title")
        return self._entry(f"articles/{row['article_id']}.html", title, self._joined(day, row["source_name"]))

    @cached_property
    def _people(self) -> Mapping[str, str]:
        return person_links(self.marts)

    @property
    def _shown(self) -> Shown:
        return Shown(self.language, self.marts.units)

    def _say(self, key: str, **values: object) -> str:
        return say(key, self.language, **values)

    def _name(self, row: Row) -> str:
        return str(row["name_en" if self.language == "en" else "name"])

    def _province(self, row: Row) -> str | None:
        province = self.marts.provinces.get(row["province_id"])
        return None if province is None else self._name(province)

    def _joined(self, *parts: str | None) -> str:
        return " · ".join(part for part in parts if part)

    def _entry(self, path: str, name: str, detail: str, also: str = "") -> Entry:
        name, detail = _short(name), _short(detail)
        said = set(folded(f"{name} {detail}").split()) if also else set()
        unsaid = dict.fromkeys(word for word in folded(also).split() if word not in said)
        return Entry(path, name, detail, " ".join(unsaid))


def search_index(marts: Marts, paths: Collection[str], language: str) -> str:
    """The script that hands the search page its entries, below INDEX_LIMIT bytes.

    Of each kind the first that fit, in the order of its query (people who met most, the newest meetings
    and articles); `total` is how many the marts have, and the page says where some are left out.
    """
    find = Found(marts, paths, language)
    queries: dict[str, tuple[str, list[int], Callable[[Row], Entry]]] = {
        "provinces": (PROVINCES, [], find.provinces),
        "indicators": (INDICATORS, [], find.indicators),
        "people": (PEOPLE, [READ_LIMIT], find.people),
        "meetings": (MEETINGS, [READ_LIMIT], find.meetings),
        "articles": (ARTICLES, [READ_LIMIT], find.articles),
    }
    left, kinds = INDEX_LIMIT, []
    for kind, (query, values, entry) in queries.items():
        rows = marts.rows(query, values)
        entries, spent = _first(
            (_row(one) for one in map(entry, rows) if one.path.partition("#")[0] in paths),
            min(KIND_LIMITS[kind], left),
        )
        left -= spent
        total = rows[0]["total"] if rows else 0
        kinds.append({"kind": kind, "name": say(f"search.{kind}", language), "total": total, "rows": entries})
    return f"var sotinhSearch = {as_script(kinds)};\n"


def as_script(value: object) -> str:
    """`value` as JSON that is the same in a script, and that no HTML parser reads as the script's end."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _row(entry: Entry) -> list[str]:
    row = [entry.path, entry.name, entry.detail, entry.also]
    while not row[-1]:
        row.pop()
    return row


def _first(rows: Iterable[list[str]], limit: int) -> tuple[list[list[str]], int]:
    """The rows that fit into `limit` bytes, and how many bytes they take."""
    kept: list[list[str]] = []
    spent = 0
    for row in rows:
        size = len(as_script(row).encode()) + 1
        if spent + size > limit:
            break
        kept.append(row)
        spent += size
    return kept, spent


def _short(text: str) -> str:
    whole = " ".join(text[: 4 * LONGEST_NAME].split())
    cut = whole if len(whole) <= LONGEST_NAME else f"{whole[: LONGEST_NAME - 1].rstrip()}…"
    return visible(cut)
