"""The recipes of docs/bi.md do what it says: run as they stand, on a file of its own name."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import duckdb
import pytest

from include.settings import PROJECT_ROOT
from include.warehouse.publish import publish
from tests.warehouse.samples import NIGHT, build_marts

PAGE = (PROJECT_ROOT / "docs" / "bi.md").read_text(encoding="utf-8")
PYTHON = os.environ.get("SOTINH_BI_PYTHON")


def block(kind: str) -> str:
    (found,) = re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.M | re.S)
    return str(found)


def publish_with(folder: Path, articles: int, run_id: str) -> None:
    """Claims are as many as articles."""
    build_marts(folder / "warehouse.duckdb", articles=articles)
    publish(
        warehouse=folder / "warehouse.duckdb",
        data_dir=folder,
        run_id=run_id,
        releases_kept=1,
        published_at=NIGHT,
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with data/sotinh.duckdb of three claims, which is the present one."""
    publish_with(tmp_path / "data", 3, "r1")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data"


def test_after_a_publish_python_sees_the_new_night_once_it_has_closed_the_old(folder: Path) -> None:
    names: dict[str, Any] = {}
    exec(block("python open"), names)  # noqa: S102 - our own document
    assert names["rows"] == (3,)
    publish_with(folder, 5, "r2")
    count = "select count(*) from marts.fct_indicators"
    assert names["marts"].sql(count).fetchone() == (3,)
    # The trap that the page tells of: a second connection beside the first has the old night.
    with duckdb.connect("data/sotinh.duckdb", read_only=True) as beside:
        assert beside.sql(count).fetchone() == (3,)
    exec(block("python reopen"), names)  # noqa: S102
    assert names["rows"] == (5,)
    names["marts"].close()


def test_pandas_has_every_claim(folder: Path) -> None:
    names: dict[str, Any] = {}
    exec(block("python pandas"), names)  # noqa: S102
    assert len(names["figures"]) == 3


@pytest.mark.skipif(PYTHON is None, reason="make test-bi has DuckDB's shell in its environment")
def test_the_shell_answers_and_opens_again(folder: Path) -> None:
    shell = str(Path(str(PYTHON)).with_name("duckdb"))
    words = shlex.split(block("sh"))
    assert words[0] == "duckdb"
    done = subprocess.run([shell, *words[1:]], capture_output=True, text=True, check=True)
    assert re.search(r"claims.*\b3\b", done.stdout, re.S), done.stdout
    (again,) = re.findall(r"`(\.open [^`]+)`", PAGE)
    with subprocess.Popen(
        [shell, "-readonly", "-csv", "-noheader", "data/sotinh.duckdb"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as session:
        assert session.stdin is not None
        assert session.stdout is not None
        count = "select count(*) from marts.fct_indicators;\n"
        session.stdin.write(count)
        session.stdin.flush()
        assert session.stdout.readline().strip() == "3"
        publish_with(folder, 5, "r2")
        answers = session.communicate(count + again + "\n" + count, timeout=60)[0].split()
    assert answers == ["3", "5"]
