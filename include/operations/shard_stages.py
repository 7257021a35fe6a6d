"""The stages of a batch that several machines share, as functions of the settings: what the DAGs' tasks call.

`give_out` and `gather` run on the machine that holds the warehouse; `fetch_shard` and `clean_shard` on any
worker, whose SOTINH_DATA_DIR is a folder of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from include.operations import stage_tallies, stages
from include.operations.journal import JOURNAL_FOLDER, append_missing, read_lines
from include.operations.stage_ledger import recorded
from include.operations.stage_tallies import TallyFunction
from include.settings import Settings
from include.shards import gather as gathering
from include.shards import give_out as giving_out
from include.shards import work
from include.shards.orders import Order
from include.shards.store import Store, StoreError, open_store


def give_out(settings: Settings) -> list[dict[str, str]]:
    """Put what open batches want fetched into the store; returns an order for each shard."""
    orders = giving_out.give_out(
        _store(settings),
        stages.registry_of(settings),
        landing=settings.landing,
        shards=settings.shards,
    )
    return [asdict(order) for order in orders]


def fetch_shard(settings: Settings, order: Mapping[str, str]) -> None:
    """Fetch one shard, unless that is done; raises OtherCodeError and StoreError."""
    work.fetch_shard(_bench(settings), Order(**order), _as_stage(settings, "fetch", stage_tallies.fetched))


def clean_shard(settings: Settings, order: Mapping[str, str]) -> None:
    """Clean one shard, unless that is done; raises OtherCodeError and StoreError."""
    work.clean_shard(_bench(settings), Order(**order), _as_stage(settings, "clean", stage_tallies.cleaned))


def gather(settings: Settings) -> list[str]:
    """Put the batches of the workers together, and finish what this machine began alone; returns their ids.

    Raises ShardsMissingError and StoreError.
    """
    stages.fetch(settings)
    gathered = gathering.gather(
        _store(settings),
        landing=settings.landing,
        keep_lines=lambda lines: append_missing(settings.data_dir / JOURNAL_FOLDER, lines),
    )
    return gathered + stages.clean(settings)


def _store(settings: Settings) -> Store:
    if settings.store is None:
        raise StoreError("no store is named: set SOTINH_STORE to the same folder or URL on every machine")
    return open_store(settings.store)


def _bench(settings: Settings) -> work.Bench:
    return work.Bench(_store(settings), settings.data_dir, settings.workers)


def _as_stage(settings: Settings, stage: str, tally: TallyFunction) -> work.AsStage:
    def run(home: Path, do: Callable[[], list[str]]) -> tuple[Mapping[str, Any], ...]:
        @recorded(stage, tally)
        def staged(_: Settings) -> list[str]:
            return do()

        staged(replace(settings, data_dir=home))
        return tuple(read_lines(home / JOURNAL_FOLDER))

    return run
