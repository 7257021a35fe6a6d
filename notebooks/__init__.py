"""Notebooks over the published file, in the environment of requirements-notebook.txt."""

from __future__ import annotations

import os
from pathlib import Path

from include.contract import PUBLISHED_FILE


def published_file() -> Path:
    """The published file of SOTINH_DATA_DIR, or of the project's own data folder; it may not be there."""
    folder = os.environ.get("SOTINH_DATA_DIR") or Path(__file__).resolve().parents[1] / "data"
    return Path(folder) / PUBLISHED_FILE
