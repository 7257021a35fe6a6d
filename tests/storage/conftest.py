"""A folder with two releases, made once and copied for every fault."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import include.operations.stages as stages
from include.settings import Settings
from include.warehouse.database import open_warehouse
from tests.storage.folders import land, publish_articles, settings_of, three_batches


@pytest.fixture(scope="session")
def two_releases(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Landed batches, all of them built, and releases of three and of five articles."""
    settings = three_batches(tmp_path_factory.mktemp("releases") / "data")
    land(settings)
    for articles in (3, 5):
        publish_articles(settings, f"r{articles}", articles)
    with open_warehouse(settings.warehouse) as connection:
        connection.execute("insert into ops.built_batches select batch_id, 'r5', landed_at from raw.batches")
    assert stages.open_build(settings, full_refresh=False) is None
    return settings


@pytest.fixture
def folder(two_releases: Settings, tmp_path: Path) -> Settings:
    """A copy for one fault."""
    shutil.copytree(two_releases.data_dir, tmp_path / "data", symlinks=True)
    return settings_of(tmp_path / "data")
