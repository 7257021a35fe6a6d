"""Targets of what readers type and get: search, CSV and JSON text, parameters, files of questions."""

from __future__ import annotations

import csv
import io
import json
import math
import re
import tempfile
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

import duckdb
import typer

from include.cli.csv_text import csv_lines
from include.cli.ending import CommandError
from include.cli.query import parameter_value, unique_names
from include.cli.questions import question_named
from include.cli.terminal import web_target
from include.cli.values import grouped, json_text, plain, shown
from include.folding import folded, folded_pattern, without_diacritics
from include.site.search import as_script
from include.untrusted import UNSEEN, is_web_address, visible
from include.warehouse.questions import QUESTIONS_FOLDER, read_question
from tests.fuzz.draw import Draw
from tests.fuzz.markup import ADDRESSES
from tests.fuzz.target import Target
from tests.fuzz.vietnamese import ALL, SIGNS, any_text, told

_FORMULAS: Final = (
    "=1+1",
    "+1",
    "-1",
    "@a",
    "＝1",
    " =1",
    "\t=1",
    "\u200b=1",
    "−1",
    "\r",
    '"',
    ",",
    "\n",
    "a,b",
    "'",
    "|",
)
_WORDS: Final = (*ALL, *SIGNS, *_FORMULAS, *ADDRESSES)


def _short(draw: Draw) -> str:
    return any_text(draw, 60) if draw.byte() < 90 else told(draw, _WORDS, 8)


def _search(text: str) -> None:
    once = folded(text)
    assert once == once.strip()
    assert "  " not in once
    assert folded(once) == once, "folding twice is not folding once"
    assert folded(f" {text}\n") == once
    assert folded(text.replace("\n", " ")) == once
    assert len(without_diacritics(text)) <= 12 * len(text)


@cache
def _connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def _found(text: str) -> None:
    words = folded(text)[:20].strip()
    if not words or "\0" in text:
        return
    asked = "select regexp_matches(?, ?)"
    answer = _connection().execute(asked, [text, folded_pattern(words)]).fetchone()
    assert answer is not None
    if all(ord(char) < 0x1EFF for char in text):
        assert answer[0], "a text is not found by itself"


def _value(draw: Draw) -> Any:
    kind = draw.byte() % 10
    if kind < 5:
        return draw.pick(_FORMULAS) + _short(draw) if draw.byte() < 100 else _short(draw)
    return (
        None, draw.below(70_000) - 35_000, draw.pick((1.5, math.nan, math.inf, -0.0, 1e300, 1e15)),
        draw.pick((date(2024, 2, 29), datetime(2024, 1, 1, tzinfo=UTC), time(1, 2), timedelta(days=-1))),
        draw.pick((Decimal("1.10"), Decimal("NaN"), True, b"\x00", [1, "=a"], {"a": None})),
    )[kind - 5]  # fmt: skip


def _rows(draw: Draw) -> list[list[Any]]:
    width = 2 + draw.byte() % 3  # a line of one empty field is an empty line, which readers pass over
    return [[_value(draw) for _ in range(width)] for _ in range(1 + draw.byte() % 5)]


_FORMULA: Final = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠﹢﹣﹦﹫−]")


def _csv(rows: list[list[Any]]) -> None:
    names = [f"c{number}" for number in range(len(rows[0]))]
    lines = list(csv_lines(names, rows))
    read = list(csv.reader(io.StringIO("\n".join(lines), newline=""), strict=True))
    cells = [cell for row in read[1:] for cell in row]
    flat = [value for row in rows for value in row]
    assert [len(row) for row in read] == [len(names)] * (1 + len(rows))
    for cell, value in zip(cells, flat, strict=True):
        assert not isinstance(value, str) or not _FORMULA.match(cell), (cell, value)


def _json(rows: list[list[Any]]) -> None:
    text = json_text(rows)
    assert text == json_text(rows), "not the same twice"
    assert all(line.isprintable() for line in text.split("\n"))
    read = json.loads(text)
    for told_row, row in zip(read, rows, strict=True):
        for told_value, value in zip(told_row, row, strict=True):
            assert not isinstance(value, str) or told_value == value
    for value in (value for row in rows for value in row):
        assert "\n" not in shown(value)
        plain(value)
        grouped(value if isinstance(value, float) else None)


def _seen(text: str) -> None:
    once = visible(text)
    assert visible(once) == once, "made visible twice is not made visible once"
    assert not any(unicodedata.category(char) in UNSEEN for char in once if char not in "\n\t")
    script = as_script(text)
    assert not re.search(r"[<>&\u2028\u2029]", script)
    assert json.loads(script) == text
    is_web_address(text)
    target = web_target(text)
    assert target is None or target.lower().startswith(("http://", "https://")), target


@dataclass(frozen=True, slots=True)
class Typed:
    """What a reader types: a parameter's value, a question's name, names of columns."""

    text: str
    default: Any
    names: tuple[str, ...]


def _typed(draw: Draw) -> Typed:
    default = draw.pick((date(2024, 1, 1), 3, "a", ["a"], None))
    texts = (
        "2024-02-29",
        "20240229",
        "2024-W01-1",
        "1_000",
        " 3",
        "٣",
        "null",
        "9" * 5_000,
        "a,,b",
        "1",
        "growth",
        "tỉnh",
        "0",
    )
    text = draw.pick(texts) if draw.byte() < 120 else _short(draw)
    return Typed(text, default, tuple(draw.pick(("a", "a_2", "b", "")) for _ in range(draw.byte() % 6)))


def _typing(typed: Typed) -> None:
    try:
        value = parameter_value("p", typed.text, typed.default)
    except typer.BadParameter:
        value = None
    kinds = {date: date, int: int, list: list}
    assert value is None or isinstance(value, kinds.get(type(typed.default), str)), value
    names = unique_names(typed.names)
    assert len(set(names)) == len(names) == len(typed.names), names


def _question_names(text: str) -> None:
    try:
        found = question_named(text)
    except CommandError:
        return
    assert found.query, found


@cache
def _questions() -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8") for path in sorted(QUESTIONS_FOLDER.glob("*.sql")))


@cache
def _question_file() -> Path:
    return Path(tempfile.mkdtemp(prefix="sotinh-fuzz-")) / "question.sql"


_SQL: Final = (
    ";",
    "--",
    "-- Question: x",
    "set variable a = 1;",
    "select 1",
    "'",
    '"',
    "$$",
    "/*",
    "*/",
    "-- Columns\n--   a",
    "\n",
    "(",
)


def _question_text(draw: Draw) -> str:
    lines = draw.pick(_questions()).split("\n") if draw.byte() < 220 else []
    for _ in range(1 + draw.byte() % 6):
        at, kind = draw.below(len(lines) + 1), draw.byte() % 4
        if kind == 0:
            del lines[at : at + draw.byte() % 8]
        elif kind == 1:
            lines.insert(at, draw.pick(_SQL))
        elif kind == 2:
            lines.insert(at, any_text(draw, draw.byte() % 30))
        elif at < len(lines):
            lines[at] = lines[at][: draw.byte() % (len(lines[at]) + 1)]
    return "\n".join(lines)


def _names(message: str, what: str) -> None:
    assert what in message, message


def _question(text: str) -> None:
    path = _question_file()
    path.write_text(text, encoding="utf-8", newline="")
    try:
        question = read_question(path)
    except ValueError as error:
        _names(str(error), str(path))
        return
    assert question.query.lower().startswith(("select", "with")), question
    assert len(question.settings) == len(question.parameters), question


TARGETS: Final = (
    Target("search folding", _short, _search, 1_500_000, most_bytes=64, parts=3),
    Target("search in DuckDB", _short, _found, 1_000, most_bytes=64),
    Target("CSV text", _rows, _csv, 1_000, most_bytes=96),
    Target("JSON text", _rows, _json, 50_000, most_bytes=96),
    Target("visible text", _short, _seen, 1_500_000, most_bytes=64, parts=3),
    Target("parameters", _typed, _typing, 3_000_000, most_bytes=48, parts=4),
    Target("names of questions", _short, _question_names, 2_000, most_bytes=48),
    Target("files of questions", _question_text, _question, 20_000, most_bytes=64),
)
