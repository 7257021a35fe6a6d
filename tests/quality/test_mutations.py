"""Mistakes made on purpose: each is caught by the guard that is named for it, and docs/ says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from include.quality import nights
from include.quality.gates import LANDED_SUITES, MARTS_SUITES
from include.settings import PROJECT_ROOT
from include.warehouse.database import open_warehouse
from tests.quality.mutations.base import build_base
from tests.quality.mutations.guards import Fired, Guards, fired_on_publishing
from tests.quality.mutations.mutation import Mutation, catch_all
from tests.quality.mutations.table import MUTATIONS, PAGE, run_all, table_of
from tests.quality.test_gates import LANDED_FAULTS, MARTS_FAULTS

pytestmark = pytest.mark.stack


@pytest.fixture(scope="module")
def guards(tmp_path_factory: pytest.TempPathFactory) -> Guards:
    folder = tmp_path_factory.mktemp("mutations") / "base"
    build_base(folder)
    return Guards.of(folder)


@pytest.fixture(scope="module")
def caught(guards: Guards, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Fired]]:
    return run_all(guards, tmp_path_factory.mktemp("copies"))


def test_no_guard_finds_anything_in_the_warehouse_as_built(guards: Guards) -> None:
    assert len(guards.tests) > 120
    warehouse = guards.data_dir / "warehouse.duckdb"
    with open_warehouse(warehouse, read_only=True) as connection:
        assert guards.fired(connection, everything=True) == []
    assert fired_on_publishing(warehouse) == []


def test_every_mutation_is_caught_by_its_guard(caught: dict[str, list[Fired]]) -> None:
    assert len({mutation.name for mutation in MUTATIONS}) == len(MUTATIONS) >= 25
    missed = {
        mutation.name: (mutation.caught_by, caught[mutation.name])
        for mutation in MUTATIONS
        if mutation.caught_by not in {fired.name for fired in caught[mutation.name]}
    }
    assert missed == {}


def test_the_table_in_docs_is_what_was_caught(caught: dict[str, list[Fired]]) -> None:
    assert PAGE.read_text(encoding="utf-8") == table_of(caught), "run `make mutations`"


def test_every_check_of_the_gates_was_seen_to_fire(caught: dict[str, list[Fired]]) -> None:
    names = {check.name for suite in (*LANDED_SUITES, *MARTS_SUITES) for check in suite.checks}
    fired = {guard.name for guards_fired in caught.values() for guard in guards_fired}
    assert names - fired - {name for name, _, _ in (*LANDED_FAULTS, *MARTS_FAULTS)} == set()


def test_a_mutation_that_nothing_catches_would_be_seen(guards: Guards, tmp_path: Path) -> None:
    """The runner itself: a row that no guard can object to fires none of them, and leaves nothing behind."""
    harmless = "update marts.dim_sources set source_name = source_name || ' mới'"
    emptied = Mutation("emptied", "", "", "delete from marts.fct_person_posts")
    caught = catch_all([emptied, Mutation("harmless", "", "", harmless)], guards, tmp_path)
    assert caught["emptied"]
    assert caught["harmless"] == []


def test_gate_and_mart_call_the_same_usual(guards: Guards) -> None:
    figures = yaml.safe_load((PROJECT_ROOT / "dbt_project" / "dbt_project.yml").read_text(encoding="utf-8"))
    shared = {
        "nights_compared": nights.NIGHTS_COMPARED,
        "nights_needed": nights.NIGHTS_NEEDED,
        "recent_days": nights.RECENT_DAYS,
    }
    assert {name: figures["vars"][name] for name in shared} == shared
    with open_warehouse(guards.data_dir / "warehouse.duckdb", read_only=True) as connection:
        judged = connection.execute(nights.PORTAL_NIGHTS.query).fetchall()
        told = connection.execute("""
            select
                source_id || ':' || night_on,
                new_article_count / usual_new_article_count,
                median_body_length / usual_body_length,
                usual_titled_share - titled_share,
                usual_bylined_share - bylined_share,
                usual_dated_share - dated_share,
                usual_recent_share - recent_share,
                usual_marked_letter_share - marked_letter_share
            from marts.fct_portal_nights
            where night_on = (select max(night_on) from marts.fct_portal_nights)
            order by all
        """).fetchall()
    assert len(judged) == len(told) == 4
    for ours, marts in zip(judged, told, strict=True):
        assert ours[0] == marts[0]
        assert ours[1:] == pytest.approx(marts[1:])


def test_no_warning_of_a_single_portal_stops_a_night() -> None:
    severities = {
        check.name: check.severity for suite in (*LANDED_SUITES, *MARTS_SUITES) for check in suite.checks
    }
    single = {name: kind for name, kind in severities.items() if re.match(r"portal_|province_", name)}
    assert len(single) >= 9
    assert set(single.values()) == {"warn"}
