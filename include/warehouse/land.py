"""Lands cleaned batches: each in one transaction, then marked in its folder."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from include.contract import RULE_CHANGED
from include.crash_points import crash_point
from include.lake import Lake, Warehouse
from include.progress import report
from include.warehouse.batch_files import BatchFiles, DamagedBatchError, UnaccountedUrlsError, read_batch
from include.warehouse.database import WarehouseDamagedError, has_landing_tables, open_warehouse, settle
from include.warehouse.files import sync, write_whole
from include.warehouse.lake import BUILD_TURN, turn_of
from include.warehouse.transactions import in_transaction

MARKER: Final = "landed"
DAMAGED_FOLDER: Final = "damaged"
REASON_FILE: Final = "why_damaged.txt"

SOURCES: Final = pa.schema(
    [(name, pa.string()) for name in ("source_id", "source_name", "province_id", "base_url", "family")]
)
DISCOVERY: Final = pa.schema(
    [(name, pa.string()) for name in ("source_id", "document_kind", "url", "outcome", "reason")]
    + [("http_status", pa.int32()), ("links_found", pa.int32()), ("requested_at", pa.string())]
)

# The verdict on each row. `latest` is the version with the newest fetch, not the one landed last:
# a backfill of old captures must not make tonight's unchanged page look new. For the same reason an
# old capture of a text that is already known is unchanged, however often it is landed.
#
# A replay lands a capture that the warehouse may know: the same record with the same time of fetch. Read
# by other rules, the capture of the latest version speaks again, so a text that differs from the latest
# becomes the latest (of two versions with one time of fetch the higher version_no is), also where it is
# the text of an earlier version: a rule may be taken back. The reason says of a new version of a record
# that was an article before that the rules changed and not the page.
JUDGE_ROWS = f"""
create temp table landing_rows as
with rows_in_order as (
    select *, row_number() over (partition by article_id, outcome order by row_no) as nth from cleaned
),
known as (
    select
        article_id,
        max(version_no) as last_version_no,
        max(fetched_at) as last_fetched_at,
        arg_max(content_sha256, (fetched_at, version_no)) as latest_text,
        arg_max(warc_file || ':' || warc_offset, (fetched_at, version_no)) as latest_record,
        list(content_sha256) as texts
    from raw.article_versions
    where article_id in (select article_id from cleaned)
    group by article_id
),
read_before as (
    select distinct article_id, warc_file, warc_offset
    from raw.article_outcomes
    where outcome in ('loaded', 'unchanged') and article_id in (select article_id from cleaned)
),
judged as (
    select
        r.* exclude (outcome, reason),
        r.outcome as cleaning_outcome,
        r.reason as cleaning_reason,
        case
            when r.outcome <> 'cleaned' then r.outcome
            when r.nth > 1 then 'unchanged'
            when k.article_id is null then 'loaded'
            when r.content_sha256 = k.latest_text then 'unchanged'
            when r.warc_file || ':' || r.warc_offset = k.latest_record then 'loaded'
            when r.fetched_at <= k.last_fetched_at and list_contains(k.texts, r.content_sha256)
                then 'unchanged'
            else 'loaded'
        end as outcome,
        coalesce(k.last_version_no, 0) + 1 as version_no
    from rows_in_order as r
    left join known as k on r.article_id = k.article_id
)
select
    j.* exclude (cleaning_outcome, cleaning_reason, nth),
    case
        when j.cleaning_outcome <> 'cleaned' then j.cleaning_reason
        when j.nth > 1 then 'duplicate_in_batch'
        when j.outcome = 'loaded' and b.article_id is not null then '{RULE_CHANGED}'
        else j.cleaning_reason
    end as reason
from judged as j
left join read_before as b
    on j.article_id = b.article_id and j.warc_file = b.warc_file and j.warc_offset = b.warc_offset
"""  # noqa: S608 - built from constants only

INSERTS: Final = (
    """
    insert into raw.sources by name
    select ? as batch_id, source_id, source_name, province_id, base_url, family from sources
    """,
    """
    insert into raw.discovery_requests by name
    select ? as batch_id, * replace (cast(requested_at as timestamptz) as requested_at) from discovery
    """,
    """
    insert into raw.article_outcomes by name
    select
        ? as batch_id, source_id, url, article_id, outcome, reason, detail, http_status, fetched_at,
        byte_count, warc_file, warc_offset
    from landing_rows order by row_no
    """,
    """
    insert into raw.article_versions by name
    select
        article_id || '.' || version_no as article_version_id, article_id, version_no, ? as batch_id,
        source_id, article_url as url, title, byline, body, published_on, published_at, published_basis,
        published_conflict, family,
        fetched_at, content_sha256, body_sha256, warc_file, warc_offset
    from landing_rows where outcome = 'loaded' order by row_no
    """,
)

# Every discovered URL has one outcome, and every outcome `loaded` its version.
HELD_ROWS: Final = """
select
    b.batch_id,
    b.discovered + (
        select count(*) from raw.article_outcomes as o
        where o.batch_id = b.batch_id and o.outcome = 'loaded'
    ) as expected,
    (select count(*) from raw.article_outcomes as o where o.batch_id = b.batch_id)
    + (select count(*) from raw.article_versions as v where v.batch_id = b.batch_id) as found
from raw.batches as b
"""


@dataclass(frozen=True, slots=True)
class LandedBatch:
    """A batch that the warehouse holds now. discovered = the sum of `outcomes`; not_due: left alone."""

    batch_id: str
    discovered: int
    not_due: int
    outcomes: dict[str, int]


def land_open_batches(
    *, landing: Path, warehouse: Warehouse, landed_at: Callable[[], datetime], only_again: bool = False
) -> list[LandedBatch]:
    """Land every cleaned batch that the warehouse does not hold, in the order of their ids.

    A batch is landed by what the warehouse holds, not by its marker: killed between commit and
    marker, only the marker is written; a marker whose batch is gone from the warehouse (deleted or
    restored from an older copy) is landed again. Those come first, in the order and with the times in
    which they landed at first: what a row is told to be depends on what was there before it. A damaged
    batch is moved to `landing/damaged/` with its reason, and the others land. landed_at: asked once per
    batch that never landed; only_again: leave those to the next run.

    Raises WarehouseLockedError, and, after landing the others, UnaccountedUrlsError for a batch
    whose cleaned rows are not exactly its discovered URLs; nothing of that batch lands.
    """
    folders = sorted((path.parent for path in landing.glob("*/cleaned.parquet")), key=_landing_order)
    landed: list[LandedBatch] = []
    problems: list[str] = []
    if not folders:
        return landed
    with open_warehouse(warehouse) as connection:
        held = {row[0] for row in connection.execute("select batch_id from raw.batches").fetchall()}
        for folder in folders:
            marked = (folder / MARKER).exists()
            if marked if folder.name in held else only_again and not marked:
                continue
            try:
                if folder.name not in held:
                    _land(connection, warehouse, folder, landed_at)
                landed.append(_mark_landed(connection, folder))
            except DamagedBatchError as damage:
                _set_aside(folder, str(damage))
            except UnaccountedUrlsError as problem:
                problems.append(str(problem))
    if problems:
        raise UnaccountedUrlsError("\n".join(problems))
    return landed


def lost_batches(*, landing: Path, warehouse: Warehouse) -> list[str]:
    """Ids of the batches that bear the marker of having landed, and that the warehouse does not hold.

    A log that was cut short takes them away without an error: that a database opens does not say that it is
    whole. Raises WarehouseDamagedError for a batch that is there with other rows than it landed with, and
    WarehouseLockedError.
    """
    marked = {path.parent.name for path in landing.glob(f"[!.]*/{MARKER}")}
    with open_warehouse(warehouse, read_only=True) as connection:
        held = connection.execute(HELD_ROWS).fetchall() if has_landing_tables(connection) else []
    short = [
        f"{batch_id} ({found} of {expected} rows)" for batch_id, expected, found in held if expected != found
    ]
    if short:
        raise WarehouseDamagedError(
            f"{warehouse} holds other rows than were landed: {', '.join(short)}."
            " `make restore RAW=1` builds it again from landing/"
        )
    return sorted(marked - {batch_id for batch_id, _, _ in held})


def first_landed_at(folder: Path) -> datetime | None:
    """When the batch in `folder` landed, as its marker tells; None where it has none that can be read."""
    try:
        return datetime.fromisoformat((folder / MARKER).read_text(encoding="ascii").strip())
    except (FileNotFoundError, ValueError):
        return None


def _after_the_last(connection: duckdb.DuckDBPyConnection, now: datetime) -> datetime:
    """`now`, or right after the last landing where a clock was set back: batches land again in this order."""
    row = connection.execute(
        "select max(landed_at), max(landed_at) + interval 1 microsecond from raw.batches"
    )
    last, after = row.fetchone() or (None, None)
    return now if last is None or now >= last else after


def _landing_order(folder: Path) -> tuple[datetime, str]:
    return first_landed_at(folder) or datetime.max.replace(tzinfo=UTC), folder.name


def _land(
    connection: duckdb.DuckDBPyConnection,
    warehouse: Warehouse,
    folder: Path,
    landed_at: Callable[[], datetime],
) -> None:
    """Write one batch, whole, and settle it; nothing where another process has just landed it."""
    files = read_batch(folder)
    if (folder / MARKER).exists():
        report("land", f"{folder.name} was landed before and is gone from the warehouse: landing it again")
    first = first_landed_at(folder)
    now = landed_at() if first is None else first
    # What a row is told to be depends on what its portal has: landings of one portal take turns.
    names = [files.header.batch_id, *(source.source_id for source in files.sources)]
    with _turn(connection, warehouse, names):
        _register(connection, files)
        try:
            in_transaction(connection, lambda: _insert_batch(connection, files, now, is_first=first is None))
        except (duckdb.ConversionException, duckdb.ConstraintException) as error:
            raise DamagedBatchError(f"a value that the landing tables cannot hold: {error}") from error
        finally:
            for name in ("cleaned", "sources", "discovery"):
                connection.unregister(name)
    # Big commits go through a checkpoint anyway; a small one left in the log is lost without an
    # error when the log is cut short.
    settle(connection, warehouse)


def _turn(
    connection: duckdb.DuckDBPyConnection, warehouse: Warehouse, names: list[str]
) -> AbstractContextManager[None]:
    """A file has one writer at a time anyway."""
    if not isinstance(warehouse, Lake):
        return nullcontext()
    return turn_of(connection, warehouse, names, shared=[BUILD_TURN])


def _insert_batch(
    connection: duckdb.DuckDBPyConnection, files: BatchFiles, landed_at: datetime, *, is_first: bool
) -> None:
    batch_id = files.header.batch_id
    if connection.execute("select 1 from raw.batches where batch_id = ?", [batch_id]).fetchone():
        return
    if is_first:
        landed_at = _after_the_last(connection, landed_at)
    connection.execute(JUDGE_ROWS)
    for insert in INSERTS:
        connection.execute(insert, [batch_id])
    connection.execute(
        "insert into raw.batches by name select ? as batch_id, ? as batch_kind,"
        " cast(? as timestamptz) as started_at, ? as landed_at, ? as discovered, ? as not_due",
        [
            batch_id,
            files.header.batch_kind,
            files.header.started_at,
            landed_at,
            len(files.discovered),
            files.header.not_due,
        ],
    )
    connection.execute("drop table landing_rows")
    crash_point("land_before_commit")


def _register(connection: duckdb.DuckDBPyConnection, files: BatchFiles) -> None:
    try:
        sources = pa.Table.from_pylist([asdict(row) for row in files.sources], SOURCES)
        discovery = pa.Table.from_pylist([asdict(row) for row in files.discovery], DISCOVERY)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise DamagedBatchError(f"sources.jsonl or discovery.jsonl holds a wrong type: {error}") from error
    row_no = pa.array(range(files.cleaned.num_rows), pa.int64())
    connection.register("cleaned", files.cleaned.append_column("row_no", row_no))
    connection.register("sources", sources)
    connection.register("discovery", discovery)


def _mark_landed(connection: duckdb.DuckDBPyConnection, folder: Path) -> LandedBatch:
    """Put the marker into the folder; the figures come from the warehouse, not from the files."""
    row = connection.execute(
        "select discovered, not_due, strftime(landed_at, '%Y-%m-%dT%H:%M:%S.%fZ')"
        " from raw.batches where batch_id = ?",
        [folder.name],
    ).fetchone()
    if row is None:
        raise RuntimeError(f"batch {folder.name} was committed and is not in raw.batches")
    counted = connection.execute(
        "select outcome, count(*) from raw.article_outcomes where batch_id = ?"
        " group by outcome order by outcome",
        [folder.name],
    ).fetchall()
    crash_point("land_before_marker")
    write_whole(folder / MARKER, f"{row[2]}\n")
    batch = LandedBatch(folder.name, row[0], row[1], dict(counted))
    told = ", ".join(f"{count} {outcome}" for outcome, count in batch.outcomes.items()) or "nothing due"
    report("land", f"{batch.batch_id}: {batch.discovered} URLs, {told}")
    return batch


def _set_aside(folder: Path, reason: str) -> None:
    """Move a damaged batch out of the way, bytes and all, for a person to look at."""
    shelf = folder.parent / DAMAGED_FOLDER
    shelf.mkdir(exist_ok=True)
    target, attempt = shelf / folder.name, 2
    while target.exists():
        target, attempt = shelf / f"{folder.name}.{attempt}", attempt + 1
    write_whole(folder / REASON_FILE, f"{reason}\n")
    folder.replace(target)
    sync(shelf)
    sync(folder.parent)
    report("land", f"{folder.name} is damaged and was moved to {target}: {reason}")
