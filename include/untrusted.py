"""Texts from outside where people see them: every character can be seen, and only web addresses are links."""

from __future__ import annotations

import unicodedata
from typing import Final
from urllib.parse import urlsplit

# Control and format characters, among them those that turn the direction of reading or drive a terminal;
# private and half characters; the ends of lines and paragraphs that are none to most programs.
UNSEEN: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})


def visible(text: str, *, keep: str = "\n\t") -> str:
    """`text` with what cannot be seen written out by its number ("⟨U+202E⟩"), but for `keep`."""
    if text.isprintable():
        return text
    return "".join(
        char if char in keep or unicodedata.category(char) not in UNSEEN else f"⟨U+{ord(char):04X}⟩"
        for char in text
    )


def is_web_address(text: object) -> bool:
    """Whether a link may lead there: http or https, with a host."""
    if not isinstance(text, str):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
