"""Texts of articles and portals as a page may show them: nothing unseen, nothing that acts."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit


def without_unseen(text: str) -> str:
    """The text with control and format characters written out by number.

    Among them those that turn the direction of reading (U+202E and the like), which would let a sentence
    show another order of its words than it has.
    """
    if text.isprintable():
        return text
    return "".join(_seen(char) for char in text)


def is_web_address(text: object) -> bool:
    """Whether a link may lead there: http or https, with a host."""
    if not isinstance(text, str):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _seen(char: str) -> str:
    if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp"):
        return char
    return f"⟨U+{ord(char):04X}⟩"
