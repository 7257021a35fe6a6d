"""`sotinh query`: a ready question or SQL of one's own, asked of the published file and of nothing else."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, Final

import duckdb
import typer

from include.cli.csv_text import csv_lines
from include.cli.ending import CommandError
from include.cli.published import interruptible, opened
from include.cli.questions import question_named
from include.cli.terminal import Grid, screen, show, tell, waiting
from include.cli.values import SCHEMA_VERSION, counted, json_text
from include.untrusted import visible
from include.warehouse.questions import Question, ask, defaults

# What a terminal shows of an answer where --limit says nothing; pipes get all of it.
SHOWN_ROWS: Final = 100
ROWS_AT_ONCE: Final = 1_000
CSV_LINE_END: Final = "\r\n"  # RFC 4180

Row = Sequence[Any]


class Limited:
    """The first rows of an answer, `limit` of them (all where None), and whether there were more."""

    def __init__(self, rows: Iterable[Row], limit: int | None) -> None:
        self._rows, self._limit = iter(rows), limit
        self.count = 0
        self.has_more = False

    def __iter__(self) -> Iterator[Row]:
        for row in islice(self._rows, self._limit):
            self.count += 1
            yield row
        self.has_more = self._limit is not None and next(self._rows, None) is not None


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows under unique names with DuckDB's types; has_more is told once the rows are through."""

    asked: Mapping[str, Any]
    names: Sequence[str]
    types: Sequence[str]
    rows: Limited


def show_answer(
    question: str | None,
    set_values: Sequence[str],
    sql: str | None,
    file: str | None,
    *,
    as_json: bool,
    as_csv: bool,
    limit: int | None,
    data_dir: Path | None,
) -> None:
    """Print the answer of `sotinh query` to a question, to `sql` or to the SQL of `file`: one of the three.

    Raises CommandError for a question, parameter or SQL that cannot be answered.
    """
    ready = None if question is None else question_named(question)
    text = None if ready else _sql_text(sql, file)
    if limit is None and not (as_json or as_csv) and screen().is_terminal:
        limit = SHOWN_ROWS
    with opened(data_dir) as connection:
        with waiting("Asking …"):
            answer = _asked(connection, ready, _pairs(set_values), text, limit)
        _write(answer, as_json=as_json, as_csv=as_csv)
    if answer.rows.has_more:
        tell(f"Cut after {counted(answer.rows.count, 'rows')}; --limit shows more.", "dim")


def _sql_text(sql: str | None, file: str | None) -> str:
    """The SQL that is asked; raises CommandError for a file that cannot be read."""
    if file is None:
        return sql or ""
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as unreadable:
        raise CommandError(f"The SQL in {file} cannot be read: {unreadable}") from unreadable


def _pairs(given: Sequence[str]) -> dict[str, str]:
    """`name=value` taken apart; raises typer.BadParameter for one without a name or an equals sign."""
    pairs = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not name or not equals:
            raise typer.BadParameter(f"{one!r} is not NAME=VALUE", param_hint="--set")
        pairs[name.strip()] = value
    return pairs


def parameter_value(name: str, text: str, default: Any) -> Any:
    """What `--set name=text` means, by the type of the parameter's own value; `null` is no value.

    Raises typer.BadParameter for a text that is no day or no number where one is wanted.
    """
    if text == "null":
        return None
    wanted = "a day like 2025-12-31" if isinstance(default, date) else "a whole number"
    try:
        if isinstance(default, date):
            return date.fromisoformat(text)
        if isinstance(default, int):
            return int(text)
    except ValueError as wrong:
        raise typer.BadParameter(f"{name} is {text!r}, not {wanted}", param_hint="--set") from wrong
    if isinstance(default, list):
        return [part.strip() for part in text.split(",") if part.strip()]
    return text


def _asked(
    connection: duckdb.DuckDBPyConnection,
    ready: Question | None,
    given: Mapping[str, str],
    text: str | None,
    limit: int | None,
) -> Answer:
    with refusals(of_reader=ready is None):
        if ready is not None:
            values = _parameters(connection, ready, given)
            interruptible(connection, lambda: ask(connection, ready, values))
            asked = {"question": ready.name, "parameters": values, "sql": None}
        else:
            interruptible(connection, lambda: connection.execute(text or ""))
            asked = {"question": None, "parameters": {}, "sql": text}
        columns = connection.description
    if not columns:
        raise CommandError("This SQL gives no rows: end it with a select.")
    return Answer(
        asked=asked,
        names=unique_names([str(column[0]) for column in columns]),
        types=[str(column[1]) for column in columns],
        rows=Limited(_fetched(connection), limit),
    )


def _parameters(
    connection: duckdb.DuckDBPyConnection, ready: Question, given: Mapping[str, str]
) -> dict[str, Any]:
    values = defaults(connection, ready)
    unknown = sorted(given.keys() - values.keys())
    if unknown:
        raise CommandError(
            f"{ready.name} has no parameter {', '.join(unknown)}; it has {', '.join(ready.parameters)}."
        )
    return values | {name: parameter_value(name, text, values[name]) for name, text in given.items()}


@contextmanager
def refusals(*, of_reader: bool) -> Iterator[None]:
    """Turn DuckDB's refusals into errors of the command.

    of_reader: the SQL is the reader's own; else a name that the file lacks is the file's fault, not his.
    """
    try:
        yield
    except duckdb.PermissionException as refused:
        raise CommandError(
            f"Refused: a query reads the published file and nothing else on the machine. {refused}"
        ) from refused
    except (duckdb.CatalogException, duckdb.BinderException) as unknown:
        if not of_reader:
            raise
        raise CommandError(f"The SQL cannot be answered. {unknown}") from unknown
    except duckdb.Error as wrong:
        raise CommandError(f"The SQL cannot be answered. {wrong}") from wrong


def _fetched(connection: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    while True:
        with refusals(of_reader=True):
            batch = interruptible(connection, lambda: connection.fetchmany(ROWS_AT_ONCE))
        if not batch:
            return
        yield from batch


def unique_names(names: Sequence[str]) -> list[str]:
    """Names as keys of a JSON object: the second of two equal ones ends in _2."""
    unique: list[str] = []
    for name in names:
        candidate, number = name, 2
        while candidate in unique:
            candidate, number = f"{name}_{number}", number + 1
        unique.append(candidate)
    return unique


def _write(answer: Answer, *, as_json: bool, as_csv: bool) -> None:
    if as_json:
        sys.stdout.writelines(json_pieces(answer))
    elif not as_csv:
        show([Grid(answer.names, answer.rows)])
    elif screen().is_terminal:
        for line in csv_lines(answer.names, answer.rows):
            print(visible(line))
    else:
        for line in csv_lines(answer.names, answer.rows):
            sys.stdout.write(line + CSV_LINE_END)


def json_pieces(answer: Answer) -> Iterator[str]:
    """The document of `sotinh query`, written row by row, however many there are."""
    head = {
        "schema_version": SCHEMA_VERSION,
        "command": "query",
        **answer.asked,
        "columns": [
            {"name": name, "type": sql_type}
            for name, sql_type in zip(answer.names, answer.types, strict=True)
        ],
    }
    yield json_text(head).removesuffix("\n}") + ',\n  "rows": ['
    for number, row in enumerate(answer.rows):
        yield ("\n    " if number == 0 else ",\n    ") + json_text(
            dict(zip(answer.names, row, strict=True)), indent=None
        )
    rest = {"row_count": answer.rows.count, "has_more": answer.rows.has_more}
    yield "\n  ]," + json_text(rest).removeprefix("{") + "\n"
