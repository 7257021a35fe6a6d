"""The command as a process: what it loads, how it ends, pipes, Ctrl-C, the launcher, completion."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from include.settings import PROJECT_ROOT
from tests.cli.sample import publish_sample

COMMAND = (sys.executable, "-P", "-m", "include.cli")
# What takes longer to load than an answer takes.
HEAVY = {
    "pandas.core", "numpy", "pyarrow", "airflow", "dbt", "great_expectations", "httpx", "lxml", "trafilatura",
}  # fmt: skip


def environment(data_dir: Path, **more: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"PYTHONPATH": str(PROJECT_ROOT), "SOTINH_DATA_DIR": str(data_dir)} | more


def modules_loaded(data_dir: Path, *arguments: str) -> set[str]:
    """What a run of the command imports, by the interpreter's own log."""
    done = subprocess.run(
        [sys.executable, "-P", "-X", "importtime", "-m", "include.cli", *arguments],
        capture_output=True,
        text=True,
        env=environment(data_dir),
    )
    assert done.returncode == 0, done.stderr
    return set(re.findall(r"^import time:.*\| +([\w.]+)$", done.stderr, re.M))


def test_help_loads_next_to_nothing(data_dir):
    loaded = modules_loaded(data_dir, "--help")
    assert "include.cli.commands" in loaded
    assert not loaded & {*HEAVY, "duckdb", "rich"}


def test_an_answer_loads_duckdb_and_nothing_heavy(data_dir):
    loaded = modules_loaded(data_dir, "find", "lao cai")
    assert "duckdb" in loaded
    assert not loaded & HEAVY


def test_version(sotinh):
    assert re.fullmatch(r"sotinh \d+\.\d+\.\d+\n", sotinh("--version").stdout)


def test_help_of_each_command_names_the_folder(sotinh):
    assert "Exit codes:" in sotinh().output, "without arguments it helps"
    for command in ("status", "query", "claim", "find", "export"):
        told = sotinh(command, "--help", COLUMNS="100").stdout
        assert "SOTINH_DATA_DIR" in told
        assert "--json" in told


@pytest.mark.parametrize("command", [("status",), ("claim", "c1a0"), ("find", "che"), ("query", "1")])
def test_nothing_published(sotinh, tmp_path, command):
    answer = sotinh(*command, "--data-dir", str(tmp_path / "nothing here"))
    assert answer.exit_code == 3
    assert f"Nothing is published in {tmp_path / 'nothing here'}" in answer.stderr
    assert answer.stdout == ""
    assert not (tmp_path / "nothing here").exists()


def test_the_folder_named_on_the_command_line_goes_first(sotinh, data_dir, tmp_path):
    answer = sotinh("status", "--json", "--data-dir", str(data_dir), SOTINH_DATA_DIR=str(tmp_path))
    assert answer.exit_code == 0


def test_a_file_that_is_no_database(sotinh, tmp_path):
    (tmp_path / "sotinh.duckdb").write_bytes(b"not a database" * 1000)
    answer = sotinh("status", SOTINH_DATA_DIR=str(tmp_path))
    assert answer.exit_code == 4
    assert "cannot be read" in answer.stderr


def test_a_database_that_is_none_of_ours(sotinh, tmp_path):
    duckdb.connect(str(tmp_path / "sotinh.duckdb")).close()
    for command in (("status",), ("export", "dim_units", "--to", str(tmp_path / "x.csv"))):
        answer = sotinh(*command, SOTINH_DATA_DIR=str(tmp_path))
        assert answer.exit_code == 4
        assert "it has no schema marts" in answer.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["sotinh.duckdb"]


def test_a_file_of_another_version(sotinh, tmp_path):
    publish_sample(tmp_path, filled=False)
    with duckdb.connect(str(tmp_path / "sotinh.duckdb")) as marts:
        marts.execute("drop table marts.fct_consistency_checks")
        marts.execute("insert into marts.fct_indicators (statement_id) values ('c1')")
    for command in (("status",), ("claim", "c1"), ("query", "6")):
        answer = sotinh(*command, SOTINH_DATA_DIR=str(tmp_path))
        assert answer.exit_code == 4, command
        assert "was published by another version" in answer.stderr


def test_a_file_that_another_process_writes(sotinh, tmp_path, data_dir):
    shutil.copyfile(data_dir / "sotinh.duckdb", tmp_path / "sotinh.duckdb")
    holds = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", holds, str(tmp_path / "sotinh.duckdb")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout.readline() == "open\n"
        answer = sotinh("status", SOTINH_DATA_DIR=str(tmp_path))
        holder.stdin.close()
    assert answer.exit_code == 4
    assert "is open for writing in another process" in answer.stderr


def test_a_damaged_manifest(sotinh, tmp_path, data_dir):
    shutil.copyfile(data_dir / "sotinh.duckdb", tmp_path / "sotinh.duckdb")
    (tmp_path / "manifest.json").write_text("{")
    answer = sotinh("status", SOTINH_DATA_DIR=str(tmp_path))
    assert answer.exit_code == 4
    assert "is not a manifest" in answer.stderr


def test_a_reader_that_has_enough_ends_it_without_a_word(data_dir):
    sql = "select n, repeat('x', 200) as x from range(1000000) as r (n)"
    with subprocess.Popen(
        [*COMMAND, "query", "--sql", sql],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(data_dir),
    ) as asked:
        assert asked.stdout.readline() == b"n\tx\n"
        asked.stdout.close()
        assert asked.stderr.read() == b""
        assert asked.wait(20) == -signal.SIGPIPE


def test_ctrl_c_ends_it_with_130(data_dir):
    sql = "select sum(a.range * b.range) from range(10000000) as a, range(10000000) as b"
    # Whoever runs the tests in the background may have them ignore it, and so would what they start.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        asked = subprocess.Popen(
            [*COMMAND, "query", "--sql", sql],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(data_dir),
        )
    finally:
        signal.signal(signal.SIGINT, before)
    with asked:
        time.sleep(4)
        asked.send_signal(signal.SIGINT)
        try:
            out, err = asked.communicate(timeout=20)
        finally:
            asked.kill()
    assert asked.returncode == 130
    assert out == b""
    assert b"Traceback" not in err


def test_a_screen_of_another_encoding_gets_an_answer(data_dir):
    for arguments, wanted in (
        (("find", "lao cai"), b"L\\u00e0o Cai"),
        (("claim", "c1a0", "--json"), b"L\\u00e0o Cai"),
    ):
        done = subprocess.run(
            [*COMMAND, *arguments],
            capture_output=True,
            env=environment(data_dir, PYTHONIOENCODING="ascii"),
        )
        assert done.returncode == 0, done.stderr
        assert wanted in done.stdout


def test_a_query_on_a_terminal_is_a_table_and_its_notes_go_to_stderr(data_dir):
    """Through a real terminal: stdout is one, stderr is a file."""
    leader, follower = os.openpty()
    done = subprocess.run(
        [*COMMAND, "query", "--sql", "select n, 'chè' as x from range(101) as r (n)"],
        stdout=follower,
        stderr=subprocess.PIPE,
        env=environment(data_dir, TERM="xterm-256color", COLUMNS="80"),
    )
    os.close(follower)
    shown = os.read(leader, 100_000).decode()
    os.close(leader)
    assert done.returncode == 0
    assert "│ chè" in shown
    assert "\t" not in shown
    assert done.stderr.decode() == "Cut after 100 rows; --limit shows more.\n"


@pytest.fixture
def launcher(tmp_path: Path) -> Path:
    """A project in a folder with blanks and a quote in its name, set up without a network."""
    project = tmp_path / "so tinh's"
    for folder in ("include", "docs"):
        project.mkdir(exist_ok=True)
        (project / folder).symlink_to(PROJECT_ROOT / folder)
    (project / "pyproject.toml").symlink_to(PROJECT_ROOT / "pyproject.toml")
    (project / "requirements.lock").write_text("typer==0\n", encoding="utf-8")
    (project / "requirements-notebook.lock").write_text("marimo==0\n", encoding="utf-8")
    shutil.copy(PROJECT_ROOT / "setup.sh", project / "setup.sh")
    for name in (".venv", ".venv-notebook"):
        binaries = project / name / "bin"
        binaries.mkdir(parents=True)
        (binaries / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
        (binaries / "uv").write_text("#!/bin/sh\n", encoding="utf-8")
        for binary in binaries.iterdir():
            binary.chmod(0o755)
    for name, lock in ((".venv", "requirements.lock"), (".venv-notebook", "requirements-notebook.lock")):
        subprocess.run(["bash", str(project / "setup.sh"), str(project / name), lock], check=True)
    assert not (project / ".venv-notebook" / "bin" / "sotinh").exists()
    return project / ".venv" / "bin" / "sotinh"


def test_setup_leaves_a_command_that_works_from_anywhere_and_through_a_link(launcher, tmp_path, data_dir):
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "include").mkdir(parents=True)
    # A folder that is worked in must not lend the command its modules.
    (elsewhere / "include" / "__init__.py").write_text("raise SystemExit('not ours')")
    (elsewhere / "typer.py").write_text("raise SystemExit('not ours')")
    (elsewhere / "so tinh").symlink_to(launcher)
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(elsewhere), "SOTINH_DATA_DIR": str(data_dir)}
    for called in (str(launcher), "./so tinh"):
        done = subprocess.run(
            [called, "query", "--sql", "select 'a b' as \"it's\""],
            capture_output=True,
            text=True,
            cwd=elsewhere,
            env=env,
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "it's\na b\n", "")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("sotinh query 1", {"10_everything_on_one_product"}),
        ("sotinh query 0", {f"0{n}" for n in range(1, 10)}),
        (
            "sotinh export fct_indicator",
            {"fct_indicator_observations", "fct_indicator_targets", "fct_indicators"},
        ),
        ("sotinh find x --kind p", {"provinces", "people"}),
        ("sotinh s", {"status"}),
    ],
)
def test_the_shell_completes_names(sotinh, typed, offered):
    answer = sotinh(
        _SOTINH_COMPLETE="complete_bash", COMP_WORDS=typed, COMP_CWORD=str(len(typed.split()) - 1)
    )
    found = set(answer.stdout.split())
    assert {name[: len(min(offered))] if typed.endswith("0") else name for name in found} == offered
