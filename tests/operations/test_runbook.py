"""Whatever an operator meets has its page, and the pages name what exists."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from include.operations import runbook
from include.quality.gates import GATES, LANDED_SUITES, MARTS_SUITES, GateFailed, GateReport
from include.quality.judge import CheckResult
from include.settings import PROJECT_ROOT

PAGES = sorted(runbook.RUNBOOK.glob("*.md"))
CHECKS = [
    (gate, check.name)
    for gate, suites in zip(GATES, (LANDED_SUITES, MARTS_SUITES), strict=True)
    for suite in suites
    for check in suite.checks
]
# Errors that end as the outcome of one page, document or name, or as the answer of a tool for one page,
# and so reach no operator as a failure.
OUTCOMES = {
    "BadEncodingError",
    "CompressionRatioError",
    "HostAsksToWaitError",
    "LegacyFontError",
    "MalformedDocumentError",
    "NameNotResolvedError",
    "PageNotUsableError",
    "PrivateAddressError",
    "TooDeepError",
    "TooLargeError",
    "TornEncodingError",
    "UndecodableError",
    "UnreadableRecordError",
}


def error_classes() -> Iterator[str]:
    """Names of the classes in include/ that are errors by a built-in base, or by one of ours."""
    built_in = {"Exception", "RuntimeError", "ValueError", "OSError", "KeyError", "LookupError"}
    for path in (PROJECT_ROOT / "include").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
                if bases & built_in or any(base.endswith("Error") for base in bases):
                    yield node.name


# What the command `sotinh` tells its reader, with an exit code of its own (docs/cli.md).
TOLD_AT_ONCE = {"CommandError", "NothingPublishedError", "NotReadableError"}


def test_every_error_that_an_operator_meets_has_a_page() -> None:
    found = set(error_classes())
    assert found >= TOLD_AT_ONCE
    found -= TOLD_AT_ONCE
    assert {"RegistryError", "GateFailed", "BuildFailed", "AuditError"} <= found
    homeless = {
        name for name in found - OUTCOMES - {"GateFailed"} if runbook.page_of_error(name) == runbook.INDEX
    }
    assert not homeless
    assert found >= OUTCOMES
    assert not OUTCOMES & runbook.PAGES.keys()


def test_every_page_named_is_there_and_every_page_is_named() -> None:
    named = {
        *runbook.PAGES.values(),
        *runbook.GATE_PAGES.values(),
        *runbook.CHECK_PAGES.values(),
        *runbook.STATE_PAGES.values(),
    }
    there = {path.stem for path in PAGES}
    assert named - there == set()
    # Pages that a message leads to by its words.
    assert there - named == {runbook.INDEX}
    index = runbook.page_path(runbook.INDEX).read_text(encoding="utf-8")
    assert {name for name in there if f"({name}.md)" not in index} == {runbook.INDEX}


@pytest.mark.parametrize(("gate", "check"), CHECKS)
def test_every_check_has_a_page_that_speaks_of_it(gate: str, check: str) -> None:
    text = runbook.page_path(runbook.page_of_check(gate, check)).read_text(encoding="utf-8")
    assert f"`{check}`" in text


def test_a_refusal_leads_to_the_page_of_what_refused() -> None:
    def page(gate: str, *checks: str) -> str:
        results = tuple(CheckResult(name, False, 2, ("a",), "A reason.") for name in checks)
        return runbook.page_of_error("GateFailed", str(GateFailed(GateReport(gate, "build-1", results))))

    assert page("landed", "url_well_formed") == "gate_landed"
    assert page("landed", "some_portal_answered") == "portal_silent"
    assert page("marts", "articles_are_read") == "extraction_failures"
    assert page("marts", "articles_are_read", "rank_plausible") == "gate_marts"
    assert runbook.page_of_error("GateFailed", "?") == runbook.INDEX


@pytest.mark.parametrize("name", ["OSError", "IOException", "BuildFailed"])
def test_a_full_disk_is_a_full_disk_whoever_meets_it(name: str) -> None:
    assert runbook.page_of_error(name, "write: No space left on device") == "disk_full"


@pytest.mark.parametrize("path", [page for page in PAGES if page.stem != runbook.INDEX], ids=lambda p: p.stem)
def test_a_page_says_what_why_what_to_do_and_when_it_is_mended(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Symptom", "Why", "What to do", "Mended when"]
    source = "".join(
        file.read_text(encoding="utf-8")
        for file in [*(PROJECT_ROOT / "include").rglob("*.py"), *(PROJECT_ROOT / "dags").glob("*.py")]
    )
    quoted = re.findall(r"^> `(.+)`$", text, re.MULTILINE)
    assert quoted
    # Words of the system's own are not in our source.
    foreign = {"No space left on device", "Gate landed refuses", "Gate marts refuses"}
    assert [words for words in quoted if words not in source and words not in foreign] == []


def test_commands_in_the_documents_exist() -> None:
    makefile = (PROJECT_ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert "doctor" in targets
    documents = [PROJECT_ROOT / "README.md", *(PROJECT_ROOT / "docs").rglob("*.md")]
    for path in documents:
        text = path.read_text(encoding="utf-8")
        # In code only: prose has "make" too.
        fenced = re.findall(r"```.*?```", text, re.DOTALL)
        inline = re.findall(r"`([^`]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
        code = "\n".join(fenced + inline)
        assert set(re.findall(r"\bmake ([a-z][a-z-]+)\b", code)) <= targets, path
        for module in re.findall(r"python -m (include[\w.]+)", code):
            there = PROJECT_ROOT / module.replace(".", "/")
            assert there.with_suffix(".py").exists() or (there / "__main__.py").exists(), (path, module)
