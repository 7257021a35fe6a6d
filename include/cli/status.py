"""`sotinh status`: what is published, how it was judged, how new it is, and which portals failed last night.

Reads the published file and the manifests alone, so it can be asked while a night runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import duckdb
from rich.console import RenderableType
from rich.text import Text

from include.cli.ending import NotReadableError
from include.cli.published import Row, data_folder, one_row, opened, rows
from include.cli.terminal import Grid, show, tell, words
from include.cli.values import SCHEMA_VERSION, counted, json_text
from include.contract import MARTS, MARTS_SCHEMA, PUBLISHED_FILE
from include.warehouse.manifest import Manifest, ManifestError
from include.warehouse.releases import LOCAL, read_manifest
from include.warehouse.sql_text import quoted_name

COUNTED: Final = {
    "articles": "dim_articles",
    "claims": "fct_indicators",
    "meetings": "fct_meetings",
    "participants": "fct_meeting_participants",
    "directives": "fct_directives",
}
CHECKS: Final = """
    select gate, check_name, severity, has_passed, failing_rows, explanation
    from marts.fct_gate_results
    where run_id = ?
    order by gate, check_name
"""
# A day after the newest batch is a misprint of a portal, no news.
FRESHNESS: Final = """
    with batches as (select max(as_of) as as_of from marts.fct_province_freshness),
    newest as (
        select max(a.published_on) as newest_article_on
        from marts.dim_articles as a, batches as b
        where b.as_of is null or a.published_on <= b.as_of
    )
    select
        b.as_of, n.newest_article_on, b.as_of - n.newest_article_on as days_since_article,
        (select count(*) from marts.fct_province_freshness) as provinces,
        (select count(*) from marts.fct_province_freshness where portal_count = 0)
            as provinces_without_portal,
        (select count(*) from marts.fct_province_freshness where days_since_published <= 7)
            as provinces_with_news_of_week
    from batches as b, newest as n
"""
# Failed is a portal of which no document that leads to articles could be read, or that gave no page at all.
PORTALS: Final = """
    select
        n.night_on, n.source_id, coalesce(s.source_name, n.source_id) as source_name, n.request_count,
        n.unread_request_count, n.discovered_count, n.loaded_count, n.unchanged_count, n.blocked_count,
        n.not_allowed_count, n.empty_count, n.quarantined_count, n.failed_count, n.new_article_count,
        n.unread_request_count = n.request_count
        or (
            n.loaded_count + n.unchanged_count = 0
            and n.blocked_count + n.not_allowed_count + n.quarantined_count + n.failed_count > 0
        ) as has_failed
    from marts.fct_portal_nights as n
    left join marts.dim_sources as s on n.source_id = s.source_id
    where n.night_on = (select max(night_on) from marts.fct_portal_nights)
    order by source_name, n.source_id
"""


def show_status(data_dir: Path | None, *, as_json: bool) -> None:
    """Print the answer of `sotinh status`."""
    folder = data_folder(data_dir)
    with opened(folder) as connection:
        document = read_status(connection, folder)
    if as_json:
        print(json_text(document))
        return
    if document["release"] is None:
        tell(f"{document['file']} is no release that is kept here: it was changed or copied.", "yellow")
    show(described(document))


def read_status(connection: duckdb.DuckDBPyConnection, folder: Path) -> Row:
    """The document of `sotinh status`; raises NotReadableError for a manifest that is damaged."""
    try:
        manifest = read_manifest(folder)
    except ManifestError as damaged:
        raise NotReadableError(str(damaged)) from damaged
    counts = {mart: _count(connection, mart) for mart in MARTS}
    portals = rows(connection, PORTALS)
    return {
        "schema_version": SCHEMA_VERSION,
        "command": "status",
        "file": str(folder / PUBLISHED_FILE),
        "release": None if manifest is None else _release(manifest),
        "counts": {name: counts[mart] for name, mart in COUNTED.items()},
        "gates": judged(rows(connection, CHECKS, [manifest.run_id]) if manifest else []),
        "freshness": one_row(connection, FRESHNESS),
        "last_night": {
            "night_on": portals[0]["night_on"] if portals else None,
            "portals": len(portals),
            "new_articles": sum(portal["new_article_count"] for portal in portals),
            "failed_portals": [
                _without(portal, "night_on", "has_failed") for portal in portals if portal["has_failed"]
            ],
        },
        "rows": counts,
    }


def judged(checks: list[Row]) -> Row:
    """The verdict over a run's checks: passed, warned, refused; unknown where the file holds none of them."""
    failing = [check for check in checks if not check["has_passed"]]
    stopped = [check for check in failing if check["severity"] != "warn"]
    verdict = "refused" if stopped else "warned" if failing else "passed" if checks else "unknown"
    return {
        "verdict": verdict,
        "checks": len(checks),
        "passed": len(checks) - len(failing),
        "failing": [_without(check, "has_passed") for check in failing],
    }


def described(document: Row) -> Iterator[RenderableType | Grid]:
    """The document for people."""
    yield _headline(document)
    counts = ", ".join(counted(count, name) for name, count in document["counts"].items())
    yield _line("Holds", counts)
    yield from _gates(document["gates"])
    fresh = document["freshness"]
    age = fresh["days_since_article"]
    before = "" if age is None else f", {counted(age, 'days')} before {fresh['as_of']}"
    yield _line("Newest article", f"{fresh['newest_article_on'] or 'none with a day'}{before}")
    yield _line(
        "Provinces",
        f"{fresh['provinces']}: {fresh['provinces_with_news_of_week']} with news of the last 7 days,"
        f" {fresh['provinces_without_portal']} without a portal",
    )
    yield from _last_night(document["last_night"])
    yield Text()
    yield Grid(("mart", "rows"), list(document["rows"].items()))


def _headline(document: Row) -> Text:
    release = document["release"]
    if release is None:
        return _line("Published", f"an unknown release, {document['file']}")
    at = datetime.fromisoformat(release["published_at"]).astimezone(LOCAL)
    name = release["name"] or release["run_id"]
    return _line(
        "Published", f"release {name}, {at:%Y-%m-%d %H:%M} in Vietnam, by the run {release['run_id']}"
    )


def _gates(gates: Row) -> Iterator[Text]:
    told = {
        "passed": "all passed",
        "warned": "passed with warnings",
        "refused": "refused",
        "unknown": "no verdict of this release in the file",
    }
    yield _line("Gates", f"{told[gates['verdict']]}: {gates['passed']} of {gates['checks']} checks")
    for check in gates["failing"]:
        yield Text("  ") + words(
            f"{check['gate']} {check['check_name']} ({check['severity']}),"
            f" {counted(check['failing_rows'], 'rows')}:"
            f" {check['explanation'] or ''}",
            "yellow" if check["severity"] == "warn" else "red",
        )


def _last_night(night: Row) -> Iterator[Text]:
    if night["night_on"] is None:
        yield _line("Last night", "no crawl is known")
        return
    failed = night["failed_portals"]
    yield _line(
        "Last night",
        f"{night['night_on']}: {counted(night['portals'], 'portals')},"
        f" {counted(night['new_articles'], 'new articles')},"
        f" {len(failed) or 'none'} failed",
    )
    for portal in failed:
        yield Text("  ") + words(f"{portal['source_name']}: {_why(portal)}", "red")


def _why(portal: Row) -> str:
    """What became of a failed portal's night, in counts."""
    parts = [f"{portal['unread_request_count']} of {portal['request_count']} feeds and listings unread"]
    for outcome in ("blocked", "not_allowed", "empty", "quarantined", "failed"):
        if portal[f"{outcome}_count"]:
            pages = counted(portal[f"{outcome}_count"], "pages")
            parts.append(f"{pages} {outcome.replace('_', ' ')}")
    return ", ".join(parts)


def _line(label: str, told: str) -> Text:
    return Text.assemble((f"{label:<15} ", "bold"), words(told))


def _release(manifest: Manifest) -> Row:
    return {
        "name": manifest.release,
        "run_id": manifest.run_id,
        "published_at": manifest.published_at,
        "replaces": manifest.replaces,
        "sha256": manifest.sha256,
        "byte_count": manifest.byte_count,
    }


def _count(connection: duckdb.DuckDBPyConnection, mart: str) -> Any:
    return one_row(connection, f"select count(*) as n from {MARTS_SCHEMA}.{quoted_name(mart)}")["n"]  # noqa: S608


def _without(row: Row, *names: str) -> Row:
    return {name: value for name, value in row.items() if name not in names}
