"""The command line of each subcommand: what it takes and what its help says.

What a subcommand needs is imported when it is called: help and completion answer at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from include.contract import MARTS
from include.settings import PROJECT_ROOT

# What `sotinh find` can find, in the order of its answer.
FINDABLE = ("provinces", "indicators", "people", "meetings", "claims")


def completed_questions(incomplete: str) -> Iterator[tuple[str, str]]:
    """Names of questions for the shell, from their files' names alone."""
    for path in sorted((PROJECT_ROOT / "docs" / "questions").glob("*.sql")):
        if path.stem.startswith(incomplete):
            yield path.stem, path.stem.partition("_")[2].replace("_", " ")


def completed_marts(incomplete: str) -> Iterator[str]:
    """Names of marts for the shell."""
    yield from (mart for mart in MARTS if mart.startswith(incomplete))


def completed_kinds(incomplete: str) -> Iterator[str]:
    """Names of what can be found for the shell."""
    yield from (kind for kind in FINDABLE if kind.startswith(incomplete))


DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir",
        envvar="SOTINH_DATA_DIR",
        show_default=False,
        help="Folder with sotinh.duckdb; data/ of the project where none is named.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document, for programs.")]


def status(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Show what is published.

    Release, counts, verdict of the gates, freshness, portals that failed in the last night. The answer is of
    the published file alone; the pipeline's own warehouse is not opened.
    """
    from include.cli.status import show_status

    show_status(data_dir, as_json=as_json)


def questions(as_json: AsJson = False) -> None:
    """List the ready questions.

    With the parameters of each and their values; `sotinh query NUMBER` asks one.
    """
    from include.cli.questions import show_questions

    show_questions(as_json=as_json)


def query(
    question: Annotated[
        str | None,
        typer.Argument(help="Number or name of a ready question.", autocompletion=completed_questions),
    ] = None,
    set_values: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="Another value of a parameter; `null` for none."),
    ] = None,
    sql: Annotated[str | None, typer.Option(help="Ask this SQL.")] = None,
    file: Annotated[str | None, typer.Option(help="Ask the SQL of this file; `-` is standard input.")] = None,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV that no spreadsheet runs as formulas.")] = False,
    limit: Annotated[int | None, typer.Option(min=0, help="At most so many rows.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Ask a ready question, or SQL.

    The connection can read the marts and nothing else on the machine: no other file, no network, no change.
    """
    from include.cli.query import show_answer

    if sum(one is not None for one in (question, sql, file)) != 1:
        raise typer.BadParameter("Give a question, --sql or --file; `sotinh questions` lists the questions.")
    if as_json and as_csv:
        raise typer.BadParameter("--json and --csv exclude each other.")
    if set_values and question is None:
        raise typer.BadParameter("--set belongs to a ready question; SQL has its own `set variable`.")
    show_answer(
        question, set_values or [], sql, file, as_json=as_json, as_csv=as_csv, limit=limit, data_dir=data_dir
    )


def claim(
    statement_id: Annotated[str, typer.Argument(help="Key of the claim, or a beginning that only it has.")],
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Show a claim with its sentence.

    With its article and link, what was known before and after it, and the checks that it takes part in.
    """
    from include.cli.claim import show_claim

    show_claim(statement_id, data_dir, as_json=as_json)


def find(
    search: Annotated[list[str], typer.Argument(metavar="WORDS", help="With or without diacritics.")],
    kind: Annotated[
        list[str] | None,
        typer.Option(
            help=f"Only these: {', '.join(FINDABLE)}. Can be given again.", autocompletion=completed_kinds
        ),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many of each kind.")] = 10,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Find claims, indicators and more.

    Also provinces, people and meetings, by words: "lao cai" finds Lào Cai. Every word must begin a word of
    what is found. What is spelled just so, diacritics included, comes first, then what has the words side by
    side in its name, then the newest.
    """
    from include.cli.find import show_found

    unknown = sorted(set(kind or ()) - set(FINDABLE))
    if unknown:
        raise typer.BadParameter(
            f"{', '.join(unknown)}: there are {', '.join(FINDABLE)}", param_hint="--kind"
        )
    show_found(" ".join(search), kind or FINDABLE, limit, data_dir, as_json=as_json)


def export(
    mart: Annotated[str, typer.Argument(help="Name of a mart.", autocompletion=completed_marts)],
    to: Annotated[Path, typer.Option(help="The file: its name ends in .csv, .parquet or .json.")],
    province: Annotated[
        list[str] | None,
        typer.Option(help="Rows of this province: name, with or without diacritics, or key. Repeatable."),
    ] = None,
    indicator: Annotated[
        list[str] | None,
        typer.Option(help="Rows of this indicator: code or name, with or without diacritics. Repeatable."),
    ] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Rows of this day and later.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file where it is there.")] = False,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Write a mart's rows to a file.

    Whole or not at all. The columns are those of the open data: no whole texts, quotations with their rights,
    CSV that no spreadsheet runs as formulas.
    """
    from include.cli.export import Wanted, export_mart

    wanted = Wanted(province or [], indicator or [], since.date() if since else None)
    export_mart(mart, to, wanted, data_dir, force=force, as_json=as_json)
