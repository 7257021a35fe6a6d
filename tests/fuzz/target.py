"""What is fuzzed: how an input is made of bytes, and what has to hold of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.fuzz.draw import Draw

# A parser is asked thousands of times for one article.
PARSER_LIMIT_S = 1.0
# 100 KB take 0.8 s at most by themselves; counting what code is reached takes up to ten times that (dots and
# spaces alone, fifty thousand sentences: 0.55 and 5.6 s).
LONG_LIMIT_S = 8.0


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that is fuzzed.

    make: the input that bytes mean; check: raises AssertionError where a property does not hold of it, and
    lets every error through that is not a documented one. runs: executions in the whole programme; limit_s:
    processor seconds beyond which an input counts as hanging; most_bytes: the longest input's choices;
    parts: processes that share the executions, each with its own corpus and seed.
    """

    name: str
    make: Callable[[Draw], Any]
    check: Callable[[Any], None]
    runs: int
    limit_s: float = PARSER_LIMIT_S
    most_bytes: int = 512
    parts: int = 1

    @property
    def module(self) -> str:
        """The module that has it among its TARGETS."""
        return self.check.__module__

    def __call__(self, data: bytes) -> None:
        """Make the input of these bytes and look whether everything holds of it."""
        self.check(self.make(Draw(data)))
