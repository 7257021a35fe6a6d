"""How old landed rows are is told against the limits of the sources."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from include.contract import WAREHOUSE_FILE
from include.settings import PROJECT_ROOT
from include.warehouse import freshness
from include.warehouse.build import artifacts, log_file
from include.warehouse.freshness import FreshnessUnknownError, source_freshness
from tests.dbt_project import policies

DBT_PROJECT = PROJECT_ROOT / "dbt_project"


def crawl(data_dir: Path) -> None:
    """One crawl just landed; its newest attempt and text are older, and it asked for no document."""
    with duckdb.connect(str(data_dir / WAREHOUSE_FILE)) as connection:
        for table, column, age in (
            ("batches", "landed_at", "1 hour"),
            ("article_outcomes", "fetched_at", "40 hours"),
            ("article_versions", "fetched_at", "11 days"),
        ):
            connection.execute(
                f"insert into raw.{table} select * replace ('crawl-1' as batch_id,"
                f" now() - interval '{age}' as {column}) from raw.{table} limit 1"
            )
            # Old pages fetched today are no news.
            connection.execute(
                f"insert into raw.{table} select * replace ('backfill-1' as batch_id, now() as {column})"
                f" from raw.{table} limit 1"
            )
        connection.execute("update raw.batches set batch_kind = 'backfill' where batch_id <> 'crawl-1'")


@pytest.fixture
def sources_alone(tmp_path: Path) -> Path:
    """The dbt project with its sources and no models, which dbt reads in a moment, and one mistake."""
    project = tmp_path / "dbt_project"
    (project / "models").mkdir(parents=True)
    for name in ("dbt_project.yml", "profiles.yml"):
        shutil.copy(DBT_PROJECT / name, project)
    for name in ("macros", "plugins"):
        shutil.copytree(DBT_PROJECT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(DBT_PROJECT / "models" / "staging" / "_staging__sources.yml", project / "models")
    (project / "models" / "gone.yml").write_text("models:\n  - name: model_that_is_gone\n", encoding="utf-8")
    return project


@pytest.mark.stack
def test_each_table_is_judged_by_its_newest_row_of_a_crawl_and_a_warning_of_dbt_is_seen(
    built: Path, sources_alone: Path, tmp_path: Path
) -> None:
    # One start of dbt for both: a start costs more than either.
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    shutil.copy(built / WAREHOUSE_FILE, data_dir)
    crawl(data_dir)
    ages = {age.source: age for age in source_freshness(project=sources_alone, data_dir=data_dir)}
    assert {source: age.status for source, age in ages.items()} == {
        "landing.batches": "pass",
        "landing.article_outcomes": "warn",
        "landing.article_versions": "error",
        "landing.discovery_requests": "error",
    }
    batches, asked = ages["landing.batches"], ages["landing.discovery_requests"]
    assert batches.age is not None
    assert timedelta(minutes=59) < batches.age < timedelta(hours=3)
    assert (batches.warn_after, batches.error_after) == (timedelta(hours=30), timedelta(hours=54))
    assert str(batches) == "landing.batches: pass, newest row 1 hours old (warns after 30, fails after 54)"
    assert (asked.newest, asked.age) == (None, None)
    assert "no row" in str(asked)
    warned = policies.warnings_of_a_parse(log_file(data_dir).read_text(encoding="utf-8"))
    assert any("model_that_is_gone" in line for line in warned)


def answer(monkeypatch: pytest.MonkeyPatch, results: list[dict[str, str]] | None) -> None:
    def start(_: object, *, data_dir: Path, **__: object) -> subprocess.CompletedProcess[str]:
        if results is not None:
            artifacts(data_dir).mkdir(parents=True, exist_ok=True)
            (artifacts(data_dir) / "sources.json").write_text(json.dumps({"results": results}), "utf-8")
        return subprocess.CompletedProcess([], 2, "IO Error: Could not set lock", "")

    monkeypatch.setattr(freshness, "start_dbt", start)


def test_no_answer_is_an_error_with_dbts_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, [])
    assert source_freshness(project=DBT_PROJECT, data_dir=tmp_path) == ()
    answer(monkeypatch, None)  # yesterday's answer is none of today's
    with pytest.raises(FreshnessUnknownError, match="Could not set lock"):
        source_freshness(project=DBT_PROJECT, data_dir=tmp_path)


def test_a_table_that_cannot_be_asked_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = {"unique_id": "source.sotinh.landing.batches", "status": "runtime error", "error": "no\n table"}
    answer(monkeypatch, [missing])
    (age,) = source_freshness(project=DBT_PROJECT, data_dir=tmp_path)
    assert str(age) == "landing.batches: runtime error: no table"
