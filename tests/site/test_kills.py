"""Putting a site in place, killed at each of its steps: readers keep one, or the next build gives it back
before it does anything that may fail.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from include.crash_points import CRASH_EXIT_CODE, CRASH_POINTS
from include.site.build import _put_in_place, build_site

SITE_POINTS = [name for name in CRASH_POINTS if name.startswith("site_")]


def killed_while_putting(folder: Path, point: str) -> None:
    """A process of its own puts `.site.new` in place, and dies at `point`."""
    child = os.fork()
    if child == 0:
        os.environ["SOTINH_CRASH_AT"] = point
        _put_in_place(folder / ".site.new", folder / "site", folder / ".site.old")
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == CRASH_EXIT_CODE


@pytest.mark.parametrize("point", SITE_POINTS)
def test_a_build_that_fails_after_a_killed_one_leaves_readers_a_site(tmp_path: Path, point: str) -> None:
    for name in ("site", ".site.new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(name, encoding="utf-8")
    killed_while_putting(tmp_path, point)
    with pytest.raises(FileNotFoundError, match="not a published file"):
        build_site(tmp_path)
    shown = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert shown == (".site.new" if point == "site_before_prune" else "site")
