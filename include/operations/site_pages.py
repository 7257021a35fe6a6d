"""`make site` and `make open`: the pages about the release in place. Every night writes them by itself."""

from __future__ import annotations

import argparse
import sys
import webbrowser
from pathlib import Path

import duckdb

from include.operations.processes import FolderBusyError, one_run_at_a_time
from include.operations.stages import site
from include.progress import report
from include.settings import Settings
from include.site.render import SiteError
from include.warehouse.disk import DiskFullError
from include.warehouse.manifest import ManifestError

PROBLEMS = (SiteError, ManifestError, DiskFullError, FolderBusyError, duckdb.Error, OSError)


def renew_site(settings: Settings) -> Path | None:
    """Draw the site after a release was put back; where it cannot be drawn, say so and return None.

    What it tells of is in place by then, and must not be told as failed.
    """
    try:
        site(settings)
    except PROBLEMS as problem:
        report("site", f"not written ({type(problem).__name__}: {problem}); `make site` tries again")
        return None
    return settings.site / "index.html"


def main(words: list[str]) -> int:
    """Draw the site of DATA_DIR; with --open only show the one that is there. 1 where that cannot be."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--open", action="store_true", help="open the site in a browser instead")
    settings = Settings.from_environment()
    entry = settings.site / "index.html"
    if parser.parse_args(words).open:
        return _open(entry)
    try:
        with one_run_at_a_time(settings.data_dir):
            site(settings)
    except PROBLEMS as problem:
        print(problem, file=sys.stderr)
        return 1
    print(entry)
    return 0


def _open(entry: Path) -> int:
    if not entry.exists():
        print(f"{entry} does not exist: `make run` or `make site` writes it", file=sys.stderr)
        return 1
    print(entry)
    if not webbrowser.open(entry.as_uri()):
        print("No browser was found here: open that file in one.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
