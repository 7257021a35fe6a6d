"""What a number is about: indicator names found by the words of the aliases seed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from include.extract.text import fold, word_set

_TOKEN = re.compile(r"\w+|[;:.,]")
_SIGNS = frozenset(";:.,")
# Words that prose puts between the words of a name: "giá trị sản xuất ngành công nghiệp của tỉnh".
# One-syllable names of crops that are halves of other words: "thu hồi 120 ha", "điều chỉnh", "cam kết".
_HALF_BEFORE = {
    "hồi": re.compile(r"(?:thu|phục|đàn|bồi|ngọc|vãn|truy|hoàn|khứ)\s\Z"),
    "vải": re.compile(r"(?:sợi|dệt|giày|may)\s\Z"),
    "lạc": re.compile(r"(?:liên|câu|thất|khoái|mạch|hòa)\s\Z"),
    "điều": re.compile(r"(?:những|nhiều|các|giáo|phong|\d)\s\Z"),
    "nhãn": re.compile(r"(?:ghi|dán)\s\Z"),
    "na": re.compile(r"\w\s\Z(?<!cây )(?<!quả )(?<!trồng )(?<!ha )(?<!tấn )"),
}
_HALF_AFTER = {
    "hồi": re.compile(r"\s(?:hương|sức|phục|sinh|giáo|âm|đáp|đầu|kết)"),
    "điều": re.compile(r"\s(?:chỉnh|hòa|kiện|hành|tra|trị|dưỡng|tiết|động|phối|khoản|lệ|khiển|ước|tốc|luật)"),
    "cam": re.compile(r"\s(?:kết|go|đoan|chịu)"),
    "lạc": re.compile(r"\s(?:hậu|quan|đường|long)"),
    "vải": re.compile(r"\s(?:sợi|thô|mành|không dệt|thành phẩm|các loại)"),
    "nhãn": re.compile(r"\s(?:hiệu|mác|hàng|quan|khoa)"),
    "khách": re.compile(r"\s(?:sạn|hàng|mời|quan|thể)"),
}
_FILLERS = word_set("ngành của các toàn tỉnh số cả trên chung về từ được")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the aliases seed: an indicator that a name stands for.

    code: null for a name that no indicator of the vocabulary covers. near: one of these must stand in
    the context, unless empty; unless: none of these may.
    """

    code: str | None
    near: tuple[str, ...]
    unless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """An indicator name found in folded text."""

    start: int
    end: int
    rows: tuple[Row, ...]


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    after_comma: bool = False


def _phrases(cell: str) -> tuple[str, ...]:
    return tuple(fold(phrase) for phrase in cell.split(";") if phrase)


class IndicatorNames:
    """The aliases seed as a tree of words, with the unit of each indicator."""

    def __init__(self, aliases: Iterable[Mapping[str, str]], indicators: Iterable[Mapping[str, str]]) -> None:
        self.units: dict[str, str] = {row["indicator_code"]: row["unit_code"] for row in indicators}
        self._root = _Node()
        for alias in aliases:
            row = Row(alias["indicator_code"] or None, _phrases(alias["near"]), _phrases(alias["unless"]))
            self._add(fold(alias["alias"]), row)

    def _add(self, name: str, row: Row) -> None:
        node, comma = self._root, False
        for word in _TOKEN.findall(name):
            if word == ",":
                comma = True
                continue
            node = node.children.setdefault(word, _Node())
            node.after_comma, comma = node.after_comma or comma, False
        node.rows.append(row)

    def find(self, text: str, start: int, end: int) -> list[Name]:
        """All names in `text[start:end]` (folded), longest first at each place, not overlapping.

        Fillers between a name's words are passed over; a comma only where the seed writes one
        ("nông, lâm nghiệp và thủy sản" is one name with or without it).
        """
        tokens = _tokens(text, start, end)
        names, after = [], 0
        first_words = self._root.children
        for index, token in enumerate(tokens):
            if token[0] not in first_words or index < after:
                continue
            name, after = self._longest(tokens, index)
            if name is not None and not _is_half_of_a_word(text, name, start):
                names.append(name)
        return names

    def _longest(self, tokens: Sequence[tuple[str, int, int]], index: int) -> tuple[Name | None, int]:
        """The longest name that begins at a token, and the token behind it.

        A filler may also be a word of a name ("giá trị sản xuất ngành công nghiệp"): both readings go on.
        """
        best, after = None, index + 1
        states = [(self._root, False)]
        for position in range(index, len(tokens)):
            word, _, end = tokens[position]
            passed = position > index and (word in _FILLERS or word == ",")
            reached: list[tuple[_Node, bool]] = []
            for node, comma in states:
                child = node.children.get(word)
                if child is not None and (child.after_comma or not comma):
                    reached.append((child, False))
                    if child.rows:
                        best, after = Name(tokens[index][1], end, tuple(child.rows)), position + 1
            if passed:
                reached += [(node, comma or word == ",") for node, comma in states]
            if not reached:
                break
            states = reached
        return best, after


def _tokens(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """The words and the signs that part them in `text[start:end]`, each with its offsets.

    The pattern is run only on what is printed with other signs: most words stand between blanks.
    """
    tokens = []
    for word in text[start:end].split(" "):
        stop = start + len(word)
        if word.isalnum():
            tokens.append((word, start, stop))
        elif word[-1:] in _SIGNS and word[:-1].isalnum():
            tokens += [(word[:-1], start, stop - 1), (word[-1], stop - 1, stop)]
        elif word:
            tokens += [(found.group(), *found.span()) for found in _TOKEN.finditer(text, start, stop)]
        start = stop + 1
    return tokens


def _is_half_of_a_word(text: str, name: Name, start: int) -> bool:
    word = text[name.start : name.end]
    if (before := _HALF_BEFORE.get(word)) and before.search(text, max(start, name.start - 8), name.start):
        return True
    after = _HALF_AFTER.get(word)
    return after is not None and after.match(text, name.end) is not None


def allowed_by(rows: Sequence[Row], context: str) -> list[Row]:
    """The rows without a term in `unless` that stands in the (folded) words around a name."""
    return [row for row in rows if not _holds(context, row.unless)]


def choose(rows: Sequence[Row], contexts: Sequence[str]) -> Row | None:
    """The row that fits the words around a name: by the nearest context first, else the one without terms.

    contexts: folded, from the number's own clause outward; the last one, the whole sentence, is asked
    only for names that mean nothing without their surroundings. Rows keep the seed's precedence.
    """
    allowed = allowed_by(rows, contexts[0])
    for context in contexts[:-1]:
        if row := _near(allowed, context):
            return row
    bare = next((row for row in allowed if not row.near), None)
    return bare or _near(allowed, contexts[-1])


def _near(rows: Sequence[Row], context: str) -> Row | None:
    for row in rows:
        if _holds(context, row.near):
            return row
    return None


def _holds(context: str, words: tuple[str, ...]) -> bool:
    """Whether one of the phrases stands in `context` as whole syllables: "ha" in "2ha", not in "hai"."""
    for word in words:
        at = context.find(word)
        while at >= 0:
            end = at + len(word)
            cut = word[0].isalpha() and context[at - 1 : at].isalpha()
            if not cut and not context[end : end + 1].isalpha():
                return True
            at = context.find(word, at + 1)
    return False
