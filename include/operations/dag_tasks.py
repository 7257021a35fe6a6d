"""The road that live crawls, backfills and replays share, as tasks: fetch, clean, land.

Imports stand inside the tasks: a DAG file is parsed every few seconds and must stay light.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from airflow.sdk import task

from include.operations.dag_defaults import LANDED, WAREHOUSE_POOL


@contextmanager
def without_retries_for_mistakes() -> Iterator[None]:
    """End a task for good on what its next try would meet again: wrong Params or registry, a verdict."""
    from airflow.sdk.exceptions import AirflowFailException

    from include.operations.stages import MISTAKES

    try:
        yield
    except MISTAKES as problem:
        raise AirflowFailException(f"{type(problem).__name__}: {problem}") from problem


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


@task(pool=WAREHOUSE_POOL, outlets=[LANDED])
def land() -> list[str]:
    """Write cleaned batches into the warehouse; returns the ids of those landed now."""
    from include.operations import stages
    from include.settings import Settings

    with without_retries_for_mistakes():
        return stages.land(Settings.from_environment())
