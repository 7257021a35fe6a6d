"""`sotinh find`: provinces, indicators, people, meetings and claims by words, without diacritics too."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
from rich.console import RenderableType
from rich.text import Text

from include.cli.ending import CommandError
from include.cli.published import Row, opened, rows
from include.cli.terminal import Grid, show, tell, waiting
from include.cli.values import SCHEMA_VERSION, json_text
from include.folding import folded, folded_pattern


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be found.

    columns: what is told of each. source: a select with them and `names`,
    the words it is called by, `text`, all that is searched, `newest` and `key`, by which equals are sorted.
    """

    name: str
    columns: tuple[str, ...]
    source: str


KINDS: Final = (
    Kind(
        "provinces",
        ("province_id", "name", "name_en", "kind", "valid_from", "valid_to", "successor_name"),
        """
        select
            *, concat_ws(' | ', name, name_en) as names, names as text, valid_from as newest,
            province_id as key
        from marts.dim_provinces
        """,
    ),
    Kind(
        "indicators",
        ("indicator_code", "name_vi", "name_en", "unit_code", "topic"),
        """
        select
            *, concat_ws(' | ', name_vi, name_en, indicator_code) as names, names as text,
            cast(null as date) as newest, indicator_code as key
        from marts.dim_indicators
        """,
    ),
    Kind(
        "people",
        ("person_id", "person_name", "latest_title", "province_name", "meeting_count", "last_met_on"),
        """
        select
            d.*, p.name as province_name, d.person_name as names,
            concat_ws(' | ', d.person_name, d.latest_title, p.name) as text, d.last_met_on as newest,
            d.person_id as key
        from marts.dim_people as d
        left join marts.dim_provinces as p on d.province_id = p.province_id
        """,
    ),
    Kind(
        "meetings",
        (
            "meeting_id", "meeting_date", "meeting_kind", "topic", "lead_name", "host_organization",
            "province_name",
        ),
        """
        select
            m.*, p.name as province_name, concat_ws(' | ', m.topic, m.host_organization) as names,
            concat_ws(
                ' | ', m.topic, m.host_organization, m.lead_name, m.lead_title, m.location, p.name
            ) as text,
            coalesce(m.meeting_date, m.date_latest) as newest, m.meeting_id as key
        from marts.fct_meetings as m
        left join marts.dim_provinces as p on m.province_id = p.province_id
        """,
    ),
    Kind(
        "claims",
        (
            "statement_id", "published_on", "province_name", "indicator_name", "breakdown", "measure",
            "status", "time_period", "value", "unit_code", "value_text", "quote", "source_url",
        ),
        """
        select
            c.*, p.name as province_name,
            concat_ws(
                ' | ', c.indicator_name, i.name_vi, i.name_en, c.breakdown, c.place_name, p.name
            ) as names,
            concat_ws(' | ', names, c.quote) as text, c.published_on as newest, c.statement_id as key
        from marts.fct_indicators as c
        left join marts.dim_provinces as p on c.province_id = p.province_id
        left join marts.dim_indicators as i on c.indicator_code = i.indicator_code
        """,
    ),
)  # fmt: skip


def show_found(
    search: str, kinds: Sequence[str], limit: int, data_dir: Path | None, *, as_json: bool
) -> None:
    """Print the answer of `sotinh find`; kinds: names out of FINDABLE."""
    with opened(data_dir) as connection, waiting("Searching …"):
        document = search_marts(connection, search, kinds, limit)
    if as_json:
        print(json_text(document))
        return
    show(described(document))
    if not any(found["total"] for found in document["found"].values()):
        tell(f"Nothing published has the words {document['words']!r}.")


def search_marts(connection: duckdb.DuckDBPyConnection, search: str, kinds: Sequence[str], limit: int) -> Row:
    """The document of `sotinh find`; raises CommandError for a search without a letter or number."""
    words = folded(search)
    if not words:
        raise CommandError(f"{search!r} has no letter or number to look for.")
    spelled = unicodedata.normalize("NFC", " ".join(search.split())).lower()
    return {
        "schema_version": SCHEMA_VERSION,
        "command": "find",
        "words": search,
        "found": {
            kind.name: _found(connection, kind, words, spelled, limit) for kind in KINDS if kind.name in kinds
        },
    }


def _found(connection: duckdb.DuckDBPyConnection, kind: Kind, words: str, spelled: str, limit: int) -> Row:
    patterns = [folded_pattern(word) for word in words.split()]
    query = f"""
        with sourced as ({kind.source}),
        first as (
            select
                key, newest, contains(lower(text), ?) as is_spelled_so,
                regexp_matches(names, ?) as is_named_so, count(*) over () as total
            from sourced
            where {" and ".join("regexp_matches(text, ?)" for _ in patterns)}
            order by is_spelled_so desc, is_named_so desc, newest desc nulls last, key
            limit ?
        )
        select {", ".join(f"s.{name}" for name in kind.columns)}, f.total
        from first as f
        inner join sourced as s on f.key = s.key
        order by f.is_spelled_so desc, f.is_named_so desc, f.newest desc nulls last, f.key
    """  # noqa: S608 - built from constants only
    found = rows(connection, query, [spelled, folded_pattern(words), *patterns, limit])
    return {
        "total": found[0]["total"] if found else 0,
        "rows": [{name: row[name] for name in kind.columns} for row in found],
    }


# Of a claim a terminal shows what tells it from others; all is in --json.
TOLD: Final = {
    "claims": (
        "statement_id",
        "published_on",
        "province_name",
        "indicator_name",
        "value_text",
        "time_period",
    ),
    "meetings": ("meeting_date", "province_name", "lead_name", "topic"),
    "people": ("person_name", "latest_title", "province_name", "last_met_on"),
    "provinces": ("province_id", "name", "kind", "valid_from", "valid_to", "successor_name"),
    "indicators": ("indicator_code", "name_vi", "name_en", "unit_code"),
}  # fmt: skip


def described(document: Row) -> Iterator[RenderableType | Grid]:
    """The document for people: a table for each kind of which something was found."""
    for name, found in document["found"].items():
        if not found["rows"]:
            continue
        of = "" if found["total"] == len(found["rows"]) else f" ({len(found['rows'])} of {found['total']:,})"
        yield Text(f"{name}{of}", "bold")
        columns = TOLD[name]
        yield Grid(columns, [[row[column] for column in columns] for row in found["rows"]])
        yield Text()
