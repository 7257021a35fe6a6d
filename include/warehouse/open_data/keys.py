"""Keys of the marts as their tests declare them: what is unique in a mart, and what leads to another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from include.own_yaml import read_own_yaml

_REF = re.compile(r"ref\('(\w+)'\)")


@dataclass(frozen=True, slots=True)
class Keys:
    """primary: columns that are unique together; foreign: (column, mart it leads to, column there)."""

    primary: tuple[str, ...]
    foreign: tuple[tuple[str, str, str], ...]


@cache
def declared_keys(project: Path) -> Mapping[str, Keys]:
    """By mart, the keys that the dbt project's tests `is_primary_key` and `relationships` hold it to.

    A relationship that only warns, or that holds for some rows, is none: the data may break it.
    """
    keys = {}
    for path in sorted((project / "models" / "marts").glob("*/*__models.yml")):
        for model in read_own_yaml(path.read_text(encoding="utf-8")).get("models", []):
            keys[model["name"]] = Keys(_primary(model), tuple(_foreign(model)))
    return keys


def _primary(model: Mapping[str, Any]) -> tuple[str, ...]:
    for test in model.get("data_tests", []):
        if isinstance(test, dict) and "is_primary_key" in test:
            return tuple(test["is_primary_key"]["arguments"]["columns"])
    return ()


def _foreign(model: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for column in model.get("columns", []):
        for test in column.get("data_tests", []):
            told = test.get("relationships") if isinstance(test, dict) else None
            if told is None or not told.get("config", {}).keys().isdisjoint({"severity", "where"}):
                continue
            to = _REF.search(told["arguments"]["to"])
            if to is not None:
                yield column["name"], to[1], told["arguments"]["field"]
