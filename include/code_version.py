"""Which code makes rows of pages: on all machines of a cluster the same, or rows do not fit together."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from include.settings import PROJECT_ROOT

# Everything that decides what is fetched, what is article and what is read of it.
_SOURCES: Final = (
    "include/*.py",
    "include/clean/**/*",
    "include/crawl/**/*",
    "include/extract/**/*",
    "include/portals/**/*.py",
    "dbt_project/plugins/*.py",
    "dbt_project/seeds/*.csv",
)
# Another release of these may find another text in the same bytes.
_LIBRARIES: Final = ("htmldate", "lxml", "pyarrow", "trafilatura", "warcio")
_DIGITS: Final = 16


class OtherCodeError(RuntimeError):
    """A worker runs other code than the process that gave it work; the message names both."""


@cache
def code_version(project: Path = PROJECT_ROOT) -> str:
    """16 hex digits over the sources below `project` and the libraries that decide about rows.

    The registry of portals is not among them: it is configuration, and travels with the work.
    """
    digest = hashlib.sha256()
    for name in _LIBRARIES:
        digest.update(f"{name}=={version(name)}\n".encode())
    digest.update(f"Unicode {unicodedata.unidata_version}\n".encode())
    for path in sorted({path for pattern in _SOURCES for path in project.glob(pattern)}):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(f"{path.relative_to(project).as_posix()}\n".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:_DIGITS]


def require_code(wanted: str) -> None:
    """Raise OtherCodeError where this process runs other code than `wanted`, a `code_version`."""
    if (mine := code_version()) != wanted:
        raise OtherCodeError(
            f"this worker runs code {mine}, and the work was given out by code {wanted}: bring the same"
            " checkout, the same requirements lock and the same Python to both, and start the worker again"
        )
