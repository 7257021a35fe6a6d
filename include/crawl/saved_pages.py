"""Pages that somebody saved to a folder: their bytes, their URL, and when they were saved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from include.crawl.documents import MalformedDocumentError
from include.crawl.html_tree import parse_html
from include.portals.identity import canonical_url

PAGE_SUFFIXES: Final = (".html", ".htm", ".xhtml", ".shtml", ".aspx")
# Browsers put a page's pictures and frames into <name>_files beside it.
_ASSET_FOLDER: Final = re.compile(r"_files$")
_SAVED_FROM: Final = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
_SHORTCUT: Final = re.compile(r"^(?:URL=)?(https?://\S+)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class SavedPage:
    """saved_at: the file's modification time, the nearest thing to the moment of its fetch."""

    path: Path
    url: str
    saved_at: datetime
    body: bytes


def page_files(folder: Path) -> Iterator[Path]:
    """The pages below `folder`, in the order of their names."""
    for path in sorted(folder.rglob("*")):
        inside_assets = any(_ASSET_FOLDER.search(part) for part in path.relative_to(folder).parts[:-1])
        if path.suffix.lower() in PAGE_SUFFIXES and path.is_file() and not inside_assets:
            yield path


def read_saved_page(path: Path) -> SavedPage | None:
    """The page with its canonical URL; None where nothing tells the URL.

    The URL comes from a file beside it (<name>.url: the address, or a Windows shortcut), the note
    that browsers write on top, rel=canonical or og:url, in this order.
    """
    body = path.read_bytes()
    saved_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    for url in (_url_beside(path), _url_on_top(body), *_urls_inside(body)):
        if url is None:
            continue
        try:
            return SavedPage(path, canonical_url(url), saved_at, body)
        except ValueError:  # a relative or broken address: the next source may know better
            continue
    return None


def _url_beside(path: Path) -> str | None:
    for note in (path.with_name(path.name + ".url"), path.with_suffix(".url")):
        if note.is_file():
            match = _SHORTCUT.search(note.read_text(encoding="utf-8", errors="replace"))
            if match:
                return match[1]
    return None


def _url_on_top(body: bytes) -> str | None:
    match = _SAVED_FROM.search(body[:4096])
    return match[1].decode("utf-8", "replace") if match else None


def _urls_inside(body: bytes) -> list[str]:
    try:
        root = parse_html(body)
    except MalformedDocumentError:  # an empty file, or no page at all: no URL in it
        return []
    canonical = [str(link.get("href")) for link in root.iter("link") if link.get("rel") == "canonical"]
    og = [str(meta.get("content")) for meta in root.iter("meta") if meta.get("property") == "og:url"]
    return canonical + og
