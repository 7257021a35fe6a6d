"""Where alerts go: a webhook, mail, both or nowhere, as the environment says.

SOTINH_ALERT_WEBHOOK: an http(s) address that takes a JSON POST. Slack, Mattermost and Rocket.Chat read
`text`, Discord `content`; in Teams a workflow has to post the request's `text`. For ntfy name the server
with the topic behind a hash (https://ntfy.example/#sotinh): it reads `topic`, `title` and `message`.
SOTINH_ALERT_EMAIL: addresses, commas between, by Airflow's connection `smtp_default`.
"""

from __future__ import annotations

import html
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from include.operations.alert_message import Alert
from include.progress import report

WEBHOOK: Final = "SOTINH_ALERT_WEBHOOK"
EMAIL: Final = "SOTINH_ALERT_EMAIL"
TIMEOUT_S: Final = 10.0


@dataclass(frozen=True, slots=True)
class Channels:
    """webhook: address or null; email: addresses."""

    webhook: str | None
    email: tuple[str, ...]

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Channels:
        """Read SOTINH_ALERT_WEBHOOK and SOTINH_ALERT_EMAIL; raises ValueError for what cannot be one."""
        known = os.environ if environment is None else environment
        webhook = known.get(WEBHOOK) or None
        if webhook and not (urlsplit(webhook).scheme in ("http", "https") and urlsplit(webhook).hostname):
            raise ValueError(f"{WEBHOOK} is no http or https address")
        email = tuple(word.strip() for word in (known.get(EMAIL) or "").split(",") if word.strip())
        if any("@" not in address or any(char.isspace() for char in address) for address in email):
            raise ValueError(f"{EMAIL} holds something that is no address; put commas between addresses")
        return cls(webhook, email)

    @property
    def names(self) -> tuple[str, ...]:
        """The channels that are set, without their addresses."""
        return (*(["webhook"] if self.webhook else []), *(["email"] if self.email else []))


def send(alert: Alert) -> list[str]:
    """Send through every channel that is set; returns those that took it.

    A channel that fails is told in the log, by the kind of its trouble alone: its address is a secret.
    Nothing is raised: an alert that cannot be sent must not fail what it tells of.
    """
    try:
        channels = Channels.from_environment()
    except ValueError as problem:
        report("alert", f"not sent: {problem}")
        return []
    subject, text = alert.plain()
    taken: list[str] = []
    for name in channels.names:
        try:
            if name == "webhook":
                post_to_webhook(channels.webhook or "", subject, text)
            else:
                send_mail(channels.email, subject, text)
        except Exception as problem:  # noqa: BLE001 - whatever a channel does, the run goes on and the log tells
            report("alert", f"{name} did not take “{subject}”: {_kind(problem)}")
        else:
            taken.append(name)
    return taken


def post_to_webhook(address: str, subject: str, text: str) -> None:
    """POST the message as JSON; raises httpx.HTTPError where it is not taken. No redirect is followed."""
    import httpx

    parts = urlsplit(address)
    whole = f"{subject}\n{text}"
    message = {"text": whole, "content": whole, "title": subject, "message": text}
    if parts.fragment:
        message["topic"] = parts.fragment
    target = urlunsplit(parts._replace(fragment=""))
    # At INFO it logs the whole address of every request, and the address of a webhook is a secret.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    answer = httpx.post(target, json=message, timeout=TIMEOUT_S, follow_redirects=False)
    if not answer.is_success:
        raise httpx.HTTPStatusError("refused", request=answer.request, response=answer)


def send_mail(addresses: tuple[str, ...], subject: str, text: str) -> None:
    """Mail the message through Airflow's connection smtp_default; raises what the connection raises."""
    # By the hook, not by the notifier: that one renders its text as a Jinja template.
    from airflow.providers.smtp.hooks.smtp import SmtpHook

    with SmtpHook() as smtp:
        smtp.send_email_smtp(
            to=list(addresses), subject=f"Sotinh: {subject}", html_content=f"<pre>{html.escape(text)}</pre>"
        )


def _kind(problem: Exception) -> str:
    """What went wrong, without the address that may stand in the error's own words."""
    status = getattr(getattr(problem, "response", None), "status_code", None)
    return f"{type(problem).__name__}{f' (status {status})' if status else ''}"
