"""Pages of registered portals out of somebody's WARC files."""

from __future__ import annotations

import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, BinaryIO, Final
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders

from include.bounded import read_up_to
from include.crawl.archive import Capture
from include.crawl.warc_part import WarcPart
from include.portals.identity import canonical_url
from include.portals.portal import Portal
from include.portals.registry import Registry
from include.portals.story_urls import article_url

# Left out of the copy: the body is stored unpacked, so they would lie.
_ENCODING_HEADERS: Final = ("transfer-encoding", "content-encoding", "content-length")


@dataclass(frozen=True, slots=True)
class ImportedPage:
    """A page of `portal`. url: as `article_url` has it; payload unpacked; is_too_large: not read whole."""

    portal: Portal
    url: str
    capture: Capture
    is_too_large: bool


@dataclass(slots=True)
class WarcImport:
    """Reads WARC files, gzipped or not. left_out: records passed over, by reason; damage: what is broken.

    A page is an HTML response, or an HTML `resource` record: that is a page that a tool saved without its
    exchange over HTTP, so it is taken as what the live crawl would have had, an answer with status 200.
    A `revisit` record has no body (it says that a page was the same as before), so it is left out, as all
    other kinds are; to the live crawl such a page would have been unchanged.
    """

    registry: Registry
    max_bytes: int
    left_out: Counter[str] = field(default_factory=Counter)
    damage: list[str] = field(default_factory=list)

    def pages(self, part: WarcPart) -> Iterator[ImportedPage]:
        """Whole HTML pages of registered portals, in the order of the file.

        A file that breaks off gives what is whole; `damage` then says where it broke, or that not even
        its first record can be read.
        """
        if part.damage:
            self.damage.append(f"{part.label}: {part.damage}")
        records = 0
        try:
            with part.open() as stream:
                for record in _records(stream, check_digests=part.damage is not None):
                    page = self._page_of(record, part)
                    records += 1
                    if page is not None:
                        yield page
        except (ArchiveLoadFailed, EOFError, zlib.error, zipfile.BadZipFile, ValueError) as error:
            where = f"breaks off after record {records}" if records else "is not a WARC file"
            self.damage.append(f"{part.label} {where}: {error}")

    def _page_of(self, record: Any, part: WarcPart) -> ImportedPage | None:
        if record.rec_type == "resource":
            head, status = record.rec_headers, "200"
        elif record.rec_type == "response" and record.http_headers is not None:
            head, status = record.http_headers, record.http_headers.get_statuscode()
        else:
            return self._left_out(f"{record.rec_type or 'untyped'} record")
        if "html" not in (head.get_header("Content-Type") or "").lower():
            return self._left_out("not HTML")
        if not status.isdigit() or 300 <= int(status) < 400:
            return self._left_out("redirect or without status")
        try:
            url = canonical_url(record.rec_headers.get_header("WARC-Target-URI") or "")
        except ValueError:
            return self._left_out("no web address")
        moment = _moment(record.rec_headers.get_header("WARC-Date"))
        if moment is None:
            return self._left_out("without a date")
        portal = self._portal_of(url)
        if portal is None:
            return self._left_out("host not in the registry")
        return self._whole_page(record, part, portal, url, moment)

    def _whole_page(
        self, record: Any, part: WarcPart, portal: Portal, url: str, moment: datetime
    ) -> ImportedPage | None:
        payload = read_up_to(record.content_stream(), self.max_bytes + 1)
        is_too_large = len(payload) > self.max_bytes
        # A record without its Content-Length is read to the end of the file, whatever comes there.
        if not is_too_large and getattr(record.raw_stream, "limit", 1) > 0:
            self.damage.append(f"{part.label}: the record of {url} is cut short")
            return self._left_out("cut short")
        if not is_too_large and record.digest_checker.passed is False:
            self.damage.append(f"{part.label}: the record of {url} is not what its digest says")
            return self._left_out("damaged")
        head = record.http_headers or _head_of_resource(record)
        capture = Capture(
            url=url,
            captured_at=moment,
            http_version=head.protocol or "HTTP/1.1",
            status=int(head.get_statuscode()),
            reason_phrase=head.statusline.partition(" ")[2],
            headers=tuple(
                (name, value) for name, value in head.headers if name.lower() not in _ENCODING_HEADERS
            ),
            payload=payload[: self.max_bytes],
        )
        return ImportedPage(portal, article_url(url, portal.base_url), capture, is_too_large)

    def _portal_of(self, url: str) -> Portal | None:
        """The portal at exactly that host, else the first whose site it belongs to."""
        exact = [p for p in self.registry.portals if urlsplit(p.base_url).netloc == urlsplit(url).netloc]
        own = [portal for portal in self.registry.portals if portal.owns(url)]
        return next(iter(exact + own), None)

    def _left_out(self, reason: str) -> ImportedPage | None:
        """Count a record passed over; there is no page of it."""
        self.left_out[reason] += 1
        return None


def _records(stream: BinaryIO, *, check_digests: bool) -> Iterator[Any]:
    """The records of a WARC file; raises ArchiveLoadFailed also where a header is missing, which warcio
    takes for granted.
    """
    records = iter(ArchiveIterator(stream, check_digests=check_digests))
    while True:
        try:
            record = next(records, None)
        except (AttributeError, TypeError) as error:
            raise ArchiveLoadFailed(f"a record without its headers ({error})") from error
        if record is None:
            return
        yield record


def _head_of_resource(record: Any) -> StatusAndHeaders:
    """The answer that a `resource` record stands for; it knows the type of its bytes and nothing more."""
    kind = record.rec_headers.get_header("Content-Type")
    return StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")


def _moment(warc_date: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(warc_date or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
