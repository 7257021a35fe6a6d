"""Both kinds of store keep the same promises."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from include.shards.store import FolderStore, ObjectStore, Store, StoreError, open_store


@pytest.fixture(params=["folder", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return open_store(str(tmp_path / "store") if request.param == "folder" else f"memory://{tmp_path.name}")


def test_what_was_put_is_there_and_what_was_not_is_not(store):
    assert store.get("a/b.json") is None
    assert store.put("a/b.json", b"1")
    assert store.get("a/b.json") == b"1"


def test_the_first_put_counts(store):
    assert store.put("a", b"first")
    assert not store.put("a", b"second")
    assert store.get("a") == b"first"


def test_files_come_back_byte_for_byte(store, tmp_path):
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(bytes(range(256)) * 1000)
    store.put_file("deep/er/file.bin", source)
    store.get_file("deep/er/file.bin", target)
    assert target.read_bytes() == source.read_bytes()


def test_a_file_that_is_not_there_leaves_nothing_behind(store, tmp_path):
    with pytest.raises(StoreError, match="cannot be read"):
        store.get_file("no/such", tmp_path / "target")
    assert sorted(path.name for path in tmp_path.iterdir()) in ([], ["store"])


def test_a_file_in_the_place_of_a_folder_is_told_and_not_taken_for_a_put_that_was_first(tmp_path):
    (tmp_path / "batch").write_bytes(b"")
    with pytest.raises(StoreError, match="batch is a file"):
        FolderStore(tmp_path).put("batch/receipt.json", b"1")


@pytest.mark.parametrize("key", ["../outside", "/etc/passwd", "a/../../b", ""])
def test_no_key_leads_out_of_the_store(store, key):
    with pytest.raises(ValueError, match="is no key"):
        store.put(key, b"")


def test_of_many_that_put_one_key_at_once_one_is_told_so(tmp_path):
    store = FolderStore(tmp_path / "store")
    won: list[int] = []

    def put(number: int) -> None:
        if store.put("receipt", str(number).encode()):
            won.append(number)

    threads = [threading.Thread(target=put, args=[number]) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert store.get("receipt") == str(won[0]).encode()
    assert [path.name for path in (tmp_path / "store").iterdir()] == ["receipt"]


def test_a_scheme_that_nothing_speaks_is_refused():
    with pytest.raises(StoreError, match="nowhere://bucket cannot be opened"):
        open_store("nowhere://bucket")


def test_a_url_is_a_bucket_and_a_path_a_folder(tmp_path):
    assert isinstance(open_store("memory://bucket"), ObjectStore)
    assert isinstance(open_store(str(tmp_path)), FolderStore)
