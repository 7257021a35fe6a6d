"""The bytes of one archived page."""

from __future__ import annotations

import zlib
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from include.bounded import read_up_to


class UnreadableRecordError(ValueError):
    """The archive has no readable record where it should; the message names file and offset."""


def read_archived(warc_path: str | None, offset: int | None, *, limit: int) -> bytes:
    """Body of the response record at `offset`, transfer and content encodings undone, at most `limit` bytes.

    The limit holds for the decompressed bytes, so a compression bomb costs no more than a large page.
    Raises UnreadableRecordError.
    """
    if warc_path is None or offset is None:
        raise UnreadableRecordError("no archive record is named for this page")
    place = f"{Path(warc_path).name}:{offset}"
    try:
        with Path(warc_path).open("rb") as stream:
            stream.seek(offset)
            record = next(iter(ArchiveIterator(stream)))
            if record.rec_type != "response":
                raise UnreadableRecordError(f"{place} is a {record.rec_type} record, not a response")
            return read_up_to(record.content_stream(), limit)
    except StopIteration:
        raise UnreadableRecordError(f"{place}: no record") from None
    except (OSError, EOFError, zlib.error, ArchiveLoadFailed) as error:
        raise UnreadableRecordError(f"{place}: {type(error).__name__}: {error}") from error
