"""The documentation page stands alone, tells no place, and is made anew only when the project changed."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from include.contract import MARTS
from include.warehouse import docs
from include.warehouse.build import artifacts
from include.warehouse.docs import DocsError, write_docs

PAGE = '<html><head><meta charset="utf-8"></head><body>"compiled_path": "/x"</body></html>'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "sotinh" / "dbt_project"
    (folder / "models").mkdir(parents=True)
    (folder / "models" / "dim_x.sql").write_text("select 1", encoding="utf-8")
    return folder


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "warehouse.duckdb").touch()
    return folder


def catalog_of(*names: str) -> dict[str, Any]:
    return {"nodes": {name: {"metadata": {"schema": "marts", "name": name}} for name in names}}


@pytest.fixture
def dbt(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[int]]:
    """Puts a dbt in place that leaves what it is told; gives the list that its starts are counted in."""

    def place(
        *, page: str = PAGE, marts: tuple[str, ...] = MARTS, manifest: object = None, code: int = 0
    ) -> list[int]:
        starts: list[int] = []

        def start(_: object, *, data_dir: Path, **__: object) -> subprocess.CompletedProcess[str]:
            starts.append(1)
            target = artifacts(data_dir)
            target.mkdir(parents=True, exist_ok=True)
            (target / "catalog.json").write_text(json.dumps(catalog_of(*marts)), encoding="utf-8")
            (target / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
            (target / "static_index.html").write_text(page, encoding="utf-8")
            return subprocess.CompletedProcess([], code, "Database Error: locked", "")

        monkeypatch.setattr(docs, "start_dbt", start)
        return starts

    return place


def test_an_unchanged_project_costs_a_copy_and_a_changed_one_a_new_page(
    project: Path, data_dir: Path, tmp_path: Path, dbt: Callable[..., list[int]]
) -> None:
    starts, target = dbt(), tmp_path / "docs.html"
    (project / "target").mkdir()

    def write() -> bool:
        return write_docs(project=project, data_dir=data_dir, target_file=target)

    assert write()
    (project / "target" / "manifest.json").write_text("{}", encoding="utf-8")
    assert not write()
    (project / "models" / "dim_x.sql").write_text("select 2", encoding="utf-8")
    assert write()
    (project / "models" / "dim_x.sql").rename(project / "models" / "dim_y.sql")
    assert write()
    assert len(starts) == 3
    assert '"compiled_path": null' in target.read_text(encoding="utf-8")
    assert len(list((data_dir / "dbt" / "docs").iterdir())) == 1


@pytest.mark.parametrize(
    ("left", "why"),
    [
        ({"code": 1}, "Database Error: locked"),
        ({"marts": MARTS[1:]}, f"{MARTS[0]} not in the warehouse"),
        ({"page": "<html></html>"}, "dbt has changed"),
        ({"manifest": {"root": "PROJECT/models"}}, "would tell where"),
        ({"manifest": {"description": "see DATA"}}, "would tell where"),
    ],
)
def test_a_page_that_cannot_be_trusted_is_not_written(
    left: dict[str, Any],
    why: str,
    project: Path,
    data_dir: Path,
    tmp_path: Path,
    dbt: Callable[..., list[int]],
) -> None:
    told = json.dumps(left.get("manifest")).replace("PROJECT", str(project)).replace("DATA", str(data_dir))
    dbt(**{**left, "manifest": json.loads(told)})
    target = tmp_path / "docs.html"
    target.write_text("the page before", encoding="utf-8")
    with pytest.raises(DocsError, match=why):
        write_docs(project=project, data_dir=data_dir, target_file=target)
    assert target.read_text(encoding="utf-8") == "the page before"
    assert not list((data_dir / "dbt").glob("docs/*"))


def test_a_path_in_what_dbt_compiled_is_taken_out_and_a_longer_name_is_another_place(
    project: Path, data_dir: Path, tmp_path: Path, dbt: Callable[..., list[int]]
) -> None:
    dbt(manifest={"compiled_path": f"{data_dir}/dbt/x.sql", "said": f"{data_dir}-of-others"})
    assert write_docs(project=project, data_dir=data_dir, target_file=tmp_path / "docs.html")


def test_without_a_warehouse_there_is_nothing_to_document(project: Path, tmp_path: Path) -> None:
    with pytest.raises(DocsError, match="build the marts first"):
        write_docs(project=project, data_dir=tmp_path / "none", target_file=tmp_path / "docs.html")
