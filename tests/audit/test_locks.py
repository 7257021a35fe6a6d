"""A lock that would let anything in but the files it names is told, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.locks import Locked, read_locks

HASH = "sha256:" + "a" * 64
GOOD = f"jinja2==3.1.6 \\\n    --hash={HASH} \\\n    --hash=sha256:{'b' * 64}\n    # via airflow\n"


def read(folder: Path, text: str, source: str | None = None) -> tuple[list[Locked], list[str]]:
    (folder / "requirements.lock").write_text(text, "utf-8")
    if source is not None:
        (folder / "requirements.txt").write_text(source, "utf-8")
    pins, findings = read_locks(folder)
    return pins, [str(finding) for finding in findings]


def test_pins_come_with_their_hashes_and_lines(tmp_path: Path) -> None:
    marked = f"Zope.Event==5.0 ; python_full_version < '3.12' \\\n    --hash={HASH}\n"
    pins, findings = read(tmp_path, f"# made by uv\n\n{GOOD}{marked}", "Jinja2==3.1.6\n# why\nzope-event\n")
    assert findings == []
    assert [(pin.name, pin.version, pin.where) for pin in pins] == [
        ("jinja2", "3.1.6", "requirements.lock:3"),
        ("zope-event", "5.0", "requirements.lock:7"),
    ]
    assert len(pins[0].hashes) == 2


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("jinja2==3.1.6\n", "requirements.lock:5: jinja2 3.1.6 has no sha256"),
        (f"jinja2==3.1.6 --hash=md5:{'a' * 32}\n", "jinja2 3.1.6 has no sha256"),
        (f"jinja2>=3.1 --hash={HASH}\n", "is no pin"),
        (f"jinja2 @ https://xau.test/jinja2.whl --hash={HASH}\n", "is no pin"),
        ("-e .\n", "is no pin"),
        ("--index-url https://xau.test/simple\n", "is no pin"),
        (f"jinja2==3.1.6 --hash={HASH} --index-url=https://xau.test/simple\n", "names a host of its own"),
    ],
)
def test_what_would_install_something_else_is_told(tmp_path: Path, line: str, told: str) -> None:
    (finding,) = read(tmp_path, GOOD + line)[1]
    assert told in finding


def test_a_lock_older_than_its_requirements_is_told(tmp_path: Path) -> None:
    (finding,) = read(tmp_path, GOOD, "jinja2\nhttpx[http2]==0.28.1\n-c other.lock\n")[1]
    assert "httpx stands in requirements.txt and not in the lock" in finding


def test_a_folder_without_locks_is_no_clean_one(tmp_path: Path) -> None:
    assert [str(one) for one in read_locks(tmp_path)[1]] == [
        f"lock: {tmp_path}: there is no requirements*.lock: nothing is locked"
    ]
