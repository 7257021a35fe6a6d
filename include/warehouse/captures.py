"""Which archived pages may be cleaned again, as far as the warehouse knows."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from include.contract import REPLAYABLE_OUTCOMES
from include.lake import Warehouse
from include.landing import ArchivedCapture
from include.warehouse.database import has_landing_tables, is_there, open_warehouse

# Each page's last attempt among those {counted}, where it ended in one of the outcomes asked for.
# "Last" by the time of the fetch, not of landing: a backfill brings old captures late. A replay has the
# time of the fetch that it repeats, and the later batch is then the later word. Attempts without an
# answer (failed, not_allowed, blocked by the server) say nothing of the bytes that are there.
LAST_READ: Final = """
with readings as (
    select
        o.*,
        row_number() over (
            partition by o.article_id order by o.fetched_at desc, b.started_at desc, o.batch_id desc
        ) as recency
    from raw.article_outcomes as o
    inner join raw.batches as b on o.batch_id = b.batch_id
    where o.fetched_at is not null and {counted}
)
select source_id, url, warc_file, warc_offset
from readings
where recency = 1 and warc_file is not null and outcome in (select unnest(cast(? as varchar[])))
order by source_id, url
"""
READ: Final = (
    "(o.outcome in ('loaded', 'unchanged', 'empty', 'quarantined')"
    " or (o.outcome = 'blocked' and o.warc_file is not null))"
)
# A visit that the server answered with 304 left no record: the bytes before it still hold.
READ_AS_ARTICLE: Final = "o.outcome in ('loaded', 'unchanged') and o.warc_file is not null"


def captures_left_out(warehouse: Warehouse, outcomes: Collection[str]) -> list[ArchivedCapture]:
    """Pages whose last reading ended in one of `outcomes` and has a WARC record, each with that record.

    A page that was loaded by a later fetch is not among them. Empty where there is no warehouse yet.
    Raises ValueError for an outcome outside contract.REPLAYABLE_OUTCOMES, and WarehouseLockedError.
    """
    unknown = sorted(set(outcomes) - set(REPLAYABLE_OUTCOMES))
    if unknown or not outcomes:
        raise ValueError(
            f"replay: outcomes {', '.join(unknown) or 'none given'};"
            f" only {', '.join(REPLAYABLE_OUTCOMES)} are what cleaning makes of archived bytes"
        )
    return _captures(warehouse, READ, sorted(outcomes))


def captures_of_articles(warehouse: Warehouse) -> list[ArchivedCapture]:
    """The newest archived capture of every article that was read as one; raises WarehouseLockedError.

    Not that of the newest version: a later visit may have been `unchanged` to the rules of its time only.
    """
    return _captures(warehouse, READ_AS_ARTICLE, ["loaded", "unchanged"])


def _captures(warehouse: Warehouse, counted: str, outcomes: list[str]) -> list[ArchivedCapture]:
    if not is_there(warehouse):
        return []
    with open_warehouse(warehouse, read_only=True) as connection:
        if not has_landing_tables(connection):
            return []
        rows = connection.execute(LAST_READ.format(counted=counted), [outcomes]).fetchall()
    return [ArchivedCapture(*row) for row in rows]
