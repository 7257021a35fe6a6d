"""What a stage leaves, as multisets of rows: two runs agree where these are equal.

A row that is in the first and not in the second is lost; one that is only in the second, or there once more,
is doubled. Rows are read with DuckDB, pyarrow and warcio alone.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Final

import duckdb
import pyarrow.parquet as pq
from warcio.archiveiterator import ArchiveIterator

from include.contract import MARTS, PUBLISHED_FILE, WAREHOUSE_FILE

Facts = dict[str, Counter[str]]

RAW_TABLES: Final = ("sources", "batches", "discovery_requests", "article_outcomes", "article_versions")
# Tells of the killed runs as well, and so differs from an unkilled run as it should.
RUNS_MART: Final = "fct_pipeline_runs"
# Where a record lies: a fetch that was killed goes on in another file, and the length of a compressed record
# moves with its random id. That the record is there and is the page is looked at in `fetched`.
PLACES: Final = frozenset({"warc_file", "warc_offset"})


def facts_of(stage: str, data_dir: Path) -> Facts:
    """What the folder holds of a stage's work; empty for one that leaves nothing."""
    readers = {
        "discover": discovered,
        "fetch": fetched,
        "clean": cleaned,
        "land": landed,
        "judge_landed": judged,
        "build": built,
        "judge_marts": judged,
        "publish": published,
        "export": exported,
        "site": drawn,
    }
    return readers[stage](data_dir)


def lost_and_doubled(expected: Facts, found: Facts) -> tuple[int, int]:
    """Rows that are missing, and rows too many, in all parts together."""
    parts = expected.keys() | found.keys()
    empty: Counter[str] = Counter()
    lost = sum((expected.get(part, empty) - found.get(part, empty)).total() for part in parts)
    doubled = sum((found.get(part, empty) - expected.get(part, empty)).total() for part in parts)
    return lost, doubled


def discovered(data_dir: Path) -> Facts:
    """Every URL of every batch."""
    return {
        path.parent.name: Counter(path.read_text(encoding="utf-8").splitlines())
        for path in (data_dir / "landing").glob("[!.]*/discovered.jsonl")
    }


def fetched(data_dir: Path) -> Facts:
    """Every line of every batch, and whether the bytes that it names are that page."""
    facts: Facts = {}
    for batch in (data_dir / "landing").glob("[!.]*/"):
        lines = (batch / "fetched.jsonl").read_text(encoding="utf-8").splitlines()
        facts[f"{batch.name} finished"] = Counter([str((batch / "fetched.done").exists())])
        facts[batch.name] = Counter(_line_told(json.loads(line), data_dir) for line in lines)
    return facts


def _line_told(line: dict[str, object], data_dir: Path) -> str:
    record = _record_told(data_dir / str(line["warc_file"]), line) if line["warc_file"] else "no record"
    return f"{line['url']} {line['outcome']} {line['reason']} {line['http_status']} {record}"


def _record_told(path: Path, line: dict[str, object]) -> str:
    with path.open("rb") as stream:
        stream.seek(int(str(line["warc_offset"])))
        record = next(iter(ArchiveIterator(stream)))
        body = record.content_stream().read()
        address = record.rec_headers.get_header("WARC-Target-URI")
    return "is the page" if address == line["final_url"] and body else f"is {address}, {len(body)} bytes"


def cleaned(data_dir: Path) -> Facts:
    """Every row of every cleaned.parquet."""
    return {
        path.parent.name: Counter(
            _hashed({name: value for name, value in row.items() if name not in PLACES})
            for row in pq.read_table(path).to_pylist()
        )
        for path in (data_dir / "landing").glob("[!.]*/cleaned.parquet")
    }


def landed(data_dir: Path) -> Facts:
    """Every row of the landing tables; which batches bear the marker; no stage run twice."""
    with _reading(data_dir / WAREHOUSE_FILE) as connection:
        facts = {table: _rows(connection, "raw", table) for table in RAW_TABLES}
        runs = connection.execute("select stage_run_id from ops.stage_runs").fetchall()
    marked = (data_dir / "landing").glob("*/landed")
    facts["markers"] = Counter(f"{path.parent.name} {path.read_text(encoding='ascii')}" for path in marked)
    return facts | {
        "stage runs told twice": Counter(run for (run,) in runs) - Counter({run for (run,) in runs})
    }


def judged(data_dir: Path) -> Facts:
    """Every verdict."""
    with _reading(data_dir / WAREHOUSE_FILE) as connection:
        return {"verdicts": _rows(connection, "ops", "gate_results")}


def built(data_dir: Path) -> Facts:
    """Every row of every mart in the warehouse, and the builds that finished."""
    with _reading(data_dir / WAREHOUSE_FILE) as connection:
        rows = connection.execute("select distinct run_id from ops.builds where finished_at is not null")
        finished = Counter(run for (run,) in rows.fetchall())
        return {mart: _rows(connection, "marts", mart) for mart in MARTS if mart != RUNS_MART} | {
            "builds": finished
        }


def published(data_dir: Path) -> Facts:
    """Every row of every mart that readers get, and the batches that count as published."""
    with _reading(data_dir / PUBLISHED_FILE) as connection:
        facts = {mart: _rows(connection, "marts", mart) for mart in MARTS if mart != RUNS_MART}
    with _reading(data_dir / WAREHOUSE_FILE) as connection:
        batches = connection.execute("select batch_id from ops.built_batches").fetchall()
    return facts | {"batches": Counter(batch for (batch,) in batches)}


def exported(data_dir: Path) -> Facts:
    """Bytes of every file that `latest` gives out, where it leads, and what lies about."""
    releases = data_dir / "releases"
    latest = releases / "latest"
    open_data = [path for path in latest.rglob("*") if path.is_file()]
    return {
        "files": Counter(
            f"{path.relative_to(latest)} {hashlib.sha256(path.read_bytes()).hexdigest()}"
            for path in open_data
        ),
        "folders": Counter(
            [f"latest is {latest.resolve().name}", *(path.name for path in releases.iterdir())]
        ),
    }


def drawn(data_dir: Path) -> Facts:
    """Bytes of every page, and no other folder of a site."""
    site = data_dir / "site"
    pages = [path for path in site.rglob("*") if path.is_file()]
    hashes = {path.relative_to(site): hashlib.sha256(path.read_bytes()).hexdigest() for path in pages}
    return {
        "pages": Counter(f"{path} {digest}" for path, digest in hashes.items()),
        "left over": Counter(path.name for path in data_dir.glob(".site.*")),
    }


def _reading(path: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(path), read_only=True, config={"threads": 1})
    connection.execute("set TimeZone = 'UTC'")
    return connection


def _rows(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> Counter[str]:
    columns = connection.execute(
        "select column_name from duckdb_columns() where database_name = current_database()"
        " and schema_name = ? and table_name = ?",
        [schema, table],
    ).fetchall()
    listed = ", ".join(f'"{name}"' for (name,) in sorted(columns) if name not in PLACES)
    query = f"select md5(cast(to_json(r) as varchar)) from (select {listed} from {schema}.{table}) as r"
    return Counter(digest for (digest,) in connection.execute(query).fetchall())


def _hashed(row: dict[str, object]) -> str:
    return hashlib.md5(json.dumps(row, default=str, sort_keys=True).encode()).hexdigest()  # noqa: S324
