"""The order of the whole suite, and what Hypothesis may ask of the machine it runs on."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

if find_spec("hypothesis"):  # not where a lane has an environment of its own
    from hypothesis import HealthCheck, settings

    # Both go by the clock: with other tests at work one draw took 3.4 s that takes 0.01 alone. What is slow
    # is told by the benchmarks.
    settings.register_profile("busy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("busy machine")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take minutes: begun last, one of two workers would end alone.

    Only the order of files changes, and only where workers take them in order (Makefile).
    """
    items.sort(key=lambda item: (item.path.name != "test_night.py", item.get_closest_marker("stack") is None))
