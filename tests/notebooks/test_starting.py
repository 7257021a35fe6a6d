"""The notebook is opened to this machine alone."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import notebooks.__main__ as command


def test_it_listens_on_loopback(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(command, "published_file", lambda: tmp_path)
    monkeypatch.setattr(command.os, "execv", lambda program, words: asked.append(words))
    monkeypatch.setattr(sys, "argv", ["notebooks", "--port", "2719"])
    command.main()
    ((*_, before, host, _, port, _),) = asked
    assert (before, host, port) == ("--host", "127.0.0.1", "2719")
