"""What the lane loads: two nights of the sample portals in two halves, as two machines would fetch them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import yaml

from include.settings import PROJECT_ROOT
from include.warehouse.manifest import Manifest
from include.warehouse.publish import read_manifest
from tests.kills.night import NIGHTS
from tests.kills.prepared import LEFT_OUT
from tests.sample_portals.serve import FOLDER, SamplePortals

HALVES = ("a", "b")
BUILD = "open_build,judge_landed,build,judge_marts,publish"
LAKE_VARIABLES = ("SOTINH_CATALOG", "SOTINH_LAKE_DATA")


class LaneError(AssertionError):
    """Something that must hold does not."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """Cleaned batches that never landed: folder / night / half / batch; registry: of all their portals."""

    folder: Path
    registry: Path

    def batches(self, night: int, half: str) -> list[Path]:
        return sorted((self.folder / str(night) / half).iterdir())

    def give(self, night: int, half: str, data_dir: Path) -> list[str]:
        """Copy the half's batches of the night into a folder's landing/; their ids."""
        for batch in self.batches(night, half):
            shutil.copytree(batch, data_dir / "landing" / batch.name)
        return [batch.name for batch in self.batches(night, half)]


def moment(night: int, half: str = "b") -> datetime:
    """When a half was fetched: the second a minute later, for a batch is named by its time."""
    return NIGHTS[night] + timedelta(minutes=HALVES.index(half))


def fetch_both_nights(folder: Path) -> Fetched:
    """Serve the portals, and discover, fetch and clean both halves in both nights, unless that was done."""
    fetched = Fetched(folder / "fetched", folder / "portals.yml")
    if (fetched.folder / "1" / HALVES[-1]).exists():
        return fetched
    with SamplePortals(FOLDER / "pages", first_port=None, log=folder / "requests.tsv") as portals:
        registries = _halves(portals.write_registry(fetched.registry))
        for night in range(len(NIGHTS)):
            if night:
                portals.show_second_edition()
            for half, registry in zip(HALVES, registries, strict=True):
                data_dir = folder / f"fetching-{half}"
                run("discover,fetch,clean", data_dir, registry, moment(night, half))
                kept = fetched.folder / str(night) / half
                kept.parent.mkdir(parents=True, exist_ok=True)
                (data_dir / "landing").rename(kept)
    return fetched


def _halves(registry: Path) -> list[Path]:
    entries = yaml.safe_load(registry.read_text(encoding="utf-8"))["portals"]
    kept = [one for one in entries if one["id"] not in LEFT_OUT and one["base_url"].startswith("http:")]
    registry.write_text(yaml.safe_dump({"portals": kept}, allow_unicode=True), encoding="utf-8")
    paths = []
    for number, half in enumerate(HALVES):
        path = registry.with_name(f"portals-{half}.yml")
        path.write_text(yaml.safe_dump({"portals": kept[number::2]}, allow_unicode=True), encoding="utf-8")
        paths.append(path)
    return paths


def lake_environment(catalog: str, data: Path) -> dict[str, str]:
    return dict(zip(LAKE_VARIABLES, (catalog, str(data)), strict=True))


def start(
    stages: str, data_dir: Path, registry: Path, now: datetime, lake: Mapping[str, str], *more: str
) -> subprocess.Popen[str]:
    """Stages in a process that leads a group of its own; what it says is in `data_dir`/lane.log."""
    data_dir.mkdir(parents=True, exist_ok=True)
    environment = {name: value for name, value in os.environ.items() if name not in LAKE_VARIABLES}
    environment |= {"PYTHONPATH": str(PROJECT_ROOT), "SOTINH_DATA_DIR": str(data_dir)}
    words = ["-m", "tests.scale.ducklake.step", stages, str(data_dir), str(registry), now.isoformat(), *more]
    with (data_dir / "lane.log").open("a", encoding="utf-8") as log:
        return subprocess.Popen(
            [sys.executable, *words],
            cwd=PROJECT_ROOT,
            env=environment | dict(lake),
            stdout=log,
            stderr=log,
            text=True,
            start_new_session=True,
        )


def run(
    stages: str, data_dir: Path, registry: Path, now: datetime, lake: Mapping[str, str] | None = None
) -> dict[str, float]:
    """Run stages to their end; seconds by stage. Raises LaneError with the end of their log."""
    finish(start(stages, data_dir, registry, now, lake or {}), data_dir)
    lines = (data_dir / "lane.log").read_text(encoding="utf-8").splitlines()
    told = [line.split("\t") for line in lines if "\t" in line][-len(stages.split(",")) :]
    return {stage: float(seconds) for stage, seconds in told}


def finish(process: subprocess.Popen[str], data_dir: Path) -> None:
    if process.wait(timeout=3600):
        log = (data_dir / "lane.log").read_text(encoding="utf-8")
        raise LaneError(f"stages in {data_dir} ended with code {process.returncode}:\n{log[-4000:]}")


def published(data_dir: Path) -> Manifest:
    manifest = read_manifest(data_dir)
    if manifest is None:
        raise LaneError(f"nothing is published in {data_dir}")
    return manifest
