"""`make doctor`: what is wrong with this installation, and what to do. It looks and changes nothing.

Exit codes: 0 nothing fails (warnings there may be), 1 something does.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from importlib import import_module
from typing import Final

from include.operations.runbook import page_of_state, shown
from include.settings import Settings
from include.untrusted import visible

# By name, so that a package that is missing or broken is a finding too, and not the end of the doctor.
CHECKS: Final = (
    ("installation", ("python_version", "packages", "time_zones")),
    ("folder", ("free_space", "writable", "clock", "batches", "leftovers")),
    ("data", ("warehouse", "published", "manifests", "last_gates", "last_publish", "last_stages")),
    ("surroundings", ("registry", "metadata", "ui_port", "alerts")),
)
MARKS: Final = {"ok": "ok  ", "warn": "warn", "fail": "FAIL"}


def examine(settings: Settings) -> list[dict[str, str | None]]:
    """Every finding as a mapping of Finding's fields, in the order of the checks."""
    findings: list[dict[str, str | None]] = []
    for module, names in CHECKS:
        for name in names:
            try:
                check = getattr(import_module(f"include.operations.checks.{module}"), name)
                findings.append(asdict(check(settings)))
            except Exception as problem:  # noqa: BLE001 - a check that breaks is what the doctor has to tell
                findings.append(_broken(name, problem))
    return findings


def _broken(name: str, problem: Exception) -> dict[str, str | None]:
    told = f"could not be looked at: {type(problem).__name__}: {problem}"
    todo = (
        "Remove .venv/.runtime, then `make setup`." if isinstance(problem, ImportError) else "See the page."
    )
    page = page_of_state("environment")
    return {"check": name.replace("_", " "), "state": "fail", "told": told, "todo": todo, "page": page}


def print_findings(findings: Sequence[dict[str, str | None]], settings: Settings) -> None:
    """One line a finding, and below those that are not well what to do and where to read."""
    print(f"Looking at {settings.data_dir}\n")
    for finding in findings:
        print(f"{MARKS[str(finding['state'])]}  {finding['check']}: {visible(str(finding['told']))}")
        if finding["todo"]:
            print(f"      {visible(finding['todo'])}")
        if finding["page"]:
            print(f"      {shown(finding['page'])}")
    counts = {state: sum(finding["state"] == state for finding in findings) for state in MARKS}
    print(f"\n{counts['ok']} ok, {counts['warn']} to look at, {counts['fail']} wrong")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is found in DATA_DIR; 1 where anything fails."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--json", action="store_true", help="a JSON list of the findings, for programs")
    as_json = parser.parse_args(arguments).json
    settings = Settings.from_environment()
    findings = examine(settings)
    if as_json:
        print(json.dumps(findings, ensure_ascii=False, indent=2))
    else:
        print_findings(findings, settings)
    return 1 if any(finding["state"] == "fail" for finding in findings) else 0


if __name__ == "__main__":
    sys.exit(main())
