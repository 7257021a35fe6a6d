"""The command itself: its subcommands, what it ends with, and how it behaves in a pipe.

Exit codes: 0 the request was answered, 1 it asks for what is not there or may not be done, 2 the command line
is not understood, 3 nothing is published, 4 the file is locked, damaged or none of ours, 130 Ctrl-C.
"""

from __future__ import annotations

import codecs
import json
import signal
import sys
import tomllib
from io import TextIOWrapper
from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup

from include.cli import commands
from include.cli.ending import CommandError
from include.settings import PROJECT_ROOT
from include.without_pandas import without_pandas

ESCAPED: Final = "sotinh_escaped"


class Commands(TyperGroup):
    """The subcommands, with the errors of all told in one place."""

    def invoke(self, ctx: Any) -> Any:
        """Run the subcommand; a CommandError is told to stderr and gives the exit code."""
        try:
            return super().invoke(ctx)
        except CommandError as error:
            from include.cli.terminal import tell

            tell(str(error), "red")
            raise typer.Exit(error.exit_code) from error


app = typer.Typer(
    cls=Commands,
    name="sotinh",
    help="The numbers and meetings of Vietnam's provinces, as published, each with its sentence.",
    epilog="Exit codes: 0 answered, 1 no such thing or refused, 2 wrong usage, 3 nothing published,"
    " 4 the file is locked or none of ours.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    # Help without frames: half as long to load, and as readable in a pipe.
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _subcommand in (
    commands.status,
    commands.questions,
    commands.query,
    commands.claim,
    commands.find,
    commands.export,
):
    app.command()(_subcommand)


def _print_version(wanted: bool) -> None:
    if wanted:
        project = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        print(f"sotinh {project['version']}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """The numbers and meetings of Vietnam's provinces, as published, each with its sentence."""


def _escape(error: UnicodeError) -> tuple[str, int]:
    """What a stream cannot encode, as JSON and people read it."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


def main() -> None:
    """Run the command line; never returns."""
    # As other tools do: `| head` ends the command without a word.
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    # Vietnamese must not break a screen that is set to another encoding, nor JSON that is written to it.
    codecs.register_error(ESCAPED, _escape)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=ESCAPED)
    with without_pandas():
        app(prog_name="sotinh")
