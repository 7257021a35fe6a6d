"""A small published file with every mart of the contract, made in plain DuckDB without a build.

Columns, types and what may be null are those of docs/data_dictionary.md; provinces, indicators, units and
topics those of the seeds. Everything else is what a test names: `published(folder, claims=[claim("s1")])`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb

from include.contract import MARTS, PUBLISHED_FILE, STORAGE_VERSION
from include.settings import PROJECT_ROOT
from include.warehouse.files import sha256_of
from include.warehouse.manifest import Manifest

Row = dict[str, Any]

SEEDS = PROJECT_ROOT / "dbt_project" / "seeds"
NIGHT = datetime(2026, 3, 9, 19, 5, tzinfo=UTC)
# Short names of `published` and the marts that they fill; a mart's own name does as well.
MART_OF = {
    "articles": "dim_articles",
    "sources": "dim_sources",
    "claims": "fct_indicators",
    "observations": "fct_indicator_observations",
    "targets": "fct_indicator_targets",
    "rollups": "fct_province_rollups",
    "meetings": "fct_meetings",
    "meeting_articles": "bridge_meeting_articles",
    "participants": "fct_meeting_participants",
    "people": "dim_people",
    "posts": "fct_person_posts",
    "directives": "fct_directives",
    "nights": "fct_portal_nights",
    "freshness": "fct_province_freshness",
    "outcomes": "fct_article_outcomes",
    "checks": "fct_consistency_checks",
    "unmapped": "fct_unmapped_indicators",
    "gates": "fct_gate_results",
    "runs": "fct_pipeline_runs",
}
# What a column that may not be null holds where a test does not care.
OF_TYPE: Mapping[str, Any] = {
    "varchar": "x",
    "integer": 0,
    "bigint": 0,
    "double": 0.0,
    "boolean": False,
    "date": NIGHT.date(),
    "timestamp with time zone": NIGHT,
}


def published(folder: Path, *, observations: Iterable[Row] | None = None, **rows: Iterable[Row]) -> Path:
    """Write `folder`/sotinh.duckdb and manifest.json and return `folder`.

    Rows by the short names of MART_OF or by the mart's name; a column that a row leaves out is null, or of
    OF_TYPE where it may not be. Articles and portals that claims name are made where no row gives them; an
    article's body is the sentences of its claims. observations: of every claim with a code, a province and
    a known time where None.
    """
    by_mart = {MART_OF.get(name, name): [dict(row) for row in given] for name, given in rows.items()}
    claims = by_mart.setdefault("fct_indicators", [])
    by_mart["dim_articles"] = _articles(by_mart.get("dim_articles", []), claims)
    sources = {row["source_id"]: row for row in by_mart.get("dim_sources", [])}
    for article in by_mart["dim_articles"]:
        sources.setdefault(article["source_id"], source(article["source_id"]))
    by_mart["dim_sources"] = list(sources.values())
    by_mart["fct_indicator_observations"] = (
        [observation(row) for row in claims if _is_observed(row)]
        if observations is None
        else [dict(row) for row in observations]
    )
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / PUBLISHED_FILE
    file.unlink(missing_ok=True)
    counts = _write(file, {**vocabulary(), **by_mart})
    Manifest(
        run_id="r1",
        published_at=NIGHT.isoformat(timespec="seconds"),
        replaces=None,
        storage_version=STORAGE_VERSION,
        sha256=sha256_of(file),
        byte_count=file.stat().st_size,
        rows=counts,
        content={},
        release="2026-03-10",
    ).write(folder)
    return folder


def source(source_id: str = "benlau", **columns: Any) -> Row:
    row = {"source_id": source_id, "source_name": "Báo Bến Lau", "province_id": "10-2008"}
    return row | {"base_url": f"https://{source_id}.example"} | columns


def article(article_id: str = "a1", **columns: Any) -> Row:
    """One row of dim_articles; published() writes a body where none is given."""
    return {
        "article_id": article_id,
        "source_id": "benlau",
        "url": f"https://benlau.example/{article_id}",
        "title": "Bến Lau có trạm bơm mới",
        "published_on": date(2026, 3, 9),
        "published_basis": "page",
        "version_count": 1,
        "first_fetched_at": NIGHT,
        "last_fetched_at": NIGHT,
    } | columns


def claim(statement_id: str = "s1", **columns: Any) -> Row:
    """One row of fct_indicators: 1,240 ha of forest in Lào Cai (before the mergers) in 2024, as actual.

    The printed number must stand in `quote`, which is made around it where it is not given.
    """
    row: Row = {
        "statement_id": statement_id,
        "article_id": "a1",
        "province_id": "10-2008",
        "indicator_code": "forest_area",
        "indicator_name": "diện tích rừng",
        "measure": "level",
        "value": 1240.0,
        "unit_code": "HECTARE",
        "value_text": "1.240 ha",
        "approximation": "exact",
        "status": "actual",
        "period_type": "year",
        "time_period": "2024",
        "period_start": date(2024, 1, 1),
        "period_end": date(2024, 12, 31),
        "published_on": date(2026, 3, 9),
        "extractor_version": "1",
    } | columns
    row.setdefault(
        "quote", f"Theo báo cáo số {statement_id}, {row['indicator_name']} là {row['value_text']}."
    )
    row.setdefault("province_code", None if row["province_id"] is None else row["province_id"][:2])
    row.setdefault("source_url", f"https://benlau.example/{row['article_id']}#:~:text=Theo")
    return row


def year(number: int) -> Row:
    """The columns of a claim about a whole year."""
    return {
        "period_type": "year",
        "time_period": str(number),
        "period_start": date(number, 1, 1),
        "period_end": date(number, 12, 31),
    }


def observation(of: Mapping[str, Any], **columns: Any) -> Row:
    """The observation that one claim alone stands behind, known since its publication."""
    shared = _columns("fct_indicator_observations").keys() & of.keys()
    row = {name: of[name] for name in shared} | {
        "observation_id": f"o-{of['statement_id']}",
        "vintage_no": 1,
        "realtime_start": of["published_on"] or NIGHT.date(),
        "is_newest": True,
        "is_withdrawn": False,
        "opened_by": "first_report",
        "observed_on": of["period_end"] or of["published_on"] or NIGHT.date(),
        "newest_value": of["value"],
        "article_count": 1,
        "source_count": 1,
        "article_ids": of["article_id"],
        "has_disagreement": False,
    }
    return row | columns


def target(of: Mapping[str, Any], **columns: Any) -> Row:
    """The row of fct_indicator_targets of a claim with the status target, without a result."""
    shared = _columns("fct_indicator_targets").keys() & of.keys()
    row = {name: of[name] for name in shared} | {
        "target_value": of["value"],
        "target_value_high": of.get("value_high"),
        "target_approximation": of["approximation"],
    }
    return row | columns


@cache
def _dictionary() -> dict[str, dict[str, tuple[str, bool]]]:
    """(type, may be null) by column by mart, as documented."""
    text = (PROJECT_ROOT / "docs" / "data_dictionary.md").read_text(encoding="utf-8")
    found: dict[str, dict[str, tuple[str, bool]]] = {}
    for section in re.split(r"^### ", text, flags=re.MULTILINE)[1:]:
        columns = re.findall(r"^\| `(\w+)` \| ([a-z ]+) \| .* \|([^|]*)\|$", section, flags=re.MULTILINE)
        found[section.split("\n", 1)[0]] = {
            name: (kind, "may be null" in notes) for name, kind, notes in columns
        }
    return found


def _columns(mart: str) -> dict[str, tuple[str, bool]]:
    return _dictionary()[mart]


@cache
def _seed(name: str) -> tuple[Row, ...]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple({key: value or None for key, value in row.items()} for row in csv.DictReader(lines))


@cache
def vocabulary() -> Mapping[str, list[Row]]:
    """Rows of the dimensions that the seeds alone decide."""
    names = {row["province_id"]: row["name_vi"] for row in _seed("provinces")}
    traits = {row["indicator_code"]: row for row in _seed("indicator_traits")}
    return {
        "dim_provinces": [
            row
            | {
                "name": row["name_vi"],
                "successor_name": names.get(row["successor_id"]),
                "is_current": row["valid_to"] is None,
                "current_province_id": row["successor_id"] or row["province_id"],
            }
            for row in _seed("provinces")
        ],
        "dim_indicators": [row | traits[row["indicator_code"]] for row in _seed("indicators")],
        "dim_units": [dict(row) | {"adds_up": True} for row in _seed("units")],
        "dim_topics": [_topic(row) for row in _seed("topics")],
    }


def _topic(row: Row) -> Row:
    parents = {one["topic"]: one["parent_topic"] for one in _seed("topics")}
    path = [row["topic"]]
    while (parent := parents[path[0]]) is not None:
        path.insert(0, parent)
    return row | {"root_topic": path[0], "topic_path": " > ".join(path), "topic_depth": len(path)}


def _articles(given: Sequence[Row], claims: Sequence[Row]) -> list[Row]:
    """Articles by key with those that claims name, each with a body; sets the offsets of the claims."""
    articles = {row["article_id"]: row for row in given}
    for row in claims:
        articles.setdefault(row["article_id"], article(row["article_id"], published_on=row["published_on"]))
    for row in articles.values():
        told = [one["quote"] for one in claims if one["article_id"] == row["article_id"]]
        row.setdefault("body", "\n".join(dict.fromkeys(told)) or "Tin ngắn không có số liệu.")
    for row in claims:
        start = articles[row["article_id"]]["body"].index(row["quote"])
        value_start = start + row["quote"].index(row["value_text"])
        row.setdefault("quote_start", start)
        row.setdefault("quote_end", start + len(row["quote"]))
        row.setdefault("value_start", value_start)
        row.setdefault("value_end", value_start + len(row["value_text"]))
    return list(articles.values())


def _is_observed(row: Mapping[str, Any]) -> bool:
    known = row["indicator_code"] is not None and row["province_id"] is not None
    return known and row["period_type"] != "unknown"


def _write(file: Path, by_mart: Mapping[str, Sequence[Row]]) -> dict[str, int]:
    """Every mart with its rows; raises KeyError for a mart or column that the contract does not have."""
    if strange := by_mart.keys() - set(MARTS):
        raise KeyError(f"no such marts: {sorted(strange)}")
    with duckdb.connect(str(file), config={"storage_compatibility_version": STORAGE_VERSION}) as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute("create schema marts")
        for mart in MARTS:
            columns = _columns(mart)
            kinds = [f"{name} {kind}{'' if null else ' not null'}" for name, (kind, null) in columns.items()]
            connection.execute(f"create table marts.{mart} ({', '.join(kinds)})")
            if rows := [_whole(mart, row) for row in by_mart.get(mart, ())]:
                marks = ", ".join([f"({', '.join('?' * len(columns))})"] * len(rows))
                connection.execute(
                    f"insert into marts.{mart} values {marks}", list(chain.from_iterable(rows))
                )
    return {mart: len(by_mart.get(mart, ())) for mart in MARTS}


def _whole(mart: str, row: Row) -> list[Any]:
    columns = _columns(mart)
    if mart not in vocabulary() and (strange := row.keys() - columns.keys()):
        raise KeyError(f"{mart} has no columns {sorted(strange)}")
    return [
        row.get(name) if null or row.get(name) is not None else OF_TYPE[kind]
        for name, (kind, null) in columns.items()
    ]
