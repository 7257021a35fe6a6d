"""A published file with something in every mart that a page shows, small and invented."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.site.samples import (
    NIGHT,
    Row,
    article,
    claim,
    observation,
    published,
    source,
    target,
    vocabulary,
    year,
)

TONIGHT = date(2026, 3, 10)
LAO_CAI, LAO_CAI_BEFORE, YEN_BAI_BEFORE, HA_NOI, DAK_LAK = (
    "15-2025",
    "10-2008",
    "15-2008",
    "01-2025",
    "66-2008",
)
PROVINCES = {LAO_CAI_BEFORE: 1200, YEN_BAI_BEFORE: 800, HA_NOI: 500, DAK_LAK: 2100, LAO_CAI: 2000}
GATES = ("url_well_formed", "body_present", "share_pct_plausible", "portal_quiet")


def rich(folder: Path, *, few: bool = False) -> Path:
    """Write the file and its manifest into `folder`, which is returned.

    few: with the provinces and indicators alone that something is told of, and one of each besides.
    """
    claims = [*forests(), *plans(), *uncoded()]
    return published(
        folder,
        **(few_words() if few else {}),
        sources=[source(), source("xavan", source_name="Cổng Xa Van", province_id=HA_NOI)],
        articles=articles(),
        claims=claims,
        observations=observations(claims),
        targets=targets(claims),
        **meetings(),
        **nights(),
        **quality(claims),
    )


def few_words() -> dict[str, list[Row]]:
    """The provinces and indicators alone that something is told of, and one of each besides."""
    codes = {"forest_area", "state_budget_revenue", "industrial_production_index", "grdp"}
    shown = {*PROVINCES, "00", "66-2025", "91-2025"}
    words = vocabulary()
    return {
        "dim_indicators": [row for row in words["dim_indicators"] if row["indicator_code"] in codes],
        "dim_provinces": [row for row in words["dim_provinces"] if row["province_id"] in shown],
    }


def forests() -> Iterable[Row]:
    """A forest area a province and year, told by one article a province; the last year as an estimate."""
    for number, (province, area) in enumerate(PROVINCES.items()):
        for at in range(2019, 2026):
            hectares = area + 37 * (at - 2019) + number
            yield claim(
                f"f{number}-{at}",
                article_id=f"a{number}",
                province_id=province,
                value=float(hectares),
                value_text=f"{hectares:,} ha".replace(",", "."),
                status="estimate" if at == 2025 else "actual",
                published_on=date(2025, 7 + number % 3, 1 + number),
                quote=f"Năm {at}, diện tích rừng của tỉnh ước tính được {hectares:,} ha.".replace(",", "."),
                **year(at),
            )


def plans() -> Iterable[Row]:
    """What Lào Cai wants and has of its budget, and how its production grew, in one sentence each."""
    told = {"article_id": "a9", "province_id": LAO_CAI, "published_on": date(2026, 3, 9)} | year(2026)
    revenue: Row = {
        "indicator_code": "state_budget_revenue",
        "indicator_name": "thu ngân sách",
        "unit_code": "VND",
    }
    quote = "Thu ngân sách hai tháng đạt 3.150 tỷ đồng, bằng 17,5% dự toán là 18.000 tỷ đồng."
    yield claim("p1", **told, **revenue, value=3.15e12, value_text="3.150 tỷ đồng", quote=quote)
    yield claim(
        "p2", **told, **revenue | {"unit_code": "PERCENT"}, value=17.5, value_text="17,5%", quote=quote,
        measure="plan_pct",
    )  # fmt: skip
    yield claim(
        "p3", **told, **revenue, value=1.8e13, value_text="18.000 tỷ đồng", quote=quote, status="target"
    )
    yield claim(
        "p4", **told, indicator_code="industrial_production_index", indicator_name="chỉ số sản xuất",
        measure="change_pct", unit_code="PERCENT", value=-3.2, value_text="giảm 3,2%", approximation="about",
        quote="Chỉ số sản xuất công nghiệp giảm 3,2% so với cùng kỳ.",
    )  # fmt: skip


def uncoded() -> Iterable[Row]:
    """A number of something that the vocabulary has no name for."""
    yield claim(
        "u1", article_id="a9", province_id=LAO_CAI, indicator_code=None, indicator_name="bến thuyền",
        unit_code="COUNT", value=14.0, value_text="14 bến thuyền", published_on=date(2026, 3, 9),
        period_type="unknown", time_period=None, period_start=None, period_end=None,
    )  # fmt: skip


def articles() -> list[Row]:
    """The newest article of tonight, one without a day and headline, one with a text told before."""
    return [
        article("a9", title="Lào Cai thu ngân sách khá", published_on=date(2026, 3, 9)),
        article("a8", title=None, published_on=None, published_basis="unknown", source_id="xavan"),
        article("a7", title="Họp bàn việc giữ rừng", same_text_as="a8", version_count=2),
    ]


def observations(claims: Iterable[Row]) -> list[Row]:
    """Of every claim with a code, the first of them said otherwise before."""
    coded = [row for row in claims if row["indicator_code"] is not None]
    first = coded[0] | {"value": 1111.0}
    known = {"vintage_no": 1, "realtime_end": date(2025, 6, 30), "is_newest": False}
    before = observation(first, **known, realtime_start=date(2025, 2, 1), newest_value=coded[0]["value"])
    after = observation(coded[0], vintage_no=2, opened_by="other_article", realtime_start=date(2025, 7, 1))
    return [before, after, *(observation(row) for row in coded[1:])]


def targets(claims: Iterable[Row]) -> list[Row]:
    """The plan of the budget, with what is known of it so far."""
    (plan,) = (row for row in claims if row["status"] == "target")
    result: Row = {"result_statement_id": "p1", "result_status": "actual", "result_value": 3.15e12}
    result |= {"result_period_end": date(2026, 2, 28), "is_whole_period": False, "is_met": False}
    result |= {"attainment_pct": 17.5, "printed_attainment_pct": 17.5, "remaining_value": 1.485e13}
    return [target(plan, **result)]


def meetings() -> dict[str, list[Row]]:
    """Two meetings in two months: who was there, what they were told to do by when."""
    quote = "Sáng 9/3, bà Đặng Thị Mơ, Phó Chủ tịch UBND tỉnh Lào Cai, chủ trì cuộc họp về giữ rừng."
    task = "Bà Mơ yêu cầu Sở Xây dựng rà soát các bến thuyền trước ngày 1/4/2026."
    shared: Row = {"date_basis": "stated", "meeting_kind": "conference", "province_id": LAO_CAI}
    shared |= {"province_code": "15", "article_count": 1, "lead_name": "Đặng Thị Mơ"}
    person: Row = {"person_id": "n1", "person_name": "Đặng Thị Mơ"}
    post: Row = {"post": "Phó Chủ tịch", "organization_id": "o1", "is_former": False, "meeting_count": 2}
    post |= {"organization_name": "Ủy ban nhân dân tỉnh Lào Cai", "province_id": LAO_CAI}
    post |= {"first_article_id": "a7", "first_quote": quote, "last_article_id": "a7", "last_quote": quote}
    directive: Row = {"meeting_id": "m1", "article_id": "a7", "issued_by": "Đặng Thị Mơ", "quote": task}
    directive |= {"assigned_to": "Sở Xây dựng", "action": "rà soát các bến thuyền", "directive_kind": "order"}
    return {
        "meetings": [
            shared | {"meeting_id": "m1", "meeting_date": date(2026, 3, 9), "topic": "giữ rừng",
                      "host_organization": "UBND tỉnh", "conclusion": task, "conclusion_article_id": "a7"},
            shared | {"meeting_id": "m2", "meeting_date": date(2026, 2, 3), "topic": "thu ngân sách"},
            shared | {"meeting_id": "m3", "meeting_date": None, "date_basis": "unknown", "lead_name": None},
        ],
        "meeting_articles": [
            {"meeting_id": "m1", "article_id": "a7"},
            {"meeting_id": "m2", "article_id": "a9"},
            {"meeting_id": "m3", "article_id": "a8"},
        ],
        "people": [
            person | {"latest_title": "Phó Chủ tịch UBND tỉnh", "province_id": LAO_CAI, "meeting_count": 2,
                      "first_met_on": date(2026, 2, 3), "last_met_on": date(2026, 3, 9)},
        ],
        "participants": [
            person | {"meeting_id": meeting, "person_title": "Phó Chủ tịch UBND tỉnh", "role": "lead",
                      "organization": "UBND tỉnh", "quote": quote, "article_id": "a7"}
            for meeting in ("m1", "m2")
        ],
        "dim_organizations": [
            {"organization_id": "o1", "organization_name": "Ủy ban nhân dân tỉnh Lào Cai",
             "province_id": LAO_CAI, "meeting_count": 2, "participant_count": 1},
        ],
        "posts": [person | post | {"person_post_id": "pp1", "first_seen_on": date(2026, 2, 3),
                                   "last_seen_on": date(2026, 3, 9)}],
        "directives": [
            directive | {"directive_id": "d1", "deadline_on": date(2026, 4, 1), "deadline_text": "trước 1/4"},
            directive | {"directive_id": "d2", "deadline_on": date(2026, 2, 1), "deadline_text": "trước 1/2"},
            directive | {"directive_id": "d3", "directive_kind": "promise"},
        ],
    }  # fmt: skip


def nights() -> dict[str, list[Row]]:
    """Three nights of two portals, of which one failed tonight."""
    counts: dict[str, Any] = {
        "batch_count": 1,
        "request_count": 3,
        "discovered_count": 12,
        "nights_before": 2,
    }
    rows: list[Row] = [
        counts | {"source_id": portal, "night_on": TONIGHT - timedelta(days=ago), "loaded_count": 4,
                  "unchanged_count": 8, "new_article_count": 4, "claims_per_article": 3.5}
        for portal in ("benlau", "xavan")
        for ago in (2, 1, 0)
    ]  # fmt: skip
    rows[-1] |= {"loaded_count": 0, "unchanged_count": 0, "failed_count": 12, "new_article_count": 0,
                 "claims_per_article": None}  # fmt: skip
    attempt: Row = {"batch_id": "crawl-20260310", "fetched_at": NIGHT, "http_status": 200}
    failed = attempt | {"source_id": "xavan", "outcome": "failed", "reason": "timeout", "http_status": None}
    return {
        "nights": rows,
        "outcomes": [
            attempt | {"outcome_id": f"t{n}", "source_id": "benlau", "article_id": f"a{7 + n}",
                       "url": f"https://benlau.example/a{7 + n}", "outcome": "loaded"}
            for n in range(3)
        ]
        + [failed | {"outcome_id": "t9", "article_id": "a8", "url": "https://xavan.example/a8",
                     "detail": "no answer in 30 s"}],
        "fct_discovery_requests": [
            {"request_id": "q1", "batch_id": "crawl-20260310", "source_id": "xavan", "document_kind": "feed",
             "url": "https://xavan.example/rss", "outcome": "failed", "reason": "timeout",
             "requested_at": NIGHT},
        ],
        "freshness": [
            {"province_id": province, "as_of": TONIGHT, "portal_count": 1, "days_since_published": ago,
             "newest_published_on": TONIGHT - timedelta(days=ago), "newest_claim_on": TONIGHT,
             "newest_fetched_at": NIGHT, "night_count": 3, "recent_article_count": 8}
            for province, ago in ((LAO_CAI, 1), (HA_NOI, 40))
        ]
        + [{"province_id": "66-2025", "as_of": TONIGHT}],
    }  # fmt: skip


def quality(claims: list[Row]) -> dict[str, list[Row]]:
    """Gates of two runs, one check of figures that fails, names without a code, stages that ran."""
    failed = ((0, 0), (1, 3))
    level, percent, plan = (row for row in claims if row["statement_id"] in ("p1", "p2", "p3"))
    check: Row = {"scope": "within_article", "subject_kind": "claim", "subject_id": "p1", "article_id": "a9"}
    check |= {"other_article_id": "a9", "statement_id": "p1", "other_statement_id": "p2"}
    check |= {"basis_statement_id": "p3", "tolerance": 0.1, "quote": level["quote"]}
    check |= {"other_quote": percent["quote"], "basis_quote": plan["quote"], "check_kind": "plan_attainment"}
    return {
        "checks": [
            check | {"check_id": "c1", "expected_value": 17.5, "printed_value": 17.5, "is_consistent": True},
            check | {"check_id": "c2", "expected_value": 17.5, "printed_value": 71.5, "is_consistent": False},
        ],
        "unmapped": [
            {"rank_no": 1, "name_folded": "ben thuyen", "indicator_name": "bến thuyền", "claim_count": 1,
             "article_count": 1, "source_count": 1, "province_count": 1, "unit_code": "COUNT",
             "first_published_on": TONIGHT, "last_published_on": TONIGHT, "statement_id": "u1",
             "quote": claims[-1]["quote"], "source_url": claims[-1]["source_url"]},
        ],
        "gates": [
            {"run_id": f"r{run}", "gate": "marts" if n > 1 else "landed", "check_name": name,
             "severity": "warn" if name == "portal_quiet" else "stop", "has_passed": (run, n) not in failed,
             "failing_rows": int((run, n) in failed),
             "explanation": "xavan: 0 bài" if (run, n) == (1, 3) else None,
             "judged_at": NIGHT - timedelta(days=1 - run)}
            for run in range(2)
            for n, name in enumerate(GATES)
        ],
        "runs": [
            {"stage_run_id": f"s{n}", "stage": stage, "stage_outcome": "ok", "run_id": "r1", "try_number": 1,
             "started_at": NIGHT + timedelta(minutes=n), "finished_at": NIGHT + timedelta(minutes=n + 1),
             "seconds": 60.0, "items_in": 12, "items_out": 4}
            for n, stage in enumerate(("discover", "fetch", "clean", "land", "build", "judge_marts"))
        ],
    }  # fmt: skip
