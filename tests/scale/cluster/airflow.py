"""Airflow as a cluster of processes on loopback: Celery on Redis and PostgreSQL, two workers.

`home` holds the data folder and takes every task; `far` has a folder of its own and no registry of portals,
and takes shards alone. What both share is the store.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from include.operations.airflow_environment import airflow_environment
from include.settings import PROJECT_ROOT, Settings
from include.warehouse.manifest import MANIFEST_FILE
from tests.scale.postgres import Postgres
from tests.scale.services import HOST, Service, free_port, started, wait_until

RUN_S = 900.0


@dataclass
class Cluster:
    """Airflow that runs. environment: of its processes; services: by name."""

    folder: Path
    registry: Path
    store: str
    postgres: Postgres
    redis_port: int
    # The checkout that the far worker runs.
    far_project: Path = PROJECT_ROOT
    port: int = field(default_factory=free_port)
    services: dict[str, Service] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.folder / "home"

    @property
    def far(self) -> Path:
        return self.folder / "far"

    def environment(self) -> dict[str, str]:
        """Of every process: what compose and Helm would set."""
        settings = Settings(data_dir=self.data, registry=self.registry)
        database = self.folder.name.replace("-", "_")
        url = self.postgres.url
        redis = f"redis://{HOST}:{self.redis_port}/0"
        return (
            dict(os.environ)
            | airflow_environment(settings, port=self.port)
            | {
                "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor",
                "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "True",
                "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": url(database, driver="postgresql+psycopg2"),
                "AIRFLOW__CELERY__BROKER_URL": redis,
                "AIRFLOW__CELERY__RESULT_BACKEND": url(database, driver="db+postgresql"),
                "AIRFLOW__CELERY__WORKER_CONCURRENCY": "2",
                # A worker that is gone is noticed after a minute here, after five by default.
                "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "60",
                "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": "5",
                "AIRFLOW__WORKERS__MIN_HEARTBEAT_INTERVAL": "3",
                # So is a task that a broker took with it.
                "AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT": "45",
                "AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT_CHECK_INTERVAL": "5",
                # Two cores may be busy with other things than answering.
                "AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT": "60",
                "SOTINH_STORE": self.store,
                "SOTINH_SHARDS": "4",
                "SOTINH_WORKERS": "1",
                "SOTINH_RETRY_SECONDS": "5",
            }
        )

    def start(self, *names: str) -> None:
        """Start the named processes: api-server, scheduler, dag-processor, home, far."""
        commands: dict[str, list[str]] = {
            "api-server": ["api-server"],
            "scheduler": ["scheduler", "--skip-serve-logs"],
            "dag-processor": ["dag-processor"],
            "home": _worker("home", "warehouse,shards"),
            "home-without-shards": _worker("home", "warehouse"),
            "far": _worker("far", "shards"),
        }
        for name in names:
            environment, project = self.environment(), PROJECT_ROOT
            if name == "far":
                project = self.far_project
                environment |= {
                    "SOTINH_DATA_DIR": str(self.far),
                    "SOTINH_PORTALS": str(self.far / "none.yml"),
                    "PYTHONPATH": str(project),
                    "AIRFLOW__CORE__DAGS_FOLDER": str(project / "dags"),
                }
            words = [sys.executable, "-m", "airflow", *commands[name]]
            self.services[name] = started(name, words, self.folder / "log", env=environment, cwd=project)

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=f"http://{HOST}:{self.port}/api/v2", timeout=120, trust_env=False)

    def ask(self, method: str, path: str, **body: Any) -> Any:
        with self.client() as client:
            answer = client.request(method, path, json=body or None, headers=self._token(client))
            answer.raise_for_status()
            return answer.json()

    def _token(self, client: httpx.Client) -> dict[str, str]:
        answer = client.get(f"http://{HOST}:{self.port}/auth/token")
        answer.raise_for_status()
        return {"Authorization": f"Bearer {answer.json()['access_token']}"}

    def load(self) -> str:
        """Begin a nightly load; returns its run id.

        For the first the DAGs begin to be scheduled. Airflow then makes the run of the night before by itself
        where that is at most 2.4 hours ago (a tenth of the schedule's interval); else it is asked for.
        """
        if not self.states("load_articles"):
            due = datetime.fromisoformat(self.ask("GET", "/dags/load_articles")["next_dagrun_run_after"])
            for dag_id in ("load_articles", "build_marts"):
                self.ask("PATCH", f"/dags/{dag_id}", is_paused=False)
            if due <= datetime.now(UTC):
                return self._run_of_the_schedule()
        return str(self.ask("POST", "/dags/load_articles/dagRuns", logical_date=None)["dag_run_id"])

    def _run_of_the_schedule(self) -> str:
        self.wait_for(lambda: self.states("load_articles"), "the night's run is there")
        (run,) = self.states("load_articles")
        return run

    def states(self, dag_id: str) -> dict[str, str]:
        """State of each run of the DAG."""
        runs = self.ask("GET", f"/dags/{dag_id}/dagRuns")["dag_runs"]
        return {run["dag_run_id"]: run["state"] for run in runs}

    def tasks(self, dag_id: str, run_id: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ask("GET", f"/dags/{dag_id}/dagRuns/{run_id}/taskInstances")[
            "task_instances"
        ]
        return found

    def wait_for(self, is_so: Callable[[], object], what: str, *but: str) -> None:
        """Wait for something of a run; `but` are the services that may be gone."""
        alive = [service for name, service in self.services.items() if name not in but]
        wait_until(is_so, what, seconds=RUN_S, services=alive)

    def ended(self, dag_id: str, run_id: str, *but: str) -> str:
        """Wait until the run has ended; returns its state."""
        self.wait_for(
            lambda: self.states(dag_id).get(run_id) in ("success", "failed"), f"{dag_id} {run_id} ends", *but
        )
        return self.states(dag_id)[run_id]

    def published(self, *but: str) -> None:
        """Wait until all runs of build_marts have ended and one has published; one may find nothing to do."""

        def is_done() -> bool:
            states = set(self.states("build_marts").values())
            ended = states <= {"success", "failed"}
            return ended and ("failed" in states or (self.data / MANIFEST_FILE).exists())

        self.wait_for(is_done, "build_marts ends", *but)
        assert "failed" not in self.states("build_marts").values(), self.words()

    def words(self) -> str:
        return "\n".join(f"--- {name}\n{service.words()[-3000:]}" for name, service in self.services.items())


@contextmanager
def running(cluster: Cluster, *workers: str) -> Iterator[Cluster]:
    """All processes of the cluster until the block ends, its metadata in a database of its own.

    workers: the names of its workers, `home` and `far` where not said.
    """
    cluster.data.mkdir(parents=True)
    cluster.postgres.database(cluster.folder.name.replace("-", "_"))
    words = [sys.executable, "-m", "include.operations.airflow_metadata"]
    prepared = started("metadata", words, cluster.folder / "log", env=cluster.environment(), cwd=PROJECT_ROOT)
    assert prepared.process.wait(timeout=300) == 0, prepared.words()
    try:
        cluster.start("api-server", "scheduler", "dag-processor", *(workers or ("home", "far")))
        cluster.wait_for(lambda: _is_ready(cluster), "Airflow answers and has read the DAGs")
        yield cluster
    finally:
        for service in reversed(list(cluster.services.values())):
            service.end()


def _is_ready(cluster: Cluster) -> bool:
    try:
        known = {dag["dag_id"] for dag in cluster.ask("GET", "/dags")["dags"]}
    except httpx.HTTPError:
        time.sleep(1)
        return False
    return {"load_articles", "build_marts"} <= known


def _worker(name: str, queues: str) -> list[str]:
    return ["celery", "worker", "--queues", queues, "--celery-hostname", f"{name}@%h", "--skip-serve-logs"]
