"""`python -m benchmarks.queries`: the questions of docs/questions on a synthetic warehouse, timed."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from rich.table import Table

from benchmarks.printing import console, machine, table, times
from benchmarks.queries.measure import SCAN, Answered, measure
from benchmarks.queries.warehouse import CLAIMS_PER_ARTICLE, make_published, recipe
from include.contract import PUBLISHED_FILE
from include.settings import PROJECT_ROOT
from include.warehouse.questions import QUESTIONS_FOLDER, read_question

# What a question may take at a million claims on two cores.
AIM_MS: Final = 100


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.queries", description=__doc__)
    parser.add_argument("--claims", type=int, default=1_000_000, help="of the synthetic warehouse")
    parser.add_argument("--published", type=Path, help="a published file to ask instead of a synthetic one")
    parser.add_argument("--only", metavar="WORD", default="", help="questions whose name holds this")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--alone", type=int, default=3, help="fresh processes for each question besides")
    parser.add_argument("--threads", type=int, default=2, help="that DuckDB may use")
    parser.add_argument("--json", action="store_true", help="print JSON in place of the table")
    return parser.parse_args()


def folder_of(claims: int) -> Path:
    """Where the synthetic warehouse of that size lies, another one when what makes it changes."""
    data = Path(os.environ.get("SOTINH_DATA_DIR") or PROJECT_ROOT / "data")
    digest = hashlib.sha256(recipe()).hexdigest()[:12]
    return data / "bench-queries" / f"claims-{claims}-{digest}"


def _synthetic(claims: int) -> Path:
    folder = folder_of(claims)
    if (folder / PUBLISHED_FILE).exists():
        return folder / PUBLISHED_FILE
    articles = -(-claims // CLAIMS_PER_ARTICLE)
    print(f"Making {articles:,} articles with {claims:,} claims in {folder} …", file=sys.stderr, flush=True)
    return make_published(folder, claims)


def _table(rows: Sequence[Answered], title: str) -> Table:
    made = table(
        title, "question", "rows", "median ms", "worst ms", "processor ms", "× one scan", "fresh process ms"
    )
    for row in rows:
        made.add_row(
            row.name,
            f"{row.rows:,}",
            f"{row.wall_median:.1f}",
            f"{row.wall_worst:.1f}",
            f"{row.processor_median:.1f}",
            times(row.scans),
            "" if row.alone is None else f"{row.alone:.0f}",
        )
    return made


def main() -> int:
    """Make the warehouse where it is missing, ask and print; 2 where --only names no question."""
    arguments = _arguments()
    paths = [path for path in sorted(QUESTIONS_FOLDER.glob("*.sql")) if arguments.only in path.stem]
    if not paths:
        print(f"--only {arguments.only!r}: no question has that in its name", file=sys.stderr)
        return 2
    published = arguments.published or _synthetic(arguments.claims)
    rows = measure(
        published,
        [(path, read_question(path)) for path in paths],
        rounds=arguments.rounds,
        alone=arguments.alone,
        threads=arguments.threads,
    )
    if arguments.json:
        print(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1))
        return 0
    size = published.stat().st_size / 2**20
    title = f"{published.name}, {size:,.0f} MiB, {arguments.threads} threads, {arguments.rounds} rounds"
    slow = [row.name for row in rows if row.name != SCAN and row.wall_median > AIM_MS]
    console().print(
        _table(rows, title),
        machine(),
        f"over the aim of {AIM_MS} ms: {', '.join(slow) or 'none'}",
        sep="\n",
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
