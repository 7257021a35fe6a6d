"""Archived pages by the same road once more: a batch whose lines name the records of earlier batches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from pathlib import Path

from include.crawl.answers import Answer
from include.crawl.archive import UnreadableCaptureError, read_answer_at
from include.crawl.batch_files import (
    batches_without,
    mark_done,
    opening_batch,
    read_batch_kind,
    read_fetched,
)
from include.crawl.decoding import BadEncodingError, CompressionRatioError, TooLargeError
from include.crawl.http import Limits
from include.crawl.verdict import judge_answer
from include.landing import ArchivedCapture, DiscoveredUrl, FetchedUrl
from include.portals.registry import Registry
from include.progress import report


def open_replay(
    captures: Iterable[ArchivedCapture],
    registry: Registry,
    *,
    landing: Path,
    data_dir: Path,
    started_at: datetime,
) -> str | None:
    """Open a fetched batch of archived pages, to be cleaned with the present rules; returns its id.

    captures: one a URL. Nothing is asked for and no byte is copied: the lines are those of the batches
    that fetched the pages, times of fetch and places in the archive included. The batch appears whole or
    not at all. Left out, and told: records that wait in a replay still to be cleaned, pages of
    portals outside the registry (their CMS family is not known, and wrong rules would make wrong
    versions), records whose file or line is gone. None where nothing is left.
    """
    left_out: Counter[str] = Counter()
    wanted = _wanted(captures, registry, landing, left_out)
    lines = [_judged_again(line, data_dir) for line in _lines_of(wanted, data_dir, left_out)]
    told = ", ".join(f"{count} {reason}" for reason, count in sorted(left_out.items()) if count) or "nothing"
    if not lines:
        report("replay", f"nothing to replay; left out: {told}")
        return None
    used = {line.source_id for line in lines}
    with opening_batch(landing, "replay", started_at) as draft:
        draft.write(
            portals=[portal for portal in registry.portals if portal.id in used],
            requests=[],
            discovered=[_discovered(line) for line in lines],
            not_due=0,
            fetched=lines,
        )
        # Before the folder has its name: a replay never needs the fetch stage, which asks the network.
        mark_done(draft.folder, "fetched.done")
    report("replay", f"{draft.batch_id}: {len(lines)} archived pages; left out: {told}")
    return draft.batch_id


def _wanted(
    captures: Iterable[ArchivedCapture], registry: Registry, landing: Path, left_out: Counter[str]
) -> list[ArchivedCapture]:
    waiting = _waiting_records(landing)
    known = {portal.id for portal in registry.portals}
    wanted = []
    for capture in captures:
        if (capture.warc_file, capture.warc_offset) in waiting:
            left_out["already waiting to be cleaned"] += 1
        elif capture.source_id not in known:
            left_out["of a portal that the registry does not have"] += 1
        else:
            wanted.append(capture)
    return wanted


def _waiting_records(landing: Path) -> set[tuple[str | None, int | None]]:
    """Records in replays that cleaning has not taken up yet: it will read them with the present rules."""
    waiting = batches_without(landing, "cleaned.parquet")
    replays = [batch for batch in waiting if read_batch_kind(batch) == "replay"]
    return {(line.warc_file, line.warc_offset) for batch in replays for line in read_fetched(batch)}


def _lines_of(
    captures: Iterable[ArchivedCapture], data_dir: Path, left_out: Counter[str]
) -> Iterator[FetchedUrl]:
    """The line with which each capture was fetched; every batch's lines are read once."""
    in_order = sorted(captures, key=lambda capture: (capture.warc_file, capture.warc_offset))
    files = {capture.warc_file for capture in in_order}
    there = {name for name in files if (data_dir / name).is_file()}
    for batch, group in groupby(in_order, key=lambda capture: (data_dir / capture.warc_file).parent.parent):
        wanted = {(capture.warc_file, capture.warc_offset) for capture in group}
        readable = {place for place in wanted if place[0] in there}
        lines = [line for line in read_fetched(batch) if (line.warc_file, line.warc_offset) in readable]
        left_out["whose archive file is gone"] += len(wanted) - len(readable)
        left_out["whose line in fetched.jsonl is gone"] += len(readable) - len(lines)
        yield from lines


def _judged_again(line: FetchedUrl, data_dir: Path) -> FetchedUrl:
    """The line of a page to clean, or its quarantine where the crawl itself would still not pass it on.

    Only what the crawl refused is judged anew from its archived answer; what it passed on costs no read.
    """
    if line.outcome != "quarantined":
        return replace(line, outcome="fetched", reason=None, detail=None)
    answer = _archived_answer(line, data_dir)
    if answer is None:
        return line
    verdict = judge_answer(answer, line.url)
    if verdict.outcome not in ("fetched", "quarantined"):
        return line
    return replace(line, outcome=verdict.outcome, reason=verdict.reason, detail=verdict.detail)


def _archived_answer(line: FetchedUrl, data_dir: Path) -> Answer | None:
    """What the server had answered, unpacked; None where it still cannot be read within the limits."""
    try:
        return read_answer_at(data_dir / (line.warc_file or ""), line.warc_offset or 0, Limits().max_bytes)
    except (UnreadableCaptureError, BadEncodingError, CompressionRatioError, TooLargeError):
        return None


def _discovered(line: FetchedUrl) -> DiscoveredUrl:
    return DiscoveredUrl(line.source_id, line.url, line.article_id, line.warc_file or "")
