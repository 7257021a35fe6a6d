"""What a run ends with: what was found, whether it can be trusted, and where it is.

`make status` prints it again later; `--svg FILE` draws it, which is how the README's picture is made.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from include.contract import OUTCOMES, SITE_FOLDER
from include.settings import PROJECT_ROOT, Settings
from include.untrusted import visible
from include.warehouse.database import WarehouseLockedError, open_warehouse
from include.warehouse.manifest import ManifestError
from include.warehouse.publish import Manifest, read_manifest, read_previous_manifest, same_rows
from include.warehouse.reading import open_published
from include.warehouse.releases import kept_releases
from include.warehouse.restore import what_is_wrong

# Wide enough for a sentence a line where no terminal says how wide it is.
PIPED_WIDTH = 120

# Three claims that show the breadth: the newest article of each province first, whole-province
# levels with a known indicator before anything else.
CLAIMS_TO_SHOW = """
with ranked as (
    select
        claims.*,
        row_number() over (
            partition by claims.province_id
            order by claims.published_on desc nulls last, claims.article_id, claims.value_start
        ) as place
    from marts.fct_indicators as claims
    where
        claims.indicator_code is not null
        and claims.measure = 'level'
        and claims.breakdown is null
        and claims.time_period is not null
)
select
    ranked.indicator_code, ranked.value, ranked.unit_code, ranked.status, ranked.time_period,
    ranked.quote, ranked.value_text, ranked.value_start - ranked.quote_start as value_at,
    provinces.name, ranked.source_url
from ranked left join marts.dim_provinces as provinces using (province_id)
where ranked.place = 1
order by ranked.published_on desc nulls last, ranked.statement_id
limit 3
"""

# Through JSON, because a warehouse that no run of this version has written to yet lacks the column.
WARNINGS = """
select gate, check_name || ', ' || failing_rows || ' rows: ' || reason
from ops.gate_results as results
where
    not passed
    and json_extract_string(to_json(results), '$.severity') = 'warn'
    and run_id = (select arg_max(run_id, judged_at) from ops.gate_results)
order by gate, check_name
"""


def print_summary(settings: Settings, console: Console, *, seconds: float | None = None) -> None:
    """Print the state of the published marts and of the newest batch.

    Reads the published file and, for the gates, the warehouse; raises FileNotFoundError where a run
    left no published file, or where it was removed or changed since.
    """
    manifest = read_manifest(settings.data_dir)
    if manifest is None:
        raise FileNotFoundError(_why_nothing_is_published(settings))
    with open_published(settings.published) as marts:
        try:
            with open_warehouse(settings.warehouse, read_only=True) as warehouse:
                print_batches(warehouse, console)
                _print_counts(marts, console)
                _print_claims(marts, console)
                print_verdicts(warehouse, manifest.run_id, dbt_verdict(settings.data_dir), console)
        except WarehouseLockedError as locked:
            _print_counts(marts, console)
            _print_claims(marts, console)
            console.print(f"\nURLs and gates cannot be shown now: {locked}", markup=False)
    _print_news(settings, manifest, console)
    _print_next(settings.published, console, seconds)


def _why_nothing_is_published(settings: Settings) -> str:
    kept = kept_releases(settings.releases)
    if not kept:
        return f"nothing is published in {settings.data_dir} yet: start with `make run`"
    return (
        f"{what_is_wrong(settings.data_dir)}; {len(kept)} releases are kept. `make restore` puts the last one"
        " back at once; the next build publishes again by itself."
    )


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return connection.execute(query).fetchall()


def print_batches(warehouse: duckdb.DuckDBPyConnection, console: Console) -> None:
    """What landed last: one line a portal with what its URLs came to, and whether the sum is whole.

    A run lands tonight's batch and whatever a killed one left, with one time. Discovered is counted when a
    batch lands, apart from the outcomes; both meet only here.
    """
    ((discovered, not_due),) = _rows(
        warehouse,
        """
        select sum(discovered), sum(not_due) from raw.batches
        where landed_at = (select max(landed_at) from raw.batches)
        """,
    )
    counted = _rows(
        warehouse,
        """
        select source_id, outcome, count(*)
        from raw.article_outcomes inner join raw.batches using (batch_id)
        where landed_at = (select max(landed_at) from raw.batches)
        group by all order by all
        """,
    )
    totals = {outcome: sum(row[2] for row in counted if row[1] == outcome) for outcome in OUTCOMES}
    shown = {outcome: count for outcome, count in totals.items() if count}
    if counted:
        console.print(_portal_table(counted, list(shown)))
    parts = " + ".join(f"{count} {outcome}" for outcome, count in shown.items()) or "nothing was due"
    if discovered == sum(totals.values()):
        console.print(f"discovered {discovered} = {parts}; not due again: {not_due}")
    else:
        console.print(f"discovered {discovered}, outcomes {parts}: rows are missing", style="bold red")


def _portal_table(counted: list[tuple[Any, ...]], shown: list[str]) -> Table:
    table = Table(title="\nURLs landed last, by portal and outcome", title_justify="left", box=None)
    table.add_column("portal")
    for heading in ("discovered", *shown):
        table.add_column(heading, justify="right")
    for source in sorted({row[0] for row in counted}):
        of_source = {row[1]: row[2] for row in counted if row[0] == source}
        table.add_row(source, str(sum(of_source.values())), *(str(of_source.get(o, "·")) for o in shown))
    totals = [sum(row[2] for row in counted if row[1] == outcome) for outcome in shown]
    table.add_row("all", str(sum(totals)), *map(str, totals), style="bold")
    return table


def _print_counts(marts: duckdb.DuckDBPyConnection, console: Console) -> None:
    articles, undated = _rows(
        marts, "select count(*), count(*) filter (published_on is null) from marts.dim_articles"
    )[0]
    claims, mapped = _rows(marts, "select count(*), count(indicator_code) from marts.fct_indicators")[0]
    meetings, led = _rows(marts, "select count(*), count(lead_name) from marts.fct_meetings")[0]
    people = _rows(marts, "select count(*) from marts.fct_meeting_participants")[0][0]
    directives = _rows(marts, "select count(*) from marts.fct_directives")[0][0]
    console.print(
        f"\nIn the warehouse now: {articles} articles ({undated} undated), {claims} claims ({mapped} with a"
        f" known indicator), {meetings} meetings ({led} with their chair), {people} participants,"
        f" {directives} directives."
    )


def _print_claims(marts: duckdb.DuckDBPyConnection, console: Console) -> None:
    found = _rows(marts, CLAIMS_TO_SHOW)
    if found:
        console.print("\nThree claims, each with the sentence it stands in:", style="bold")
    for code, value, unit, status, period, quote, value_text, value_at, province, url in found:
        marked = (
            _as_seen(quote[:value_at])
            + f"[bold green]{_as_seen(value_text)}[/]"
            + _as_seen(quote[value_at + len(value_text) :])
        )
        console.print(f"  {province} · {code} = {_plain(value)} {unit} · {status} · {period or 'no period'}")
        console.print(f"    “{marked}”")
        console.print(f"    {visible(url.split('#')[0])}", markup=False, soft_wrap=True)


def _as_seen(text: str) -> str:
    """A part of an article: every character can be seen, and brackets are no markup."""
    return escape(visible(text))


def _plain(value: float) -> str:
    """A number written out with thousands separators: 5,406,000,000,000 or 26.4."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.4f}".rstrip("0")


def dbt_verdict(data_dir: Path) -> str:
    """What the last dbt build says of its tests, in a few words."""
    results = data_dir / "dbt" / "target" / "run_results.json"
    if not results.exists():
        return "dbt: no results"
    nodes = json.loads(results.read_text(encoding="utf-8"))["results"]
    tests = Counter(node["status"] for node in nodes if node["unique_id"].startswith("test."))
    return f"dbt: {tests['pass']} of {tests.total()} tests passed"


def print_verdicts(warehouse: duckdb.DuckDBPyConnection, published: str, dbt: str, console: Console) -> None:
    """How the gates judged the newest build, and whether it is the one that readers see.

    published: run_id of the file in place.
    """
    judged = _rows(
        warehouse,
        """
        select run_id, gate, count(*) filter (passed), count(*) from ops.gate_results
        where run_id = (select arg_max(run_id, judged_at) from ops.gate_results)
        group by run_id, gate order by gate
        """,
    )
    verdicts = "; ".join(f"{gate}: {passed} of {total} checks passed" for _, gate, passed, total in judged)
    console.print(f"\nGates: {verdicts}; {dbt}.")
    for gate, told in _rows(warehouse, WARNINGS):
        console.print(f"  {gate} warns: {visible(told)}", style="yellow", markup=False)
    newest = judged[0][0] if judged else published
    if newest != published:
        console.print(
            f"The newest build, {newest}, is not published: readers see {published}.", style="bold red"
        )


def _print_news(settings: Settings, manifest: Manifest, console: Console) -> None:
    before = read_previous_manifest(settings.data_dir)
    if before is not None and same_rows(before, manifest):
        console.print(
            "Nothing new: the published articles, claims and meetings are the rows of the release before.",
            style="bold",
        )


def _print_next(published: Path, console: Console, seconds: float | None) -> None:
    shown = published.relative_to(PROJECT_ROOT) if published.is_relative_to(PROJECT_ROOT) else published
    took = "" if seconds is None else f" in {seconds:.0f} s"
    console.print(f"\nPublished{took}: {shown} (schema marts)", style="bold", markup=False)
    console.print(
        "Try next:\n"
        f"  make open      {SITE_FOLDER}/index.html: the night, provinces, indicators, meetings\n"
        "  docs/query.md  questions to ask it, from a DuckDB shell or a notebook\n"
        "  docs/open_data.md  how to open it safely; Parquet and CSV in releases/latest\n"
        "  make status    this summary again\n"
        "  make up        Airflow's UI and the nightly schedule on 127.0.0.1\n"
        "  make rollback  the release before this one",
        markup=False,
    )


def main() -> int:
    """Print the summary of DATA_DIR, or with --svg draw it into a file; 1 where nothing is published."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--svg", type=Path, help="draw the summary into this file")
    arguments = parser.parse_args()
    console = Console(highlight=False, width=None if sys.stdout.isatty() else PIPED_WIDTH, record=True)
    try:
        print_summary(Settings.from_environment(), console)
    except (FileNotFoundError, ManifestError) as problem:
        print(problem, file=sys.stderr)
        return 1
    if arguments.svg:
        drawn = console.export_svg(title="make run")
        # The drawing names fonts of a host on the internet; a page that shows it shall ask nobody.
        arguments.svg.write_text(re.sub(r"@font-face \{[^}]*\}", "", drawn), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
