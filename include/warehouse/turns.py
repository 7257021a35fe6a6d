"""Who changes what readers open takes turns.

A publish removes what a killed one left aside, and must not take for that what another one is writing.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from include.folder_lock import waiting_lock
from include.warehouse.releases import RELEASES_FOLDER

P = ParamSpec("P")
R = TypeVar("R")


def in_turn(function: Callable[P, R]) -> Callable[P, R]:
    """Decorate what writes below its parameter `data_dir`: it waits for another process that does the same.

    Not for functions that call each other: the second would wait for the first.
    """
    signature = inspect.signature(function)

    @wraps(function)
    def wait(*args: P.args, **kwargs: P.kwargs) -> R:
        data_dir = Path(signature.bind(*args, **kwargs).arguments["data_dir"])
        with waiting_lock(data_dir / RELEASES_FOLDER):
            return function(*args, **kwargs)

    return wait
