"""bi/bundle is what the dbt project and bi/dashboard.yml say now."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from bi.bundle import BUNDLE
from bi.write_bundle import bundle_files, read_definition

pytestmark = pytest.mark.stack


def test_the_bundle_is_current(parsed: dict[str, Any]) -> None:
    written = {
        path.relative_to(BUNDLE).as_posix(): yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        for path in BUNDLE.rglob("*.yaml")
    }
    assert written == bundle_files(parsed, read_definition()), "run make bi-bundle"


def test_the_exposure_names_the_marts_that_the_charts_ask(parsed: dict[str, Any]) -> None:
    definition = read_definition()
    files = bundle_files(parsed, definition)
    asked: set[str] = set()
    for chart in definition["charts"].values():
        dataset = files[f"datasets/sotinh/{chart['dataset']}.yaml"]
        names = re.findall(r"\bmarts\.(\w+)", dataset["sql"] or f"marts.{dataset['table_name']}")
        asked |= set(names)
    told = parsed["exposures"]["exposure.sotinh.bi"]["depends_on"]["nodes"]
    assert {name.split(".")[-1] for name in told} == asked
