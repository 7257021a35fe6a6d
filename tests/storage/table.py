"""Runs the faults of storage and tells them as the table of docs/reliability.md."""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass, field

import pytest

from include.settings import PROJECT_ROOT

HEAD = "| fault | what comes of it | cases | as said |\n|---|---|---|---|"
PLACES = ("tests/storage", "tests/warehouse/test_disk_full.py")


@dataclass(eq=False)
class Told:
    """A pytest plugin that counts, by the words of the marker `fault`, cases and those that passed."""

    words: dict[str, tuple[str, str]] = field(default_factory=dict)
    cases: dict[tuple[str, str], list[bool]] = field(default_factory=lambda: defaultdict(list))

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Note what each test is of."""
        for item in items:
            marker = item.get_closest_marker("fault")
            if marker is not None:
                self.words[item.nodeid] = marker.args

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note how each ended; one that could not begin has not passed."""
        failed = report.failed or report.skipped
        if report.nodeid in self.words and (report.when == "call" or failed):
            self.cases[self.words[report.nodeid]].append(not failed)


def storage_table() -> tuple[str, bool]:
    """The table, and whether every fault ended as it says."""
    os.environ["SOTINH_EVERY_FAULT"] = "1"
    told = Told()
    places = [str(PROJECT_ROOT / place) for place in PLACES]
    code = pytest.main(["-q", "-p", "no:cacheprovider", *places], plugins=[told])
    lines = [
        f"| {what} | {then} | {len(passed)} | {sum(passed)} of {len(passed)} |"
        for (what, then), passed in told.cases.items()
    ]
    return "\n".join([HEAD, *lines]), code == pytest.ExitCode.OK
