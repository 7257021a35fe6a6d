"""A mistake ends a task at once; trouble that may pass is tried again."""

from __future__ import annotations

import pytest

from include.crawl.backfill import BackfillError
from include.portals.registry import RegistryError
from include.warehouse.database import WarehouseLockedError
from include.warehouse.ledger import NotJudgedError


@pytest.mark.parametrize(
    "mistake", [BackfillError("no folder"), RegistryError("line 3"), NotJudgedError("build-1")]
)
def test_what_the_next_try_would_meet_again_is_not_tried_again(mistake: Exception) -> None:
    from airflow.sdk.exceptions import AirflowFailException

    from include.operations.dag_tasks import without_retries_for_mistakes

    told = f"{type(mistake).__name__}: {mistake}"
    with pytest.raises(AirflowFailException, match=told), without_retries_for_mistakes():
        raise mistake


@pytest.mark.parametrize("trouble", [WarehouseLockedError("open in process 7"), OSError("no space left")])
def test_trouble_that_may_pass_stays_what_it_is(trouble: Exception) -> None:
    from include.operations.dag_tasks import without_retries_for_mistakes

    with pytest.raises(type(trouble)), without_retries_for_mistakes():
        raise trouble
