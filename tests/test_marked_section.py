"""Documents with a part that a program writes."""

from __future__ import annotations

import pytest

from tests.marked_section import replace_section


def test_only_what_stands_between_the_marks_changes(tmp_path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A\n\n<!-- b:begin -->\nold\n<!-- b:end -->\n\nend\n", encoding="utf-8")
    replace_section(page, "b", "new\n")
    assert page.read_text(encoding="utf-8") == "# A\n\n<!-- b:begin -->\nnew\n<!-- b:end -->\n\nend\n"
    replace_section(page, "c", "other")
    replace_section(page, "b", "newer")
    assert page.read_text(encoding="utf-8").endswith("end\n\n<!-- c:begin -->\nother\n<!-- c:end -->\n")
    assert "\nnewer\n" in page.read_text(encoding="utf-8")


def test_a_page_that_is_missing_is_made(tmp_path) -> None:
    replace_section(tmp_path / "page.md", "a", "text")
    assert (tmp_path / "page.md").read_text(encoding="utf-8") == "<!-- a:begin -->\ntext\n<!-- a:end -->\n"


@pytest.mark.parametrize(
    "marks",
    [
        "<!-- a:begin -->\n",
        "<!-- a:end -->\n<!-- a:begin -->\n",
        "<!-- a:begin -->\n<!-- a:begin -->\n<!-- a:end -->\n",
    ],
)
def test_marks_that_do_not_fit_are_refused(tmp_path, marks: str) -> None:
    page = tmp_path / "page.md"
    page.write_text(marks, encoding="utf-8")
    with pytest.raises(ValueError, match="once each"):
        replace_section(page, "a", "text")
    assert page.read_text(encoding="utf-8") == marks
