"""`sotinh questions`: the ready questions, with the parameters that each can be asked with."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

import duckdb
from rich.text import Text

from include.cli.ending import CommandError
from include.cli.published import Row
from include.cli.terminal import show, words
from include.cli.values import SCHEMA_VERSION, json_text, plain
from include.folding import folded
from include.warehouse.questions import Question, defaults, read_questions


def show_questions(*, as_json: bool) -> None:
    """Print the answer of `sotinh questions`."""
    listed = list_questions()
    if as_json:
        print(json_text({"schema_version": SCHEMA_VERSION, "command": "questions", "questions": listed}))
        return
    show(described(listed))


def list_questions() -> list[Row]:
    """Number, name, wording, parameters with the values of the file, and columns of each question."""
    with duckdb.connect() as connection:
        return [
            {
                "number": number_of(question),
                "name": question.name,
                "question_vi": question.in_vietnamese,
                "question_en": question.in_english,
                "asked_by": question.asked_by,
                "parameters": defaults(connection, question),
                "columns": list(question.columns),
            }
            for question in read_questions()
        ]


def described(listed: Sequence[Row]) -> Iterator[Text]:
    """The list for people: both wordings, and each parameter as `--set` takes it."""
    for question in listed:
        yield Text.assemble((f"{question['number']:>2}  ", "bold cyan"), words(question["name"], "bold"))
        yield Text("    ") + words(question["question_vi"])
        yield Text("    ") + words(question["question_en"])
        for name, value in question["parameters"].items():
            yield Text("      ") + words(f"--set {shlex.quote(f'{name}={as_set(value)}')}", "dim")


def as_set(value: Any) -> str:
    """A parameter's value as `--set` takes it: no value as `null`, a list with commas."""
    if value is None:
        return "null"
    return ",".join(map(plain, value)) if isinstance(value, list) else plain(value)


def number_of(question: Question) -> int:
    """The number that a question's file begins with."""
    return int(question.name.partition("_")[0])


def question_named(wanted: str) -> Question:
    """The question with this number, name, or part of a name that only it has; raises CommandError."""
    known = {question.name: question for question in read_questions()}
    if wanted in known:
        return known[wanted]
    if wanted.isdecimal():
        found = [question for question in known.values() if number_of(question) == int(wanted)]
    else:
        part = folded(wanted)
        found = [question for name, question in known.items() if part and part in folded(name)]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(question.name for question in found)
        raise CommandError(f"{wanted!r} is part of several questions' names: {names}.")
    by_word = {word: name for name in known for word in name.split("_")}
    near = get_close_matches(wanted.lower(), by_word, n=1)
    hint = f" Did you mean {by_word[near[0]]}?" if near else ""
    raise CommandError(f"There is no question {wanted!r}.{hint} `sotinh questions` lists them.")
