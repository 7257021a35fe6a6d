"""What is told when something went wrong: a line in failures.jsonl always, a message where one is set.

The notifiers are Airflow's callbacks; what they say is made in plain functions beside them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from airflow.sdk import BaseNotifier

from include.operations.alert_channels import send
from include.operations.alert_message import Alert, masked
from include.operations.runbook import page_of_error, page_of_state, shown
from include.progress import report
from include.settings import Settings


def record_failure(context: Mapping[str, Any]) -> None:
    """Append the failed task to DATA_DIR/failures.jsonl: when, which DAG, run and task, and why.

    Airflow calls this with the task's context after its last try.
    """
    task_instance = context["task_instance"]
    name, message = error_of(context)
    line = {
        "failed_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "dag_id": task_instance.dag_id,
        "run_id": task_instance.run_id,
        "task_id": task_instance.task_id,
        "try_number": task_instance.try_number,
        "error": masked(f"{name}: {message}", os.environ) if name else None,
        "runbook": page_of_error(name, message) if name else page_of_state("killed"),
    }
    target = Settings.from_environment().data_dir / "failures.jsonl"
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(line, ensure_ascii=False) + "\n")
    told = f"{line['dag_id']}.{line['task_id']}: {line['error']}"
    report("failed", f"{told}\nWhat to do: {shown(str(line['runbook']))}")


def error_of(context: Mapping[str, Any]) -> tuple[str, str]:
    """Class name and message of the error that ended the task; empty where its process was killed.

    A mistake reaches Airflow as AirflowFailException; its cause is what happened.
    """
    error = context.get("exception")
    if error is None:
        return "", ""
    if isinstance(error, str):
        return "Error", error
    cause = error.__cause__ if type(error).__name__ == "AirflowFailException" else None
    told = cause or error
    return type(told).__name__, str(told)


def failure_alert(context: Mapping[str, Any], data_dir: object) -> Alert:
    """The message for a task that failed after its last try."""
    task_instance = context["task_instance"]
    name, message = error_of(context)
    refused = name == "GateFailed"
    task = f"{task_instance.dag_id}.{task_instance.task_id}"
    return Alert(
        subject=f"a gate refused: {task}" if refused else f"failed: {task} ({name or 'killed'})",
        lines=(
            f"Run {task_instance.run_id} on {data_dir}, try {task_instance.try_number}.",
            message
            or "The task's process ended without a word: killed, out of memory, or the machine stopped.",
        ),
        page=page_of_error(name, message) if name else page_of_state("killed"),
    )


class PlainNotifier(BaseNotifier):
    """A notifier without templates: words of an error are never rendered.

    Airflow 3.3 would make the DAG's template environment all the same, which a callback of a whole run
    does not have in `dag.test()`.
    """

    def render_template_fields(self, context: Mapping[str, Any], jinja_env: object = None) -> None:
        """Nothing is to be rendered."""


class FailureNotifier(PlainNotifier):
    """Tells of a task that failed after its last try, a refusing gate among them."""

    def notify(self, context: Mapping[str, Any]) -> None:
        """Send the message; nothing is raised where it cannot be sent."""
        send(failure_alert(context, Settings.from_environment().data_dir))


class TimeoutNotifier(PlainNotifier):
    """Tells of a DAG run that was ended at its deadline: its tasks are skipped, and none of them tells."""

    def notify(self, context: Mapping[str, Any]) -> None:
        """Send the message where the run's reason is its deadline."""
        if context.get("reason") != "timed_out":
            return
        subject = f"{context['dag'].dag_id} passed its deadline and was ended"
        told = f"Run {context['run_id']} on {Settings.from_environment().data_dir}."
        send(Alert(subject, (told,), page_of_state("killed")))


class StalenessNotifier(PlainNotifier):
    """Tells, when a night begins, that nothing was published for a day and a half."""

    def notify(self, context: Mapping[str, Any]) -> None:
        """Send the message where the published file is old."""
        from include.operations.standing_alerts import staleness_alert

        alert = staleness_alert(Settings.from_environment(), datetime.now(UTC))
        if alert is not None:
            send(alert)


class WarningsNotifier(PlainNotifier):
    """Tells, after a publish, which checks warned: the run went on, and somebody should look."""

    def notify(self, context: Mapping[str, Any]) -> None:
        """Send the message where the release in place has warnings."""
        from include.operations.standing_alerts import warnings_alert

        alert = warnings_alert(Settings.from_environment())
        if alert is not None:
            send(alert)
