"""Labelled pages that others made or saved, read from a folder beside the project where there is one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from benchmarks.cleaning.pages import LabelError, Page, PageSet, truth_of
from tests.sample_portals.placeholders import fill

# Labels, folder of pages and what a report calls them, in its order.
_PORTALS: Final = (
    ("seed_pages.json", "portals", "rebuilt portals"),
    ("dev_pages.json", "portals-dev", "rebuilt portals, second set"),
)
_SAVED: Final = "realpages"
# The pages only name it; nothing is fetched from it.
_ORIGIN: Final = "http://127.0.0.1:8900"


def evaluation_sets(folder: Path) -> tuple[list[PageSet], list[str]]:
    """The sets that `folder` holds, and one line that names those it does not.

    Raises LabelError where labels are no JSON of the kind expected or name a page that is not there.
    """
    sets: list[PageSet] = []
    absent: list[str] = []
    for labels, pages, name in _PORTALS:
        file = folder / "gold" / labels
        _add(sets, absent, name, file, partial(_portal_pages, folder=folder / pages))
    _add(sets, absent, "saved pages", folder / _SAVED / "truth.json", _saved_pages)
    note = f"Not measured, since {folder} does not hold them: {', '.join(absent)}; --labels names the folder."
    return sets, [note] if absent else []


def _add(
    sets: list[PageSet],
    absent: list[str],
    name: str,
    labels: Path,
    read: Callable[[Path], Iterator[Page]],
) -> None:
    if not labels.is_file():
        absent.append(name)
        return
    try:
        pages = tuple(read(labels))
    except FileNotFoundError as error:
        raise LabelError(f"{labels} names {error.filename}, which is not there; restore it") from error
    except LabelError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise LabelError(f"{labels} is no file of labels: {error!r}; restore it") from error
    if not pages:
        raise LabelError(f"{labels} labels no page; restore it")
    sets.append(PageSet(name, pages))


def _portal_pages(labels: Path, folder: Path) -> Iterator[Page]:
    golds: dict[str, dict[str, Any]] = json.loads(labels.read_text(encoding="utf-8"))
    for name, gold in golds.items():
        file = folder / gold["host"] / gold["url_path"].lstrip("/").replace("?", "__q__")
        truth = truth_of(
            name,
            # Portals of the ASPX type print no headline at all.
            title=None if gold["family"] == "aspx" else gold["title"],
            published_on=_day(gold.get("published")),
            body=gold["body"],
            captions=gold["captions"],
            others=[teaser[0] for teaser in gold.get("tail", []) if teaser],
        )
        yield Page(name, gold["url_path"], fill(file.read_text(encoding="utf-8"), _ORIGIN), truth)


def _saved_pages(labels: Path) -> Iterator[Page]:
    for gold in json.loads(labels.read_text(encoding="utf-8")):
        truth = truth_of(
            gold["file"],
            title=gold["title"],
            published_on=_day(gold["published"]),
            body=gold["body"],
            captions=gold["captions"],
            others=gold["not_in_body"],
        )
        html = (labels.parent / gold["file"]).read_text(encoding="utf-8")
        yield Page(gold["file"], gold["url"], html, truth)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
