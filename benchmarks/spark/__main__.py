"""`make bench-spark`: both engines on the same pages at several sizes; writes docs/spark.md's part and plot.

ARGS="--pages 500,2000,5000,20000 --folder /big/disk --dry"; --dry prints and writes no page. Results stand
as JSON lines in the folder, and a size that is there already is not measured again.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.load.archive import archive_pages, settings_of
from benchmarks.printing import machine
from benchmarks.spark.picture import drawn
from benchmarks.spark.report import ENGINES, costs_by_engine, written
from benchmarks.spark.work import WORKERS
from include.settings import PROJECT_ROOT
from tests.marked_section import replace_section
from tests.scale.spark.cluster import base_environment, running

PAGE = PROJECT_ROOT / "docs" / "spark.md"
PICTURE = PROJECT_ROOT / "docs" / "spark.svg"
PYTHON = "SOTINH_SPARK_PYTHON"


class RowsDifferError(AssertionError):
    """Both engines read the same pages and gave other rows; nothing that they took is of interest then."""


def main() -> int:
    """Measure what is missing, then write or print; 2 where the environment has no pyspark."""
    asked = _arguments()
    python = os.environ.get(PYTHON)
    if not python:
        print(f"{PYTHON} names no Python that has pyspark: `make bench-spark` does", file=sys.stderr)
        return 2
    if asked.folder is None:
        with tempfile.TemporaryDirectory() as folder:
            runs = _runs(Path(folder), asked.pages, python)
    else:
        asked.folder.mkdir(parents=True, exist_ok=True)
        runs = _runs(asked.folder, asked.pages, python)
    text = written(runs, f"{machine()}, shared with other work")
    print(text)
    if not asked.dry:
        replace_section(PAGE, "measured", text)
        PICTURE.write_text(drawn(costs_by_engine(runs), runs) + "\n", encoding="utf-8")
    return 0


def _runs(folder: Path, sizes: list[int], python: str) -> list[dict[str, Any]]:
    archive = folder / "archive"
    if not archive.exists():
        archive_pages(settings_of(archive, WORKERS), max(sizes), seed=1)
    runs = [_run(folder, archive, pages, engine, python) for pages in sizes for engine in ENGINES]
    for pages in sizes:
        local, spark = (run for run in runs if run["pages"] == pages)
        if any(local[name] != spark[name] for name in ("outcomes", "cleaned", "readings")):
            raise RowsDifferError(f"{pages} pages: local {local}, spark {spark}")
    return runs


def _run(folder: Path, archive: Path, pages: int, engine: str, python: str) -> dict[str, Any]:
    result = folder / f"{engine}-{pages}.json"
    if not result.exists():
        print(f"{pages:,} pages, {engine} …", file=sys.stderr)
        if engine == "local":
            environment = base_environment(uuid.uuid4().hex) | {"SOTINH_ENGINE": "local"}
            told = _work(folder, archive, pages, python, environment)
        else:
            with tempfile.TemporaryDirectory(dir=folder) as own, running(Path(own), python) as cluster:
                told = _work(folder, archive, pages, python, cluster.environment())
        result.write_text(told, encoding="utf-8")
    found: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    return found


def _work(folder: Path, archive: Path, pages: int, python: str, environment: Mapping[str, str]) -> str:
    words = ["-m", "benchmarks.spark.work", str(archive), str(pages), str(folder / "scratch")]
    done = subprocess.run(  # noqa: S603 - our own interpreter and code
        [python, *words],
        cwd=PROJECT_ROOT,
        env=dict(environment),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()[-1] + "\n"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-spark", description=__doc__)
    sizes = [500, 2_000, 5_000, 20_000]
    parser.add_argument("--pages", type=lambda text: [int(one) for one in text.split(",")], default=sizes)
    parser.add_argument("--folder", type=Path, help="keeps the archive and every result")
    parser.add_argument("--dry", action="store_true", help="print, and write no page")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
