"""Bytes to text: which character encoding a page is really in."""

from __future__ import annotations

import codecs
import html
import re
from typing import Final

from include.clean.legacy_fonts import is_typed_for, looks_like_legacy_font

_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META_CHARSET: Final = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE
)
# Splitting at both ends of scripts leaves what is not one at every second place, in linear time.
_SCRIPT_ENDS: Final = re.compile(r"</?(?:script|style)\b", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]*>")
_HEADER_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
# Both labels are printed on pages that hold Vietnamese in windows-1258; neither can spell Vietnamese.
_LATIN_LABELS: Final = frozenset({"iso8859-1", "latin-1", "cp1252", "ascii"})
# What Python calls codecs too: not from bytes to text, or not in linear time.
_NO_ENCODINGS: Final = frozenset(
    {"base64", "bz2", "hex", "quopri", "rot-13", "uu", "zlib", "idna", "punycode", "undefined"}
    | {"unicode-escape", "raw-unicode-escape"}
)
# Pages cut in the middle of a character or with one pasted stray byte are still readable.
_MAX_BAD_SHARE: Final = 0.01


class UndecodableError(ValueError):
    """The bytes cannot be read as text; the message is the reason code."""


def decode(content: bytes, content_type: str | None) -> str:
    """Text of a page; a byte-order mark, then UTF-8 if it fits, then header, meta and windows-1258.

    UTF-8 goes before the labels because portals that moved kept the old label, and no other text of
    some length is valid UTF-8 by chance. Text typed for TCVN3 or VNI fonts comes back as it stands in
    windows-1252. Raises UndecodableError (`not_text`, `undecodable`).
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    wide = _wide_encoding(content)
    if wide:
        return content.decode(wide, errors="replace")
    if content[:4096].count(0) > len(content[:4096]) // 20:
        raise UndecodableError("not_text")
    return _decode_narrow(content, _declared(content, content_type))


def _declared(content: bytes, content_type: str | None) -> list[str]:
    labels = []
    header = _HEADER_CHARSET.search(content_type or "")
    if header:
        labels.append(header[1])
    meta = _META_CHARSET.search(content[:8192])
    if meta:
        labels.append(meta[1].decode("ascii"))
    return [name for name in map(_known_codec, labels) if name]


def _known_codec(label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    return name if name not in _NO_ENCODINGS else None


def _wide_encoding(content: bytes) -> str | None:
    """UTF-16 without a mark: markup is ASCII, so every second byte of the first tags is null."""
    head = content[:400]
    if len(head) < 8:
        return None
    if head[1::2].count(0) > len(head) * 0.3 and head[0::2].count(0) < len(head) * 0.05:
        return "utf-16-le"
    if head[0::2].count(0) > len(head) * 0.3 and head[1::2].count(0) < len(head) * 0.05:
        return "utf-16-be"
    return None


def _decode_narrow(content: bytes, declared: list[str]) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        forgiving = content.decode("utf-8", errors="replace")
    high = sum(byte > 127 for byte in content)
    if forgiving.count("\ufffd") <= max(1, high * _MAX_BAD_SHARE):
        return forgiving
    latin = content.decode("cp1252", errors="replace")
    # The fonts draw over windows-1252, whatever the label says; entities stand for some of their letters.
    prose = html.unescape(_TAG.sub(" ", " ".join(_SCRIPT_ENDS.split(latin)[::2])))
    if is_typed_for(prose) or looks_like_legacy_font(prose):
        return latin
    for name in declared:
        if name.startswith("utf"):
            continue
        try:
            return content.decode("cp1258" if name in _LATIN_LABELS else name)
        except UnicodeDecodeError:
            continue
    try:
        return content.decode("cp1258")
    except UnicodeDecodeError as error:
        raise UndecodableError("undecodable") from error
