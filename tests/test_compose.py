"""docker-compose.yml: valid by the Compose schema, private by default, healthy by check."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
import yaml

from include.operations.dag_defaults import SHARD_QUEUE, WAREHOUSE_QUEUE
from include.settings import PROJECT_ROOT

COMPOSE = PROJECT_ROOT / "docker-compose.yml"


@pytest.fixture(scope="module")
def services():
    return yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]


def validate(path):
    return subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(path)],
        capture_output=True,
        text=True,
    )


def test_the_file_is_valid():
    answer = validate(COMPOSE)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_the_validation_sees_a_misspelt_key(tmp_path):
    broken = tmp_path / "docker-compose.yml"
    broken.write_text(COMPOSE.read_text(encoding="utf-8").replace("    command:", "    comand:", 1), "utf-8")
    assert validate(broken).returncode != 0


def test_nothing_is_published_beyond_loopback(services):
    published = [port for service in services.values() for port in service.get("ports", [])]
    assert published
    assert all(str(port).startswith("127.0.0.1:") for port in published)


def test_every_secret_comes_from_the_environment(services):
    for name, service in services.items():
        for key, value in service.get("environment", {}).items():
            if any(word in key for word in ("PASSWORD", "SECRET", "FERNET", "SQL_ALCHEMY_CONN")):
                assert "${" in value, f"{name}: {key}"
                assert ":?" in value, f"{name}: {key} must be refused when unset"


def test_whatever_runs_on_has_a_health_check(services):
    for name, service in services.items():
        if service.get("restart") != "no":
            assert "healthcheck" in service, name


def test_every_secret_is_named_in_the_example():
    example = (PROJECT_ROOT / ".env.example").read_text(encoding="utf-8")
    text = COMPOSE.read_text(encoding="utf-8")
    required = {part.split(":?")[0] for part in text.split("${")[1:] if ":?" in part.split("}")[0]}
    assert required
    assert all(f"{name}=" in example for name in required)


def test_no_service_has_more_than_it_needs(services):
    """Whoever breaks into one gains no rights, changes no program and fills no table of processes."""
    for name, service in services.items():
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["cap_drop"] == ["ALL"], name
        assert "cap_add" not in service, name
        assert service["read_only"] is True, name
        assert service["pids_limit"] <= 1024, name
        assert not {"privileged", "network_mode", "pid", "ipc", "devices"} & set(service), name
        uid = str(service["user"]).partition(":")[0]
        assert uid.isdecimal(), name
        assert int(uid) > 0, name
        assert not any("docker.sock" in volume for volume in service["volumes"]), name


def test_the_project_is_mounted_read_only_and_data_only_where_they_are_written(services):
    writers = []
    for name, service in services.items():
        mounts = dict(volume.split(":", 1) for volume in service["volumes"])
        assert mounts.get(".", "/opt/sotinh:ro") == "/opt/sotinh:ro", name
        if mounts.get("data") == "/data":
            writers.append(name)
    assert writers == ["migrate", "scheduler", "dag-processor", "warehouse-worker"]


def test_only_airflow_reaches_its_metadata_and_superset_reaches_neither(services):
    networks = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["networks"]
    assert networks["metadata"] == {"internal": True}
    members = {name: set(service["networks"]) for name, service in services.items()}
    assert members.pop("metadata") == members.pop("broker") == {"metadata"}
    assert members.pop("bi") == {"bi"}
    assert all(joined == {"outside", "metadata"} for joined in members.values())


def test_the_ui_asks_for_a_login_and_shows_no_configuration(services):
    for name in ("api-server", "scheduler", "dag-processor"):
        environment = services[name]["environment"]
        assert environment["AIRFLOW__CORE__LOAD_EXAMPLES"] == "False"
        assert "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS" in environment
        for opened in (
            "SIMPLE_AUTH_MANAGER_ALL_ADMINS",
            "EXPOSE_CONFIG",
            "EXPOSE_STACKTRACE",
            "ALLOW_ORIGIN",
        ):
            assert not [key for key in environment if opened in key], name
    assert "--skip-serve-logs" in services["scheduler"]["command"]


def test_superset_comes_by_its_profile_alone_and_cannot_change_the_data(services):
    bi = services["bi"]
    assert bi["profiles"] == ["bi"]
    assert [name for name, service in services.items() if "bi" in service.get("profiles", [])] == ["bi"]
    mounts = dict(volume.split(":", 1) for volume in bi["volumes"])
    assert mounts == {".": "/opt/sotinh:ro", "data": "/data:ro", "bi": "/bi"}
    environment = bi["environment"]
    assert environment["SOTINH_DATA_DIR"] == "/data"
    assert environment["SOTINH_BI_DIR"] == "/bi"
    assert not [key for key in environment if "AIRFLOW" in key or "POSTGRES" in key]


def test_workers_come_by_their_profile_alone_and_every_queue_has_one(services):
    workers = {
        name: service["command"][service["command"].index("--queues") + 1]
        for name, service in services.items()
        if "worker" in service.get("command", [])
    }
    assert workers == {"warehouse-worker": WAREHOUSE_QUEUE, "worker": SHARD_QUEUE}
    for name in (*workers, "broker"):
        assert services[name]["profiles"] == ["cluster"]


def test_a_worker_of_shards_sees_the_store_and_none_of_the_data(services):
    mounts = dict(volume.split(":", 1) for volume in services["worker"]["volumes"])
    assert "data" not in mounts
    assert mounts["store"] == "/store"
    assert services["worker"]["environment"]["SOTINH_DATA_DIR"] == "/work" == mounts["work"]


def test_without_a_word_one_machine_does_it_all(services):
    environment = services["scheduler"]["environment"]
    assert environment["AIRFLOW__CORE__EXECUTOR"] == "${SOTINH_EXECUTOR:-LocalExecutor}"
    assert environment["SOTINH_STORE"] == "${SOTINH_STORE:-}"


def test_the_broker_keeps_to_its_network_and_asks_for_the_password(services):
    assert "ports" not in services["broker"]
    assert "${BROKER_PASSWORD:-}" in services["broker"]["command"]
    assert ":${BROKER_PASSWORD:-}@" in services["worker"]["environment"]["AIRFLOW__CELERY__BROKER_URL"]


def test_each_image_has_the_files_that_it_is_made_of(services):
    kept = (PROJECT_ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for service in services.values():
        if "build" not in service:
            continue
        build = service["build"]
        name = "Dockerfile" if build == "." else build["dockerfile"]
        text = (PROJECT_ROOT / name).read_text(encoding="utf-8")
        (copied,) = re.findall(r"^COPY (.*) \S+$", text, re.M)
        for file in copied.split():
            assert (PROJECT_ROOT / file).exists(), f"{name}: {file}"
            assert f"!{file}" in kept, f"{name}: {file} is kept from the build"
