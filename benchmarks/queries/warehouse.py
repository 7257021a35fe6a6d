"""A published file of any size, of invented articles, built and exported by the product's own models.

Only what lands and what extraction would read of it is made here; every mart comes out of `dbt run` and of
the export that publishing does. So keys meet, vintages and targets follow their rules, and a new mart or
column is in the file without a line here.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import duckdb

from include.contract import PUBLISHED_FILE, WAREHOUSE_FILE
from include.extract.read import extractor_version
from include.settings import PROJECT_ROOT
from include.vocabulary import load_vocabulary
from include.warehouse import export
from include.warehouse.build import run_dbt
from include.warehouse.database import RAW_SCHEMA

# How many claims one invented article has (stories.sql).
CLAIMS_PER_ARTICLE: Final = 12
_INVENTED: Final = tuple(Path(__file__).with_name(name) for name in ("stories.sql", "landed.sql"))
_DBT_PROJECT: Final = PROJECT_ROOT / "dbt_project"
# Seeds and models: the tests judge data that is read, not data that is made up.
BUILD_ALONE: Final = ("build", "--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")


def _build(folder: Path) -> object:
    return run_dbt(BUILD_ALONE, project=_DBT_PROJECT, data_dir=folder)


def make_published(folder: Path, claims: int, build: Callable[[Path], object] = _build) -> Path:
    """Make `folder`/sotinh.duckdb with `claims` claims, rounded up to whole articles; returns its path.

    The same number gives the same rows. `folder` must not hold a warehouse yet; `build` runs dbt in it.
    Raises BuildFailed where a model breaks, ValueError for less than one article.
    """
    if claims < CLAIMS_PER_ARTICLE:
        raise ValueError(f"{claims} claims: an article alone has {CLAIMS_PER_ARTICLE}")
    folder.mkdir(parents=True, exist_ok=True)
    warehouse, published = folder / WAREHOUSE_FILE, folder / PUBLISHED_FILE
    if warehouse.exists() or published.exists():
        raise FileExistsError(f"{folder} holds a warehouse already: name an empty folder")
    land(warehouse, -(-claims // CLAIMS_PER_ARTICLE))
    build(folder)
    export.export_marts(warehouse, published)
    return published


def recipe() -> bytes:
    """Everything that decides what `make_published` makes: another recipe, another file."""
    parts = [
        *_INVENTED,
        Path(export.__file__),
        *sorted(_DBT_PROJECT.rglob("*.sql")),
        *sorted(_DBT_PROJECT.rglob("*.csv")),
    ]
    return b"".join(path.read_bytes() for path in parts if "target" not in path.parts)


def land(warehouse: Path, articles: int) -> None:
    """Put `articles` invented articles and their readings into a new warehouse."""
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(RAW_SCHEMA.read_text(encoding="utf-8"))
        connection.execute("create schema intermediate")
        connection.execute(
            "create table intermediate.int_article_readings"
            " (article_version_id varchar, extractor_version varchar, input_key varchar, reading varchar)"
        )
        for name, value in (
            ("articles", articles),
            ("extractor_version", extractor_version(load_vocabulary())),
            ("seeds", str(_DBT_PROJECT / "seeds")),
        ):
            connection.execute(f"set variable {name} = ?", [value])
        for script in _INVENTED:
            connection.execute(script.read_text(encoding="utf-8"))
