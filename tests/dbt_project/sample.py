"""A small landed warehouse: invented articles, with readings as extraction would give them.

The readings are put where dbt keeps them, under the present extractor version, so that the models
are judged on known input whatever the rules of extraction read at the time.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from include.contract import WAREHOUSE_FILE
from include.extract.model import Claim, Directive, Meeting, Organization, Participant, Post, Reading
from include.extract.read import extractor_version
from include.settings import PROJECT_ROOT
from include.vocabulary import load_vocabulary

RAW_SQL = PROJECT_ROOT / "include" / "warehouse" / "raw.sql"
FIRST_NIGHT = datetime(2026, 2, 1, 19, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Landed:
    """One article version and its reading; batch_no: the night (from 1) that landed it."""

    article_id: str
    body: str
    reading: Reading | None
    source_id: str = "suoi-bac"
    published_on: date | None = None
    version_no: int = 1
    batch_no: int = 1
    title: str | None = field(default="Bản tin kinh tế")
    days_after_first: int | None = None  # of its capture, where that is not the night's
    published_conflict: str | None = None
    reason: str | None = None  # of the outcome that landed it


def span(body: str, text: str) -> tuple[int, int]:
    """Offsets of `text`, which must stand exactly once in `body`."""
    assert body.count(text) == 1, text
    start = body.index(text)
    return start, start + len(text)


def claim(body: str, sentence: str, value_text: str, **fields: Any) -> Claim:
    """A claim at `value_text` in `sentence`; the fields not given are those of a plain actual level."""
    quote_start, quote_end = span(body, sentence)
    inner = sentence.index(value_text)
    plain: dict[str, Any] = {
        "indicator_code": None, "indicator_name": "Diện tích rừng trồng", "breakdown": None,
        "measure": "level", "value_high": None, "out_of": None, "approximation": "exact",
        "status": "actual", "period_type": "instant", "time_period": None, "period_start": None,
        "period_end": None, "comparison_start": None, "comparison_end": None, "price_basis": None,
    }  # fmt: skip
    return Claim(
        **{**plain, **fields},
        value_text=value_text,
        quote_start=quote_start,
        quote_end=quote_end,
        value_start=quote_start + inner,
        value_end=quote_start + inner + len(value_text),
    )


def meeting(body: str, sentence: str, **fields: Any) -> Meeting:
    """A meeting told in `sentence`."""
    quote_start, quote_end = span(body, sentence)
    plain: dict[str, Any] = {
        "meeting_date": None, "meeting_end_date": None, "date_basis": "unknown", "date_earliest": None,
        "date_latest": None, "session": None, "meeting_kind": "conference", "topic": None,
        "host_organization": None, "location": None, "lead_name": None, "lead_title": None,
    }  # fmt: skip
    return Meeting(**{**plain, **fields}, quote_start=quote_start, quote_end=quote_end)


NINE_MONTHS = {
    "period_type": "months", "time_period": "2019-01-01/P9M",
    "period_start": date(2019, 1, 1), "period_end": date(2019, 9, 30),
}  # fmt: skip
WHOLE_2019 = {
    "period_type": "year", "time_period": "2019",
    "period_start": date(2019, 1, 1), "period_end": date(2019, 12, 31),
}  # fmt: skip

FORESTS = "Chín tháng đầu năm, toàn tỉnh trồng được 1.240 ha rừng, đạt 62% kế hoạch năm là 2.000 ha."
CHAIRED = "Chiều 3/10, bà Lừu Thị Sáy, Phó Chủ tịch UBND tỉnh, chủ trì hội nghị về trồng rừng."
TASK = "Bà yêu cầu Chi cục Kiểm lâm nghiệm thu xong trước ngày 30/11."
REPEATED = "Như đã nêu, 1.240 ha rừng đã được trồng từ đầu năm."
FOREST_BODY = "\n".join((CHAIRED, FORESTS, TASK, REPEATED))

RECOUNT = "Chín tháng đầu năm, toàn tỉnh trồng được 1.255 ha rừng."
CHAIRED_AGAIN = "Ngày 3/10/2019, đồng chí Lừu Thị  Sáy chủ trì hội nghị trồng rừng; ông Hảng A Dờ dự."
RECOUNT_BODY = f"{CHAIRED_AGAIN}\n{RECOUNT}"

WATER = "Đến nay 470 trong 500 hộ ở xã Nậm Tha dùng nước sạch, đạt 93%."
INVESTED = "Cả nước thu hút 30 dự án, trong đó 18 dự án may mặc và 12 dự án giày da."
OLDEST_VERSION = "Đến nay nhiều hộ ở xã Nậm Tha dùng nước sạch."
OLD_VERSION = "Đến nay 450 trong 500 hộ ở xã Nậm Tha dùng nước sạch."

WHOLE_2025 = {
    "period_type": "year", "time_period": "2025",
    "period_start": date(2025, 1, 1), "period_end": date(2025, 12, 31),
}  # fmt: skip
REVENUE = "Năm 2025, thu ngân sách trên địa bàn ước đạt 9.100 tỷ đồng."
REVENUE_MENDED = "Năm 2025, thu ngân sách trên địa bàn ước đạt 9.150 tỷ đồng."
CINNAMON = "Cả năm trồng mới 310 ha quế."
REVENUE_RESULT = "Thu ngân sách năm 2025 của tỉnh là 9.180 tỷ đồng."
REVENUE_OTHERWISE = "Số thu ngân sách năm 2025 chốt ở mức 9.200 tỷ đồng."

UNDATED = "Năm 2018, toàn tỉnh có 52 hợp tác xã."


def _forest_article() -> Landed:
    rows = (
        claim(FOREST_BODY, FORESTS, "1.240 ha", value=1240.0, unit_code="HECTARE",
              indicator_code="planted_forest_area", **NINE_MONTHS),
        claim(FOREST_BODY, FORESTS, "62%", value=62.0, unit_code="PERCENT", measure="plan_pct",
              indicator_code="planted_forest_area", **NINE_MONTHS),
        claim(FOREST_BODY, FORESTS, "2.000 ha", value=2000.0, unit_code="HECTARE", status="target",
              indicator_code="planted_forest_area", **WHOLE_2019),
        claim(FOREST_BODY, REPEATED, "1.240 ha", value=1240.0, unit_code="HECTARE",
              indicator_code="planted_forest_area", indicator_name="rừng", **NINE_MONTHS),
    )  # fmt: skip
    start, end = span(FOREST_BODY, CHAIRED)
    posts = (
        Post("Phó Chủ tịch", Organization("Ủy ban nhân dân tỉnh Lào Cai", "Lào Cai"), False),
        Post("Giám đốc", Organization("Sở Nông nghiệp Lào Cai", "Lào Cai"), True),
    )
    lead = Participant(
        "Lừu Thị Sáy", "Phó Chủ tịch UBND tỉnh, nguyên Giám đốc Sở Nông nghiệp", "UBND tỉnh", "lead", start,
        end, posts, "Lào Cai",
    )  # fmt: skip
    task = Directive("order", "Lừu Thị Sáy", "Chi cục Kiểm lâm", "nghiệm thu xong", date(2019, 11, 30),
                     "trước ngày 30/11", *span(FOREST_BODY, TASK))  # fmt: skip
    told = meeting(
        FOREST_BODY, CHAIRED, meeting_date=date(2019, 10, 3), date_basis="inferred", session="afternoon",
        topic="trồng rừng", lead_name="Lừu Thị Sáy", lead_title="Phó Chủ tịch UBND tỉnh",
        participants=(lead,), directives=(task,),
    )  # fmt: skip
    published = date(2019, 10, 4)
    reading = Reading(published, "page", rows, (told,))
    conflict = "page 2019-10-04, json_ld 2019-10-09"
    return Landed("rung-1", FOREST_BODY, reading, published_on=published, published_conflict=conflict)


def _recount_article() -> Landed:
    row = claim(RECOUNT_BODY, RECOUNT, "1.255 ha", value=1255.0, unit_code="HECTARE",
                indicator_code="planted_forest_area", **NINE_MONTHS)  # fmt: skip
    start, end = span(RECOUNT_BODY, CHAIRED_AGAIN)
    office = Organization("Ủy ban Nhân dân tỉnh Lào Cai", "Lào Cai")
    ministry = Organization("Bộ Nông nghiệp", "Việt Nam")
    people = (
        Participant("Lừu Thị  Sáy", "Phó chủ tịch UBND tỉnh", "UBND tỉnh", "attendee", start, end,
                    (Post("Phó chủ tịch", office, False),)),
        Participant("Hảng A Dờ", "Thứ trưởng Bộ Nông nghiệp", "Bộ Nông nghiệp", "attendee", start, end,
                    (Post("Thứ trưởng", ministry, False),), "Việt Nam"),
    )  # fmt: skip
    told = meeting(
        RECOUNT_BODY, CHAIRED_AGAIN, meeting_date=date(2019, 10, 3), date_basis="stated",
        lead_name="Lừu Thị  Sáy", location="Hội trường tỉnh", participants=people,
    )  # fmt: skip
    published = date(2019, 10, 7)
    return Landed("rung-2", RECOUNT_BODY, Reading(published, "page", (row,), (told,)), published_on=published)


def _water_articles() -> list[Landed]:
    body = f"{WATER}\n{INVESTED}"
    rows = (
        claim(body, WATER, "470", value=470.0, out_of=500.0, unit_code="HOUSEHOLD", place_name="xã Nậm Tha",
              indicator_name="hộ dùng nước sạch"),
        claim(body, WATER, "93%", value=93.0, unit_code="PERCENT", measure="share_pct",
              place_name="xã Nậm Tha", indicator_name="hộ dùng nước sạch"),
        claim(body, INVESTED, "30 dự án", value=30.0, unit_code="PROJECT", province_name="Việt Nam",
              indicator_name="dự án thu hút"),
        claim(body, INVESTED, "18 dự án", value=18.0, unit_code="PROJECT", province_name="Việt Nam",
              indicator_name="dự án thu hút", breakdown="may mặc"),
        claim(body, INVESTED, "12 dự án", value=12.0, unit_code="PROJECT", province_name="Việt Nam",
              indicator_name="dự án thu hút", breakdown="giày da"),
    )  # fmt: skip
    published = date(2026, 1, 20)
    old = claim(OLD_VERSION, OLD_VERSION, "450", value=450.0, out_of=500.0, unit_code="HOUSEHOLD",
                indicator_name="hộ dùng nước sạch")  # fmt: skip
    return [
        Landed("nuoc-1", OLD_VERSION, Reading(published, "metadata", (old,)), published_on=published),
        Landed("nuoc-1", body, Reading(published, "metadata", rows), published_on=published,
               version_no=2, batch_no=2),
        # An old capture that a backfill brings in later: a version, and not what the story says now.
        Landed("nuoc-1", OLDEST_VERSION, Reading(published, "metadata", ()), published_on=published,
               version_no=3, batch_no=3, days_after_first=-1),
    ]  # fmt: skip


def _undated_article() -> Landed:
    row = claim(UNDATED, UNDATED, "52 hợp tác xã", value=52.0, unit_code="COOPERATIVE",
                indicator_name="hợp tác xã", period_type="year", time_period="2018",
                period_start=date(2018, 1, 1), period_end=date(2018, 12, 31))  # fmt: skip
    reading = Reading(None, "unknown", (row,))
    return Landed("htx-1", UNDATED, reading, source_id="dai-yen")


def _repeated_article() -> Landed:
    """The undated story once more under another address."""
    return Landed("htx-0", UNDATED, Reading(None, "unknown", ()), source_id="dai-yen", batch_no=2)


def _figure(body: str, sentence: str, value_text: str, value: float, **fields: Any) -> Claim:
    """A claim on the whole of 2025: the state's revenue, or an area planted where a breakdown is given."""
    if "breakdown" in fields:
        code, unit = "planted_forest_area", "HECTARE"
    else:
        code, unit = "state_budget_revenue", "VND"
    return claim(
        body, sentence, value_text, value=value, unit_code=unit, indicator_code=code, **WHOLE_2025, **fields
    )


def _edited_article() -> list[Landed]:
    """An estimate that the portal mends on the second day, and a sentence that it takes out."""
    published = date(2026, 1, 30)
    first, mended = f"{REVENUE}\n{CINNAMON}", f"{REVENUE_MENDED}\nBản tin đã được sửa."
    said = (
        _figure(first, REVENUE, "9.100 tỷ đồng", 9.1e12, status="estimate"),
        _figure(first, CINNAMON, "310 ha", 310.0, breakdown="quế"),
    )
    said_then = (_figure(mended, REVENUE_MENDED, "9.150 tỷ đồng", 9.15e12, status="estimate"),)
    return [
        Landed("thu-1", first, Reading(published, "page", said), published_on=published),
        Landed("thu-1", mended, Reading(published, "page", said_then), published_on=published, version_no=2,
               batch_no=2),
    ]  # fmt: skip


def _result_articles() -> list[Landed]:
    """The result of that estimate, by two portals that do not agree."""
    first, second = date(2026, 2, 3), date(2026, 2, 4)
    one = _figure(REVENUE_RESULT, REVENUE_RESULT, "9.180 tỷ đồng", 9.18e12)
    other = _figure(REVENUE_OTHERWISE, REVENUE_OTHERWISE, "9.200 tỷ đồng", 9.2e12)
    return [
        Landed("thu-2", REVENUE_RESULT, Reading(first, "page", (one,)), source_id="dai-yen",
               published_on=first, batch_no=3),
        Landed("thu-3", REVENUE_OTHERWISE, Reading(second, "page", (other,)), published_on=second,
               batch_no=3),
    ]  # fmt: skip


def _articles_read_by_other_rules() -> list[Landed]:
    """One story whose page was read wrongly until the rules were mended, one read rightly at once."""
    published = date(2026, 1, 30)

    def version(article_id: str, tree: str, area: str, value: float, **fields: Any) -> Landed:
        body = f"Năm 2025, tỉnh trồng {area} {tree}."
        row = _figure(body, body, area, value, breakdown=tree)
        return Landed(article_id, body, Reading(published, "page", (row,)), published_on=published, **fields)

    return [
        version("luat-1", "thông", "7 ha", 7.0),
        version("luat-2", "bạch đàn", "78 ha", 78.0),
        # From the record of a visit of the second night, which found nothing new by the old rules.
        version("luat-1", "thông", "78 ha", 78.0, version_no=2, batch_no=3, days_after_first=1,
                reason="rule_changed"),
    ]  # fmt: skip


def articles() -> list[Landed]:
    """All versions of the sample, in the order in which they landed."""
    return [
        _forest_article(),
        _recount_article(),
        *_water_articles(),
        _undated_article(),
        _repeated_article(),
        *_edited_article(),
        *_result_articles(),
        *_articles_read_by_other_rules(),
    ]


def land(connection: duckdb.DuckDBPyConnection, landed: Landed) -> str:
    """Put one version into the raw tables with its outcome; returns the article_version_id."""
    version_id = f"{landed.article_id}.{landed.version_no}"
    batch_id = f"night-{landed.batch_no}"
    days = landed.batch_no - 1 if landed.days_after_first is None else landed.days_after_first
    fetched_at = FIRST_NIGHT + timedelta(days=days, minutes=5)
    url = f"https://{landed.source_id}.example/{landed.article_id}.html"
    digest = hashlib.sha256(landed.body.encode()).hexdigest()
    basis = "unknown" if landed.published_on is None else "page"
    connection.execute(
        "insert into raw.article_versions values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        [version_id, landed.article_id, landed.version_no, batch_id, landed.source_id, url, landed.title,
         None, landed.body, landed.published_on, None, basis, "onecms", fetched_at, digest, digest,
         f"landing/{batch_id}/warc/1.warc.gz", 0, landed.published_conflict],
    )  # fmt: skip
    connection.execute(
        "insert into raw.article_outcomes values (?,?,?,?,'loaded',?,null,200,?,?,?,0)",
        [batch_id, landed.source_id, url, landed.article_id, landed.reason, fetched_at, len(landed.body),
         "1.warc.gz"],
    )  # fmt: skip
    return version_id


def input_key(landed: Landed) -> str:
    """What dbt keeps beside a reading, to see that the same text was read for the same province."""
    province = {"suoi-bac": "Lào Cai", "dai-yen": "Yên Bái"}[landed.source_id]
    content = hashlib.sha256(landed.body.encode()).hexdigest()
    return hashlib.md5(f"{content}\x1f{province}".encode(), usedforsecurity=False).hexdigest()


def create_warehouse(data_dir: Path) -> Path:
    """Make data_dir's warehouse with the sample landed and its readings in place."""
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / WAREHOUSE_FILE
    version = extractor_version(load_vocabulary())
    with duckdb.connect(str(path)) as connection:
        connection.execute(RAW_SQL.read_text(encoding="utf-8"))
        connection.execute("create schema intermediate")
        connection.execute(
            "create table intermediate.int_article_readings"
            " (article_version_id varchar, extractor_version varchar, input_key varchar, reading varchar)"
        )
        for landed in articles():
            version_id = land(connection, landed)
            assert landed.reading is not None
            connection.execute(
                "insert into intermediate.int_article_readings values (?, ?, ?, ?)",
                [
                    version_id,
                    version,
                    input_key(landed),
                    json.dumps(landed.reading.to_json_ready(), ensure_ascii=False),
                ],
            )
        _land_batches(connection)
    return path


def _land_batches(connection: duckdb.DuckDBPyConnection) -> None:
    portals = [
        ("suoi-bac", "Báo Suối Bắc", "15-2025", "onecms"),
        ("dai-yen", "Đài Yên", "15-2008", None),
        ("ca-nuoc", "Tin cả nước", None, None),
    ]
    for number in (1, 2, 3):
        batch_id, started = f"night-{number}", FIRST_NIGHT + timedelta(days=number - 1)
        for source_id, name, province_id, family in portals:
            connection.execute(
                "insert into raw.sources values (?, ?, ?, ?, ?, ?)",
                [batch_id, source_id, name, province_id, f"https://{source_id}.example/", family],
            )
            connection.execute(
                "insert into raw.discovery_requests values (?, ?, 'robots', ?, 'read', null, 200, 0, ?)",
                [batch_id, source_id, f"https://{source_id}.example/robots.txt", started],
            )
    connection.execute(
        "insert into raw.article_outcomes values"
        " ('night-2', 'dai-yen', 'https://dai-yen.example/mat.html', 'mat', 'failed', 'not_found',"
        " null, 404, null, null, null, null)"
    )
    connection.execute(
        "insert into raw.batches select batch_id, 'crawl', ?, ?, count(*), 0"
        " from raw.article_outcomes group by batch_id",
        [FIRST_NIGHT, FIRST_NIGHT + timedelta(hours=1)],
    )
