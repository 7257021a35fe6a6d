"""Where WARC records lie: a WARC file, the WARC files inside a WACZ file, or a folder of both kinds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from include.crawl.wacz import wacz_parts
from include.crawl.warc_part import WarcPart

ARCHIVE_SUFFIXES: Final = (".warc", ".warc.gz", ".wacz")
_ZIP_MAGIC: Final = b"PK\x03\x04"


def archive_files(path: Path) -> list[Path]:
    """The file itself, or the archives that lie in the folder, by name; folders in it are not looked into."""
    if not path.is_dir():
        return [path]
    return sorted(
        file for file in path.iterdir() if file.is_file() and file.name.lower().endswith(ARCHIVE_SUFFIXES)
    )


def warc_parts(path: Path) -> Iterator[WarcPart]:
    """The WARC files in one archive file, told by its first bytes; each is to be read before the next.

    Raises UnreadableArchiveError.
    """
    with path.open("rb") as stream:
        is_zip = stream.read(len(_ZIP_MAGIC)) == _ZIP_MAGIC
    if is_zip or path.suffix.lower() == ".wacz":
        yield from wacz_parts(path)
    else:
        yield WarcPart(path.name, lambda: path.open("rb"))
