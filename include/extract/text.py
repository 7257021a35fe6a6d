"""Text as the rules read it: folded for matching, cut into paragraphs, sentences and clauses.

Every function keeps the offsets of the original text: `fold` gives back as many code points as it
takes, so that a span found in folded text is the same span of the article's body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final


def word_set(listed: str) -> frozenset[str]:
    """The words of a list written with spaces between them, as the rules keep them readable."""
    return frozenset(listed.split())


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text: code points `start` to `end`, end exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The stretch itself."""
        return text[self.start : self.end]


# Portals paste text from word processors: several characters stand for one and the same sign.
_SAME_SIGN = {
    "\u00a0": " ",
    "\u2002": " ",
    "\u2003": " ",
    "\u2007": " ",
    "\u2009": " ",
    "\u200b": " ",
    "\u202f": " ",
    "\ufeff": " ",
    "\t": " ",
    "\r": " ",
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2212": "-",
    "\u201c": '"',
    "\u201d": '"',
    "\u201e": '"',
    "\u00ab": '"',
    "\u00bb": '"',
    "\u2018": "'",
    "\u2019": "'",
    "\u00f0": "đ",
}
_ODD_SIGN = re.compile(f"[{''.join(_SAME_SIGN)}]")
# The old and the new school put the tone of an open syllable on different vowels: hoá and hóa, uỷ and
# ủy. After q the u belongs to the consonant, so quý has one spelling only.
_TONE_O = re.compile(r"o[àáảãạèéẻẽẹ](?!\w)")
_TONE_U = re.compile(r"u(?<!qu)[ỳýỷỹỵ](?!\w)")
_NEW_TONE = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_SHORT_I = re.compile(r"tỉ(?!\w)")


def _lower(text: str) -> str:
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def fold(text: str) -> str:
    """Give `text` (NFC) in the one spelling that rules are written in; same length, same offsets.

    Lower case; one space, one dash, one straight quote; "uỷ" as "ủy", "hoá" as "hóa"; "tỉ" as "tỷ";
    the Icelandic ð that some keyboards give as đ.
    """
    folded = _lower(text)
    if _ODD_SIGN.search(folded):
        for sign, same in _SAME_SIGN.items():
            folded = folded.replace(sign, same)
    folded = _TONE_O.sub(lambda found: _NEW_TONE[found.group()], folded)
    folded = _TONE_U.sub(lambda found: _NEW_TONE[found.group()], folded)
    return _SHORT_I.sub("tỷ", folded)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def paragraphs(body: str) -> list[Span]:
    """The paragraphs of `body` (one a line), without blank ones and outer spaces."""
    spans, start = [], 0
    for line in body.split("\n"):
        span = _trimmed(body, start, start + len(line))
        if span.start < span.end:
            spans.append(span)
        start += len(line) + 1
    return spans


CAPITAL = "[A-ZĐÀ-ÝĂĨŨƠƯẠ-Ỹ]"  # a letter that a name begins with
_STOP = re.compile(r"[.!?…]+[\"”’'»)\]]*")
# Words that carry a full stop and go on: degrees, titles, cities ("TP. Hồ Chí Minh", "ThS. Lê An").
_ABBREVIATIONS = frozenset(
    (
        "tp",
        "tx",
        "tt",
        "ths",
        "ts",
        "pgs",
        "gs",
        "bs",
        "ks",
        "kts",
        "ls",
        "nsnd",
        "nsưt",
        "nxb",
        "st",
        "tr",
        "đc",
    )
)
_WORD_BEFORE = re.compile(r"[\w/]+\Z")
# "quý I.", "khóa V." end a sentence where "N. V. An" does not.
_NUMBERED = re.compile(
    r"(?:quý|khóa|khoá|khu vực|lần thứ|số|loại|hạng|cấp|chương|phần|mục)\s\Z", re.IGNORECASE
)


def _is_abbreviation(body: str, begin: int, stop: int) -> bool:
    """Whether the single full stop at `stop` belongs to the word before it."""
    before = _WORD_BEFORE.search(body, max(begin, stop - 12), stop)
    if before is None:
        return False
    word = before.group()
    if word.isdigit():
        # "1. Về kinh tế": the number of a heading, not a sentence.
        return not body[begin : before.start()].strip()
    if len(word) == 1 and word.isupper():
        return word not in "IVX" or not _NUMBERED.search(body, max(begin, stop - 20), stop - 1)
    return (word[0].isupper() and word.lower() in _ABBREVIATIONS) or word.lower() == "đ/c"


_SEEN = re.compile(r"\S")


def _ends_sentence(body: str, begin: int, stop: re.Match[str], end: int) -> bool:
    after = stop.end()
    if after >= end:
        return True
    signs = stop.group()
    single = signs[0] == "." and not signs.startswith("..")
    if single and _is_abbreviation(body, begin, stop.start()):
        return False
    follows = body[after]
    if not follows.isspace():
        # "… năm 2019.Tổng thu …": the space was forgotten.
        forgotten = follows.isupper() and body[after + 1 : after + 2].islower()
        return forgotten and single and (body[stop.start() - 1].islower() or body[stop.start() - 1].isdigit())
    seen = _SEEN.search(body, after, end)
    return seen is None or not seen.group().islower()


# Labelled articles have up to 1,341 code points, a whole list. Many rules look from each word around within
# its sentence, so that what a sentence costs grows with the square of its length.
LONGEST_SENTENCE: Final = 5_000


def sentences(body: str, span: Span) -> list[Span]:
    """The sentences of one paragraph, whole and in order, outer spaces trimmed.

    A sentence ends at . ! ? … before a capital, a digit, a quote or the paragraph's end: not inside
    "1.616", after "TP." or an initial, nor at the semicolons of a list. A longer stretch than
    `LONGEST_SENTENCE` is no prose and is cut between words, or anywhere if it has none.
    """
    spans, begin = [], span.start
    for stop in _STOP.finditer(body, span.start, span.end):
        if _ends_sentence(body, begin, stop, span.end):
            spans += _whole(body, begin, stop.end())
            begin = stop.end()
    return [*spans, *_whole(body, begin, span.end)]


def _whole(body: str, start: int, end: int) -> list[Span]:
    """The sentence between two offsets, trimmed: none, one, or the pieces of one that is too long."""
    sentence = _trimmed(body, start, end)
    pieces = []
    while sentence.end - sentence.start > LONGEST_SENTENCE:
        latest = sentence.start + LONGEST_SENTENCE
        cut = body.rfind(" ", sentence.start, latest)
        piece = _trimmed(body, sentence.start, cut if cut > sentence.start else latest)
        pieces.append(piece)
        sentence = _trimmed(body, max(piece.end, sentence.start + 1), sentence.end)
    return [*pieces, sentence] if sentence.start < sentence.end else pieces


_INNER_STOP = re.compile(r"\.(?<![.\d]\.)(?![.\d])")


def without_inner_stops(folded: str, spans: Iterable[Span]) -> str:
    """`folded` with the full stops that end none of the sentences as blanks; same length, same offsets.

    spans: the sentences, in order. For rules that read up to a full stop: "TP.Hà Nội", "T.Ư Đảng" and
    "H. Nhơn Trạch" are no ends. The points of numbers and dates and the dots of an ellipsis stay.
    """
    stops = [found.start() for found in _INNER_STOP.finditer(folded)]
    if not stops:
        return folded
    ends = {end for span in spans for end in range(span.end - 2, span.end)}
    pieces, begin = [], 0
    for stop in stops:
        if stop not in ends:
            pieces += [folded[begin:stop], " "]
            begin = stop + 1
    return "".join([*pieces, folded[begin:]])


_CLAUSE_BREAK = re.compile(r";|,(?!\d)|\s-\s|:(?!\d)")


def clauses(body: str, span: Span) -> list[Span]:
    """The stretches of a sentence between commas, semicolons, colons and spaced dashes.

    A comma before a digit is a decimal comma ("6,8%") and breaks nothing.
    """
    cuts = [
        span.start,
        *(found.end() for found in _CLAUSE_BREAK.finditer(body, span.start, span.end)),
        span.end,
    ]
    pieces = (_trimmed(body, left, right) for left, right in pairwise(cuts))
    return [piece for piece in pieces if piece.start < piece.end]
