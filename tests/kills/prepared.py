"""Two nights without a kill: the folder before every stage of the second, and what each stage left."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlsplit

import yaml

from tests.kills.facts import Facts, facts_of
from tests.kills.ledger import Ledger, Promise
from tests.kills.night import NIGHTS, Order, Work
from tests.kills.process import run
from tests.sample_portals.serve import FOLDER, SamplePortals

# One holds an answer back for twenty seconds; those over TLS have a certificate of the hour.
LEFT_OUT: Final = frozenset({"cong-tin-song-thuong"})
STAGES_IN_ORDER: Final = (
    "discover", "fetch", "clean", "land", "judge_landed", "build", "judge_marts", "publish", "export", "site",
)  # fmt: skip
# Files that the product never writes into once they have their name: a copy may share them.
NEVER_WRITTEN_AGAIN: Final = ("releases", "site", "warc", "docs")
# What is known of the two nights, beside their copies.
KEPT: Final = "made.pickle"
# dbt's own files; only its build needs them.
DBT_FOLDER: Final = "dbt"


@dataclass
class Prepared:
    """Where the copies are and what is known of each stage of the second night."""

    folder: Path
    registry: Path
    requests: Path
    data_dir: Path
    work: Work = field(default_factory=dict)
    first_work: Work = field(default_factory=dict)
    facts: dict[str, Facts] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    promises: dict[str, list[Promise]] = field(default_factory=dict)

    def before(self, stage: str) -> Path:
        """The copy made right before the stage."""
        return self.folder / f"before-{stage}"

    def order(self, stage: str, data_dir: Path) -> Order:
        """The stage of the second night, in another folder."""
        return Order(stage, data_dir, self.registry, NIGHTS[1], self.work or None)


@contextmanager
def prepared(folder: Path, ledger: Ledger, stages: tuple[str, ...] = STAGES_IN_ORDER) -> Iterator[Prepared]:
    """Serve the portals while the block runs, with both nights done up to the last of `stages`.

    A folder that holds both already is taken as it is, with the portals at the addresses that they had.
    """
    kept = folder / KEPT
    folder.mkdir(parents=True, exist_ok=True)
    portals = _PortalsAgain(FOLDER / "pages", first_port=None, log=folder / "requests.tsv")
    if kept.exists():
        made: Prepared = pickle.loads(kept.read_bytes())  # noqa: S301 - our own file
        portals.where = _addresses(made.registry)
        with portals:
            portals.show_second_edition()
            yield made
        return
    with portals:
        made = _prepare(folder, portals, ledger, stages)
        kept.write_bytes(pickle.dumps(made))
        yield made


def _prepare(folder: Path, portals: SamplePortals, ledger: Ledger, stages: tuple[str, ...]) -> Prepared:
    registry = _fewer_portals(portals.write_registry(folder / "portals.yml"))
    data_dir = folder / "arena" / "data"
    data_dir.mkdir(parents=True)
    made = Prepared(folder, registry, folder / "requests.tsv", data_dir)
    if "build" in stages:
        _first_night(made)
        portals.show_second_edition()
    _second_night(made, ledger, stages)
    return made


class _PortalsAgain(SamplePortals):
    """The sample portals, at given ports where `where` names them: an article's address is its identity."""

    where: Mapping[str, int] = MappingProxyType({})

    def _ports(self, portals: list[str]) -> dict[str, int]:
        return super()._ports(portals) | dict(self.where)


def _addresses(registry: Path) -> dict[str, int]:
    entries = yaml.safe_load(registry.read_text(encoding="utf-8"))["portals"]
    return {entry["id"]: urlsplit(entry["base_url"]).port or 0 for entry in entries}


def _fewer_portals(registry: Path) -> Path:
    entries = yaml.safe_load(registry.read_text(encoding="utf-8"))["portals"]
    kept = [
        entry for entry in entries if entry["id"] not in LEFT_OUT and entry["base_url"].startswith("http:")
    ]
    registry.write_text(yaml.safe_dump({"portals": kept}, allow_unicode=True), encoding="utf-8")
    return registry


def _first_night(made: Prepared) -> None:
    for stage in STAGES_IN_ORDER:
        if stage == "judge_landed":
            made.first_work = _done(Order("open_build", made.data_dir, made.registry, NIGHTS[0]))
        if stage == "publish":
            shutil.copy2(made.data_dir / "warehouse.duckdb", made.folder / "first.duckdb")
        _done(Order(stage, made.data_dir, made.registry, NIGHTS[0], made.first_work))


def _second_night(made: Prepared, ledger: Ledger, stages: tuple[str, ...]) -> None:
    given: list[Promise] = []
    for stage in stages:
        if stage == "judge_landed":
            made.work = _done(made.order("open_build", made.data_dir))
        made.promises[stage] = list(given)
        lay_out(made.data_dir, made.before(stage))
        ended = run(made.order(stage, made.data_dir))
        if ended.how != "done":
            raise RuntimeError(f"{stage} without a kill: {ended.result}")
        made.seconds[stage] = ended.seconds
        made.facts[stage] = facts_of(stage, made.data_dir)
        given.append(ledger.acknowledge(stage, made.data_dir))
        print(f"{stage}: {ended.seconds:.1f} s without a kill", flush=True)


def _done(order: Order) -> Any:
    ended = run(order)
    if ended.how != "done":
        raise RuntimeError(f"{order.stage} without a kill: {ended.result}")
    return ended.result


def lay_out(source: Path, target: Path, *, with_dbt: bool = True) -> None:
    """Make `target` a copy of `source`, sharing what nobody writes into again."""
    shutil.rmtree(target, ignore_errors=True)

    def shared_or_copied(old: str, new: str) -> None:
        parts = Path(old).relative_to(source).parts
        shared = parts[-1] == "sotinh.duckdb" or not set(parts[:-1]).isdisjoint(NEVER_WRITTEN_AGAIN)
        if shared:
            os.link(old, new)
        else:
            shutil.copy2(old, new)

    def left_out(folder: str, names: list[str]) -> set[str]:
        return {DBT_FOLDER} & set(names) if Path(folder) == source and not with_dbt else set()

    shutil.copytree(source, target, symlinks=True, copy_function=shared_or_copied, ignore=left_out)
