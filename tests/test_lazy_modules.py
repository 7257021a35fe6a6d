"""A module that is imported lazily runs at its first use, and is the module that it would have been."""

from __future__ import annotations

import sys

import pytest

from include.lazy_modules import lazily

SOURCE = "import sys\nsys.invented_runs = getattr(sys, 'invented_runs', 0) + 1\nANSWER = 42\n"


@pytest.fixture
def package(tmp_path, monkeypatch):
    folder = tmp_path / "invented_package"
    folder.mkdir()
    (folder / "__init__.py").write_text("", encoding="utf-8")
    for name in ("heavy", "light"):
        (folder / f"{name}.py").write_text(SOURCE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "invented_runs", 0, raising=False)
    yield "invented_package"
    for name in [name for name in sys.modules if name.startswith("invented_package")]:
        del sys.modules[name]


def test_a_named_module_runs_when_something_of_it_is_asked_for(package):
    with lazily(f"{package}.heavy"):
        from invented_package import heavy
    assert sys.invented_runs == 0
    assert heavy.ANSWER == 42
    assert heavy.ANSWER + heavy.ANSWER == 84
    assert sys.invented_runs == 1


def test_other_modules_and_later_imports_run_at_once(package):
    with lazily(f"{package}.heavy"):
        from invented_package import light
    assert sys.invented_runs == 1
    assert light.ANSWER == 42
    before = list(sys.meta_path)
    from invented_package import heavy  # noqa: F401 - the import is what is looked at

    assert sys.invented_runs == 2
    assert sys.meta_path == before
