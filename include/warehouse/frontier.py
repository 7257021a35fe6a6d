"""What the warehouse knows of each URL, so that a crawl attempts only what is new or due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from include.lake import Warehouse
from include.landing import Visit
from include.warehouse.database import has_landing_tables, is_there, open_warehouse

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

# An attempt that got no answer (failed) or no permission (blocked, not_allowed) is no visit, nor is one
# whose answer had nothing in it or could not be unpacked, which is the server's trouble and not the
# page: its URL stays due, or five bad nights would leave a story unread for good. Two captures of a page
# in one batch are one visit; a replay asks nobody, so it is none.
VISITS = """
select url, count(distinct batch_id), epoch_us(max(fetched_at))
from raw.article_outcomes
where
    outcome in ('loaded', 'unchanged', 'empty', 'quarantined')
    and fetched_at is not null
    and coalesce(reason, '') not in ('no_content', 'bad_encoding')
    and batch_id not in (select batch_id from raw.batches where batch_kind = 'replay')
group by url
"""


def read_frontier(warehouse: Warehouse) -> dict[str, Visit]:
    """Visits by canonical URL, times in UTC; empty where there is no warehouse yet.

    Raises WarehouseLockedError.
    """
    if not is_there(warehouse):
        return {}
    with open_warehouse(warehouse, read_only=True) as connection:
        if not has_landing_tables(connection):
            return {}
        rows = connection.execute(VISITS).fetchall()
    return {url: Visit(visits, EPOCH + timedelta(microseconds=last)) for url, visits, last in rows}
