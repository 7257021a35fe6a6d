"""What surrounds the data: the registry, Airflow's own database, ports, alerts."""

from __future__ import annotations

import os
import re
import socket
import sqlite3
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import httpx

from include.operations.alert_channels import EMAIL, WEBHOOK, Channels
from include.operations.checks.finding import Finding
from include.operations.runbook import page_of_state
from include.portals.registry import RegistryError, load_registry
from include.settings import Settings
from include.vocabulary import load_vocabulary

UI_PORT: Final = 8080


def registry(settings: Settings) -> Finding:
    """Whether the registry of portals can be used."""
    try:
        loaded = load_registry(settings.registry, load_vocabulary().provinces)
    except (RegistryError, OSError) as problem:
        return Finding(
            "registry", "fail", str(problem), "Mend the line that is named.", page_of_state("registry")
        )
    return Finding("registry", "ok", f"{len(loaded.portals)} portals in {settings.registry}")


def metadata(settings: Settings) -> Finding:
    """Whether Airflow's own database is of this Airflow's version."""
    if os.environ.get("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"):
        return Finding(
            "airflow database", "ok", "named by the environment: `airflow db check-migrations` tells"
        )
    return judge_metadata(settings.data_dir / "airflow" / "airflow.db", newest_revision(_revisions_folder()))


def judge_metadata(database: Path, newest: str) -> Finding:
    """The finding on a SQLite metadata database whose schema should be of revision `newest`."""
    if not database.exists():
        return Finding("airflow database", "ok", "there is none yet: `make run` or `make up` makes it")
    page = page_of_state("metadata")
    try:
        connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        try:
            row = connection.execute("select version_num from alembic_version").fetchone()
        finally:
            connection.close()
    except sqlite3.Error as problem:
        todo = "Move it away: the next start makes a new one; only Airflow's own history is in it."
        return Finding("airflow database", "fail", f"{database} cannot be read: {problem}", todo, page)
    if row is None or row[0] != newest:
        told = f"is at revision {row[0] if row else 'none'}, this Airflow needs {newest}"
        return Finding(
            "airflow database", "warn", told, "The next `make run` or `make up` migrates it.", page
        )
    return Finding("airflow database", "ok", f"at revision {newest}")


def newest_revision(folder: Path) -> str:
    """The revision that no other one follows. Read as text: to import Airflow takes seconds.

    Raises ValueError where the files tell of none, or of several.
    """
    follows: set[str] = set()
    revisions: set[str] = set()
    for path in folder.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        revisions |= set(re.findall(r'^revision(?:: str)? = "(\w+)"', text, re.MULTILINE))
        follows |= set(re.findall(r'^down_revision(?:: [^=]+)? = "(\w+)"', text, re.MULTILINE))
    heads = revisions - follows
    if len(heads) != 1:
        raise ValueError(f"{folder} names {len(heads)} newest revisions")
    return heads.pop()


def _revisions_folder() -> Path:
    found = find_spec("airflow")
    if found is None or not found.submodule_search_locations:
        raise ValueError("Airflow is not installed")
    folders = [Path(location) / "migrations" / "versions" for location in found.submodule_search_locations]
    return next((folder for folder in folders if folder.is_dir()), folders[0])


def ui_port(settings: Settings) -> Finding:
    """Whether the port of the UI is free, or held by an Airflow."""
    return judge_port(int(os.environ.get("SOTINH_PORT") or UI_PORT))


def judge_port(port: int) -> Finding:
    """The finding on a port of 127.0.0.1."""
    with socket.socket() as trial:
        trial.settimeout(2)
        if trial.connect_ex(("127.0.0.1", port)) != 0:
            return Finding("port", "ok", f"{port} on 127.0.0.1 is free")
    try:
        answer = httpx.get(f"http://127.0.0.1:{port}/api/v2/version", timeout=3, trust_env=False)
        version = answer.raise_for_status().json()["version"]
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        todo = "Choose another port: `SOTINH_PORT=8081 make up`."
        return Finding("port", "warn", f"another program holds {port}", todo, page_of_state("environment"))
    return Finding("port", "ok", f"Airflow {version} answers on {port}")


def alerts(settings: Settings) -> Finding:
    """Whether anybody is told when a night fails."""
    return judge_alerts(os.environ)


def judge_alerts(environment: Mapping[str, str]) -> Finding:
    """The finding on the channels that an environment sets."""
    page = page_of_state("alerts")
    try:
        channels = Channels.from_environment(environment)
    except ValueError as problem:
        return Finding("alerts", "fail", str(problem), "Mend the variable, then start Airflow again.", page)
    if not channels.names:
        todo = f"Set {WEBHOOK} or {EMAIL} where Airflow is started."
        return Finding("alerts", "warn", "nobody is told: failures.jsonl alone has the failures", todo, page)
    if channels.email and not environment.get("AIRFLOW_CONN_SMTP_DEFAULT"):
        todo = "Set AIRFLOW_CONN_SMTP_DEFAULT, or make the connection smtp_default in Airflow."
        return Finding("alerts", "warn", f"{EMAIL} is set, and no AIRFLOW_CONN_SMTP_DEFAULT", todo, page)
    return Finding("alerts", "ok", " and ".join(channels.names))
