"""The order of the whole suite."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take minutes: begun last, one of two workers would end alone.

    Only the order of files changes, and only where workers take them in order (Makefile).
    """
    items.sort(key=lambda item: (item.path.name != "test_night.py", item.get_closest_marker("stack") is None))
