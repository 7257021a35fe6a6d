"""`make cluster-test`: a night over a cluster gives the marts of one machine, also when parts of it die."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from include.code_version import code_version
from include.settings import PROJECT_ROOT
from tests.sample_portals.serve import SamplePortals
from tests.scale.cluster.airflow import Cluster, running
from tests.scale.postgres import Postgres, postgres
from tests.scale.services import Service, free_port, redis, wait_until
from tests.scale.side_by_side import SideBySide

pytestmark = pytest.mark.skipif(
    not os.environ.get("SOTINH_CLUSTER_LANE"), reason="a lane of its own: make cluster-test"
)
# An article's address is its identity: all loads must find the portals at the same ports.
FIRST_PORT = 21901


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("samples")
    with SamplePortals(PROJECT_ROOT / "tests" / "sample_portals" / "pages", FIRST_PORT) as samples:
        yield samples.write_registry(folder / "portals.yml")


@pytest.fixture(scope="module")
def embedded(
    registry: Path, tmp_path_factory: pytest.TempPathFactory, side_by_side: SideBySide
) -> dict[str, str]:
    """What `make run` publishes: Airflow in one process, one machine."""
    data = tmp_path_factory.mktemp("embedded")
    environment = os.environ | {"SOTINH_DATA_DIR": str(data), "SOTINH_PORTALS": str(registry)}
    words = [sys.executable, "-m", "include.operations.run_night"]
    night = subprocess.run(
        words, cwd=PROJECT_ROOT, env=environment, capture_output=True, text=True, timeout=900
    )
    assert night.returncode == 0, night.stdout + night.stderr
    return side_by_side.add_published("one machine", data)


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    # Below pytest's own folder only who runs the tests may come, and the server runs as another.
    with tempfile.TemporaryDirectory(prefix="sotinh-postgres-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        # A connection for every process of Airflow; what it keeps is gone with the lane.
        with postgres(folder / "server", {"max_connections": "200", "fsync": "off"}) as made:
            yield made


class Broker:
    """A Redis that can be killed and started again."""

    def __init__(self, start: Callable[[], Service], port: int) -> None:
        self._start, self.port = start, port
        self.service = start()

    def restart(self) -> None:
        self.service = self._start()


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    port = free_port()
    with redis(tmp_path_factory.mktemp("redis"), port) as start:
        yield Broker(start, port)


@pytest.fixture
def cluster(
    registry: Path, server: Postgres, broker: Broker, tmp_path: Path, request: pytest.FixtureRequest
) -> Cluster:
    name = request.node.name.removeprefix("test_")[:40]
    folder = tmp_path / name
    return Cluster(folder, registry, str(folder / "store"), server, broker.port)


def has_begun_far(cluster: Cluster) -> bool:
    """Whether the far worker has fetched some of a shard and not handed it in."""
    return any(path.stat().st_size for path in cluster.far.glob("shards/*/*/landing/*/fetched.jsonl"))


def test_two_workers_publish_what_one_machine_publishes(cluster, embedded, side_by_side):
    with running(cluster):
        run = cluster.load()
        assert cluster.ended("load_articles", run) == "success", cluster.words()
        cluster.published()
        shards = [task for task in cluster.tasks("load_articles", run) if task["map_index"] >= 0]
        by_worker = {task["hostname"] for task in shards}
    assert {task["state"] for task in shards} == {"success"}
    assert len(shards) == 8, "four shards, fetched and cleaned"
    assert by_worker
    assert side_by_side.add_published("two workers", cluster.data) == embedded
    assert not (cluster.far / "landing").exists()
    assert not (cluster.far / "warehouse.duckdb").exists()


def test_a_worker_that_is_killed_in_the_middle_costs_nothing(cluster, embedded, side_by_side):
    with running(cluster):
        run = cluster.load()
        cluster.wait_for(lambda: has_begun_far(cluster), "the far worker has begun a shard")
        cluster.services["far"].kill()
        assert cluster.ended("load_articles", run, "far") == "success", cluster.words()
        cluster.published("far")
        tries = [task["try_number"] for task in cluster.tasks("load_articles", run)]
    assert max(tries) > 1, "the killed worker's shard was tried again"
    assert side_by_side.add_published("worker killed", cluster.data) == embedded


def test_a_broker_that_goes_away_in_mid_run_costs_nothing(cluster, broker, embedded, side_by_side):
    with running(cluster):
        run = cluster.load()
        cluster.wait_for(lambda: has_begun_far(cluster), "the far worker has begun a shard")
        broker.service.kill()
        wait_until(lambda: not broker.service.is_running, "Redis is gone")
        broker.restart()
        state = cluster.ended("load_articles", run)
        if state == "failed":
            assert cluster.ended("load_articles", cluster.load()) == "success", cluster.words()
        cluster.published()
    assert side_by_side.add_published("broker killed", cluster.data) == embedded


def test_a_worker_of_other_code_does_no_work_and_the_next_run_completes(
    cluster, embedded, side_by_side, tmp_path
):
    other = tmp_path / "other_code"
    for name in ("include", "dags"):
        shutil.copytree(PROJECT_ROOT / name, other / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(
        PROJECT_ROOT / "dbt_project", other / "dbt_project", ignore=shutil.ignore_patterns("target", "logs")
    )
    rule = other / "include" / "clean" / "lines.py"
    rule.write_text(rule.read_text(encoding="utf-8") + "\n# another rule\n", encoding="utf-8")
    cluster.far_project = other
    with running(cluster, "home-without-shards", "far"):
        run = cluster.load()
        assert cluster.ended("load_articles", run) == "failed", cluster.words()
        said = "".join(path.read_text(encoding="utf-8") for path in cluster.folder.rglob("attempt=*.log"))
        assert f"the work was given out by code {code_version()}" in said
        assert not list(Path(cluster.store).glob("crawl-*/*/*.json"))
        cluster.services["far"].end()
        cluster.far_project = PROJECT_ROOT
        cluster.start("far")
        run = cluster.load()
        assert cluster.ended("load_articles", run) == "success", cluster.words()
        cluster.published()
    assert side_by_side.add_published("other code", cluster.data) == embedded


def test_a_bucket_is_a_store_as_a_folder_is(cluster, bucket, embedded, side_by_side):
    cluster.store = bucket
    with running(cluster):
        run = cluster.load()
        assert cluster.ended("load_articles", run) == "success", cluster.words()
        cluster.published()
    assert side_by_side.add_published("S3 store", cluster.data) == embedded
