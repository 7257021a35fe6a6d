"""The cache of validators: whole or absent, names that say nothing."""

from __future__ import annotations

import re
from pathlib import Path

from include.crawl.validators import StoredDocument, ValidatorCache

URL = "https://baosuoitra.vn/../../rss/home.rss?x=/etc"
DOCUMENT = StoredDocument(URL, '"v1"', "Sat, 11 Jul 2026 00:00:00 GMT", "text/xml", b"<rss>\n\n</rss>")


def test_what_is_saved_is_loaded_and_asks_conditionally(tmp_path: Path) -> None:
    ValidatorCache(tmp_path / "cache").save(DOCUMENT)
    loaded = ValidatorCache(tmp_path / "cache").load(URL)
    assert loaded == DOCUMENT
    assert loaded.condition() == {
        "If-None-Match": '"v1"',
        "If-Modified-Since": "Sat, 11 Jul 2026 00:00:00 GMT",
    }


def test_file_names_are_hashes_alone(tmp_path: Path) -> None:
    ValidatorCache(tmp_path).save(DOCUMENT)
    (path,) = tmp_path.iterdir()
    assert re.fullmatch(r"[0-9a-f]{64}", path.name)


def test_a_torn_or_foreign_file_counts_as_nothing(tmp_path: Path) -> None:
    cache = ValidatorCache(tmp_path)
    cache.save(DOCUMENT)
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    for torn in (b"", whole[:20], whole[:-1], b"null\n", b"[]\n" + DOCUMENT.body):
        path.write_bytes(torn)
        assert cache.load(URL) is None


def test_a_document_that_lost_its_validators_is_forgotten(tmp_path: Path) -> None:
    cache = ValidatorCache(tmp_path)
    cache.save(DOCUMENT)
    cache.save(StoredDocument(URL, None, None, "text/xml", b"<rss/>"))
    assert cache.load(URL) is None
