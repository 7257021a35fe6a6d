"""The function that dbt calls: every row gets an answer, whatever an article does to its reader."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from types import ModuleType

import pyarrow as pa
import pytest

from include.batches import BrokenRow
from include.extract.model import ArticleText, Reading
from include.settings import PROJECT_ROOT


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(PROJECT_ROOT / "dbt_project" / "plugins"))
    import article_reader

    return sys.modules.get("article_reader", article_reader)


def batch_of(reader: ModuleType, *bodies: str) -> pa.RecordBatch:
    rows = [
        {"article_id": f"a{number}", "title": None, "body": body, "published_on": date(2020, 5, 1),
         "province_name": "Lào Cai"}
        for number, body in enumerate(bodies)
    ]  # fmt: skip
    return pa.RecordBatch.from_pylist(rows, schema=reader.ARTICLE_SCHEMA)


def fake_read(article: ArticleText, _vocabulary: object) -> Reading:
    if article.body == "hỏng":
        raise ValueError("câu không đóng ngoặc")
    return Reading(article.published_on, article.body)


def test_an_article_that_breaks_costs_no_other(reader: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "read_article", fake_read)
    answers = reader.read_batch(batch_of(reader, "một", "hỏng", "hai")).column("reading").to_pylist()
    first, broken, last = map(json.loads, answers)
    assert (first["published_on"], first["published_basis"]) == ("2020-05-01", "một")
    assert last["published_basis"] == "hai"
    assert broken["error"] == {"reason": "extraction_error", "detail": "ValueError: câu không đóng ngoặc"}


def test_a_number_that_json_cannot_hold_is_an_error(
    reader: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = Reading(None, None, claims=(float("nan"),))  # type: ignore[arg-type]
    monkeypatch.setattr(reader, "read_article", lambda *_: reading)
    (answer,) = reader.read_batch(batch_of(reader, "một")).column("reading").to_pylist()
    assert "ValueError" in json.loads(answer)["error"]["detail"]


def test_rows_keep_their_order_around_one_that_killed_its_worker(
    reader: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "read_article", fake_read)
    monkeypatch.setattr(reader, "MAX_ROWS_PER_BATCH", 1)

    def broken_second(
        function: object, batches: list[pa.RecordBatch], **_: object
    ) -> Iterator[pa.RecordBatch | BrokenRow]:
        for number, batch in enumerate(batches):
            yield BrokenRow(batch, "worker_timeout", "killed") if number == 1 else reader.read_batch(batch)

    monkeypatch.setattr(reader, "map_batches", broken_second)
    answers = reader.read_rows(batch_of(reader, "một", "hai", "ba"), workers=1).to_pylist()
    assert [json.loads(answer).get("published_basis") for answer in answers] == ["một", None, "ba"]
    assert json.loads(answers[1])["error"]["reason"] == "worker_timeout"


def test_memory_errors_are_left_to_the_pool_to_find_the_row(
    reader: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def eat(*_: object) -> Reading:
        raise MemoryError

    monkeypatch.setattr(reader, "read_article", eat)
    with pytest.raises(MemoryError):
        reader.read_batch(batch_of(reader, "một"))


@pytest.mark.stack
def test_real_workers_answer_every_row(reader: ModuleType) -> None:
    bodies = [f"Năm 2020, toàn huyện trồng {number} ha rừng." for number in range(1, 41)]
    answers = reader.read_rows(batch_of(reader, *bodies), workers=2).to_pylist()
    assert len(answers) == 40
    assert all(isinstance(json.loads(answer), dict) for answer in answers)
