"""The same pages by both engines, hash for hash: cleaned rows, readings, and every published mart."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import uuid
from pathlib import Path
from typing import Any

import pytest

from benchmarks.load.archive import archive_pages, settings_of
from benchmarks.load.stage import TO_MARTS
from include.settings import PROJECT_ROOT
from include.warehouse.manifest import RUN_MARTS, Manifest, changed_marts, load_manifest
from tests.scale.spark.cluster import Cluster, assert_gone, base_environment
from tests.scale.spark.conftest import PYTHON

pytestmark = pytest.mark.skipif(
    not os.environ.get(PYTHON), reason=f"{PYTHON} names no Python that has pyspark: `make spark-test` does"
)
PAGES = int(os.environ.get("SOTINH_SPARK_PAGES") or 2_000)
# dbt's tests look at every mart whatever their size.
PAGES_OF_A_NIGHT = 200

WORKERS = 2


def run(cluster: Cluster, environment: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [cluster.python, "-m", *words], cwd=PROJECT_ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return done.stdout


def work(cluster: Cluster, archive: Path, scratch: Path, environment: dict[str, str]) -> dict[str, Any]:
    told = run(cluster, environment, "benchmarks.spark.work", str(archive), str(PAGES), str(scratch))
    found: dict[str, Any] = json.loads(told.splitlines()[-1])
    return found


def alone() -> dict[str, str]:
    """The environment of the local engine."""
    return base_environment(uuid.uuid4().hex) | {"SOTINH_ENGINE": "local"}


def test_pages_are_cleaned_and_read_into_the_same_rows(
    cluster: Cluster, beside: list[str], tmp_path: Path
) -> None:
    archive = tmp_path / "archive"
    archive_pages(settings_of(archive, WORKERS), PAGES, seed=1)
    local = work(cluster, archive, tmp_path / "local", alone())
    spark = work(cluster, archive, tmp_path / "spark", cluster.environment())
    assert (local["engine"], spark["engine"]) == ("local", "spark")
    assert sum(local["outcomes"].values()) == PAGES
    for name in ("cleaned", "readings"):
        beside.append(f"{PAGES:,} pages, {name:<9} local {local[name]}")
        beside.append(f"{'':>{len(f'{PAGES:,}') + 7}} {'':<9} spark {spark[name]}")
    for name in ("outcomes", "articles", "failed", "cleaned", "readings"):
        assert local[name] == spark[name], name


def test_a_night_publishes_the_same_marts(cluster: Cluster, beside: list[str], tmp_path: Path) -> None:
    """Cleaning and dbt's own process both take the engine from the environment."""
    folders = {name: tmp_path / name for name in ("local", "spark")}
    archive_pages(settings_of(folders["local"], WORKERS), PAGES_OF_A_NIGHT, seed=2)
    shutil.copytree(folders["local"], folders["spark"])
    environments = {"local": alone(), "spark": cluster.environment()}
    published: dict[str, Manifest] = {}
    before = set((cluster.folder / "work").glob("app-*"))
    for name, folder in folders.items():
        for stage in TO_MARTS:
            run(cluster, environments[name], "benchmarks.load.stage", stage, str(folder), str(WORKERS))
        found = load_manifest(folder / "manifest.json")
        assert found is not None
        published[name] = found
    assert_gone(environments["local"]["SOTINH_SPARK_TEST"])
    # Cleaning was one, dbt's process the other.
    assert len(set((cluster.folder / "work").glob("app-*")) - before) == 2
    local, spark = published["local"], published["spark"]
    assert changed_marts(local, spark) == []
    marts = sorted(local.content.keys() - RUN_MARTS)
    assert len(marts) > 20
    for name in marts:
        beside.append(f"{name:<32} local {local.content[name]:.16}  spark {spark.content[name]:.16}")
