"""What both files of this lane need: a bucket."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scale.services import HOST, free_port, started, wait_until


@pytest.fixture
def bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A bucket of something that speaks S3, named by the environment as its client reads it."""
    port = free_port()
    words = [sys.executable, "-m", "moto.server", "-H", HOST, "-p", str(port)]
    service = started("moto", words, tmp_path / "moto")
    try:
        wait_until(lambda: b"Running on" in service.log.read_bytes(), "S3 answers", services=[service])
        for name, value in {
            "AWS_ENDPOINT_URL": f"http://{HOST}:{port}",
            "AWS_ACCESS_KEY_ID": "sotinh",
            "AWS_SECRET_ACCESS_KEY": "sotinh",
            "AWS_DEFAULT_REGION": "us-east-1",
        }.items():
            monkeypatch.setenv(name, value)
        import boto3

        boto3.client("s3").create_bucket(Bucket="sotinh")
        yield "s3://sotinh/batches"
    finally:
        service.end()
