"""When a known page is read again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from include.crawl.revisit import REVISIT_AFTER_DAYS, is_due
from include.landing import Visit

NOW = datetime(2026, 7, 11, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    ("visits", "days_ago", "due"),
    [
        (1, 0, False),
        (1, 0.5, False),
        (1, 0.9, True),  # last night's fetch ended later than tonight's run starts
        (1, 1, True),
        (2, 2, False),
        (2, 3, True),
        (3, 6, False),
        (3, 7, True),
        (4, 29, False),
        (4, 30, True),
        (5, 4000, False),
    ],
)
def test_re_readings_thin_out_and_end(visits: int, days_ago: float, due: bool) -> None:
    assert is_due(Visit(visits, NOW - timedelta(days=days_ago)), NOW) is due


def test_a_page_never_fetched_is_due() -> None:
    assert is_due(None, NOW)
    assert is_due(Visit(0, NOW), NOW)


def test_intervals_grow() -> None:
    assert list(REVISIT_AFTER_DAYS) == sorted(set(REVISIT_AFTER_DAYS))
