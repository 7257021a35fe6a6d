"""A part of a document that a program writes, between two comments that readers do not see."""

from __future__ import annotations

from pathlib import Path


def replace_section(path: Path, name: str, text: str) -> None:
    """Write `text` between `<!-- name:begin -->` and `<!-- name:end -->` of the document at `path`.

    Everything else stays as it is. Where the marks are missing the part is added at the end; where the
    file is missing it is made. Raises ValueError where only one of the marks is there, or one is there twice.
    """
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    document = path.read_text(encoding="utf-8") if path.exists() else ""
    section = f"{begin}\n{text.strip()}\n{end}"
    marks = document.count(begin), document.count(end)
    if marks == (0, 0):
        before = document.rstrip("\n")
        path.write_text(f"{before}\n\n{section}\n" if before else f"{section}\n", encoding="utf-8")
        return
    head, _, rest = document.partition(begin)
    _, mark, tail = rest.partition(end)
    if marks != (1, 1) or not mark:
        raise ValueError(f"{path}: write {begin} and {end} once each, in this order")
    path.write_text(head + section + tail, encoding="utf-8")
