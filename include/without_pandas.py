"""Keeps pandas out of processes that need none of it.

pyarrow imports it at its first array of Python values, DuckDB at the first value given to a query: 1.6 s of
processor time (pyarrow 26, DuckDB 1.5, pandas 3.1), more than most of what is done with the answer.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.abc import MetaPathFinder


class _Missing(MetaPathFinder):
    """Answers that pandas is not installed."""

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        """Raise for pandas as an import of a missing package does; leave the others to the next finder."""
        if fullname == "pandas":
            raise ModuleNotFoundError("No module named 'pandas'", name="pandas")


@contextmanager
def without_pandas() -> Iterator[None]:
    """Let a library look for pandas in vain; what imports it by itself, before or after, still can."""
    missing = _Missing()
    sys.meta_path.insert(0, missing)
    try:
        yield
    finally:
        sys.meta_path.remove(missing)
