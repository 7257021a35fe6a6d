"""What a page may not be, checked on the bytes before any parser sees them."""

from __future__ import annotations

import re
from typing import Final

from include.markup import has_tag_beyond

# A news page with its inlined scripts is 30 kB to 1 MB; at 5 MB the reader of the main text needs
# about 10 s and 300 MB, which is the most one page may cost.
MAX_PAGE_BYTES: Final = 5_000_000
# libxml2 compares each attribute of a tag with all before it: 100 000 of them take minutes, 1 000 nothing.
MAX_ATTRIBUTES: Final = 1_000
# Real templates stay below 60 levels; from 256 on libxml2 begins to drop text.
MAX_DEPTH: Final = 200

# Real pages have some hundred to 3 000; much is asked of each element and of all that stand around it, so
# that 49 000 of them 150 levels deep passed the 30 s that a page may take.
MAX_ELEMENTS: Final = 20_000

# As it stands in UTF-16, too. Tags in scripts count as well: no page comes near the limit.
_OPENING: Final = re.compile(rb"<\x00?[A-Za-z]")
_LONG_TAG: Final = re.compile(rb"<[A-Za-z][^<>]{4000,}")
_QUOTED: Final = re.compile(rb"\"[^\"]*\"|'[^']*'")
_GZIP: Final = b"\x1f\x8b"
_NOT_HTML: Final = {
    b"%PDF-": "pdf",
    b"\x89PNG": "image",
    b"\xff\xd8\xff": "image",
    b"GIF8": "image",
    b"PK\x03\x04": "archive",
    b"\xd0\xcf\x11\xe0": "office_document",
    _GZIP: "compressed",
}


def refusal(content: bytes) -> str | None:
    """The reason why these bytes are not to be parsed, or null: too large, not HTML, hostile tags."""
    if len(content) > MAX_PAGE_BYTES:
        return "too_large"
    for signature, kind in _NOT_HTML.items():
        if content.startswith(signature):
            return f"not_html_{kind}"
    if any(_attributes(tag.group()) > MAX_ATTRIBUTES for tag in _LONG_TAG.finditer(content)):
        return "too_many_attributes"
    if has_tag_beyond(content, MAX_ATTRIBUTES):
        return "too_many_attributes"
    return "too_many_elements" if len(_OPENING.findall(content)) > MAX_ELEMENTS else None


def _attributes(tag: bytes) -> int:
    return len(_QUOTED.sub(b" ", tag).replace(b"/", b" ").split())
