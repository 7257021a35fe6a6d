"""Published nights for the tests: one file of invented articles, and what each later night changes in it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from benchmarks.queries.warehouse import make_published
from include.warehouse.database import open_warehouse
from include.warehouse.publish import publish

CLAIMS = 3_000
# A sentence that would run, were it shown as markup; it is of the newest article, so it stands first.
HOSTILE = '<img src=/x onerror="window.__pwn=1"><script>window.__pwn=2</script> tăng 5%'


def first_night(data_dir: Path) -> None:
    """Publish the invented file with the hostile sentence in it as night 0."""
    make_published(data_dir, CLAIMS)
    with open_warehouse(data_dir / "warehouse.duckdb") as connection:
        connection.execute(
            "update marts.fct_indicators set quote = ?, published_on = date '2049-12-31'"
            " where statement_id = (select min(statement_id) from marts.fct_indicators)",
            [HOSTILE],
        )
    publish_night(data_dir, 0)


def publish_night(data_dir: Path, number: int) -> None:
    """A night whose portals are all named by it, and whose claims all have it as their period."""
    with open_warehouse(data_dir / "warehouse.duckdb") as connection:
        connection.execute("update marts.dim_sources set source_name = ?", [f"Báo {number}"])
        connection.execute("update marts.fct_indicators set time_period = ?", [str(number)])
    publish(
        warehouse=data_dir / "warehouse.duckdb",
        data_dir=data_dir,
        run_id=f"n{number:03}",
        releases_kept=2,
        published_at=datetime(2026, 3, 9, 20, 0, tzinfo=UTC),
    )
