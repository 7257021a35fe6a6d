"""`make docs` writes beside the data, and says why where it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from include.operations import write_docs
from include.warehouse.docs import DocsError


@pytest.mark.parametrize(("made", "said"), [(True, "is written"), (False, "as before")])
def test_it_says_whether_the_page_is_new(
    made: bool,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def write(*, target_file: Path, **_: object) -> bool:
        assert target_file == tmp_path / "docs" / "index.html"
        return made

    monkeypatch.setenv("SOTINH_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(write_docs, "write_docs", write)
    assert write_docs.main() == 0
    assert said in capsys.readouterr().out


def test_what_cannot_be_documented_ends_with_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOTINH_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(write_docs, "write_docs", _refuse)
    assert write_docs.main() == 1
    assert "build the marts first" in capsys.readouterr().err


def _refuse(**_: object) -> bool:
    raise DocsError("build the marts first")
