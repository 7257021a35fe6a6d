"""How fast everything comes back: from the raw archive, and from the landed articles by the present rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.load.archive import archive_pages, settings_of
from benchmarks.load.measure import bare_seconds
from benchmarks.load.stage import TO_MARTS
from benchmarks.load.usage import Usage, used_by
from benchmarks.samples import SAMPLES
from include.clean.stage import CLEANED_FILE
from include.settings import Settings

_RESTORE: Final = ("-m", "include.operations.restore", "--from-raw")
_REBUILD: Final = ("-m", "include.operations.run_night", "--rebuild")


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """bytes_again: `make restore RAW=1` where every page has to be cleaned again; raw: where none has;
    rebuild: `make rebuild`. Each up to the drawn site. bare: seconds of trafilatura.extract on the pages."""

    pages: int
    bare: float
    bytes_again: Usage
    raw: Usage
    rebuild: Usage


def rebuilt(folder: Path, pages: int, seed: int, workers: int, tell: Callable[[str], None]) -> Rebuilt:
    """Load `pages` pages into the new folder `folder`, then build everything again in the three ways.

    Raises CommandError.
    """
    settings, log = settings_of(folder, workers), folder.with_name(f"{folder.name}.log")
    archive_pages(settings, pages, seed)
    tell(f"{pages:,} pages to build again: loading")
    for stage in TO_MARTS:
        used_by(["-m", "benchmarks.load.stage", stage, str(folder), str(workers)], {}, log)
    bare = bare_seconds(settings, 0)
    used = {}
    for name, words in (("bytes_again", _RESTORE), ("raw", _RESTORE), ("rebuild", _REBUILD)):
        if name == "bytes_again":
            for cleaned in settings.landing.glob(f"*/{CLEANED_FILE}"):
                cleaned.unlink()
        used[name] = used_by(words, _environment(settings), log)
        tell(f"{name}: {used[name]}")
    return Rebuilt(pages, bare + bare_seconds(settings, 1), **used)


def _environment(settings: Settings) -> dict[str, str]:
    return {
        "SOTINH_DATA_DIR": str(settings.data_dir),
        "SOTINH_PORTALS": str(SAMPLES / "portals.yml"),
        "SOTINH_WORKERS": str(settings.workers),
    }
