"""Where a number belongs: provinces and places below them, named as its subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from include.extract.text import Span, fold

NATION = "Việt Nam"
_NATION_WORDS = frozenset({"cả nước", "toàn quốc", "việt nam"})
_FIRST_WORD = re.compile(r"[^\W_]+")
# "đứng đầu cả nước", "bình quân cả nước": the country is the yardstick there, not the subject.
_YARDSTICK = re.compile(
    r"(?:nhất|đầu|so với|bình quân(?: chung)?(?: của)?|trong|của|thứ \d+|khu vực|hơn|toàn vùng và|trung bình|ở)\s\Z"
)
_POLITICAL = re.compile(
    r"(?:bí thư|chủ tịch|ủy|ubnd|hđnd|đoàn|sở|ban|báo|đài|đảng bộ|-|nhà nước)\s(?:\w+\s){0,3}\Z"
)
_LETTER = r"[A-ZĐÀ-ÝĂĨŨƠƯẠ-Ỹ]"
_PLACE = re.compile(
    r"(?:[Hh]uyện|[Tt]hị xã|[Qq]uận|[Xx]ã|[Pp]hường|[Tt]hị trấn|[Tt]hành phố|TP\.?|[Kk]hu [Kk]inh tế(?: cửa khẩu)?|KKT"
    r"|[Kk]hu [Cc]ông nghiệp|KCN|[Cc]ụm [Cc]ông nghiệp|CCN)\s"
    rf"(?P<name>{_LETTER}\w*(?:\s?-\s?{_LETTER}\w*|\s{_LETTER}\w*){{0,4}})"
)


@dataclass(frozen=True, slots=True)
class Where:
    """province_name: a name_vi of the provinces seed, null for the article's own; place_name as printed."""

    province_name: str | None
    place_name: str | None


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

    def find_provinces(self, text: str, span: Span) -> list[tuple[int, str]]:
        """The provinces (and the country) named in `span` of folded text: where, and the matched words."""
        found = []
        for word in _FIRST_WORD.finditer(text, span.start, span.end):
            pattern = self._by_first.get(word.group())
            if pattern is not None and (match := pattern.match(text, word.start(), span.end)):
                found.append((match.start(), match.group()))
        return found

    def province_before(self, text: str, body: str, span: Span) -> str | None:
        """The last province (or the country) that `span` names as a subject, as in the seed."""
        subject = None
        for start, words in self.find_provinces(text, span):
            before = text[max(span.start, start - 30) : start]
            if words in _NATION_WORDS:
                if not _YARDSTICK.search(before):
                    subject = NATION
            elif body[start].isupper() and not _POLITICAL.search(before):
                subject = self._names[words]
        return subject

    def place_before(self, body: str, span: Span) -> str | None:
        """The last place below the province that `span` names ("huyện Vân Hồ"), as printed."""
        found = None
        for match in _PLACE.finditer(body, span.start, span.end):
            if fold(match["name"]) not in self._names:
                found = match.group()
        return found

    def locate(self, text: str, body: str, span: Span, own: str | None) -> Where:
        """Where a number at the end of `span` belongs; own: the article's province, null for the nation."""
        province = self.province_before(text, body, span)
        return Where(None if province == (own or NATION) else province, self.place_before(body, span))
