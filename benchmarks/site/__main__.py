"""`python -m benchmarks.site`: the site of a synthetic warehouse built twice and weighed, or its pictures."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Final

from rich.table import Table

from benchmarks.printing import console, machine, table
from benchmarks.queries.__main__ import folder_of
from benchmarks.queries.warehouse import make_published
from benchmarks.site.measure import HEAVIEST, Measured, measured, sign
from benchmarks.site.pictures import take
from include.contract import PUBLISHED_FILE

# What the site of 10,000 claims may take on two cores.
AIM_SECONDS: Final = 60


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.site", description=__doc__)
    parser.add_argument("--claims", type=int, nargs="+", default=[10_000, 100_000], help="of each warehouse")
    parser.add_argument("--json", action="store_true", help="print JSON in place of the table")
    parser.add_argument(
        "--pictures",
        nargs=2,
        type=Path,
        metavar=("DATA_DIR", "FOLDER"),
        help="instead: build the site of DATA_DIR and put site.png and site-phone.png into FOLDER",
    )
    return parser.parse_args()


def _warehouse(claims: int) -> Path:
    """The data folder of a synthetic warehouse of that size, made where it is missing."""
    asked = folder_of(claims)
    folder = asked.with_name(f"site-{asked.name}")
    if not (folder / PUBLISHED_FILE).exists():
        made = asked / PUBLISHED_FILE
        if not made.exists():
            print(f"Making a warehouse with {claims:,} claims in {asked} …", file=sys.stderr, flush=True)
            make_published(asked, claims)
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(made, folder)
        sign(folder)
    return folder


def _table(rows: list[Measured]) -> Table:
    made = table("the site built from nothing, and again", "", *(f"{row.claims:,} claims" for row in rows))
    for name, told in (
        ("articles, with a page of their own", [f"{row.articles:,}, {row.article_pages:,}" for row in rows]),
        ("pages in two languages", [f"{row.first.pages:,}" for row in rows]),
        ("charts drawn", [f"{row.charts:,}" for row in rows]),
        ("seconds, first build", [f"{row.first.wall:.1f}" for row in rows]),
        ("of processors", [f"{row.first.processor:.1f}" for row in rows]),
        ("seconds, charts kept from before", [f"{row.again.wall:.1f}" for row in rows]),
        ("of processors", [f"{row.again.processor:.1f}" for row in rows]),
        ("times the first", [f"{row.again.processor / row.first.processor:.2f}" for row in rows]),
        ("memory at most, MiB", [f"{max(row.first.peak_mib, row.again.peak_mib):,.0f}" for row in rows]),
        ("heaviest page, kB", [f"{row.weight.heaviest / 1000:,.0f}" for row in rows]),
        ("its name", [row.weight.heaviest_page for row in rows]),
        ("search index, kB", [f"{row.weight.index / 1000:,.0f}" for row in rows]),
        ("the whole site, MB", [f"{row.weight.total / 1e6:,.0f}" for row in rows]),
    ):
        made.add_row(name, *told)
    return made


def main() -> int:
    """Measure and print; 1 where a page weighs too much."""
    arguments = _arguments()
    if arguments.pictures:
        for picture in take(*arguments.pictures):
            print(f"{picture} {picture.stat().st_size / 1000:.0f} kB")
        return 0
    rows = [measured(claims, _warehouse(claims)) for claims in arguments.claims]
    if arguments.json:
        print(json.dumps([asdict(row) for row in rows], indent=1))
    else:
        slow = [f"{row.claims:,}" for row in rows if row.first.wall > AIM_SECONDS]
        told = f"over {AIM_SECONDS} s: {', '.join(slow) or 'none'}"
        console().print(_table(rows), machine(), told, sep="\n")
    return int(any(row.weight.heaviest >= HEAVIEST for row in rows))


if __name__ == "__main__":
    sys.exit(main())
