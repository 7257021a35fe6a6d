"""How the command ends: its exit codes, and the errors that lead to them."""

from __future__ import annotations

from typing import Final

# 2 is Typer's, for a command line that it does not understand; 130 is Ctrl-C, as in a shell.
WRONG_REQUEST: Final = 1
NOTHING_PUBLISHED: Final = 3
NOT_READABLE: Final = 4


class CommandError(Exception):
    """An error that is told in a sentence or two; exit_code: what the command ends with."""

    exit_code = WRONG_REQUEST


class NothingPublishedError(CommandError):
    """There is no published file in the data folder."""

    exit_code = NOTHING_PUBLISHED


class NotReadableError(CommandError):
    """There is a file, and it is locked, damaged or not one of ours."""

    exit_code = NOT_READABLE
