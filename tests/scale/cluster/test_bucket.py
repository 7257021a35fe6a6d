"""What a bucket promises as a store, and what is told of one that does not answer."""

from __future__ import annotations

import os

import pytest

from include.shards.store import StoreError, open_store
from tests.scale.services import HOST, free_port

pytestmark = pytest.mark.skipif(
    not os.environ.get("SOTINH_CLUSTER_LANE"), reason="a lane of its own: make cluster-test"
)


def test_of_two_puts_the_first_counts(bucket):
    store = open_store(bucket)
    assert store.get("receipt") is None
    assert store.put("receipt", b"first")
    assert not store.put("receipt", b"second")
    assert store.get("receipt") == b"first"


def test_files_come_back_byte_for_byte(bucket, tmp_path):
    store = open_store(bucket)
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(bytes(range(256)) * 100_000)
    store.put_file("shard/file.warc.gz", source)
    store.get_file("shard/file.warc.gz", target)
    assert target.read_bytes() == source.read_bytes()


def test_a_bucket_that_is_not_there_is_told(bucket):
    with pytest.raises(StoreError, match=r"the store s3://elsewhere/batches cannot be written.*SOTINH_STORE"):
        open_store("s3://elsewhere/batches").put("a", b"1")


def test_a_bucket_that_does_not_answer_is_told(bucket, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{HOST}:{free_port()}")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with pytest.raises(StoreError, match=r"the store s3://silent/batches cannot be read.*SOTINH_STORE"):
        open_store("s3://silent/batches").get("a")
