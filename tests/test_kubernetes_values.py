"""deploy/kubernetes.values.yml, as far as it can be held without Kubernetes."""

from __future__ import annotations

import pytest
import yaml

from include.settings import PROJECT_ROOT


@pytest.fixture(scope="module")
def values() -> dict:
    text = (PROJECT_ROOT / "deploy" / "kubernetes.values.yml").read_text(encoding="utf-8")
    return yaml.safe_load(text)


def test_every_variable_of_ours_is_one_that_something_reads(values):
    sources = "".join(
        path.read_text(encoding="utf-8") for path in sorted((PROJECT_ROOT / "include").rglob("*.py"))
    )
    named = [entry["name"] for entry in values["env"] if entry["name"].startswith("SOTINH_")]
    assert named
    assert [name for name in named if f'"{name}"' not in sources] == []


def test_shards_go_to_the_executor_that_has_no_data(values):
    environment = {entry["name"]: entry["value"] for entry in values["env"]}
    first, second = values["executor"].split(",")
    assert (first, second) == ("LocalExecutor", environment["SOTINH_SHARD_EXECUTOR"])
    assert environment["SOTINH_STORE"].startswith("s3://")
    mounted = {
        place: values[place]["extraVolumeMounts"][0]["mountPath"] for place in ("scheduler", "workers")
    }
    assert set(mounted.values()) == {environment["SOTINH_DATA_DIR"]}
    assert "persistentVolumeClaim" in values["scheduler"]["extraVolumes"][0]
    assert "emptyDir" in values["workers"]["extraVolumes"][0]
