"""What the suites of the first gate share: which batches wait, and what to do about a bad one."""

from __future__ import annotations

from typing import Final

PENDING: Final = (
    "(select batch_id from raw.batches where batch_id not in (select batch_id from ops.built_batches))"
)
WITHDRAW: Final = (
    "Mend the cleaner, then `python -m include.warehouse.withdraw <batch_id>` and run clean and land again."
)
# Below this many articles a share says nothing.
ENOUGH_ARTICLES: Final = 20
