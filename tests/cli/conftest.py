"""The command on the small published folder of the sample, made once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from include.cli.app import app
from tests.cli.sample import publish_sample


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_sample(tmp_path_factory.mktemp("cli"))


@pytest.fixture
def sotinh(data_dir: Path) -> Callable:
    """Call the command; every keyword is a variable of its environment."""

    def call(*arguments: str, stdin: str | None = None, **environment: str):
        env = {"SOTINH_DATA_DIR": str(data_dir), "COLUMNS": "200", "TERM": "xterm-256color", **environment}
        return CliRunner().invoke(app, list(arguments), input=stdin, env=env, prog_name="sotinh")

    return call


@pytest.fixture
def document(sotinh: Callable) -> Callable:
    """Call the command with --json and read its document."""

    def call(*arguments: str, **environment: str) -> dict:
        answer = sotinh(*arguments, "--json", **environment)
        assert answer.exit_code == 0, answer.output
        read = json.loads(answer.stdout)
        assert read["schema_version"] == 1
        assert read["command"] == arguments[0]
        return read

    return call
