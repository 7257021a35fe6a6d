"""Readers work through publishes: none sees a torn file, none fails, one that holds the old file keeps it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb

from include.warehouse.database import open_warehouse
from include.warehouse.publish import publish
from tests.warehouse.samples import NIGHT, build_marts

PUBLISHES = 20
READERS = 1
# Opens, reads and closes until told to stop. Every release has as many claims as articles, all of one
# value, so that a torn file shows. Prints reads, torn reads, failed reads, releases seen.
READER = """
import sys, time, duckdb
from pathlib import Path
path, stop = sys.argv[1], Path(sys.argv[2])
reads = torn = failed = 0
seen = set()
print("reading", flush=True)
while not stop.exists():
    try:
        with duckdb.connect(path, read_only=True, config={"threads": 1}) as connection:
            articles = connection.execute("select count(*) from marts.dim_articles").fetchone()[0]
            claims, low = connection.execute(
                "select count(*), min(value) from marts.fct_indicators"
            ).fetchone()
    except Exception as error:
        failed += 1
        print(error, file=sys.stderr)
        continue
    time.sleep(0.02)
    reads += 1
    seen.add(articles)
    torn += articles != claims or low != articles
print(reads, torn, failed, len(seen))
"""


def fill_marts(warehouse: Path, articles: int) -> None:
    """As many claims as articles, every value that number."""
    with open_warehouse(warehouse) as connection:
        connection.execute("delete from marts.fct_indicators; delete from marts.dim_articles")
        connection.execute(
            "insert into marts.dim_articles (article_id) select 'a' || n from range(?) as t (n)", [articles]
        )
        connection.execute(
            "insert into marts.fct_indicators (statement_id, article_id, value)"
            " select 's' || n, 'a' || n, ? from range(?) as t (n)",
            [articles, articles],
        )


def test_looping_readers_never_see_a_torn_file(tmp_path: Path) -> None:
    warehouse, published, stop = tmp_path / "warehouse.duckdb", tmp_path / "sotinh.duckdb", tmp_path / "stop"

    def publish_with(articles: int) -> None:
        fill_marts(warehouse, articles)
        publish(
            warehouse=warehouse,
            data_dir=tmp_path,
            run_id=f"r{articles:03}",
            releases_kept=3,
            published_at=NIGHT,
        )

    build_marts(warehouse, articles=100, value=100.0)
    publish_with(100)
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(published), str(stop)], stdout=subprocess.PIPE, text=True
        )
        for _ in range(READERS)
    ]
    try:
        for reader in readers:
            assert reader.stdout is not None
            assert reader.stdout.readline() == "reading\n"
        for number in range(1, PUBLISHES + 1):
            publish_with(100 + number)
    finally:
        stop.touch()
        answers = [reader.communicate(timeout=60)[0] for reader in readers]
    for answer in answers:
        reads, torn, failed, seen = map(int, answer.split())
        assert (torn, failed) == (0, 0)
        assert reads >= PUBLISHES
        assert seen > PUBLISHES / 4


def test_a_reader_that_holds_the_old_file_keeps_it_until_it_reopens(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse.duckdb"
    for articles, run_id in ((3, "r1"), (5, "r2")):
        build_marts(warehouse, articles=articles)
        if run_id == "r2":
            held = duckdb.connect(str(tmp_path / "sotinh.duckdb"), read_only=True)
        publish(warehouse=warehouse, data_dir=tmp_path, run_id=run_id, releases_kept=1, published_at=NIGHT)
    assert held.execute("select count(*) from marts.dim_articles").fetchone() == (3,)
    held.close()
    with duckdb.connect(str(tmp_path / "sotinh.duckdb"), read_only=True) as reopened:
        assert reopened.execute("select count(*) from marts.dim_articles").fetchone() == (5,)
