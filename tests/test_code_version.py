"""The version of the code that makes rows: what moves it and what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from include.code_version import OtherCodeError, code_version, require_code


def a_project(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


RULES = {
    "include/clean/lines.py": "LINES = 1\n",
    "include/extract/meetings/read.py": "READ = 1\n",
    "include/portals/registry.yml": "portals: []\n",
    "dbt_project/seeds/units.csv": "unit_code\nVND\n",
    "include/site/page.py": "PAGE = 1\n",
}


@pytest.mark.parametrize(
    "rule", ["include/clean/lines.py", "include/extract/meetings/read.py", "dbt_project/seeds/units.csv"]
)
def test_a_rule_that_changes_is_another_version(tmp_path, rule):
    before = code_version(a_project(tmp_path / "before", RULES))
    after = code_version(a_project(tmp_path / "after", RULES | {rule: "other = 2\n"}))
    assert before != after


@pytest.mark.parametrize(
    "other", ["include/portals/registry.yml", "include/site/page.py", "include/clean/lines.cpython-311.pyc"]
)
def test_what_decides_no_row_is_the_same_version(tmp_path, other):
    before = code_version(a_project(tmp_path / "before", RULES))
    after = code_version(a_project(tmp_path / "after", RULES | {other: "other = 2\n"}))
    assert before == after


def test_a_renamed_rule_is_another_version(tmp_path):
    renamed = dict(RULES)
    renamed["include/clean/rows.py"] = renamed.pop("include/clean/lines.py")
    assert code_version(a_project(tmp_path / "a", RULES)) != code_version(a_project(tmp_path / "b", renamed))


def test_work_of_the_same_code_is_taken():
    require_code(code_version())


def test_work_of_other_code_is_refused_with_both_versions():
    with pytest.raises(OtherCodeError, match=rf"code {code_version()}.*code 0123456789abcdef"):
        require_code("0123456789abcdef")
