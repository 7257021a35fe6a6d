"""bi/bundle is what the dbt project and bi/dashboard.yml say now."""

from __future__ import annotations

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
