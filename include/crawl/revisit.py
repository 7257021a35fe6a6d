"""When a known page is due for another visit."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from include.landing import Visit

# Days since the last fetch after which a page is read again, by the number of its fetches so far.
# Stories are corrected within hours, so the first re-reading comes with the next night; later ones
# thin out, and after four re-readings a page is left alone. Chosen, not measured: the versions that
# re-readings bring in are the measure by which to change it.
REVISIT_AFTER_DAYS: Final = (1, 3, 7, 30)
# A night may start earlier than the one before ended (a run may take five hours); without this, a
# page due after one day would wait for two.
_SLACK: Final = timedelta(hours=6)


def is_due(visit: Visit | None, now: datetime) -> bool:
    """Whether a page with that record is to be attempted at `now` (aware); never fetched is due."""
    if visit is None or visit.visits < 1:
        return True
    if visit.visits > len(REVISIT_AFTER_DAYS):
        return False
    interval = timedelta(days=REVISIT_AFTER_DAYS[visit.visits - 1])
    return visit.last_fetched_at + interval - _SLACK <= now
