"""The road that live crawls, backfills and replays share, as tasks: fetch, clean, land.

On one machine fetch and clean are a task each. Where SOTINH_STORE names a store, what is to be fetched is
given out in shards to any worker and gathered where the warehouse is.

Imports stand inside the tasks: a DAG file is parsed every few seconds and must stay light.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Final

from airflow.sdk import task, task_group

from include.operations.dag_defaults import LANDED, SHARD_QUEUE, WAREHOUSE_POOL

# With two executors (LocalExecutor,KubernetesExecutor) the first keeps to the warehouse's machine, and shards
# name the other.
SHARD_EXECUTOR: Final = os.environ.get("SOTINH_SHARD_EXECUTOR", "").strip() or None


@contextmanager
def without_retries_for_mistakes() -> Iterator[None]:
    """End a task for good on what its next try would meet again: wrong Params or registry, a verdict."""
    from airflow.sdk.exceptions import AirflowFailException

    from include.operations.stages import MISTAKES

    try:
        yield
    except MISTAKES as problem:
        raise AirflowFailException(f"{type(problem).__name__}: {problem}") from problem


def fetched_and_cleaned(fetch_hours: float = 4, clean_hours: float = 2) -> list[Any]:
    """The tasks between an opened batch and its landing, to be chained; hours: what each may take."""
    fetching, cleaning = timedelta(hours=fetch_hours), timedelta(hours=clean_hours)
    if not os.environ.get("SOTINH_STORE", "").strip():
        return [
            fetch.override(execution_timeout=fetching)(),
            clean.override(execution_timeout=cleaning)(),
        ]

    @task_group
    def shard(order: dict[str, str]) -> None:
        fetched = fetch_shard.override(execution_timeout=fetching)(order)
        fetched >> clean_shard.override(execution_timeout=cleaning)(order)

    orders = give_out()
    return [orders, shard.expand(order=orders), gather.override(execution_timeout=cleaning)()]


@task(execution_timeout=timedelta(hours=4))
def fetch() -> list[str]:
    """Fetch and archive every URL of the open batches; returns their ids."""
    from include.operations import stages
    from include.settings import Settings

    with without_retries_for_mistakes():
        return stages.fetch(Settings.from_environment())


@task(execution_timeout=timedelta(hours=2))
def clean() -> list[str]:
    """Turn fetched pages into articles; returns the ids of the batches cleaned."""
    from include.operations import stages
    from include.settings import Settings

    with without_retries_for_mistakes():
        return stages.clean(Settings.from_environment())


@task
def give_out() -> list[dict[str, str]]:
    """Put what open batches want fetched into the store; returns an order for each shard."""
    from include.operations import shard_stages
    from include.settings import Settings

    with without_retries_for_mistakes():
        return shard_stages.give_out(Settings.from_environment())


@task(queue=SHARD_QUEUE, executor=SHARD_EXECUTOR)
def fetch_shard(order: dict[str, str]) -> None:
    """Fetch and archive the URLs of one shard, on any worker."""
    from include.operations import shard_stages
    from include.settings import Settings

    with without_retries_for_mistakes():
        shard_stages.fetch_shard(Settings.from_environment(), order)


@task(queue=SHARD_QUEUE, executor=SHARD_EXECUTOR)
def clean_shard(order: dict[str, str]) -> None:
    """Turn the pages of one shard into articles, on any worker."""
    from include.operations import shard_stages
    from include.settings import Settings

    with without_retries_for_mistakes():
        shard_stages.clean_shard(Settings.from_environment(), order)


# A night with nothing to fetch has no shard, and the tasks of none are skipped.
@task(trigger_rule="none_failed")
def gather() -> list[str]:
    """Put the shards together as batches of this machine; returns their ids."""
    from include.operations import shard_stages
    from include.settings import Settings

    with without_retries_for_mistakes():
        return shard_stages.gather(Settings.from_environment())


@task(pool=WAREHOUSE_POOL, outlets=[LANDED])
def land() -> list[str]:
    """Write cleaned batches into the warehouse; returns the ids of those landed now."""
    from include.operations import stages
    from include.settings import Settings

    with without_retries_for_mistakes():
        return stages.land(Settings.from_environment())
