"""
# replay_articles: archived pages cleaned again

**What it does.** By hand only, after a cleaning rule was mended or changed: opens a batch whose lines
point to the archived bytes of earlier batches, then cleans and lands it. No portal is asked and no byte
is copied. `build_marts` follows by the asset.

**Params.** `outcomes`: pages whose last reading ended so (`quarantined`, `empty`, `blocked`).
`articles`: the newest capture of every article besides. `make requarantine` and `make reclean` set them.

**Triage**, by the task that fails

- `open_replay`: the message names the outcome or the entry of the registry that is wrong. What is left
  out, and why, stands in its log: pages of portals that the registry does not have, archive files that
  are gone.
- `clean`, `land`: as in `load_articles`.

Clearing any task is safe. A second replay with the same rules lands the same outcomes and no new version;
a page that stays quarantined keeps its reason, and no replay counts as a visit.

Every failure has its page: docs/runbook/README.md.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.sdk import Param, dag, task

from include.operations.alerts import TimeoutNotifier
from include.operations.dag_defaults import WAREHOUSE_POOL, default_args
from include.operations.dag_tasks import clean, land, without_retries_for_mistakes


@dag(
    dag_id="replay_articles",
    schedule=None,
    catchup=False,
    max_active_runs=1,
    default_args=default_args(),
    on_failure_callback=TimeoutNotifier(),
    dagrun_timeout=timedelta(hours=24),
    doc_md=__doc__,
    params={
        "outcomes": Param(
            ["quarantined"], type="array", description="outcomes whose pages to clean again, one a line"
        ),
        "articles": Param(False, type="boolean", description="the newest capture of every article, too"),
    },
    tags=["by-hand", "clean"],
)
def replay_articles() -> None:
    """Wire the batch's opening, then clean and land; fetch has no part in it."""

    @task(pool=WAREHOUSE_POOL)
    def open_replay(params: dict[str, Any] | None = None) -> list[str]:
        from include.operations import stages
        from include.settings import Settings

        with without_retries_for_mistakes():
            given = params or {}
            return stages.replay(
                Settings.from_environment(), given["outcomes"], articles=bool(given["articles"])
            )

    open_replay() >> clean.override(execution_timeout=timedelta(hours=12))() >> land()


replay_articles()
