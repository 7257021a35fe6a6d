"""What is told when something went wrong, and that telling it can harm nobody."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_string
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from airflow.sdk.exceptions import AirflowFailException

from include.operations.alert_channels import Channels, send
from include.operations.alert_message import Alert
from include.operations.alerts import (
    FailureNotifier,
    StalenessNotifier,
    TimeoutNotifier,
    WarningsNotifier,
    record_failure,
)
from include.operations.standing_alerts import staleness_alert
from include.quality.gates import GateFailed, GateReport
from include.quality.judge import CheckResult
from include.settings import Settings
from include.warehouse.database import open_warehouse
from include.warehouse.publish import publish
from tests.operations.receivers import mail_server, webhook
from tests.warehouse.samples import NIGHT, build_marts

HOSTILE = (
    "<script>alert(1)</script> <!channel> @everyone [xem](https://xau.test) \u202etxt.exe\u2066 `rm` &amp;"
)


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOTINH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("SOTINH_ALERT_WEBHOOK", raising=False)
    monkeypatch.delenv("SOTINH_ALERT_EMAIL", raising=False)
    return tmp_path / "data"


@pytest.fixture
def posted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    with webhook() as (address, messages):
        monkeypatch.setenv("SOTINH_ALERT_WEBHOOK", address)
        yield messages


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The file into which the run's own messages go."""
    monkeypatch.setenv("SOTINH_PROGRESS", str(tmp_path / "progress.jsonl"))
    return tmp_path / "progress.jsonl"


def context(error: BaseException | str | None) -> dict[str, Any]:
    instance = SimpleNamespace(dag_id="build_marts", run_id="r1", task_id="judge_marts", try_number=3)
    return {"task_instance": instance, "exception": error}


def refusal(*checks: str, gate: str = "marts") -> BaseException:
    """A gate's verdict as a task raises it."""
    results = tuple(CheckResult(check, False, 7, ("a1", "a2"), "A reason.") for check in checks)
    error = AirflowFailException("wrapped")
    error.__cause__ = GateFailed(GateReport(gate, "build-1", results))
    return error


def publish_with_warning(data_dir: Path, explanation: str, *, severity: str = "warn") -> Settings:
    settings = Settings.from_environment()
    build_marts(settings.warehouse)
    with open_warehouse(settings.warehouse) as connection:
        connection.execute(
            "create or replace table marts.fct_gate_results as select 'build-1' as run_id, 'landed' as gate,"
            " 'portal_went_quiet' as check_name, ? as severity, false as has_passed, 3 as failing_rows,"
            " ? as explanation",
            [severity, explanation],
        )
    publish(
        warehouse=settings.warehouse, data_dir=data_dir, run_id="build-1", releases_kept=2, published_at=NIGHT
    )
    return settings


def test_a_failed_task_leaves_its_line(data_dir: Path) -> None:
    for _ in range(2):
        record_failure(context(ValueError("3 rows: a1, a2, a3")))
    record_failure(context(refusal("rank_plausible")))
    record_failure(context(None))
    lines = (data_dir / "failures.jsonl").read_text(encoding="utf-8").splitlines()
    first, _, refused, killed = map(json.loads, lines)
    assert (first["dag_id"], first["task_id"], first["try_number"]) == ("build_marts", "judge_marts", 3)
    assert first["error"] == "ValueError: 3 rows: a1, a2, a3"
    assert refused["error"].startswith("GateFailed: Gate marts refuses build-1")
    assert (refused["runbook"], killed["error"], killed["runbook"]) == ("gate_marts", None, "stage_killed")


def test_no_secret_stands_in_the_line_and_in_the_log(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, told: Path
) -> None:
    monkeypatch.setenv("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "postgresql://a:mat-khau@db/airflow")
    monkeypatch.setenv("SOTINH_ALERT_WEBHOOK", "https://chat.test/hooks/bi-mat-42")
    record_failure(context(OSError("postgresql://a:mat-khau@db, https://chat.test/hooks/bi-mat-42 <b>")))
    for said in ((data_dir / "failures.jsonl").read_text("utf-8"), told.read_text("utf-8")):
        assert "OSError: postgresql://***@db, *** <b>" in said


def test_nothing_is_sent_where_nothing_is_set(told: Path) -> None:
    assert send(Alert("x", ("y",), "build")) == []
    assert not told.exists()


@pytest.mark.parametrize(
    ("error", "subject", "page"),
    [
        (refusal("rank_plausible"), "a gate refused: build_marts.judge_marts", "gate_marts"),
        (refusal("some_portal_answered", gate="landed"), "a gate refused", "portal_silent"),
        (refusal("some_portal_answered", "url_well_formed", gate="landed"), "a gate refused", "gate_landed"),
        (OSError(28, "No space left on device"), "failed: build_marts.judge_marts (OSError)", "disk_full"),
        (LookupError("?"), "failed: build_marts.judge_marts (LookupError)", "README"),
        ("told as text", "failed: build_marts.judge_marts (Error)", "README"),
        (None, "failed: build_marts.judge_marts (killed)", "stage_killed"),
    ],
)
def test_a_failure_names_what_where_and_what_to_do(
    posted: list[dict[str, Any]], data_dir: Path, error: BaseException | str | None, subject: str, page: str
) -> None:
    FailureNotifier()(context(error))
    (message,) = posted
    assert message["title"].startswith(subject)
    assert f"Run r1 on {data_dir}, try 3." in message["message"]
    assert message["message"].endswith(f"What to do: docs/runbook/{page}.md")
    assert message["text"] == message["content"] == f"{message['title']}\n{message['message']}"
    assert "topic" not in message
    if isinstance(error, AirflowFailException):
        assert "wrapped" not in message["text"]
        assert "7 rows (a1, a2)" in message["text"]


def test_words_of_an_article_can_do_nothing(posted: list[dict[str, Any]]) -> None:
    FailureNotifier()(context(ValueError(HOSTILE)))
    text = posted[0]["text"]
    assert "script" in text
    assert not re.search(r"[<>@`\[\]&\u202a-\u202e\u2066-\u2069]", text)


def test_secrets_are_masked(posted: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "postgresql://a:mat-khau@db/airflow")
    monkeypatch.setenv("POSTGRES_PASSWORD", "chuoi-bi-mat")
    error = "cannot reach postgresql://a:mat-khau@db/airflow, https://u:pw@kho.test/x, chuoi-bi-mat, mat-khau"
    FailureNotifier()(context(OSError(error)))
    text = posted[0]["text"]
    assert "cannot reach ***, https://***＠kho.test/x, ***, ***\n" in text


def test_a_long_error_is_cut_and_says_so(posted: list[dict[str, Any]]) -> None:
    FailureNotifier()(context(ValueError("\n".join(f"{n} {'x' * 20}" for n in range(90)))))
    lines = posted[0]["message"].splitlines()
    assert len(lines) == 14
    assert lines[-2] == "… 79 more lines, see the log"
    FailureNotifier()(context(ValueError("\n".join(f"{n} {'x' * 900}" for n in range(90)))))
    assert max(map(len, posted[1]["message"].splitlines())) == 300
    assert len(posted[1]["content"]) < 2000
    assert posted[1]["message"].splitlines()[-2].endswith(" …")
    assert posted[1]["message"].endswith("docs/runbook/README.md")


def test_the_topic_of_ntfy_stands_behind_the_hash(
    posted: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOTINH_ALERT_WEBHOOK", Channels.from_environment().webhook + "#sotinh")
    assert send(Alert("x", ("y",), "build")) == ["webhook"]
    assert posted[0]["topic"] == "sotinh"


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_webhook_that_refuses_fails_no_task_and_its_address_is_not_told(
    monkeypatch: pytest.MonkeyPatch, told: Path, status: int
) -> None:
    with webhook(status) as (address, messages):
        monkeypatch.setenv("SOTINH_ALERT_WEBHOOK", address)
        FailureNotifier()(context(ValueError("x")))
    assert len(messages) == 1
    said = told.read_text(encoding="utf-8")
    assert f"status {status}" in said
    assert "bi-mat-42" not in said


def test_the_address_of_a_webhook_is_in_no_log(
    posted: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The HTTP client tells every address it asks, at the level at which tasks log."""
    with caplog.at_level(logging.INFO), caplog.at_level(logging.DEBUG, "httpx"):
        assert send(Alert("x", ("y",), "build")) == ["webhook"]
    assert posted
    address = Channels.from_environment().webhook
    assert address is not None
    assert urlsplit(address).path not in caplog.text
    assert "bi-mat-42" not in caplog.text


def test_a_dead_webhook_keeps_no_mail_back(monkeypatch: pytest.MonkeyPatch, told: Path) -> None:
    with webhook() as (address, _):
        monkeypatch.setenv("SOTINH_ALERT_WEBHOOK", address)
    monkeypatch.setenv("SOTINH_ALERT_EMAIL", "truc@so.test, ca-hai@so.test")
    with mail_server() as (port, mails):
        extra = "disable_ssl=true&disable_tls=true&from_email=sotinh%40so.test&timeout=5"
        monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", f"smtp://127.0.0.1:{port}/?{extra}")
        assert send(Alert("failed: land {{ 7 * 7 }}", ("thôn <b>Nậm</b>",), "build")) == ["email"]
    (mail,) = mails
    assert mail.count("RCPT") == 2
    assert "CA-HAI@SO.TEST" in mail
    parsed = message_from_string("\n".join(mail.splitlines()[3:]))
    (body,) = [part for part in parsed.walk() if part.get_content_type() == "text/html"]
    text = body.get_payload(decode=True).decode()
    assert "thôn ‹b›Nậm‹/b›" in text
    assert "{{ 7 * 7 }}" in str(parsed["Subject"])
    assert "webhook did not take" in told.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "value"),
    [("SOTINH_ALERT_WEBHOOK", "file:///etc/passwd"), ("SOTINH_ALERT_EMAIL", "truc tại so.test")],
)
def test_a_channel_that_cannot_be_one_is_told_without_its_value(
    monkeypatch: pytest.MonkeyPatch, told: Path, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert send(Alert("x", ("y",), "build")) == []
    said = told.read_text(encoding="utf-8")
    assert name in said
    assert value not in said


def test_an_old_release_is_told_when_a_night_begins(posted: list[dict[str, Any]], data_dir: Path) -> None:
    settings = publish_with_warning(data_dir, "")
    assert staleness_alert(settings, NIGHT + timedelta(hours=36)) is None
    StalenessNotifier()({})
    assert re.match(r"nothing published for \d+ hours", posted[0]["title"])
    assert posted[0]["message"].endswith("docs/runbook/nothing_published.md")


def test_nothing_is_stale_before_the_first_night(posted: list[dict[str, Any]]) -> None:
    StalenessNotifier()({})
    WarningsNotifier()({})
    assert posted == []


@pytest.mark.parametrize(("severity", "messages"), [("warn", 1), ("stop", 0)])
def test_checks_that_warn_are_told_after_the_publish(
    posted: list[dict[str, Any]], data_dir: Path, severity: str, messages: int
) -> None:
    publish_with_warning(data_dir, "bao-a: nothing <b>new</b>", severity=severity)
    WarningsNotifier()({})
    assert len(posted) == messages
    if messages:
        assert posted[0]["title"] == "1 checks warn in build-1"
        assert "portal_went_quiet (landed): 3 rows. bao-a: nothing ‹b›new‹/b›" in posted[0]["message"]


@pytest.mark.parametrize(("reason", "messages"), [("timed_out", 1), ("task_failure", 0)])
def test_only_a_run_past_its_deadline_is_told_by_the_dag(
    posted: list[dict[str, Any]], reason: str, messages: int
) -> None:
    # A run's callback gets a DAG that cannot make templates.
    dag = SimpleNamespace(dag_id="load_articles")
    TimeoutNotifier()({"dag": dag, "run_id": "r9", "reason": reason})
    assert [message["title"] for message in posted] == [
        "load_articles passed its deadline and was ended"
    ] * messages
