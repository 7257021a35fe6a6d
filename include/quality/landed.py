"""What a landed batch must be like as a whole, before anything is read out of it.

Uniqueness within the marts, relationships and the offsets of quotes are dbt's; this gate judges what
came from outside tonight, and it judges it before extraction spends an hour on it.
"""

from __future__ import annotations

from typing import Final

from include.contract import DISCOVERY_OUTCOMES, OUTCOMES
from include.quality.suites import (
    Suite,
    code,
    identity,
    must_be_between,
    must_be_in,
    must_be_true,
    must_match,
)
from include.quality.waiting import PENDING, WITHDRAW

BATCHES: Final = Suite(
    name="batches",
    key="batch_id",
    query=f"""
        select
            {identity("b.batch_id")} as batch_id,
            count(*) over (partition by b.batch_id) as times_landed,
            b.discovered - coalesce(o.outcomes, 0) as unaccounted,
            coalesce(o.loaded, 0) - coalesce(v.versions, 0) as loaded_without_version
        from raw.batches as b
        left join (
            select batch_id, count(*) as outcomes, count(*) filter (outcome = 'loaded') as loaded
            from raw.article_outcomes group by batch_id
        ) as o on b.batch_id = o.batch_id
        left join (
            select batch_id, count(*) as versions from raw.article_versions group by batch_id
        ) as v on b.batch_id = v.batch_id
        where b.batch_id in {PENDING}
        order by b.batch_id
    """,  # noqa: S608 - built from constants only
    checks=(
        must_be_between(
            "batch_landed_once",
            "times_landed",
            1,
            1,
            "A batch stands in raw.batches more than once. Withdraw it.",
        ),
        must_be_between(
            "discovered_is_sum_of_outcomes",
            "unaccounted",
            0,
            0,
            f"URLs of the batch ended in no outcome, or in two. {WITHDRAW}",
        ),
        must_be_between(
            "loaded_has_its_version",
            "loaded_without_version",
            0,
            0,
            f"Outcomes `loaded` and article versions of the batch differ in number. {WITHDRAW}",
        ),
    ),
)

# Over all waiting batches together: a night without network must not hold up the nights after it.
ANSWERS: Final = Suite(
    name="answers",
    key="scope",
    query=f"""
        with attempts as (
            select batch_id, outcome from raw.discovery_requests
            union all
            select batch_id, outcome from raw.article_outcomes
        )
        select 'waiting_batches' as scope, count(*) filter (outcome <> 'failed') as answers
        from attempts
        where batch_id in {PENDING}
        having count(*) > 0
    """,  # noqa: S608 - built from constants only
    checks=(
        must_be_between(
            "some_portal_answered",
            "answers",
            1,
            None,
            "Not one request of the waiting batches got an answer. Look at the machine's network and name"
            " service, then run load_articles again.",
        ),
    ),
)

# Servers invent statuses (999 for crawlers); HTTP gives them three digits.
REQUESTS: Final = Suite(
    name="discovery_requests",
    key="request",
    query=f"""
        select
            {identity("batch_id || ':' || source_id")} as request,
            {code("outcome")} as outcome,
            http_status
        from raw.discovery_requests
        where batch_id in {PENDING}
        order by all
    """,  # noqa: S608 - built from constants only
    checks=(
        must_be_in(
            "request_outcome_listed",
            "outcome",
            DISCOVERY_OUTCOMES,
            "A discovery outcome outside contract.DISCOVERY_OUTCOMES. Mend the crawl.",
        ),
        must_be_between(
            "request_status_is_http",
            "http_status",
            100,
            999,
            "No HTTP status has that number. Mend the crawl.",
        ),
    ),
)

OUTCOME_ROWS: Final = Suite(
    name="article_outcomes",
    key="attempt",
    query=f"""
        select
            {identity("batch_id || ':' || article_id")} as attempt,
            {identity("article_id")} as article_id,
            {code("outcome")} as outcome,
            http_status,
            cast(regexp_full_match(url, 'https?://[^\\s<>"]{{3,}}') as integer) as is_url,
            cast(outcome not in ('failed', 'quarantined') or reason is not null as integer) as is_explained,
            cast(regexp_full_match(reason, '[a-z0-9_]{{1,64}}') as integer) as reason_is_code,
            cast(
                outcome not in ('loaded', 'unchanged', 'empty') or fetched_at is not null as integer
            ) as has_fetch_time
        from raw.article_outcomes
        where batch_id in {PENDING}
        order by all
    """,  # noqa: S608 - built from constants only
    checks=(
        must_be_in(
            "outcome_listed", "outcome", OUTCOMES, f"An outcome outside contract.OUTCOMES. {WITHDRAW}"
        ),
        must_match(
            "article_id_well_formed",
            "article_id",
            "[A-Za-z0-9_-]{8,64}",
            f"An article id must be a short hash of the canonical URL. {WITHDRAW}",
        ),
        must_be_true("url_well_formed", "is_url", f"Not an http(s) address, or one with spaces. {WITHDRAW}"),
        must_be_between(
            "status_is_http", "http_status", 100, 999, "No HTTP status has that number. Mend the crawl."
        ),
        must_be_true(
            "failure_has_reason",
            "is_explained",
            f"A page failed or was quarantined without a reason. {WITHDRAW}",
        ),
        must_be_true(
            "reason_is_code",
            "reason_is_code",
            f"A reason is a lower-case code; the words belong in detail. {WITHDRAW}",
        ),
        must_be_true(
            "answered_page_has_fetch_time",
            "has_fetch_time",
            f"A page that was read must say when; its URL would stay due for ever. {WITHDRAW}",
        ),
    ),
)
