"""Each linter of `make lint` is shown a fault once and must go red: a gate that cannot fail is none."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from include.settings import PROJECT_ROOT

BIN = Path(sys.executable).parent


def run(*words: str | Path, cwd: Path = PROJECT_ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, cwd=cwd)


@pytest.fixture
def project(tmp_path):
    """A copy of what the linters read, small enough to spoil."""
    shutil.copy(PROJECT_ROOT / "pyproject.toml", tmp_path)
    skip = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PROJECT_ROOT / "include", tmp_path / "include", ignore=skip)
    shutil.copytree(PROJECT_ROOT / "dbt_project" / "macros", tmp_path / "dbt_project" / "macros")
    return tmp_path


def test_ruff_sees_an_unused_import(project):
    (project / "include" / "fault.py").write_text('"""Fault."""\n\nimport os\n', "utf-8")
    answer = run(BIN / "ruff", "check", ".", cwd=project)
    assert answer.returncode == 1
    assert "F401" in answer.stdout


def test_ruff_format_sees_a_badly_laid_line(project):
    (project / "include" / "fault.py").write_text('"""Fault."""\n\nX = [1,2]\n', "utf-8")
    assert run(BIN / "ruff", "format", "--check", ".", cwd=project).returncode == 1


def test_mypy_sees_a_wrong_type(project):
    (project / "include" / "settings.py").write_text('"""Fault."""\n\nRELEASES: int = "seven"\n', "utf-8")
    answer = run(BIN / "mypy", "include/settings.py", cwd=project)
    assert answer.returncode == 1
    assert "Incompatible types" in answer.stdout


def test_mypy_is_strict_about_untyped_functions(project):
    (project / "include" / "settings.py").write_text(
        '"""Fault."""\n\n\ndef keep(n):\n    return n\n', "utf-8"
    )
    answer = run(BIN / "mypy", "include/settings.py", cwd=project)
    assert answer.returncode == 1
    assert "no-untyped-def" in answer.stdout


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("extract", "import duckdb"),
        ("extract", "from include import settings"),
        ("clean", "from include.warehouse import publish"),
        ("crawl", "from include.clean import article"),
        ("warehouse", "from include.portals import registry"),
        ("portals", "from include.crawl import identity"),
        ("operations", "from benchmarks.extraction import scoring"),
        ("quality", "from tests.quality import samples"),
    ],
)
def test_import_contracts_see_a_room_reaching_over(project, room, line):
    (project / "include" / room / "fault.py").write_text(f'"""Fault."""\n\n{line}\n', "utf-8")
    answer = run(BIN / "lint-imports", "--no-cache", cwd=project)
    assert answer.returncode == 1, answer.stdout
    assert "BROKEN" in answer.stdout


def test_sqlfluff_sees_shouting_keywords(project):
    model = project / "dbt_project" / "models" / "fault.sql"
    model.parent.mkdir()
    model.write_text("SELECT a from {{ ref('b') }}\n", "utf-8")
    answer = run(BIN / "sqlfluff", "lint", "dbt_project", cwd=project)
    assert answer.returncode == 1
    assert "CP01" in answer.stdout


def test_unspoilt_the_import_contracts_hold(project):
    """The other side of the tests above: the copy itself is not what makes them red."""
    answer = run(BIN / "lint-imports", "--no-cache", cwd=project)
    assert answer.returncode == 0, answer.stdout


def test_lint_changes_nothing():
    """`make lint` is check-only: no fixing flag stands in it."""
    makefile = (PROJECT_ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = "".join(part.split("\n\n")[0] for part in re.split(r"\nlint[-a-z]*:", makefile)[1:])
    assert all(linter in recipe for linter in ("ruff check", "mypy", "lint-imports", "sqlfluff lint"))
    assert "--fix" not in recipe
    assert "sqlfluff fix" not in recipe
    assert "ruff format --check" in recipe


DANGERS = {
    "S102": "exec(given)",
    "S301": "pickle.loads(given)",
    "S302": "marshal.loads(given)",
    "S306": "tempfile.mktemp()",
    "S307": "eval(given)",
    "S324": "hashlib.md5(given)",
    "S501": "httpx.get(given, verify=False)",
    "S506": "yaml.load(given)",
    "S602": "subprocess.run(given, shell=True)",
    "S605": "os.system(given)",
    "S608": 'db.execute(f"select * from {given} where a = 1")',
    "S701": "jinja2.Environment()",
    "S704": 'markupsafe.Markup("<b>" + given)',
    "S103": "os.chmod(given, 0o777)",
    "S104": 'serve("0.0.0.0")',
    "S113": "requests.get(given)",
    "S202": "tarfile.open(given).extractall()",
}


MODULES = (
    "hashlib", "httpx", "jinja2", "marshal", "markupsafe", "os", "pickle", "requests", "subprocess",
    "tarfile", "tempfile", "yaml",
)  # fmt: skip


def test_ruff_sees_what_is_dangerous(project):
    lines = ['"""Fault."""', "", *(f"import {name}" for name in MODULES), "", ""]
    lines += ["def fault(given, db, serve):", '    """Fault."""', *(f"    {one}" for one in DANGERS.values())]
    (project / "include" / "fault.py").write_text("\n".join(lines) + "\n", "utf-8")
    answer = run(BIN / "ruff", "check", "include/fault.py", "--output-format=concise", cwd=project)
    assert sorted(set(DANGERS) - set(re.findall(r": (S\d+) ", answer.stdout))) == []


# The only files in which a finding of ruff's security rules may be silenced, by code; None for all.
SILENCED = {
    "S608": None,  # SQL made of constants and quoted names; tests/warehouse/test_sql_text.py
    "S603": None,  # our own interpreter and words, no shell
    "S101": None,  # what the line before has made sure of
    "S607": {"audit/secret_words.py"},
    "S606": {"notebooks/__main__.py"},
    "S704": {"include/site/charts/svg.py"},
}


def test_what_is_dangerous_is_silenced_in_known_places_alone():
    for room in ("include", "bi", "dags", "audit", "notebooks", "dbt_project/plugins"):
        for path in (PROJECT_ROOT / room).rglob("*.py"):
            name = path.relative_to(PROJECT_ROOT).as_posix()
            remarks = " ".join(re.findall(r"# noqa: ?([^\n]*)", path.read_text("utf-8")))
            for code in re.findall(r"\bS\d{3}\b", remarks):
                allowed = SILENCED[code]
                assert allowed is None or name in allowed, f"{name}: {code}"
    folder = PROJECT_ROOT / "include" / "site" / "templates"
    templates = "".join(path.read_text("utf-8") for path in folder.iterdir())
    assert not re.search(r"\|\s*safe\b|autoescape", templates)
