"""`make dictionary`: the marts as a page to read, docs/data_dictionary.md, written from the dbt project.

Nothing in it is written by hand: tables, grain, columns, types and closed lists stand in
dbt_project/models/marts, and a test holds the page to them.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from include.contract import MARTS_SCHEMA
from include.settings import PROJECT_ROOT
from include.warehouse.build import artifacts, last_words, start_dbt
from include.warehouse.files import write_whole

PAGE: Final = PROJECT_ROOT / "docs" / "data_dictionary.md"
HEAD: Final = """\
# Data dictionary

What every table of schema `marts` in `sotinh.duckdb` holds. Written by `make dictionary` from the dbt
project; change it there. In the list of a column: its key or what it points at, whether it may be null,
and the only values that it has.
"""


@dataclass(frozen=True, slots=True)
class Checks:
    """What dbt's tests promise of one mart: keys, and by column what it points at or may only be."""

    keys: tuple[tuple[str, ...], ...]
    points_at: Mapping[str, str]
    values: Mapping[str, tuple[str, ...]]


def data_dictionary(manifest: Mapping[str, Any]) -> str:
    """The page as Markdown, from dbt's manifest: marts by subject (their folder), then by name."""
    marts = [
        node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["schema"] == MARTS_SCHEMA
    ]
    subjects = sorted({_subject(mart) for mart in marts})
    parts = [HEAD]
    for subject in subjects:
        parts.append(f"## {subject.capitalize()}\n")
        for mart in sorted(marts, key=lambda mart: str(mart["name"])):
            if _subject(mart) == subject:
                parts.append(_table(mart, _checks(mart, manifest["nodes"].values())))
    return "\n".join(parts)


def _subject(mart: Mapping[str, Any]) -> str:
    """`marts/meetings/fct_meetings.sql` is of meetings."""
    return Path(str(mart["path"])).parts[1]


def _checks(mart: Mapping[str, Any], nodes: Iterable[Mapping[str, Any]]) -> Checks:
    keys: list[tuple[str, ...]] = []
    points_at: dict[str, str] = {}
    values: dict[str, tuple[str, ...]] = {}
    for node in nodes:
        if node.get("attached_node") != mart["unique_id"]:
            continue
        test, arguments = node["test_metadata"]["name"], node["test_metadata"]["kwargs"]
        if test == "is_primary_key":
            keys.append(tuple(arguments["columns"]))
        elif test == "relationships":
            table = str(arguments["to"]).removeprefix("ref('").removesuffix("')")
            points_at[arguments["column_name"]] = f"{table}.{arguments['field']}"
        elif test == "accepted_values":
            values[arguments["column_name"]] = tuple(map(str, arguments["values"]))
    return Checks(tuple(sorted(keys)), points_at, values)


def _table(mart: Mapping[str, Any], checks: Checks) -> str:
    keys = "; ".join(" + ".join(f"`{column}`" for column in key) for key in checks.keys)
    rows = [_row(column, checks) for column in mart["columns"].values()]
    return "\n".join(
        [
            f"### {mart['name']}\n",
            f"{' '.join(str(mart['description']).split())}\n",
            f"Key: {keys}.\n",
            "| column | type | meaning | |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


def _row(column: Mapping[str, Any], checks: Checks) -> str:
    name = str(column["name"])
    notes: list[str] = []
    if any(name in key for key in checks.keys):
        notes.append("key")
    # A key on its own that must be found elsewhere is pointed at from there.
    if name in checks.points_at and (name,) not in checks.keys:
        notes.append(f"→ `{checks.points_at[name]}`")
    if not any(constraint["type"] == "not_null" for constraint in column["constraints"]):
        notes.append("may be null")
    if name in checks.values:
        notes.append(", ".join(f"`{value}`" for value in checks.values[name]))
    cells = (f"`{name}`", str(column["data_type"]), str(column["description"]), "; ".join(notes))
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def parsed_manifest(project: Path) -> dict[str, Any]:
    """dbt's manifest of `project`, read anew; raises RuntimeError with dbt's words where it is not sound."""
    with tempfile.TemporaryDirectory() as folder:
        done = start_dbt(["--warn-error", "parse"], project=project, data_dir=Path(folder))
        if done.returncode != 0:
            raise RuntimeError(f"dbt cannot read {project}:\n{last_words(done)}")
        found: dict[str, Any] = json.loads(
            (artifacts(Path(folder)) / "manifest.json").read_text(encoding="utf-8")
        )
    return found


def main(arguments: Sequence[str] = ()) -> int:
    """Write the page; a path as argument to write it elsewhere."""
    page = Path(arguments[0]) if arguments else PAGE
    try:
        manifest = parsed_manifest(PROJECT_ROOT / "dbt_project")
    except RuntimeError as problem:
        print(problem, file=sys.stderr)
        return 1
    write_whole(page, data_dictionary(manifest))
    print(f"{page} is written.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
