"""A night of two portals in a published file, with every kind of news, for the tests of its pages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.site.samples import NIGHT, Row, article, claim, observation, published, source

# As in samples.NIGHT: 02:05 on 10 March in Vietnam.
NIGHT_ON = date(2026, 3, 10)
BATCH = "crawl-20260309T190500Z"
BATCH_BEFORE = "crawl-20260308T190500Z"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>{{ 7 * 7 }}"
TURNED = "Sở \u202etxt.exe\u2066 \x07"


def outcome(article_id: str, outcome: str = "loaded", **columns: Any) -> Row:
    """One row of fct_article_outcomes of the night."""
    row = {"outcome_id": f"{BATCH}-{article_id}", "batch_id": BATCH, "source_id": "benlau"}
    row |= {"article_id": article_id, "outcome": outcome, "fetched_at": NIGHT}
    return row | {"url": f"https://benlau.example/{article_id}"} | columns


def version(article_id: str, reason: str = "first", **columns: Any) -> Row:
    """One row of dim_article_versions, fetched in the night."""
    row: Row = {"article_version_id": f"{article_id}-{reason}", "article_id": article_id}
    row |= {"version_no": 1, "version_reason": reason, "first_seen_on": NIGHT_ON, "fetched_at": NIGHT}
    return row | {"is_latest": True, "is_current_reading": True} | columns


def portal_night(source_id: str = "benlau", **columns: Any) -> Row:
    """One row of fct_portal_nights: an unremarkable night of three articles."""
    row: Row = {"source_id": source_id, "night_on": NIGHT_ON, "batch_count": 1, "request_count": 2}
    row |= {"discovered_count": 5, "loaded_count": 3, "unchanged_count": 2, "new_article_count": 3}
    row |= {"nights_before": 10, "nights_with_articles_before": 9, "usual_new_article_count": 2.0}
    return row | columns


def gate(check_name: str, **columns: Any) -> Row:
    """One row of fct_gate_results, passed."""
    row: Row = {"run_id": "r1", "gate": "landed", "check_name": check_name, "severity": "stop"}
    return row | {"has_passed": True, "failing_rows": 0, "judged_at": NIGHT} | columns


def vintage(of: Row, number: int, **columns: Any) -> Row:
    """A vintage of the observation that a claim opened."""
    return observation(of, observation_id=f"o-{of['time_period']}", vintage_no=number) | columns


def news(folder: Path) -> Path:
    """a1, a2 new; a3 edited; a4 read by other rules; a5 of the night before; the newest figures of a2, a3."""
    day = timedelta(days=1)
    claims = [
        claim("s1", value_text="hơn 1.300 ha", value=1300.0, approximation="over"),
        claim("s2", article_id="a2", period_start=date(2023, 1, 1), time_period="2023", value=900.0,
              value_text="900 ha", quote="Theo báo cáo sửa lại, rừng năm 2023 là 900 ha."),
        claim("s3", article_id="a2", indicator_code=None, indicator_name=f"cơ sở {SCRIPT}",
              value_text="12 cơ sở", value=12.0, unit_code="COUNT"),
        claim("s4", article_id="a3", time_period="2022", value=700.0, value_text="700 ha"),
        claim("s5", article_id="a5", time_period="2023", value=950.0, value_text="950 ha"),
        claim("s6", article_id="a4", value=5.0, value_text="5 ha"),
        claim("s7", article_id="a2", time_period="2020", value=111.0, value_text="111 ha"),
    ]  # fmt: skip
    by_id = {row["statement_id"]: row for row in claims}
    gone = claim("s9", article_id="a3", time_period="2021", value=600.0, value_text="600 ha")
    gone |= {"quote_start": 0, "quote_end": len(gone["quote"])}
    gone |= {"value_start": gone["quote"].index("600"), "value_end": gone["quote"].index("600") + 6}
    superseded = gone | {"article_version_id": "a3-first", "known_on": date(2026, 3, 1)}
    superseded = {k: v for k, v in superseded.items() if k != "source_url"} | {"superseded_on": NIGHT_ON}
    earlier = {"is_newest": False, "realtime_start": date(2026, 3, 1), "realtime_end": date(2026, 3, 8)}
    return published(
        folder,
        sources=[source(), source("hatranh", source_name=f"Báo Hạ Tranh {TURNED}")],
        articles=[
            article("a1", title=f"Bến Lau {SCRIPT}"),
            article("a2", url="javascript:alert(3)"),
            article("a3", version_count=2, title="Bài được sửa"),
            article("a4", title="Bài đọc lại theo quy tắc mới"),
            article("a5", title="Bài của đêm trước"),
            article("a6", title="Bài chỉ sửa tiêu đề"),
        ],
        claims=claims,
        dim_article_versions=[
            version("a1"),
            version("a2"),
            version("a3", fetched_at=NIGHT - day, first_seen_on=NIGHT_ON - day),
            version("a3", "edited", version_no=2),
            version("a4", "rule_changed", version_no=2),
            version("a5", fetched_at=NIGHT - day, first_seen_on=NIGHT_ON - day),
            version("a6", "details_changed", version_no=2),
        ],
        outcomes=[
            *[outcome(name) for name in ("a1", "a2", "a3", "a4", "a6")],
            outcome("a5", batch_id=BATCH_BEFORE, outcome_id="x5", fetched_at=NIGHT - day),
            *[
                outcome(f"b{n}", "failed", source_id="hatranh", reason="timeout", url=f"https://b.test/{n}")
                for n in range(3)
            ],
        ],
        fct_discovery_requests=[
            {"request_id": "q1", "batch_id": BATCH, "source_id": "hatranh", "document_kind": "feed",
             "outcome": "failed", "reason": "http_503", "http_status": 503, "requested_at": NIGHT},
            {"request_id": "q0", "batch_id": BATCH_BEFORE, "source_id": "hatranh", "document_kind": "feed",
             "outcome": "blocked", "reason": "http_403", "requested_at": NIGHT - day},
        ],
        nights=[
            portal_night(),
            portal_night("hatranh", discovered_count=3, loaded_count=0, unchanged_count=0, failed_count=3,
                         new_article_count=0),
            portal_night("hatranh", night_on=NIGHT_ON - day, discovered_count=1, loaded_count=1,
                         unchanged_count=0, new_article_count=1),
        ],
        gates=[
            gate("url_well_formed"),
            gate("portal_quiet", severity="warn", has_passed=False, failing_rows=3,
                 explanation=f"hatranh: {SCRIPT}"),
            gate("share_pct_plausible", gate="marts", failing_rows=2, explanation="s1: few"),
            gate("url_well_formed", run_id="r0", has_passed=False, failing_rows=7,
                 judged_at=datetime(2026, 3, 8, 22, tzinfo=UTC)),
        ],
        observations=[
            vintage(by_id["s5"], 1, article_ids="a5") | earlier,
            vintage(by_id["s2"], 2, opened_by="other_article", article_ids="a2"),
            vintage(by_id["s4"] | {"value": 650.0}, 1, article_ids="a3") | earlier,
            vintage(by_id["s4"], 2, opened_by="edited_article", realtime_start=NIGHT_ON, article_ids="a3"),
            vintage(gone, 1, article_ids="a3", is_withdrawn=True, realtime_end=date(2026, 3, 9)),
            # What a late article says of a time before the figure known now.
            vintage(by_id["s7"], 2, opened_by="other_article", article_ids="a2", is_newest=False),
            # Opened by an edit of another day.
            vintage(by_id["s1"], 1, article_ids="a3", opened_by="edited_article",
                    realtime_start=date(2026, 3, 2)),
            # Revised by an article of the night before.
            vintage(by_id["s6"], 2, article_ids="a5", opened_by="other_article"),
        ],
        fct_superseded_indicators=[superseded],
        meetings=[
            meeting("m1", topic=f"bàn trồng chè {SCRIPT}"),
            meeting("m2", topic="bàn chuyện cũ", article_count=2),
            meeting("m3", topic="của đêm trước"),
        ],
        meeting_articles=[
            {"meeting_id": "m1", "article_id": "a1"},
            {"meeting_id": "m2", "article_id": "a5"},
            {"meeting_id": "m2", "article_id": "a2", "joined_by": "subject", "joined_to_article_id": "a5"},
            {"meeting_id": "m3", "article_id": "a5"},
        ],
        participants=[
            participant("p2", quote="Ai dự họp: ông Lù Văn Pao.", role="attendee"),
            participant("p1", quote="Bà Lý Thị Mận chủ trì cuộc họp.", role="lead"),
        ],
    )  # fmt: skip


def meeting(meeting_id: str = "m1", **columns: Any) -> Row:
    """One row of fct_meetings, on 8 March 2026."""
    row: Row = {"meeting_id": meeting_id, "meeting_date": date(2026, 3, 8), "date_basis": "stated"}
    row |= {"meeting_kind": "meeting", "topic": "bàn trồng chè", "province_id": "10-2008"}
    return row | {"lead_name": "Lý Thị Mận", "article_count": 1} | columns


def participant(person_id: str = "p1", **columns: Any) -> Row:
    """One row of fct_meeting_participants."""
    row: Row = {"meeting_id": "m1", "person_id": person_id, "person_name": "Lý Thị Mận", "role": "attendee"}
    return row | {"quote": "Dự họp có nhiều người.", "article_id": "a1"} | columns
