"""Options that several subcommands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

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
