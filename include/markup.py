"""What the bytes of a page tell of its markup before any parser sees them."""

from __future__ import annotations

import re
from typing import Final

# As HTML's tokenizer reads it: `>` may stand in a quoted value. Possessive, so that no byte is read twice.
_ATTRIBUTE: Final = (
    rb"[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+"
)  # fmt: skip
_ONE: Final = re.compile(_ATTRIBUTE)
_TAG: Final = re.compile(rb"<[A-Za-z](?:" + _ATTRIBUTE + rb")*+")


def has_tag_beyond(content: bytes, attributes: int) -> bool:
    """Whether a tag has more attributes than that: libxml2 compares each with all before it.

    100 000 in one tag take it minutes (libxml2 2.14).
    """
    shortest = 2 * attributes
    return any(
        len(tag[0]) > shortest and len(_ONE.findall(tag[0])) > attributes for tag in _TAG.finditer(content)
    )
