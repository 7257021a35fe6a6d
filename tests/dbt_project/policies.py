"""The rules that every model, mart, source and exposure of the dbt project keeps, over dbt's manifest.

Each rule is a function from the manifest to the faults that it finds, one sentence each, none where the
rule is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Manifest = dict[str, Any]
Node = dict[str, Any]

GRAIN = "One row per "
PICKS = "picks columns"
# What a model that only picks columns has none of; it may say that it picks rows too, or joins on keys.
LOGIC = re.compile(
    r"\b(join|where|union|case|over|qualify|group|distinct|coalesce|unnest)\b|\|\|", re.IGNORECASE
)
SAID = {"where": "rows", "join": "joins"}


def models(manifest: Manifest) -> list[Node]:
    return [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]


def marts(manifest: Manifest) -> list[Node]:
    return [model for model in models(manifest) if model["schema"] == "marts"]


def models_without_unit_test(manifest: Manifest) -> Iterator[str]:
    """A model has a unit test, or config.meta.no_unit_test says why it has none; never both."""
    tested = {name for test in manifest["unit_tests"].values() for name in test["depends_on"]["nodes"]}
    for model in models(manifest):
        reason = model["config"]["meta"].get("no_unit_test")
        if model["unique_id"] not in tested and not reason:
            yield f"{model['name']} has neither a unit test nor config.meta.no_unit_test"
        if model["unique_id"] in tested and reason:
            yield f"{model['name']} has a unit test and says why not: {reason}"


def reasons_that_do_not_hold(manifest: Manifest, root: Path) -> Iterator[str]:
    """A reason is "picks columns …", of plain selects only, or names a test file that names the model."""
    for model in models(manifest):
        reason = model["config"]["meta"].get("no_unit_test", "")
        # What is narrowed to the changes of a night picks no other rows than all of them would.
        sql = re.sub(r"(where|and) {{ (is|among)_changed.*?}}", "", model["raw_code"])
        sql = re.sub(r"{{.*?}}|--[^\n]*", "", sql, flags=re.DOTALL)
        logic = {found[0].lower() for found in LOGIC.finditer(sql)}
        more = sorted(word for word in logic if SAID.get(word, "?") not in reason)
        if reason.startswith(PICKS) and more:
            yield f"{model['name']} {reason}, but there is {more} in it"
        named = re.findall(r"tests/[\w/]+\.py", reason)
        if not reason.startswith(PICKS) and reason and not named:
            yield f"{model['name']} names no test in its reason: {reason}"
        for file in named:
            if not (root / file).exists() or model["name"] not in (root / file).read_text(encoding="utf-8"):
                yield f"{model['name']} is not tested in {file}, whatever its reason says"


def descriptions_without_grain(manifest: Manifest) -> Iterator[str]:
    """The description of a model or source table begins with what one row is."""
    for node in [*models(manifest), *manifest["sources"].values()]:
        if not node["description"].startswith(GRAIN):
            yield f"{node['name']} does not say first what one row is: {node['description'][:40]!r}"


def columns_without_doc_block(manifest: Manifest) -> Iterator[str]:
    """A mart's columns are each described by one doc block and nothing else."""
    blocks = {name: block["block_contents"] for name, block in manifest["docs"].items()}
    for mart in marts(manifest):
        if not mart["columns"]:
            yield f"{mart['name']} describes no columns"
        for column in mart["columns"].values():
            used = column["doc_blocks"]
            if len(used) != 1 or column["description"] != blocks[used[0]]:
                yield f"{mart['name']}.{column['name']} is not described by one doc block"


def doc_blocks_not_used(manifest: Manifest) -> Iterator[str]:
    """Every doc block of the project describes a column."""
    own = {name for name in manifest["docs"] if not name.startswith("doc.dbt.")}
    columns = [column for mart in marts(manifest) for column in mart["columns"].values()]
    for name in sorted(own - {block for column in columns for block in column["doc_blocks"]}):
        yield f"{name} describes no column"


def marts_without_contract_or_key(manifest: Manifest) -> Iterator[str]:
    """A mart's columns and types are enforced, and a test holds its key."""
    keyed = {
        node["attached_node"]
        for node in manifest["nodes"].values()
        if (node.get("test_metadata") or {}).get("name") == "is_primary_key"
    }
    for mart in marts(manifest):
        if not mart["contract"]["enforced"]:
            yield f"{mart['name']} has no enforced contract"
        if mart["unique_id"] not in keyed:
            yield f"{mart['name']} has no is_primary_key test"


def generic_tests_not_used(manifest: Manifest) -> Iterator[str]:
    """Every generic test of the project's own tests something."""
    used = {macro for node in manifest["nodes"].values() for macro in node["depends_on"]["macros"]}
    for name in sorted(manifest["macros"]):
        if name.startswith("macro.sotinh.test_") and name not in used:
            yield f"{name.removeprefix('macro.sotinh.test_')} tests nothing"


def sources_without_freshness(manifest: Manifest) -> Iterator[str]:
    """A source table has limits of age, or its or its source's meta.no_freshness says why not."""
    for source in manifest["sources"].values():
        limits = source["freshness"] or {}
        limited = all((limits.get(limit) or {}).get("count") for limit in ("warn_after", "error_after"))
        reason = source["config"]["meta"].get("no_freshness")
        if bool(limited and source["loaded_at_field"]) == bool(reason):
            yield f"{source['source_name']}.{source['name']} needs freshness, or no_freshness, and not both"


def exposures_that_miss(manifest: Manifest, root: Path) -> Iterator[str]:
    """The published file shows every mart; an exposure that names its file (or a pattern of some) uses the
    marts named there.
    """
    own = {mart["name"] for mart in marts(manifest)}
    for exposure in manifest["exposures"].values():
        used = {name.split(".")[-1] for name in exposure["depends_on"]["nodes"]}
        if exposure["name"] == "published_file":
            expected = own
        elif file := exposure["config"]["meta"].get("file"):
            text = "".join(path.read_text(encoding="utf-8") for path in sorted(root.glob(file)))
            expected = set(re.findall(r"\bmarts\.(\w+)", text)) & own
        else:
            expected = used & own
        if used != expected or not used:
            yield f"{exposure['name']}: missing {sorted(expected - used)}, too many {sorted(used - expected)}"


def warnings_of_a_parse(log: str) -> list[str]:
    """What dbt warned of while it read the project, from its log up to the first command's start."""
    parse = log.split("Concurrency:")[0]
    return [line for line in parse.splitlines() if "[warn ]" in line or "[error]" in line]
