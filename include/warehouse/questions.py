"""The analysts' questions of docs/questions: read from their files, asked of a published file.

Needs DuckDB alone, so that a notebook or a benchmark in an environment of its own can use it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb

QUESTIONS_FOLDER: Final = Path(__file__).resolve().parents[2] / "docs" / "questions"

_VARIABLE = re.compile(r"set variable (\w+) = ", re.IGNORECASE)
# "--   rank, name   what they mean"; what goes on in the next line stands further right.
_DESCRIBED = re.compile(r"^--   (\w+(?:, \w+)*)(?:\s{2,}|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Question:
    """One file: the question in both languages, who asks, its parameters, columns and SQL.

    parameters: names in the order of their `set variable` statements. columns: as the header describes
    them, in order. settings: the statements that give each parameter its value. query: the one SELECT.
    """

    name: str
    in_vietnamese: str
    in_english: str
    asked_by: str
    parameters: tuple[str, ...]
    described_parameters: tuple[str, ...]
    columns: tuple[str, ...]
    settings: tuple[str, ...]
    query: str


def read_questions(folder: Path = QUESTIONS_FOLDER) -> tuple[Question, ...]:
    """All questions of a folder, by file name; raises ValueError naming a file that is not made like one."""
    return tuple(read_question(path) for path in sorted(folder.glob("*.sql")))


def read_question(path: Path) -> Question:
    """One question from its file; raises ValueError naming the file and what its header or SQL lacks."""
    text = path.read_text(encoding="utf-8")
    try:
        statements = [statement.query.strip() for statement in duckdb.extract_statements(text)]
    except duckdb.Error as error:
        raise ValueError(f"{path}: not SQL: {error}") from error
    *settings, query = (_without_header(statement) for statement in statements or [""])
    parameters = [_VARIABLE.match(setting) for setting in settings]
    if not all(parameters) or not query.lower().startswith(("select", "with")):
        raise ValueError(f"{path}: wanted `set variable` statements and then one select")
    return Question(
        name=path.stem,
        in_vietnamese=_told(path, text, "Câu hỏi"),
        in_english=_told(path, text, "Question"),
        asked_by=_told(path, text, "Asked by"),
        parameters=tuple(found[1] for found in parameters if found),
        described_parameters=_described(path, text, "Parameters"),
        columns=_described(path, text, "Columns"),
        settings=tuple(settings),
        query=query,
    )


def ask(
    connection: duckdb.DuckDBPyConnection, question: Question, values: Mapping[str, Any] | None = None
) -> duckdb.DuckDBPyConnection:
    """Set the parameters and run the query; the connection holds the answer (fetchall, df, description).

    values: parameters that shall differ from the file's. Raises ValueError for one that the question lacks.
    """
    unknown = set(values or {}) - set(question.parameters)
    if unknown:
        raise ValueError(f"{question.name} has no parameter {sorted(unknown)}, but {question.parameters}")
    for setting in question.settings:
        connection.execute(setting)
    for name, value in (values or {}).items():
        connection.execute(f"set variable {name} = ?", [value])
    return connection.execute(question.query)


def defaults(connection: duckdb.DuckDBPyConnection, question: Question) -> dict[str, Any]:
    """The values that the file gives its parameters, as Python objects."""
    for setting in question.settings:
        connection.execute(setting)
    read = ", ".join(f"getvariable('{name}')" for name in question.parameters)
    row = connection.execute(f"select {read}").fetchone()
    return dict(zip(question.parameters, row or (), strict=True))


def _without_header(statement: str) -> str:
    return re.sub(r"\A(?:--.*\n|\s)+", "", statement)


def _told(path: Path, text: str, label: str) -> str:
    found = re.search(rf"^-- {label}: (.+(?:\n-- (?!\w+(?: \w+)?:).+)*)", text, re.MULTILINE)
    if not found:
        raise ValueError(f"{path}: no line `-- {label}: …`")
    return " ".join(found[1].replace("\n--", " ").split())


def _described(path: Path, text: str, label: str) -> tuple[str, ...]:
    found = re.search(rf"^-- {label}\n((?:--   .*\n)+)", text, re.MULTILINE)
    if not found:
        raise ValueError(f"{path}: no part `-- {label}` with a line for each")
    return tuple(name for names in _DESCRIBED.findall(found[1]) for name in names.split(", "))
