"""What the meetings in the built marts must be like before anybody sees them."""

from __future__ import annotations

from typing import Final

from include.quality.claims import A_FEW, MEND_RULE
from include.quality.suites import Suite, identity, must_be_between
from include.quality.waiting import WAITING_ARTICLES

MEETINGS: Final = Suite(
    name="meetings",
    key="meeting_id",
    query=f"""
        select
            {identity("m.meeting_id")} as meeting_id,
            m.meeting_date - max(a.published_on) as days_after_report,
            extract(year from m.meeting_date) as meeting_year,
            length(m.topic) as topic_length,
            length(m.lead_name) as lead_length
        from marts.fct_meetings as m
        left join marts.bridge_meeting_articles as b on m.meeting_id = b.meeting_id
        left join marts.dim_articles as a on b.article_id = a.article_id
        where
            m.meeting_id in (
                select meeting_id from marts.bridge_meeting_articles where article_id in {WAITING_ARTICLES}
            )
        group by m.meeting_id, m.meeting_date, m.topic, m.lead_name
        order by m.meeting_id
    """,  # noqa: S608 - built from constants only
    checks=(
        must_be_between(
            "meeting_not_after_report",
            "days_after_report",
            None,
            0,
            f"Meetings dated after their reports: the year or day is filled in wrong. {MEND_RULE}",
            # Portals also announce meetings; a few of them are reported as held.
            tolerated_share=0.1,
            tolerated_rows=5,
        ),
        must_be_between(
            "meeting_year_plausible",
            "meeting_year",
            1945,
            2100,
            f"No meeting of this century. {MEND_RULE}",
            **A_FEW,
        ),
        must_be_between(
            "topic_length_in_bounds", "topic_length", 1, 1_000, f"A topic is a phrase. {MEND_RULE}", **A_FEW
        ),
        must_be_between(
            "lead_name_length_in_bounds",
            "lead_length",
            2,
            60,
            f"A person's name is two to six words; these swallow a title or a clause. {MEND_RULE}",
            **A_FEW,
        ),
    ),
)
