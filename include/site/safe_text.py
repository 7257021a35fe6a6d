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
    odd = {ord(char): f"⟨U+{ord(char):04X}⟩" for char in set(text) if _is_unseen(char)}
    return text.translate(odd) if odd else text


def is_web_address(text: object) -> bool:
    """Whether a link may lead there: http or https, with a host."""
    if not isinstance(text, str):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _is_unseen(char: str) -> bool:
    return char not in "\n\t" and unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
