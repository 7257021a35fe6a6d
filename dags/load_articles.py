"""
# load_articles: tonight's pages into the warehouse

**What it does.** 02:00 in Vietnam: reads every portal of the registry (robots.txt, feeds,
sitemaps, listings), fetches what is due, archives the bytes as WARC, cleans pages to articles
and lands them in `warehouse.duckdb`. Emits the asset that starts `build_marts`.

**Grain.** Four tasks a night, however many pages. Work lies in `DATA_DIR/landing/<batch>/`. With a store
(SOTINH_STORE, docs/cluster.md) `fetch` and `clean` are `give_out`, two tasks a shard on any worker, `gather`.

**Triage**, by the task that fails

- `discover`: the message names file, line and entry of the registry; mend the YAML. A portal that
  is down never fails the task: it is a row in `fct_discovery_requests`.
- `fetch`: `fetched.jsonl` of the batch tells how far it came. Clear the task: a URL with a line
  is not fetched again.
- `clean`: out of disk or memory. A page that breaks its worker never fails the task: it is
  quarantined with its reason.
- `give_out`, `fetch_shard`, `clean_shard`, `gather`: the store, which the message names; or a worker of other
  code than the scheduler's. Clear the task: a shard whose receipt is in the store is not worked on again.
- `land`: "another process holds the warehouse": somebody opened `warehouse.duckdb`. Close it;
  analysts open `sotinh.duckdb`.

Clearing any task is safe: each takes up what the one before left and does nothing twice.

Every failure has its page: docs/runbook/README.md.
"""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import CronTriggerTimetable, chain, dag, task

from include.operations.alerts import StalenessNotifier, TimeoutNotifier
from include.operations.dag_defaults import TIMEZONE, WAREHOUSE_POOL, default_args
from include.operations.dag_tasks import fetched_and_cleaned, land, without_retries_for_mistakes


@dag(
    dag_id="load_articles",
    schedule=CronTriggerTimetable("0 2 * * *", timezone=TIMEZONE),
    catchup=False,
    max_active_runs=1,
    default_args=default_args(),
    on_failure_callback=TimeoutNotifier(),
    dagrun_timeout=timedelta(hours=5),
    doc_md=__doc__,
    tags=["nightly", "crawl"],
)
def load_articles() -> None:
    """Wire discover, fetch, clean and land."""

    @task(pool=WAREHOUSE_POOL, on_execute_callback=StalenessNotifier())
    def discover() -> str:
        from include.operations import stages
        from include.settings import Settings

        with without_retries_for_mistakes():
            return stages.discover_tonight(Settings.from_environment())

    chain(discover(), *fetched_and_cleaned(), land())


load_articles()
