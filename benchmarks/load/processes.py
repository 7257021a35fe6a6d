"""The tree of processes below one, as Linux tells of it under /proc."""

from __future__ import annotations

import os
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from typing import Final

from include.warehouse.build import START_DBT

_PROC: Final = Path("/proc")
_TICKS: Final = os.sysconf("SC_CLK_TCK")
# Places in /proc/<pid>/stat, counted behind the name in brackets: parent; user and system time of the
# children that were waited for.
_PARENT, _CHILDREN_USER, _CHILDREN_SYSTEM = 1, 13, 14


class Watch:
    """Looks at a process and its descendants now and then.

    most_together: largest sum of proportional set sizes seen, in kB; workers: processor seconds of the
    processes that dbt has started and waited for.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self.most_together = 0
        self.workers = 0.0

    def look(self) -> None:
        """Look once; a process that ends meanwhile is passed over."""
        together = 0
        for pid in _tree(self._pid):
            with suppress(OSError):
                together += _proportional(pid)
                self._look_at_dbt(pid)
        self.most_together = max(self.most_together, together)

    def _look_at_dbt(self, pid: int) -> None:
        words = (_PROC / str(pid) / "cmdline").read_bytes().split(b"\0")
        if START_DBT.encode() in words:
            fields = _stat(pid)
            ticks = int(fields[_CHILDREN_USER]) + int(fields[_CHILDREN_SYSTEM])
            self.workers = max(self.workers, ticks / _TICKS)


def _tree(root: int) -> list[int]:
    children: dict[int, list[int]] = defaultdict(list)
    for entry in _PROC.iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                children[int(_stat(int(entry.name))[_PARENT])].append(int(entry.name))
    found = [root]
    for pid in found:
        found += children[pid]
    return found


def _stat(pid: int) -> list[str]:
    return (
        (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    )


def _proportional(pid: int) -> int:
    for line in (_PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0
