"""`python -m benchmarks.extraction`: speed and rightness, or with --memory how memory grows."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from benchmarks.extraction.comparison import compare
from benchmarks.extraction.corpus import Page, body_bytes, pages_of, sample_pages
from benchmarks.extraction.labels import load_sentences
from benchmarks.extraction.memory import measure_memory
from benchmarks.extraction.ours import Ours
from benchmarks.extraction.peers import Peer, available_peers
from benchmarks.extraction.report import Report, Speed, show
from benchmarks.extraction.speed import measure
from benchmarks.printing import console, machine


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extraction", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, metavar="N", help="measured rounds (default 7)")
    parser.add_argument(
        "--pages",
        type=Path,
        metavar="FILE",
        help="also measure the articles of this JSON file (title, body, …)",
    )
    parser.add_argument(
        "--memory",
        type=int,
        nargs="?",
        const=100_000,
        metavar="N",
        help="instead read N articles (default 100000) in this process and show its memory",
    )
    parser.add_argument("--json", action="store_true", help="print JSON in place of tables")
    arguments = parser.parse_args()
    if arguments.rounds < 1 or (arguments.memory is not None and arguments.memory < 10):
        parser.error("--rounds takes 1 or more, --memory 10 or more")
    return arguments


def _speed(ours: Ours, peers: list[Peer], corpus: str, pages: list[Page], rounds: int) -> Speed:
    mean = body_bytes(pages) / len(pages) / 1024
    return Speed(corpus, len(pages), mean, rounds, tuple(measure(ours, peers, pages, rounds)))


def _measured(arguments: argparse.Namespace) -> Report:
    ours = Ours()
    samples = sample_pages(ours.provinces)
    others = pages_of(arguments.pages) if arguments.pages else []
    if arguments.memory is not None:
        memory = measure_memory(
            ours,
            others or samples,
            arguments.memory,
            lambda read, megabytes: print(f"{read:>9,} articles {megabytes:8.1f} MB", file=sys.stderr),
        )
        return Report(machine(), memory=memory)
    peers, missing = available_peers()
    sentences = load_sentences()
    speed = [_speed(ours, peers, "sample articles", samples, arguments.rounds)]
    if others:
        speed.append(_speed(ours, peers, f"articles of {arguments.pages.name}", others, arguments.rounds))
    return Report(
        machine=machine(),
        notes=tuple(missing),
        speed=tuple(speed),
        sentences=len(sentences),
        comparisons=tuple(compare(ours, peers, sentences)),
    )


def main() -> None:
    """Measure what the command line asks for and print it."""
    arguments = _arguments()
    report = _measured(arguments)
    if arguments.json:
        print(json.dumps(report.to_json_ready(), ensure_ascii=False, indent=1))
    else:
        show(report, console())


if __name__ == "__main__":
    main()
