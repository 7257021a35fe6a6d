"""Bytes as they were fetched, in WARC files: one gzip member a record, on disk before anyone relies on it."""

from __future__ import annotations

import io
import os
import re
import threading
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from include.bounded import read_up_to
from include.crawl.answers import Answer
from include.crawl.decoding import unpack

_SEGMENT: Final = re.compile(r"(?P<source>.+)-(?P<number>\d{3,})\.warc\.gz")
# The body is archived after the connection's own framing is undone, so this header would lie.
_FRAMING: Final = "transfer-encoding"


@dataclass(frozen=True, slots=True)
class Capture:
    """One response to archive. payload: the body as it came, still under its Content-Encoding."""

    url: str
    captured_at: datetime
    http_version: str
    status: int
    reason_phrase: str
    headers: tuple[tuple[str, str], ...]
    payload: bytes


@dataclass(frozen=True, slots=True)
class Location:
    """Where a record stands: file relative to the data folder, offset of its first byte."""

    warc_file: str
    warc_offset: int


class UnreadableCaptureError(ValueError):
    """There is no readable response where one was archived; the message names file and offset."""


class BatchArchive:
    """Writes the WARC files of one batch; may be shared by threads.

    folder: the batch folder as it is now; recorded_as: the path, relative to the data folder, under
    which its files will be found. Each run begins new files (<source_id>-NNN.warc.gz), so a tail torn
    by a kill stays behind and harms no record written later.
    """

    def __init__(self, folder: Path, recorded_as: str) -> None:
        self._folder = folder / "warc"
        self._recorded_as = f"{recorded_as}/warc"
        self._open: dict[str, tuple[str, BinaryIO]] = {}
        self._lock = threading.Lock()

    def __enter__(self) -> BatchArchive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for _, stream in self._open.values():
            stream.close()
        self._open.clear()

    def write(self, source_id: str, capture: Capture) -> Location:
        """Append the response and bring it to disk; returns where it stands."""
        record = _record_bytes(capture)
        with self._lock:
            name, stream = self._segment(source_id)
            offset = stream.tell()
            stream.write(record)
            stream.flush()
            os.fsync(stream.fileno())
        return Location(f"{self._recorded_as}/{name}", offset)

    def _segment(self, source_id: str) -> tuple[str, BinaryIO]:
        if source_id not in self._open:
            self._folder.mkdir(exist_ok=True)
            number = 1 + max(self._numbers(source_id), default=0)
            name = f"{source_id}-{number:03d}.warc.gz"
            self._open[source_id] = (name, (self._folder / name).open("xb"))
        return self._open[source_id]

    def _numbers(self, source_id: str) -> list[int]:
        matches = (_SEGMENT.fullmatch(path.name) for path in self._folder.iterdir())
        return [int(match["number"]) for match in matches if match and match["source"] == source_id]


def read_answer_at(path: Path, offset: int, max_bytes: int) -> Answer:
    """The archived response at `offset` of a file of ours, as the answer that it was when it came.

    Raises UnreadableCaptureError, and what `unpack` raises for a body that is not to be unpacked.
    """
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            record = next(iter(ArchiveIterator(stream)), None)
            if record is None or record.rec_type != "response":
                raise UnreadableCaptureError(f"{path.name}:{offset} is no response record")
            wire = read_up_to(record.raw_stream, max_bytes + 1)
    except (OSError, EOFError, zlib.error, ArchiveLoadFailed) as error:
        raise UnreadableCaptureError(f"{path.name}:{offset}: {type(error).__name__}: {error}") from error
    head = record.http_headers
    return Answer(
        status=int(head.get_statuscode()),
        http_version=head.protocol,
        reason_phrase=head.statusline.partition(" ")[2],
        headers=tuple(head.headers),
        wire=wire,
        body=unpack(wire, head.get_header("Content-Encoding") or "", max_bytes),
        final_url=record.rec_headers.get_header("WARC-Target-URI"),
    )


def _record_bytes(capture: Capture) -> bytes:
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    headers = [(name, value) for name, value in capture.headers if name.lower() != _FRAMING]
    # The space stays where no phrase follows (RFC 9112, 4).
    status = f"{capture.status} {capture.reason_phrase}"
    protocol, spoken = capture.http_version, {}
    if protocol.startswith("HTTP/2"):
        # WARC 1.1 has no form for HTTP/2, and readers refuse a status line that says it. What archives
        # do is write the same answer as HTTP/1.1 and name the protocol beside it.
        protocol, spoken = "HTTP/1.1", {"WARC-Protocol": "h2"}
    record = writer.create_warc_record(
        capture.url,
        "response",
        payload=io.BytesIO(capture.payload),
        length=len(capture.payload),
        http_headers=StatusAndHeaders(status, headers, protocol=protocol),
        warc_headers_dict={"WARC-Date": f"{capture.captured_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"} | spoken,
    )
    writer.write_record(record)
    return buffer.getvalue()
