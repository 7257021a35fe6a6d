"""Patterns that are tried only where the text holds a word that every match of them needs.

Most rules look for phrases that most sentences have no word of. The engine tries a pattern at each
character, while asking whether a word stands in a string at all takes a fortieth of that time. The words
are read off the pattern itself, so that a rule and its words cannot part.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import product
from math import inf
from typing import Any

_parser: Any = import_module("re._parser")
_END = sys.maxsize
_MOST = 48  # strings that one alternation is spelt out into; beyond that its parts are taken one by one
# What a cue saves was measured on articles: asking for one takes a fortieth of a search, and the shorter it
# is the more often it stands in a text where the pattern does not match.
_ASKING = 0.025
_STANDS = {1: 0.7, 2: 0.4, 3: 0.15, 4: 0.06}
_STANDS_ELSE = 0.02

_Words = frozenset[str]
_NOTHING: _Words = frozenset({""})


def _price(words: _Words) -> tuple[float, int]:
    """What asking for `words` costs, in searches; among equals the longer words are the cheaper."""
    if "" in words:
        return inf, 0
    stand = sum(_STANDS.get(len(word), _STANDS_ELSE) for word in words)
    return len(words) * _ASKING + stand, -sum(map(len, words))


def _shortest(words: _Words) -> _Words:
    """The words without those that hold another of them."""
    return frozenset(word for word in words if not any(one != word and one in word for one in words))


def _joined(heads: _Words, tails: _Words | None) -> _Words | None:
    if tails is None or len(heads) * len(tails) > _MOST:
        return None
    return frozenset(head + tail for head, tail in product(heads, tails))


def _spelt_set(items: Any) -> _Words | None:
    """The characters of a class, null where it names kinds of characters or leaves some out."""
    letters: set[str] = set()
    for kind, value in items:
        if str(kind) == "LITERAL":
            letters.add(chr(value))
        elif str(kind) == "RANGE" and value[1] - value[0] < _MOST:
            letters.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    return frozenset(letters) if len(letters) <= _MOST else None


def _spelt(parsed: Any) -> _Words | None:
    """All strings that a piece of a pattern matches, null where they are many."""
    strings = _NOTHING
    for kind, value in parsed:
        match str(kind):
            case "AT" | "ASSERT" | "ASSERT_NOT":
                continue
            case "LITERAL":
                tails: _Words | None = frozenset({chr(value)})
            case "IN":
                tails = _spelt_set(value)
            case "SUBPATTERN":
                tails = None if value[1] & re.IGNORECASE else _spelt(value[3])
            case "BRANCH":
                parts = [_spelt(part) for part in value[1]]
                tails = None if None in parts else frozenset().union(*(part for part in parts if part))
            case _:
                return None
        joined = _joined(strings, tails)
        if joined is None:
            return None
        strings = joined
    return strings


def _needed(parsed: Any, lead: _Words = _NOTHING) -> _Words:
    """Words one of which stands in every match of a piece that follows `lead` at once."""
    found, run = [lead], lead
    for item in parsed:
        kind, value = str(item[0]), item[1]
        if kind in ("AT", "ASSERT", "ASSERT_NOT"):
            continue
        longer = _joined(run, _spelt([item]))
        if longer is not None:
            run = longer
            found.append(run)
            continue
        if kind == "BRANCH":
            found.append(frozenset().union(*(_needed(part, run) for part in value[1])))
        elif kind == "SUBPATTERN" and not value[1] & re.IGNORECASE:
            found.append(_needed(value[3], run))
        elif kind in ("MAX_REPEAT", "MIN_REPEAT") and value[0] > 0:
            found.append(_needed(value[2], run))
        run = _NOTHING
    return min(map(_shortest, found), key=_price)


def _endings(parsed: Any) -> tuple[_Words | None, bool]:
    """What the matches of a piece end in, blanks aside (null: anything), and whether they may be blank."""
    found: set[str] = set()
    run = ""
    for item in reversed(list(parsed)):
        kind, value = str(item[0]), item[1]
        if kind == "AT" and "BEGINNING" in str(value):
            return frozenset(found | {run} if run else found), False
        if kind in ("AT", "ASSERT", "ASSERT_NOT"):
            continue
        if kind == "LITERAL" and (run or not chr(value).isspace()):
            run = chr(value) + run
        elif run:
            break
        elif kind != "LITERAL":
            ends, blank = _endings_of(kind, value)
            if ends is None:
                return None, False
            found |= ends
            if not blank:
                return frozenset(found), False
    return frozenset(found | {run} if run else found), not run


def _endings_of(kind: str, value: Any) -> tuple[_Words | None, bool]:
    """As `_endings`, of one item that is no single character."""
    if kind == "SUBPATTERN" and not value[1] & re.IGNORECASE:
        return _endings(value[3])
    if kind in ("MAX_REPEAT", "MIN_REPEAT"):
        ends, blank = _endings(value[2])
        return ends, blank or value[0] == 0
    if kind == "BRANCH":
        parts = [_endings(part) for part in value[1]]
        known = [ends for ends, _ in parts if ends is not None]
        all_known = len(known) == len(parts)
        return frozenset().union(*known) if all_known else None, any(blank for _, blank in parts)
    if kind == "IN":
        spaces = [item for item in value if str(item[1]) == "CATEGORY_SPACE"]
        letters = _spelt_set([item for item in value if item not in spaces])
        return letters, bool(spaces)
    return None, False


def needed_endings(pattern: re.Pattern[str]) -> tuple[str, ...]:
    """What stands at the end of a text (blanks aside) that `pattern`, ending in \\Z, is found in.

    Empty where that can be anything. A text of blanks is another matter.
    """
    parsed = list(_parser.parse(pattern.pattern, pattern.flags))
    if pattern.flags & (re.IGNORECASE | re.MULTILINE) or str(parsed[-1][1]) != "AT_END_STRING":
        return ()
    ends, blank = _endings(parsed)
    return () if not ends or blank else tuple(sorted(_shortest_endings(ends)))


def _shortest_endings(ends: _Words) -> _Words:
    return frozenset(one for one in ends if not any(one != other and one.endswith(other) for other in ends))


def needed_words(pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Words one of which stands in every match of `pattern`; empty where none can be told."""
    if pattern.flags & re.IGNORECASE:
        return ()
    words = _needed(_parser.parse(pattern.pattern, pattern.flags))
    return () if "" in words else tuple(sorted(words))


class Cued:
    """A compiled pattern with the words that it cannot match without; used as the pattern itself is."""

    __slots__ = ("_finditer", "_search", "_sub", "bare", "fullmatch", "match", "pattern", "words")

    def __init__(self, pattern: str) -> None:
        self.bare = re.compile(pattern)
        self.pattern = pattern
        self.words = needed_words(self.bare)
        if not self.words:
            raise ValueError(f"no word stands in every match of {pattern!r}: use re.compile for it")
        self.match, self.fullmatch = self.bare.match, self.bare.fullmatch
        self._search, self._finditer, self._sub = self.bare.search, self.bare.finditer, self.bare.sub

    def search(self, text: str, start: int = 0, end: int = _END) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        stretch = text[start:end]
        for word in self.words:
            if word in stretch:
                return self._search(text, start, end)
        return None

    def finditer(self, text: str, start: int = 0, end: int = _END) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        stretch = text[start:end]
        for word in self.words:
            if word in stretch:
                return self._finditer(text, start, end)
        return iter(())

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str) -> str:
        """As `re.Pattern.sub`."""
        for word in self.words:
            if word in text:
                return self._sub(by, text)
        return text


class Closing:
    """A compiled pattern that ends in \\Z, tried only on a text that ends in what it ends in."""

    __slots__ = ("_search", "bare", "endings", "pattern")

    def __init__(self, pattern: str) -> None:
        self.bare = re.compile(pattern)
        self.pattern = pattern
        self.endings = needed_endings(self.bare)
        if not self.endings:
            raise ValueError(f"{pattern!r} can end in anything: use re.compile for it")
        self._search = self.bare.search

    def search(self, text: str, start: int = 0, end: int = _END) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        stretch = text[start:end].rstrip()
        if stretch.endswith(self.endings) or not stretch:
            return self._search(text, start, end)
        return None
