"""Machines of a cluster as data folders beside each other, and sample portals that they ask."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import yaml

import include.clean.stage
from include.operations import shard_stages, stages
from include.settings import PROJECT_ROOT, Settings
from tests.sample_portals.serve import SamplePortals

SAMPLES = PROJECT_ROOT / "tests" / "sample_portals"
PORTALS = 3
# When and where a machine wrote something down is its own.
OF_THE_MACHINE = ("fetched_at", "warc_offset", "warc_file")


@dataclass(frozen=True)
class Cluster:
    """A warehouse's machine with an opened batch, workers with folders of their own, and their store."""

    folder: Path
    registry: Path

    @property
    def home(self) -> Settings:
        return self.machine("home")

    def machine(self, name: str) -> Settings:
        return Settings(
            data_dir=self.folder / name,
            registry=self.registry if name == "home" else self.folder / "workers have no registry",
            workers=1,
            store=str(self.folder / "store"),
            shards=2,
        )

    def alone(self) -> Settings:
        """The warehouse's machine without a cluster."""
        return replace(self.home, store=None)

    def work(self, *names: str) -> None:
        """Give out, have the named workers do one shard each in turn, and gather."""
        orders = shard_stages.give_out(self.home)
        for number, order in enumerate(orders):
            worker = self.machine(names[number % len(names)])
            shard_stages.fetch_shard(worker, order)
            shard_stages.clean_shard(worker, order)
        shard_stages.gather(self.home)

    def batch(self) -> Path:
        (batch,) = self.home.landing.glob("crawl-*")
        return batch

    def rows(self) -> list[dict]:
        """What was cleaned, in the order of addresses, without what each machine has its own of."""
        rows = pq.read_table(self.batch() / "cleaned.parquet").to_pylist()
        told = [{key: value for key, value in row.items() if key not in OF_THE_MACHINE} for row in rows]
        return sorted(told, key=lambda row: (row["source_id"], row["url"]))


@pytest.fixture(scope="session", autouse=True)
def cleaning_in_this_process() -> Iterator[None]:
    """The same cleaning, without the seconds that worker processes take to start."""

    def in_process(function: Callable[[Any], Any], batches: Iterable[Any], **_: Any) -> Iterator[Any]:
        return (function(batch) for batch in batches)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(include.clean.stage, "map_batches", in_process)
        yield


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("samples")
    with SamplePortals(SAMPLES / "pages") as samples:
        whole = yaml.safe_load(samples.write_registry(folder / "all.yml").read_text(encoding="utf-8"))
        some = whole["portals"][:PORTALS]
        (folder / "portals.yml").write_text(yaml.safe_dump({"portals": some}), encoding="utf-8")
        yield folder / "portals.yml"


@pytest.fixture(scope="session")
def opened(registry: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with tonight's batch opened, to be copied."""
    data = tmp_path_factory.mktemp("opened")
    stages.discover_tonight(Settings(data_dir=data, registry=registry))
    return data


@pytest.fixture(scope="session")
def expected(registry: Path, opened: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict]:
    """What one machine makes of the batch."""
    cluster = Cluster(tmp_path_factory.mktemp("alone"), registry)
    shutil.copytree(opened, cluster.home.data_dir)
    stages.fetch(cluster.alone())
    stages.clean(cluster.alone())
    return cluster.rows()


@pytest.fixture
def cluster(registry: Path, opened: Path, tmp_path: Path) -> Cluster:
    made = Cluster(tmp_path, registry)
    shutil.copytree(opened, made.home.data_dir)
    return made
