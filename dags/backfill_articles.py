"""
# backfill_articles: old pages by the same road

**What it does.** By hand only: opens one batch of old pages from a folder of saved pages, a WARC or
WACZ file, or a date range of a portal's sitemaps, then goes the way of every night: fetch what has no
bytes yet, clean, land. `build_marts` follows by the asset.

**Params.** Exactly one origin: `folder` (with `portal_id`), `warc_file`, or `start_on` and
`end_on` (with `portal_id`). `warc_file` takes a WARC file, a WACZ file, or a folder in which some of
either lie; of them HTML responses and HTML `resource` records of registered portals are pages. Paths
are those of the machine that runs the task.

**Triage.** `open_batch` fails with the param that is missing or the file that cannot be read.
A damaged WARC or WACZ gives the records that are whole and says what is lost. After that as in
`load_articles`; running the same backfill twice loads nothing twice.

Every failure has its page: docs/runbook/README.md.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.sdk import Param, chain, dag, task

from include.operations.alerts import TimeoutNotifier
from include.operations.dag_defaults import default_args
from include.operations.dag_tasks import fetched_and_cleaned, land, without_retries_for_mistakes


@dag(
    dag_id="backfill_articles",
    schedule=None,
    catchup=False,
    max_active_runs=1,
    default_args=default_args(),
    on_failure_callback=TimeoutNotifier(),
    dagrun_timeout=timedelta(hours=24),
    doc_md=__doc__,
    params={
        "portal_id": Param(None, type=["null", "string"], description="id of the portal in the registry"),
        "folder": Param(None, type=["null", "string"], description="folder of saved pages"),
        "warc_file": Param(None, type=["null", "string"], description="WARC or WACZ file, or folder of them"),
        "start_on": Param(None, type=["null", "string"], format="date", description="first day, sitemaps"),
        "end_on": Param(None, type=["null", "string"], format="date", description="last day, sitemaps"),
    },
    tags=["by-hand", "crawl"],
)
def backfill_articles() -> None:
    """Wire the batch's opening, then fetch, clean and land."""

    @task
    def open_batch(params: dict[str, Any] | None = None) -> str:
        from datetime import date
        from pathlib import Path

        from include.operations import stages
        from include.settings import Settings

        with without_retries_for_mistakes():
            given = {key: value for key, value in (params or {}).items() if value}
            return stages.backfill(
                Settings.from_environment(),
                given.get("portal_id"),
                folder=Path(given["folder"]) if "folder" in given else None,
                warc=Path(given["warc_file"]) if "warc_file" in given else None,
                start=date.fromisoformat(given["start_on"]) if "start_on" in given else None,
                end=date.fromisoformat(given["end_on"]) if "end_on" in given else None,
            )

    chain(open_batch(), *fetched_and_cleaned(fetch_hours=20, clean_hours=12), land())


backfill_articles()
