"""What the suites of the gates share: which batches and articles wait, and what to do about a bad one."""

from __future__ import annotations

from typing import Final

PENDING: Final = (
    "(select batch_id from raw.batches where batch_id not in (select batch_id from ops.built_batches))"
)
# Whose rows the second gate judges: those that no reader has seen. Where every model was built anew since
# something was published, by other rules, that is each article.
WAITING_ARTICLES: Final = f"""(
    select article_id from raw.article_versions
    where
        batch_id in {PENDING}
        or exists (
            select 1 from ops.builds
            where
                all_rows_because is not null
                and build_no > coalesce(
                    (
                        select max(build_no) from ops.builds
                        where run_id in (select run_id from ops.built_batches)
                    ),
                    0
                )
        )
)"""  # noqa: S608 - built from constants only
WITHDRAW: Final = (
    "Mend the cleaner, then `python -m include.warehouse.withdraw <batch_id>` and run clean and land again."
)
# Below this many articles a share says nothing.
ENOUGH_ARTICLES: Final = 20
