"""The Makefile and setup.sh as a new user meets them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import pytest

from include.settings import PROJECT_ROOT

ENVIRONMENTS = (".venv", ".venv-notebook", ".venv-bi", ".venv-spark")


def test_help_is_the_default_and_lists_every_command():
    shown = subprocess.run(
        ["make", "-f", str(PROJECT_ROOT / "Makefile")], capture_output=True, text=True, check=True
    ).stdout
    makefile = (PROJECT_ROOT / "Makefile").read_text(encoding="utf-8")
    commands = re.search(r"^\.PHONY: (.*)$", makefile, re.M)[1].split()
    for command in set(commands) - {"setup", "setup-dev"}:
        assert f"make {command} " in shown, command


@pytest.mark.parametrize(
    ("found", "arguments", "told"),
    [
        ("3.9.2", ["requirements.lock"], "needs Python 3.11, 3.12 or 3.13; found Python 3.9.2"),
        ("3.13.1", ["requirements-bi.lock", "12"], "bi.lock need Python 3.11 or 3.12; found Python 3.13.1"),
    ],
)
def test_a_python_that_the_packages_are_not_for_is_refused_with_the_cure(tmp_path, found, arguments, told):
    """A machine whose only interpreters are too old or too new: nothing is made, the cure is told."""
    tools = tmp_path / "bin"
    tools.mkdir()
    minor = found.split(".")[1]
    for name in ("python3", "python"):
        fake = tools / name
        # Answers the question of its version as an interpreter of that version would.
        fake.write_text(
            "#!/bin/sh\n"
            f'[ "$1" = --version ] && echo "Python {found}" && exit 0\n'
            f"newest=${{2##*3, }}; newest=${{newest%%)*}}\n"
            f"[ {minor} -ge 11 ] && [ {minor} -le $newest ] 2>/dev/null\n",
            "utf-8",
        )
        fake.chmod(0o755)
    for name in ("bash", "dirname", "grep", "rm"):
        (tools / name).symlink_to(shutil.which(name))
    answer = subprocess.run(
        ["bash", str(PROJECT_ROOT / "setup.sh"), str(tmp_path / "venv"), *arguments],
        capture_output=True,
        text=True,
        env={"PATH": str(tools), "HOME": os.environ.get("HOME", "/")},
    )
    assert answer.returncode == 1
    assert told in answer.stderr
    assert "make PYTHON=" in answer.stderr
    assert not (tmp_path / "venv").exists()


def test_nothing_is_installed_but_by_its_hash():
    """setup.sh makes every environment, the images' too."""
    installs = [
        line.strip()
        for name in ("setup.sh", "Makefile", "Dockerfile", "Dockerfile.bi", ".ci/run")
        for line in (PROJECT_ROOT / name).read_text(encoding="utf-8").splitlines()
        if re.search(r"\b(?:pip|uv|uvx|npm|npx|pipx)\b.*\b(?:install|run|exec)\b|\b(?:uvx|npx)\b", line)
    ]
    assert len(installs) == 2
    assert all("--require-hashes" in line for line in installs)
    for name in ("Dockerfile", "Dockerfile.bi"):
        text = (PROJECT_ROOT / name).read_text(encoding="utf-8")
        assert "bash /opt/sotinh-setup/setup.sh" in text
        assert not re.search(r"^(?:ADD|ARG)|curl|wget|https?://", text, re.M), name
        assert re.search(r"^USER sotinh$", text, re.M), name


def test_each_pin_of_the_runtime_stands_in_every_lock():
    wanted = re.findall(
        r"^([A-Za-z0-9-]+)==(\S+)", (PROJECT_ROOT / "requirements.txt").read_text("utf-8"), re.M
    )
    assert len(wanted) > 10
    for name in (
        "requirements",
        "requirements-dev",
        "requirements-compose",
        "requirements-bench",
        "requirements-spark",
    ):
        lock = (PROJECT_ROOT / f"{name}.lock").read_text(encoding="utf-8").lower()
        for package, version in wanted:
            assert f"{package.lower()}=={version} " in lock, f"{package}=={version} is not in {name}"


@pytest.mark.parametrize(
    ("engine", "environment"), [("", ".venv"), ("local", ".venv"), ("spark", ".venv-spark")]
)
def test_commands_run_in_the_environment_that_has_the_engine(engine, environment):
    planned = subprocess.run(
        ["make", "-n", "-f", str(PROJECT_ROOT / "Makefile"), "status"],
        env=os.environ | {"SOTINH_ENGINE": engine},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert f"{PROJECT_ROOT}/{environment}/bin/python -m include.operations.summary" in planned


def test_clean_leaves_the_data_folder_unless_asked(tmp_path):
    """What was crawled is nobody's cache."""
    for name in ("Makefile", "setup.sh"):
        (tmp_path / name).write_bytes((PROJECT_ROOT / name).read_bytes())
    for name in ("data", *ENVIRONMENTS):
        (tmp_path / name).mkdir()
    subprocess.run(["make", "clean"], cwd=tmp_path, check=True)
    assert (tmp_path / "data").exists()
    assert not any((tmp_path / name).exists() for name in ENVIRONMENTS)
    subprocess.run(["make", "clean", "DATA=1"], cwd=tmp_path, check=True)
    assert not (tmp_path / "data").exists()
