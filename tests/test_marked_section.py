"""A program replaces its own part of a page and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.marked_section import NoSuchSectionError, replace_section

PAGE = "Đầu trang\n\n<!-- a:begin -->\ncũ\n<!-- a:end -->\n\n<!-- b:begin --><!-- b:end -->\nCuối trang\n"


def test_only_the_named_section_changes(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    replace_section(page, "a", "| mới |\n")
    replace_section(page, "b", "b")
    replace_section(page, "a", "| mới |")
    expected = PAGE.replace("cũ", "| mới |").replace("begin --><!-- b", "begin -->\nb\n<!-- b")
    assert page.read_text(encoding="utf-8") == expected


@pytest.mark.parametrize("page", ["", "<!-- a:begin -->", "<!-- a:end --><!-- a:begin -->", PAGE + PAGE])
def test_a_page_without_the_pair_of_marks_is_left_as_it_is(tmp_path: Path, page: str) -> None:
    path = tmp_path / "page.md"
    path.write_text(page, encoding="utf-8")
    with pytest.raises(NoSuchSectionError, match="a:begin"):
        replace_section(path, "a", "mới")
    assert path.read_text(encoding="utf-8") == page
