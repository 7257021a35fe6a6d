"""Runs of capitalised words, and which part of one can be a person's name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from include.extract.names import (
    COUNTRIES,
    INSTITUTIONS,
    MIDDLE_NAMES,
    PLACE_WORDS,
    PROVINCE_NAMES,
    RARE_SURNAMES,
    SURNAMES,
)

_UPPER = "".join(
    chr(code) for code in range(0x41, 0x1EFA) if chr(code).isupper() and (code < 0x1B1 or code > 0x1E9F)
)
_LOWER = "".join(
    chr(code) for code in range(0x61, 0x1EFA) if chr(code).islower() and (code < 0x1B1 or code > 0x1E9F)
)
# "D.Hagenhoff", "Hans P. Neeb": initials belong to the name.
_INITIAL = rf"[{_UPPER}]\.(?=[ \u00a0][{_UPPER}])"
# "Trần Văn Ba-Phó Bí thư": some outlets join the post to the name without spaces.
_POSTS_BEGIN = (
    "Phó|Bí|Chủ|Ủy|Uỷ|Giám|Trưởng|Tỉnh|Thành|Huyện|Thường|Bộ|Thứ|Tổng|Quyền|Chánh|Cục|Chi|Hiệu|Viện"
)
_HYPHEN = rf"-(?!(?:{_POSTS_BEGIN})\s)"
_WORDS_OF_RUN = re.compile(r"[^ \u00a0]+")
_TOKEN = (
    rf"(?:[{_UPPER}]\.(?=[{_UPPER}]))*[{_UPPER}][{_UPPER}{_LOWER}]*"
    rf"(?:['’ʼ][{_UPPER}{_LOWER}]+)*(?:{_HYPHEN}[{_UPPER}{_LOWER}]+)*"
)
# Two capitalised words or more, or one with an apostrophe in it ("K'Brôi"). It begins with a plain class of
# letters and looks behind afterwards, because the engine skips ahead only to what a pattern begins with.
CAPITAL_RUN: Final = re.compile(
    rf"[{_UPPER}](?<![\w'’].)(?:[{_UPPER}{_LOWER}]*(?:['’ʼ][{_UPPER}{_LOWER}]+)*(?:-[{_UPPER}{_LOWER}]+)*"
    rf"(?:[ \u00a0]{{1,2}}(?:{_INITIAL}|{_TOKEN}))+|['’ʼ][{_UPPER}{_LOWER}]+)(?![\w'’])"
)
_PLACES_IN_FRONT = frozenset(PROVINCE_NAMES) | frozenset(COUNTRIES) | {"Việt Nam"}
# Longest run that is still one name: "Y Thanh Hà Niê Kđăm" has five syllables.
LONGEST_NAME = 6


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a run. start, end: offsets into the body."""

    text: str
    start: int
    end: int

    @property
    def plain(self) -> str:
        """The word in mixed case."""
        return mixed_case(self.text) if self.text.isupper() else self.text


def mixed_case(token: str) -> str:
    """Give "NIÊ" as "Niê", "K'BRÔI" as "K'Brôi"."""
    return "".join(part.capitalize() for part in re.split(r"(['’ʼ-])", token))


def is_acronym(token: str) -> bool:
    """Whether a word is all capitals and no initial: "UBND"."""
    return len(token) > 1 and token.isupper() and not re.search(r"['’]|\.\Z", token)


def tokens_of(run: re.Match[str]) -> list[Token]:
    """The words of a match of `CAPITAL_RUN`."""
    return [
        Token(found.group(), run.start() + found.start(), run.start() + found.end())
        for found in _WORDS_OF_RUN.finditer(run.group())
    ]


def drop_place(tokens: list[Token]) -> list[Token]:
    """Take a province or country off the front of a run: "Quảng Ngãi Trần Ngọc Căng"."""
    plain = [token.plain for token in tokens]
    for size in (4, 3, 2, 1):
        if len(tokens) > size and " ".join(plain[:size]) in _PLACES_IN_FRONT:
            return tokens[size:]
    return tokens


def _after_acronyms(tokens: list[Token]) -> list[Token]:
    if all(token.text.isupper() for token in tokens):
        return tokens
    last = max((at for at, token in enumerate(tokens) if is_acronym(token.text)), default=-1)
    if last >= 0 and tokens[last].text in INSTITUTIONS:
        return []
    return tokens[last + 1 :]


def _surname_positions(tokens: list[Token]) -> list[int]:
    return [at for at in range(len(tokens) - 1) if _opens_a_name([one.plain for one in tokens[at : at + 3]])]


def _opens_a_name(words: list[str]) -> bool:
    if words[0] in SURNAMES:
        return True
    return len(words) >= 3 and (words[0] in RARE_SURNAMES or words[1] in MIDDLE_NAMES)


def named_part(tokens: list[Token], word_before: str) -> list[Token]:
    """Give the tail of a run that is a person's name by its surname; empty where there is none."""
    tokens = _after_acronyms(tokens)
    trimmed = drop_place(tokens)
    is_after_place = word_before in PLACE_WORDS and len(trimmed) == len(tokens)
    positions = _surname_positions(trimmed)
    if is_after_place:
        later = [at for at in positions if at >= 1 and 2 <= len(trimmed) - at <= 4]
        if later and len(trimmed) >= 4:
            positions = [at for at in later if at == 2] or later
        elif len(trimmed) < 3:
            return []
    if not positions:
        return []
    # The surname opens the name; a later one is a middle name ("Nguyễn Hoàng Anh"), unless the run is long.
    first = positions[0]
    if len(trimmed) - first > 4:
        first = next((at for at in positions if len(trimmed) - at <= 4), first)
    return trimmed[first:] if len(trimmed) - first <= LONGEST_NAME else []


def name_of(tokens: list[Token]) -> str:
    """The name as rows bear it: single spaces, mixed case."""
    shouted = len(tokens) > 1 and all(token.text.isupper() for token in tokens)
    return " ".join(token.plain if shouted else token.text for token in tokens)


def holds_a_surname(words: list[str]) -> bool:
    """Whether any word of a run is one that names begin with, or a middle name: a cheap first look."""
    for word in words:
        plain = mixed_case(word) if word.isupper() else word
        if plain in SURNAMES or (len(words) > 2 and (plain in RARE_SURNAMES or plain in MIDDLE_NAMES)):
            return True
    return False
