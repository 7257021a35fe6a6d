"""What has to hold of every input, on some inputs of each kind; `make fuzz` asks it of millions.

Derandomized, so that the same inputs are tried everywhere and every time.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.target import Target
from tests.fuzz.targets import TARGETS

# Examples of each target: as many as its cost allows, and some ten milliseconds each of the dearest.
_EXAMPLES = {
    "articles": 15, "pages": 15, "listings": 25, "the registry's file": 25, "names of questions": 5,
    "CSV text": 4, "search in DuckDB": 2,
}  # fmt: skip
_SHORT = tuple(target for target in TARGETS if "100 KB" not in target.name)


@pytest.mark.parametrize("target", _SHORT, ids=lambda target: target.name)
def test_it_holds(target: Target) -> None:
    @settings(
        max_examples=_EXAMPLES.get(target.name, 60),
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.binary(min_size=1, max_size=target.most_bytes))
    def holds(data: bytes) -> None:
        target(data)

    holds()
