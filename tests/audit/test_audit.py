"""The project as it is; what may be passed over; what the exit code of `make audit` says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

import audit.__main__ as command
from audit.finding import CouldNotAskError, Finding
from audit.ignored import Ignored, IgnoredFileError, read_ignored, without_ignored
from audit.licences import binds
from audit.locks import Locked
from audit.sbom import bill_of

FOUND = Finding("advisory", "GHSA-1", "requirements.lock:9", "x 1: GHSA-1")


def test_the_project_is_locked_and_holds_no_secret(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--offline"]) == 0, capsys.readouterr().out
    told = capsys.readouterr().out
    assert "releases in 11 locks" in told
    assert "No advisory service was asked, as told." in told


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one lock; no licences are looked at."""
    hashed = f"jinja2==3.1.6 \\\n    --hash=sha256:{'a' * 64}\n"
    (tmp_path / "requirements.lock").write_text(hashed, "utf-8")
    (tmp_path / "ignored.yml").write_text("", "utf-8")
    monkeypatch.setattr(command, "ROOT", tmp_path)
    monkeypatch.setattr(command, "FILE", tmp_path / "ignored.yml")
    monkeypatch.setattr(command, "licences_in", lambda _: [])
    monkeypatch.setattr(command, "project_files", lambda _: [])
    return tmp_path


def answer_with(monkeypatch: pytest.MonkeyPatch, findings: Sequence[Finding] | None) -> None:
    def asked(pins: Sequence[Locked]) -> tuple[str, list[Finding]]:
        if findings is None:
            raise CouldNotAskError("OSV: answered 404")
        return "OSV", list(findings)

    monkeypatch.setattr(command, "advisories_for", asked)


@pytest.mark.parametrize(
    ("findings", "code", "told"),
    [
        ([], 0, "Nothing was found."),
        ([FOUND], 1, "advisory: requirements.lock:9: x 1: GHSA-1"),
        (None, 3, "NOT ASKED"),
    ],
)
def test_clean_found_and_not_asked_are_three(
    small: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    findings: Sequence[Finding] | None,
    code: int,
    told: str,
) -> None:
    answer_with(monkeypatch, findings)
    assert command.main([]) == code
    printed = capsys.readouterr()
    assert told in printed.out + printed.err
    assert ("Nothing was found." in printed.out) is (code == 0)


def test_what_was_found_counts_more_than_what_could_not_be_asked(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, None)
    (small / "requirements-dev.lock").write_text("jinja2>=3\n", "utf-8")
    assert command.main([]) == 1


def test_an_entry_passes_its_finding_over_until_its_day(
    small: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answer_with(monkeypatch, [FOUND])
    entry = "- {kind: advisory, key: GHSA-1, reason: not reached, until: %s}\n"
    (small / "ignored.yml").write_text(entry % "2999-12-31", "utf-8")
    assert command.main([]) == 0
    (small / "ignored.yml").write_text(entry % "2020-12-31", "utf-8")
    assert command.main([]) == 1
    assert "GHSA-1 was passed over until 2020-12-31: look again (not reached)" in capsys.readouterr().out
    (small / "ignored.yml").write_text("- {kind: advisory}\n", "utf-8")
    assert command.main([]) == 1


def test_the_last_day_of_an_entry_is_one_of_its_days() -> None:
    entry = Ignored("advisory", "GHSA-1", "why", date(2026, 12, 1))
    assert list(without_ignored([FOUND], [entry], date(2026, 12, 1))) == []
    assert len(list(without_ignored([FOUND], [entry], date(2026, 12, 2)))) == 2
    assert list(
        without_ignored([FOUND], [Ignored("secret", "GHSA-1", "why", date(2026, 12, 1))], date(2026, 1, 1))
    )


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("- {kind: advisory, key: X, until: 2027-01-01}", "wanted key, kind, reason, until"),
        ("- {kind: anything, key: X, reason: why, until: 2027-01-01}", "kind is none of"),
        ("- {kind: lock, key: X, reason: ' ', until: 2027-01-01}", "the reason is missing"),
        ("- {kind: lock, key: X, reason: why, until: some day}", "until is no day"),
    ],
)
def test_an_entry_without_reason_or_day_is_refused(tmp_path: Path, entry: str, told: str) -> None:
    (tmp_path / "ignored.yml").write_text(entry, "utf-8")
    with pytest.raises(IgnoredFileError, match=told):
        read_ignored(tmp_path / "ignored.yml")


@pytest.mark.parametrize(
    ("licence", "bound"),
    [
        ("MIT", False), ("Apache-2.0", False), ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", False),
        ("GNU Library or Lesser General Public License (LGPL)", False), ("LGPL-3.0-only", False),
        ("GPL-3.0-or-later", True), ("AGPL-3.0-only", True), ("GNU General Public License v3 (GPLv3)", True),
        ("CC-BY-NC-4.0", True), ("Other/Proprietary License", True), ("GPL-2.0-only OR AGPL-3.0-only", True),
    ],
)  # fmt: skip
def test_which_licences_bind_whoever_passes_a_package_on(licence: str, bound: bool) -> None:
    assert binds(licence) is bound


def test_the_bill_of_materials_names_each_release_once_with_all_its_hashes() -> None:
    one, two = "sha256:" + "a" * 64, "sha256:" + "b" * 64
    pins = [
        Locked("torch", "2.1+cpu", (one,), "requirements.lock:3"),
        Locked("torch", "2.1+cpu", (two,), "requirements-dev.lock:3"),
        Locked("attrs", "25.1", (one,), "requirements.lock:1"),
    ]
    bill = json.loads(bill_of(pins, "0.1.0"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    attrs, torch = bill["components"]
    assert (attrs["purl"], torch["purl"]) == ("pkg:pypi/attrs@25.1", "pkg:pypi/torch@2.1%2Bcpu")
    assert [entry["content"][0] for entry in torch["hashes"]] == ["a", "b"]
    assert [entry["value"] for entry in torch["properties"]] == ["requirements-dev.lock", "requirements.lock"]
    assert bill_of(reversed(pins), "0.1.0") == bill_of(pins, "0.1.0")
