"""Where a number belongs: provinces and places below them, named as its subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from include.extract.text import CAPITAL, Span, fold

NATION = "Việt Nam"
_LAST_CAPITAL = 0x2200  # beyond the letters of Vietnamese (to U+1EF9) and the signs that are letters, as K
_NATION_WORDS = frozenset({"cả nước", "toàn quốc", "việt nam"})
_FIRST_WORD = re.compile(r"[^\W_]+")
# "đứng đầu cả nước", "bình quân cả nước": the country is the yardstick there, not the subject.
_YARDSTICK = re.compile(
    r"(?:nhất|đầu|so với|bình quân(?: chung)?(?: của)?|trong|của|thứ \d+|khu vực|hơn|toàn vùng và"
    r"|trung bình|ở|chung|tỉnh|thành|thành phố|địa phương|/\d\d|so)\s\Z"
)
_POLITICAL = re.compile(
    r"(?:bí thư|chủ tịch|ủy|ubnd|hđnd|đoàn|sở|ban|báo|đài|đảng bộ|-|nhà nước)\s(?:\w+\s){0,3}\Z"
)
# What every match of the next one holds: the end of the word for a kind of place, and a name's first letter.
_NAME_BEGINS = re.compile(rf"{CAPITAL}(?<=(?:ện|ảo|xã|Xã|ận|ng|ấn|hố|TP|P\.|tế|ẩu|KT|ệp|CN)\s.)")
_PLACE = re.compile(
    r"(?:[Hh]uyện(?: đảo)?|[Tt]hị xã|[Qq]uận|[Xx]ã|[Pp]hường|[Tt]hị trấn|[Tt]hành phố|TP\.?"
    r"|[Kk]hu [Kk]inh tế(?: cửa khẩu)?|KKT"
    r"|(?P<zone>[Kk]hu [Cc]ông nghiệp|KCN|[Cc]ụm [Cc]ông nghiệp|CCN))\s"
    rf"(?P<name>{CAPITAL}\w*(?:\s?-\s?{CAPITAL}\w*|\s{CAPITAL}\w*){{0,4}}"
    r"(?(zone)(?:\s\d{1,2}(?!\s?(?:dự án|doanh nghiệp|xã|ha|tỷ|triệu|nhà)|[\d.,/%]))?|))"
)


@dataclass(frozen=True, slots=True)
class Where:
    """province_name: a name_vi of the provinces seed, null for the article's own; place_name as printed."""

    province_name: str | None
    place_name: str | None


_NOWHERE_NAMED = Where(None, None)


@dataclass(frozen=True, slots=True)
class PlacesNamed:
    """The provinces (names of the seed) and places below them that one sentence names, with where.

    spans: all words that only name a place, also as a yardstick or a seat. turns: the province of a number
    at an offset, where the sentence tells them in turn.
    """

    provinces: list[tuple[int, str]]
    places: list[tuple[int, str]]
    spans: list[Span] = field(default_factory=list)
    turns: dict[int, str] = field(default_factory=dict)

    def before(self, position: int, own: str | None) -> Where:
        """Where a number at `position` belongs: the last ones named before it.

        own: the article's province, null for the nation; it is not told again.
        """
        if not self.provinces and not self.places:
            return _NOWHERE_NAMED
        province = self.turns.get(position) or next(
            (name for start, name in reversed(self.provinces) if start < position), None
        )
        place = next((name for start, name in reversed(self.places) if start < position), None)
        return Where(None if province == (own or NATION) else province, place)


class Places:
    """The provinces seed as one pattern over text as printed."""

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self._names: dict[str, str] = {}
        for row in rows:
            for name in (row["name_vi"], *filter(None, row["aliases"].split(";"))):
                self._names[fold(name)] = row["name_vi"]
        # One pattern a first word: most words of a sentence begin no province's name.
        by_first: dict[str, list[str]] = {}
        for name in sorted(self._names, key=len, reverse=True):
            by_first.setdefault(_FIRST_WORD.match(name).group(), []).append(name)  # type: ignore[union-attr]
        self._by_first = {
            first: re.compile(rf"(?:{'|'.join(map(re.escape, names))})(?!\w)")
            for first, names in by_first.items()
        }

        self._capital = re.compile(rf"[{_capitals(name[0] for name in by_first)}](?<![^\W_].)")

    def find(self, text: str, body: str, sentence: Span) -> PlacesNamed:
        """Read the provinces and places that a sentence names as subjects (`text` is `body` folded)."""
        named = PlacesNamed([], [])
        begins = _NAME_BEGINS.search(body, sentence.start, sentence.end)
        for found in _PLACE.finditer(body, sentence.start, sentence.end) if begins else ():
            # "KCN Tân Hương" is a place and tells what kind of thing is spoken of.
            named.spans.append(Span(found.start("name") if found["zone"] else found.start(), found.end()))
            if fold(found["name"]) not in self._names:
                named.places.append((found.start(), found.group()))
        for span, name, is_subject in self._printed(text, body, sentence):
            named.spans.append(span)
            if is_subject:
                named.provinces.append((span.start, name))
        return named

    def printed(self, text: str, body: str, span: Span) -> Iterator[tuple[int, str, bool]]:
        """Every province and the nation where the text prints them: offset, name of the seed, and whether
        the words before leave it a subject ("đứng đầu cả nước" and "Bí thư Tỉnh ủy Sơn La" do not).
        """
        for where, name, is_subject in self._printed(text, body, span):
            yield where.start, name, is_subject

    def _printed(self, text: str, body: str, span: Span) -> Iterator[tuple[Span, str, bool]]:
        for begin in self._beginnings(text, body, span):
            word = _FIRST_WORD.match(text, begin, span.end)
            pattern = self._by_first.get(word.group()) if word else None
            if pattern is None or not (match := pattern.match(text, begin, span.end)):
                continue
            before = text[max(span.start, match.start() - 30) : match.start()]
            where = Span(match.start(), match.end())
            if match.group() in _NATION_WORDS:
                yield where, NATION, not _YARDSTICK.search(before)
            elif body[match.start()].isupper():
                yield where, self._names[match.group()], not _POLITICAL.search(before)

    def _beginnings(self, text: str, body: str, span: Span) -> list[int]:
        """Where a province's name may begin, in order: at a capital, or at the words for the nation."""
        begins = {found.start() for found in self._capital.finditer(body, span.start, span.end)}
        for words in _NATION_WORDS:
            at = text.find(words, span.start, span.end)
            while at >= 0:
                if at == span.start or _is_no_letter(text[at - 1]):
                    begins.add(at)
                at = text.find(words, at + 1, span.end)
        return sorted(begins)


def _capitals(letters: Iterable[str]) -> str:
    """The capitals that `fold` gives as one of `letters`, the signs that stand for others among them."""
    small = {*letters, "ð"}
    return "".join(
        sign for sign in map(chr, range(_LAST_CAPITAL)) if sign.isupper() and sign.lower() in small
    )


def _is_no_letter(sign: str) -> bool:
    return sign == "_" or not sign.isalnum()
