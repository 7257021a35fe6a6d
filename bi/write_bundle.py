"""`make bi-bundle`: bi/bundle, written anew from bi/dashboard.yml, bi/sql and the dbt project.

Nothing in it is written by hand; a test holds it to what they say now.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import duckdb
import yaml

from bi.bundle import BUNDLE, DATABASE_FILE, VERSION, as_yaml, uuid_of
from bi.charts import chart_file
from bi.datasets import DATABASE, dataset_file, mart_datasets, query_datasets
from bi.layout import dashboard_file
from bi.locked import CONNECT_ARGS
from include.operations.data_dictionary import parsed_manifest
from include.settings import PROJECT_ROOT

DEFINITION: Final = Path(__file__).with_name("dashboard.yml")
# Where the service of docker-compose.yml has the file; `make bi` puts in its own address.
SERVICE_URI: Final = "duckdb:////data/sotinh.duckdb?access_mode=read_only"


def bundle_files(manifest: Mapping[str, Any], definition: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Every file of the bundle by its path.

    manifest: dbt's; definition: bi/dashboard.yml. Raises ValueError and duckdb.Error as the parts do.
    """
    marts = mart_datasets(manifest)
    datasets = (*marts, *query_datasets(marts))
    files = {
        # Without a type, one import takes it as a dashboard and another as everything at once.
        "metadata.yaml": {"version": VERSION, "timestamp": "2026-01-01T00:00:00+00:00"},
        DATABASE_FILE: database_file(),
    }
    for dataset in datasets:
        metrics = definition["metrics"].get(dataset.name, [])
        files[f"datasets/{DATABASE}/{dataset.name}.yaml"] = dataset_file(dataset, metrics)
    for name, chart in definition["charts"].items():
        files[f"charts/{name}.yaml"] = chart_file(name, chart)
    files[f"dashboards/{definition['slug']}.yaml"] = dashboard_file(definition)
    return files


def database_file() -> dict[str, Any]:
    """The published file as a database of Superset: for reading alone, and locked."""
    return {
        "database_name": "Sotinh",
        "sqlalchemy_uri": SERVICE_URI,
        # A reader never gets the answer of a night before.
        "cache_timeout": -1,
        "expose_in_sqllab": True,
        "allow_run_async": False,
        "allow_ctas": False,
        "allow_cvas": False,
        "allow_dml": False,
        "allow_csv_upload": False,
        "impersonate_user": False,
        "extra": {
            "allows_virtual_table_explore": True,
            "cost_estimate_enabled": False,
            "metadata_params": {},
            "engine_params": {"connect_args": CONNECT_ARGS},
        },
        "uuid": uuid_of("database", DATABASE),
        "version": VERSION,
    }


def read_definition() -> dict[str, Any]:
    """bi/dashboard.yml."""
    definition: dict[str, Any] = yaml.safe_load(DEFINITION.read_text(encoding="utf-8"))
    return definition


def main() -> int:
    """Write the bundle; what is no longer part of it goes."""
    try:
        files = bundle_files(parsed_manifest(PROJECT_ROOT / "dbt_project"), read_definition())
    except (RuntimeError, ValueError, duckdb.Error) as problem:
        print(problem, file=sys.stderr)
        return 1
    if BUNDLE.exists():
        shutil.rmtree(BUNDLE)
    for name, content in files.items():
        path = BUNDLE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(as_yaml(content), encoding="utf-8")
    print(f"{BUNDLE}: {len(files)} files are written.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
