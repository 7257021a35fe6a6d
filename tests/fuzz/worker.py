"""One target in one process: `python -m tests.fuzz.worker NAME`; atheris leads, the tally is told as JSON."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import random
import re
import sys
import time
import traceback
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final, NoReturn

from tests.fuzz.target import Target

# The process that eats more than this is stopped by libFuzzer, and so is one that stands still.
MEMORY_MB: Final = 2_048
STANDSTILL_S: Final = 1_200  # by the clock on the wall, which a busy machine runs ahead of the processor
_SEEDS: Final = 64
_TOLD_EVERY_S: Final = 20
_KEPT: Final = 20  # findings told of one target; the rest is counted


@dataclass(slots=True)
class Tally:
    """What came of one target so far. executions: counted one by one; seconds: of the processor, in the
    target alone; crashes, hangs: findings by what makes them one; worst_ms: of one execution."""

    target: str
    seed: int
    executions: int = 0
    seconds: float = 0.0
    crashes: int = 0
    hangs: int = 0
    worst_ms: float = 0.0
    worst: str = ""
    findings: dict[str, str] = field(default_factory=dict)

    def run(self, target: Target, data: bytes) -> None:
        """One execution, whatever comes of it."""
        begin = time.thread_time()
        try:
            target(data)
        except Exception as error:  # noqa: BLE001 - whatever gets out is what is looked for
            self.crashes += 1
            self._keep(f"{type(error).__name__} at {_place(error)}", data)
        took = time.thread_time() - begin
        self.executions += 1
        self.seconds += took
        if took * 1000 > self.worst_ms:
            self.worst_ms, self.worst = took * 1000, data.hex()
        if took > target.limit_s:
            self.hangs += 1
            self._keep(f"longer than {target.limit_s} s", data)

    def _keep(self, what: str, data: bytes) -> None:
        kept = self.findings.get(what)
        if kept is None and len(self.findings) >= _KEPT:
            return
        if kept is None or len(data) * 2 < len(kept):
            self.findings[what] = data.hex()


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-2:]
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))


@dataclass(frozen=True, slots=True)
class Order:
    """What a worker is to do: at most so many executions and seconds, from this seed, into this folder.

    module: where the target is; what it imports is instrumented. part: from 1, where several share a target.
    """

    module: str
    name: str
    runs: int
    seconds: float
    seed: int
    folder: Path
    part: int = 1

    @property
    def result(self) -> Path:
        """Where the tally goes, whole or not at all."""
        return self.folder / f"{self._stem}.json"

    @property
    def corpus(self) -> Path:
        """The inputs that led to new code, kept for the next run of the same target."""
        return self.folder / "corpus" / self._stem

    @property
    def _stem(self) -> str:
        return f"{re.sub(r'[^a-z0-9]+', '-', self.name.lower())}-{self.part}"


def seeds_of(target: Target, order: Order) -> list[bytes]:
    """The inputs to begin with: the same for the same target, seed and part, short ones first."""
    source = random.Random(f"{target.name} {order.seed} {order.part}")  # noqa: S311 - to be repeated, not to be secret
    lengths = sorted(1 + source.randrange(target.most_bytes) for _ in range(_SEEDS))
    return [source.randbytes(length) for length in lengths]


def _options(target: Target, order: Order) -> list[str]:
    """What libFuzzer is told."""
    return [
        "fuzz",
        f"-seed={1_000 * order.part + order.seed}",
        f"-max_len={target.most_bytes}",
        f"-rss_limit_mb={MEMORY_MB}",
        f"-timeout={STANDSTILL_S}",
        "-len_control=20",
        "-verbosity=0",
        f"-artifact_prefix={order.folder}/{order.result.stem}-",
        str(order.corpus),
    ]


def fuzz(target: Target, order: Order) -> NoReturn:
    """Let atheris lead until the executions or the seconds are used up; ends the process."""
    import atheris

    tally = Tally(target.name, order.seed)
    begun = told = time.monotonic()

    def execute(data: bytes) -> None:
        nonlocal told
        tally.run(target, data)
        now = time.monotonic()
        if tally.executions >= order.runs or now >= begun + order.seconds:
            _finish(tally, order)
        if now >= told + _TOLD_EVERY_S:  # what a process that is stopped has done counts
            told = now
            write_result(tally, order)

    order.corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds_of(target, order)):
        (order.corpus / f"seed-{number:02d}").write_bytes(data)
    atheris.Setup(_options(target, order), execute)
    atheris.Fuzz()
    raise AssertionError("libFuzzer ends the process itself")


def blindly(target: Target, order: Order) -> Tally:
    """The same without atheris, by bytes drawn from the seed alone: for machines that it has no wheel for."""
    tally = Tally(target.name, order.seed)
    source = random.Random(f"{order.seed} {order.part}")  # noqa: S311 - to be repeated, not to be secret
    ends = time.monotonic() + order.seconds
    while tally.executions < order.runs and time.monotonic() < ends:
        tally.run(target, source.randbytes(1 + source.randrange(target.most_bytes)))
    write_result(tally, order)
    return tally


def write_result(tally: Tally, order: Order) -> None:
    """The tally as JSON, in place of the one before."""
    order.folder.mkdir(parents=True, exist_ok=True)
    aside = order.result.with_suffix(".part")
    aside.write_text(json.dumps(_told(tally), indent=1) + "\n", encoding="utf-8")
    aside.replace(order.result)


def _told(tally: Tally) -> dict[str, Any]:
    return asdict(tally) | {"python": ".".join(map(str, sys.version_info[:2]))}


def _finish(tally: Tally, order: Order) -> NoReturn:
    write_result(tally, order)
    sys.stdout.flush()
    os._exit(0)


def order_of(arguments: list[str]) -> tuple[Order, bool]:
    """The order that a command line gives, and whether it is to be done blindly."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.worker", description=__doc__)
    parser.add_argument("module")
    parser.add_argument("name")
    parser.add_argument("--runs", type=int, required=True)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--part", type=int, default=1)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--blind", action="store_true")
    told = parser.parse_args(arguments)
    return Order(
        told.module, told.name, told.runs, told.seconds, told.seed, told.folder, told.part
    ), told.blind


def _target_of(order: Order) -> Target:
    targets: tuple[Target, ...] = importlib.import_module(order.module).TARGETS
    return next(target for target in targets if target.name == order.name)


def main() -> None:
    """Do one order."""
    order, is_blind = order_of(sys.argv[1:])
    if is_blind:
        blindly(_target_of(order), order)
        return
    import atheris

    # Coverage of the product's own code leads; the generators around it would only lead to themselves.
    with atheris.instrument_imports(include=["include"]):
        target = _target_of(order)
    fuzz(target, order)


if __name__ == "__main__":
    main()
