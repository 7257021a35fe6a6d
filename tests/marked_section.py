"""Part of a page that a program writes, between two marks; the rest of the page is written by hand."""

from __future__ import annotations

from pathlib import Path


class NoSuchSectionError(ValueError):
    """The page lacks the pair of marks; the message names both."""


def replace_section(path: Path, name: str, text: str) -> None:
    """Put `text` between `<!-- name:begin -->` and `<!-- name:end -->` of the page at `path`.

    Raises NoSuchSectionError where the page has not exactly that pair, once and in this order.
    """
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    page = path.read_text(encoding="utf-8")
    before, opened, rest = page.partition(begin)
    _, closed, after = rest.partition(end)
    if not opened or not closed or page.count(begin) != 1 or page.count(end) != 1:
        raise NoSuchSectionError(f"{path}: write {begin} and {end} once each, in this order")
    path.write_text(f"{before}{begin}\n{text.strip()}\n{end}{after}", encoding="utf-8")
