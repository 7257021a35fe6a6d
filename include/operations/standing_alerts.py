"""Alerts that no error raises: found by looking at what is published."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import duckdb

from include.operations.alert_message import Alert
from include.operations.runbook import CHECK_PAGES, page_of_state
from include.settings import Settings
from include.warehouse.publish import read_manifest

# A night publishes before 07:00; one that failed is over by the next evening. After that two are missing.
STALE_AFTER: Final = timedelta(hours=36)
WARNINGS: Final = """
    select gate, check_name, failing_rows, explanation from marts.fct_gate_results
    where run_id = ? and severity = 'warn' and not has_passed
    order by gate, check_name
"""


def age_of_release(settings: Settings, now: datetime) -> timedelta | None:
    """How long ago the file in place was published; None where there is none, or not one of ours."""
    manifest = read_manifest(settings.data_dir)
    return None if manifest is None else now - datetime.fromisoformat(manifest.published_at)


def staleness_alert(settings: Settings, now: datetime) -> Alert | None:
    """The message that nothing was published for more than STALE_AFTER, None where all is well or new."""
    age = age_of_release(settings, now)
    if age is None or age <= STALE_AFTER:
        return None
    hours = age.total_seconds() / 3600
    return Alert(
        subject=f"nothing published for {hours:.0f} hours",
        lines=(f"{settings.published} is that old; readers see old figures without being told.",),
        page=page_of_state("stale"),
    )


def warnings_alert(settings: Settings) -> Alert | None:
    """The message with the checks that warned in the run that is published, None without any.

    Reads the published file alone, so that no lock is waited for.
    """
    manifest = read_manifest(settings.data_dir)
    if manifest is None:
        return None
    with duckdb.connect(str(settings.published), read_only=True) as marts:
        found = marts.execute(WARNINGS, [manifest.run_id]).fetchall()
    if not found:
        return None
    pages = {CHECK_PAGES.get(check, page_of_state("warning")) for _, check, _, _ in found}
    return Alert(
        subject=f"{len(found)} checks warn in {manifest.run_id}",
        lines=(
            f"Published in {settings.data_dir} all the same.",
            *(f"{check} ({gate}): {rows} rows. {why or ''}" for gate, check, rows, why in found),
        ),
        page=pages.pop() if len(pages) == 1 else page_of_state("warning"),
    )
