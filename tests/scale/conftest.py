"""What every lane of this folder ends with: hashes side by side."""

from __future__ import annotations

import pytest

from tests.scale.side_by_side import SideBySide

_SHOWN = pytest.StashKey[SideBySide]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_SHOWN] = SideBySide()


@pytest.fixture(scope="session")
def side_by_side(pytestconfig: pytest.Config) -> SideBySide:
    return pytestconfig.stash[_SHOWN]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    shown = config.stash[_SHOWN]
    if shown.columns:
        terminalreporter.section("content, side by side")
        for line in shown.lines():
            terminalreporter.write_line(line)
