"""Pages of registered portals out of somebody's WARC file."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from include.crawl.archive import Capture
from include.portals.hosts import is_own_url
from include.portals.identity import canonical_url
from include.portals.portal import Portal
from include.portals.registry import Registry

# Left out of the copy: the body is stored unpacked, so they would lie.
_ENCODING_HEADERS: Final = ("transfer-encoding", "content-encoding", "content-length")


@dataclass(frozen=True, slots=True)
class ImportedPage:
    """A response of `portal` at `url` (canonical); payload unpacked. is_too_large: it was not read whole."""

    portal: Portal
    url: str
    capture: Capture
    is_too_large: bool


@dataclass(slots=True)
class WarcImport:
    """Reads a WARC file, gzipped or not. left_out: records passed over, by reason; damage: what broke it."""

    path: Path
    registry: Registry
    max_bytes: int
    left_out: Counter[str] = field(default_factory=Counter)
    damage: str | None = None

    def pages(self) -> Iterator[ImportedPage]:
        """Whole HTML responses of registered portals, in the order of the file.

        A file that breaks off gives what is whole; `damage` then says where it broke. Raises
        ArchiveLoadFailed where not even its first record can be read.
        """
        records = 0
        with self.path.open("rb") as stream:
            try:
                for record in ArchiveIterator(stream):
                    page = self._page_of(record)
                    records += 1
                    if page is not None:
                        yield page
            except (ArchiveLoadFailed, EOFError, zlib.error, ValueError) as error:
                if records == 0:
                    raise ArchiveLoadFailed(f"{self.path} is not a WARC file: {error}") from error
                self.damage = f"breaks off after record {records}: {error}"

    def _page_of(self, record: Any) -> ImportedPage | None:
        if record.rec_type != "response" or record.http_headers is None:
            return self._left_out(f"{record.rec_type} record")
        content_type = (record.http_headers.get_header("Content-Type") or "").lower()
        if "html" not in content_type:
            return self._left_out("not HTML")
        status = record.http_headers.get_statuscode()
        if not status.isdigit() or 300 <= int(status) < 400:
            return self._left_out("redirect or without status")
        try:
            url = canonical_url(record.rec_headers.get_header("WARC-Target-URI") or "")
        except ValueError:
            return self._left_out("no web address")
        portal = self._portal_of(url)
        if portal is None:
            return self._left_out("host not in the registry")
        return self._whole_page(record, portal, url, int(status))

    def _whole_page(self, record: Any, portal: Portal, url: str, status: int) -> ImportedPage | None:
        payload = _read_up_to(record.content_stream(), self.max_bytes + 1)
        is_too_large = len(payload) > self.max_bytes
        if not is_too_large and record.raw_stream.limit > 0:
            self.damage = f"the record of {url} is cut short"
            return self._left_out("cut short")
        headers = tuple(
            (name, value)
            for name, value in record.http_headers.headers
            if name.lower() not in _ENCODING_HEADERS
        )
        capture = Capture(
            url=url,
            captured_at=_moment(record.rec_headers.get_header("WARC-Date")),
            http_version=record.http_headers.protocol or "HTTP/1.1",
            status=status,
            reason_phrase=record.http_headers.statusline.partition(" ")[2],
            headers=headers,
            payload=payload[: self.max_bytes],
        )
        return ImportedPage(portal, url, capture, is_too_large)

    def _portal_of(self, url: str) -> Portal | None:
        """The portal at exactly that host, else the first whose site it belongs to."""
        exact = [p for p in self.registry.portals if urlsplit(p.base_url).netloc == urlsplit(url).netloc]
        own = [portal for portal in self.registry.portals if is_own_url(url, portal.base_url)]
        return next(iter(exact + own), None)

    def _left_out(self, reason: str) -> ImportedPage | None:
        """Count a record passed over; there is no page of it."""
        self.left_out[reason] += 1
        return None


def _read_up_to(stream: Any, max_bytes: int) -> bytes:
    parts: list[bytes] = []
    left = max_bytes
    while left > 0 and (part := stream.read(min(left, 65_536))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _moment(warc_date: str) -> datetime:
    moment = datetime.fromisoformat(warc_date)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
