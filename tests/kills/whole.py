"""Whether readers have one whole release: in place, in each kept folder, and in a loop of reads."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import duckdb

from include.contract import MARTS, MARTS_SCHEMA, PUBLISHED_FILE
from include.settings import PROJECT_ROOT
from include.warehouse.content import content_hash
from include.warehouse.files import sha256_of
from tests.kills.fingerprint import fingerprint


class Releases:
    """Every release that was seen whole, by the hash of its file. nothing_published: as it should be."""

    def __init__(self, *, nothing_published: bool = False) -> None:
        self._nothing_published = nothing_published
        self._whole: set[str] = set()
        self.fingerprints: set[str] = set()

    def what_is_wrong(self, data_dir: Path) -> list[str]:
        """What keeps readers, or whoever takes a kept release, from a whole one; empty where all is well.

        What is whole in a kept release is known from then on, also after it was removed.
        """
        wrong = []
        manifests = sorted((data_dir / "releases").glob("[!.l]*/manifest.json"))
        for path in manifests:
            wrong += self._judge(path.parent / PUBLISHED_FILE, json.loads(path.read_text(encoding="utf-8")))
        published = data_dir / PUBLISHED_FILE
        if not published.exists():
            return wrong if self._nothing_published else [*wrong, f"{published} is gone"]
        digest = sha256_of(published)
        if digest not in self._whole:
            wrong.append(f"{published} is the file of no release")
        if published.with_name(f"{published.name}.wal").exists():
            wrong.append(f"{published} has a log beside it")
        return wrong

    def _judge(self, path: Path, manifest: dict[str, object]) -> list[str]:
        if not path.exists():
            return [f"{path} is missing"]
        digest = sha256_of(path)
        if digest != manifest["sha256"]:
            return [f"{path} is not the file of its manifest"]
        if digest in self._whole:
            return []
        with duckdb.connect(str(path), read_only=True) as connection:
            connection.execute("set TimeZone = 'UTC'")
            tables = {
                row[0]
                for row in connection.execute(
                    "select table_name from duckdb_tables() where schema_name = ?", [MARTS_SCHEMA]
                ).fetchall()
            }
            content = {mart: content_hash(connection, mart) for mart in MARTS if mart in tables}
        if tables != set(MARTS) or content != manifest["content"]:
            return [f"{path} does not hold what its manifest says"]
        self._whole.add(digest)
        self.fingerprints.add(fingerprint(path))
        return []


class LoopingReader:
    """A process that opens the published file, reads every mart and closes it, again and again."""

    def __init__(self, published: Path, stop: Path) -> None:
        self._stop = stop
        for path in (stop, stop.with_suffix(".reads")):
            path.unlink(missing_ok=True)
        words = [sys.executable, "-m", "tests.kills.fingerprint", str(published), str(stop)]
        self._process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=PROJECT_ROOT)
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "reading\n"

    def wait_for_a_read(self) -> None:
        """Until one that began after this call has ended."""
        wanted = self._count() + 2
        while self._count() < wanted and self._process.poll() is None:
            time.sleep(0.01)

    def _count(self) -> int:
        progress = self._stop.with_suffix(".reads")
        return int(progress.read_text(encoding="ascii") or 0) if progress.exists() else 0

    def end(self, whole: set[str]) -> dict[str, int]:
        """Stop it; reads, those of no whole release, those that failed, and how many releases it met."""
        self._stop.touch()
        told = json.loads(self._process.communicate(timeout=120)[0])
        seen: dict[str, int] = told["seen"]
        return {
            "reads": sum(seen.values()),
            "torn": sum(count for print_, count in seen.items() if print_ not in whole),
            "failed": told["failed"],
            "releases": len(seen),
        }
