"""The dbt project keeps its own rules, and each rule is seen to go red on a project that breaks it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from pathlib import Path

import duckdb
import pytest

from include.contract import MARTS
from include.settings import PROJECT_ROOT
from include.warehouse.build import log_file
from tests.dbt_project import policies
from tests.dbt_project.policies import Manifest

pytestmark = pytest.mark.stack


@pytest.fixture
def manifest(parsed: Manifest) -> Manifest:
    """A copy that the test may spoil."""
    return copy.deepcopy(parsed)


RULES: dict[str, Callable[[Manifest], Iterable[str]]] = {
    "unit_tests": policies.models_without_unit_test,
    "reasons": lambda found: policies.reasons_that_do_not_hold(found, PROJECT_ROOT),
    "grain": policies.descriptions_without_grain,
    "columns": policies.columns_without_doc_block,
    "blocks": policies.doc_blocks_not_used,
    "contracts": policies.marts_without_contract_or_key,
    "generic_tests": policies.generic_tests_not_used,
    "freshness": policies.sources_without_freshness,
    "exposures": lambda found: policies.exposures_that_miss(found, PROJECT_ROOT),
}


def model(manifest: Manifest, name: str) -> policies.Node:
    node: policies.Node = manifest["nodes"][f"model.sotinh.{name}"]
    return node


def test_the_manifest_holds_the_marts_of_the_contract(parsed: Manifest) -> None:
    assert {mart["name"] for mart in policies.marts(parsed)} == set(MARTS)


@pytest.mark.parametrize("rule", RULES)
def test_the_project_keeps_the_rule(rule: str, parsed: Manifest) -> None:
    assert list(RULES[rule](parsed)) == []


def lose_a_unit_test(manifest: Manifest) -> None:
    manifest["unit_tests"] = {
        name: test for name, test in manifest["unit_tests"].items() if test["model"] != "int_posts_held"
    }


def say_why_not_though_tested(manifest: Manifest) -> None:
    model(manifest, "int_posts_held")["config"]["meta"]["no_unit_test"] = "picks columns only"


def put_logic_into_what_picks_columns(manifest: Manifest) -> None:
    model(manifest, "dim_units")["raw_code"] += "\nwhere kind is not null"


def name_a_test_that_is_not_there(manifest: Manifest) -> None:
    model(manifest, "int_days")["config"]["meta"]["no_unit_test"] = "see tests/dbt_project/test_gone.py"


def name_a_test_of_something_else(manifest: Manifest) -> None:
    model(manifest, "int_days")["config"]["meta"]["no_unit_test"] = "see tests/test_docs.py"


def give_no_ground(manifest: Manifest) -> None:
    model(manifest, "int_days")["config"]["meta"]["no_unit_test"] = "too hard"


def forget_the_grain(manifest: Manifest) -> None:
    model(manifest, "stg_landing__batches")["description"] = "The batches."


def forget_the_grain_of_a_source(manifest: Manifest) -> None:
    manifest["sources"]["source.sotinh.landing.batches"]["description"] = ""


def describe_a_column_by_hand(manifest: Manifest) -> None:
    model(manifest, "dim_units")["columns"]["kind"].update(description="Kind.", doc_blocks=[])


def add_words_to_a_doc_block(manifest: Manifest) -> None:
    model(manifest, "dim_units")["columns"]["kind"]["description"] += " Mostly."


def describe_no_column(manifest: Manifest) -> None:
    model(manifest, "dim_units")["columns"] = {}


def leave_a_doc_block_behind(manifest: Manifest) -> None:
    manifest["docs"]["doc.sotinh.column_gone"] = {"block_contents": "Gone."}


def drop_a_contract(manifest: Manifest) -> None:
    model(manifest, "dim_units")["contract"]["enforced"] = False


def drop_a_key(manifest: Manifest) -> None:
    manifest["nodes"] = {
        name: node
        for name, node in manifest["nodes"].items()
        if not name.startswith("test.sotinh.is_primary_key_dim_units")
    }


def keep_a_generic_test_that_tests_nothing(manifest: Manifest) -> None:
    manifest["macros"]["macro.sotinh.test_is_lonely"] = {}


def forget_a_limit(manifest: Manifest) -> None:
    manifest["sources"]["source.sotinh.landing.batches"]["freshness"]["error_after"] = None


def forget_a_reason(manifest: Manifest) -> None:
    manifest["sources"]["source.sotinh.landing.sources"]["config"]["meta"] = {}


def publish_a_mart_unseen(manifest: Manifest) -> None:
    manifest["exposures"]["exposure.sotinh.published_file"]["depends_on"]["nodes"].pop()


def expose_what_the_file_does_not_name(manifest: Manifest) -> None:
    manifest["exposures"]["exposure.sotinh.run_summary"]["depends_on"]["nodes"].append(
        "model.sotinh.dim_units"
    )


def name_a_file_that_is_gone(manifest: Manifest) -> None:
    manifest["exposures"]["exposure.sotinh.questions"]["config"]["meta"]["file"] = "docs/gone/*.sql"


def expose_an_intermediate_model(manifest: Manifest) -> None:
    manifest["exposures"]["exposure.sotinh.site"]["depends_on"]["nodes"] = ["model.sotinh.int_days"]


@pytest.mark.parametrize(
    ("rule", "spoil", "named"),
    [
        ("unit_tests", lose_a_unit_test, "int_posts_held"),
        ("unit_tests", say_why_not_though_tested, "int_posts_held"),
        ("reasons", put_logic_into_what_picks_columns, "dim_units"),
        ("reasons", name_a_test_that_is_not_there, "int_days"),
        ("reasons", name_a_test_of_something_else, "int_days"),
        ("reasons", give_no_ground, "int_days"),
        ("grain", forget_the_grain, "stg_landing__batches"),
        ("grain", forget_the_grain_of_a_source, "batches"),
        ("columns", describe_a_column_by_hand, "dim_units.kind"),
        ("columns", add_words_to_a_doc_block, "dim_units.kind"),
        ("columns", describe_no_column, "dim_units"),
        ("blocks", leave_a_doc_block_behind, "column_gone"),
        ("contracts", drop_a_contract, "dim_units"),
        ("contracts", drop_a_key, "dim_units"),
        ("generic_tests", keep_a_generic_test_that_tests_nothing, "is_lonely"),
        ("freshness", forget_a_limit, "landing.batches"),
        ("freshness", forget_a_reason, "landing.sources"),
        ("exposures", publish_a_mart_unseen, "published_file"),
        ("exposures", expose_what_the_file_does_not_name, "dim_units"),
        ("exposures", name_a_file_that_is_gone, "questions"),
        ("exposures", expose_an_intermediate_model, "int_days"),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_a_project_that_breaks_the_rule_is_told(
    rule: str, spoil: Callable[[Manifest], None], named: str, manifest: Manifest
) -> None:
    spoil(manifest)
    faults = list(RULES[rule](manifest))
    assert len(faults) == 1
    assert named in faults[0]


def test_the_project_is_read_without_a_warning(built: Path) -> None:
    log = log_file(built).read_text(encoding="utf-8")
    # A partial parse warns of what has changed only.
    assert "Starting full parse" in log
    assert "Concurrency:" in log
    assert policies.warnings_of_a_parse(log) == []


def test_what_the_semantic_models_count_is_there(parsed: Manifest, marts: duckdb.DuckDBPyConnection) -> None:
    for found in parsed["semantic_models"].values():
        table = f"marts.{found['node_relation']['alias']}"
        columns = [
            part["expr"] or part["name"] for kind in ("entities", "dimensions") for part in found[kind]
        ]
        marts.execute(f"select {', '.join(columns)} from {table} limit 1")
        for measure in found["measures"]:
            aggregate = {"count": "count(", "sum": "sum(", "count_distinct": "count(distinct "}[
                measure["agg"]
            ]
            ((counted,),) = marts.execute(f"select {aggregate}{measure['expr']}) from {table}").fetchall()
            ((rows,),) = marts.execute(f"select count(*) from {table}").fetchall()
            assert 0 <= counted <= rows, measure["name"]
    assert set(parsed["metrics"]) >= {f"metric.sotinh.{name}" for name in ("claims", "mapped_claim_share")}
