"""docs/cli.md: its examples are run, and what it lists is what there is."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from include.cli import ending
from include.cli.app import app
from include.settings import PROJECT_ROOT

PAGE = (PROJECT_ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
MORE = "…"


def examples() -> list[tuple[str, str]]:
    """Each command of the page's consoles with what is printed below it."""
    consoles = re.findall(r"^```console\n(.*?)^```", PAGE, re.M | re.S)
    parts = "".join(consoles).split("$ sotinh ")[1:]
    return [(part.partition("\n")[0], part.partition("\n")[2]) for part in parts]


@pytest.mark.parametrize(("command", "printed"), examples())
def test_examples_are_answered_as_shown(sotinh, tmp_path: Path, monkeypatch, command, printed):
    monkeypatch.chdir(tmp_path)
    answer = sotinh(*shlex.split(command))
    refused = re.fullmatch(r"\[exit code (\d)\]\n", printed)
    if refused:
        assert (answer.exit_code, answer.stdout) == (int(refused[1]), "")
        return
    assert answer.exit_code == 0, answer.output
    told = answer.stdout.replace("\r\n", "\n")
    if printed.endswith(f"{MORE}\n"):
        assert told.startswith(printed.removesuffix(f"{MORE}\n"))
    else:
        assert told == printed


def test_there_are_examples_of_most_commands():
    assert {command.split()[0] for command, _ in examples()} >= {"status", "query", "claim", "find", "export"}


def test_every_subcommand_and_exit_code_is_told():
    commands = {found.split()[0] for found in re.findall(r"^\| `sotinh (.*?)` \|", PAGE, re.M)}
    assert commands == {command.callback.__name__ for command in app.registered_commands}
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, re.M)}
    named = {value for name, value in vars(ending).items() if name.isupper()}
    assert codes == named | {0, 2, 130}


@pytest.mark.parametrize(
    "arguments",
    [
        ("status",),
        ("questions",),
        ("query", "1"),
        ("claim", "c1a0"),
        ("find", "che"),
        ("export", "dim_units", "--to", "u.csv"),
    ],
)
def test_documents_have_the_keys_that_programs_are_promised(sotinh, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    (line,) = re.findall(rf"^\| `{arguments[0]}` \| (.*) \|$", PAGE, re.M)
    # What stands in brackets are keys of what stands before them.
    promised = set(re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", line)))
    document = json.loads(sotinh(*arguments, "--json").stdout)
    own = set(document) - {"schema_version", "command"}
    if arguments[0] == "questions":
        own |= set(document["questions"][0])
    if arguments[0] == "find":
        own |= set(document["found"]["claims"])
    assert promised == own
