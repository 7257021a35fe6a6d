"""What a landed batch must be like before anything is read out of it.

Uniqueness within the marts, relationships and the offsets of quotes are dbt's; this gate judges what
came from outside tonight, and it judges it before extraction spends an hour on it.
"""

from __future__ import annotations

from typing import Any, Final

from include.contract import DISCOVERY_OUTCOMES, OUTCOMES, PUBLISHED_BASES
from include.quality.suites import (
    Suite,
    code,
    identity,
    must_be_between,
    must_be_in,
    must_be_true,
    must_match,
)

PENDING: Final = (
    "(select batch_id from raw.batches where batch_id not in (select batch_id from ops.built_batches))"
)
WITHDRAW: Final = (
    "Mend the cleaner, then `python -m include.warehouse.withdraw <batch_id>` and run clean and land again."
)

# The shortest news items seen on portals are picture notes of one sentence; less is a fragment.
SHORTEST_BODY: Final = 20
# A whole law is about 200,000 code points; more is a listing or several pages run together.
LONGEST_BODY: Final = 500_000
# Vietnam went online in 1997; articles of the party press were digitised back to about 1990.
EARLIEST_YEAR: Final = 1990
# A portal's clock and ours may stand on two sides of midnight.
DAYS_AHEAD: Final = 1
# All but tab and line feed.
CONTROL_CHARACTERS: Final = r"[\x00-\x08\x0B-\x1F\x7F]"
MARKUP: Final = r"(?i)</?(script|style|div|span|p|br|table|iframe)\b[^<>]*>"
# What a page prints is not in our hands: of a hundred new versions one may be odd without a rule being
# broken. Below a hundred every one counts.
ONE_IN_A_HUNDRED: Final[dict[str, Any]] = {"tolerated_share": 0.01}
# Below this many articles a share says nothing.
ENOUGH_ARTICLES: Final = 20

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

VERSIONS: Final = Suite(
    name="article_versions",
    key="article_version_id",
    query=f"""
        with copies as (
            select article_version_id, count(*) as times_stored from raw.article_versions group by all
        )
        select
            {identity("v.article_version_id")} as article_version_id,
            c.times_stored,
            {identity("v.content_sha256")} as content_sha256,
            {identity("v.body_sha256")} as body_sha256,
            length(v.body) as body_length,
            cast(
                v.body = nfc_normalize(v.body) and coalesce(v.title = nfc_normalize(v.title), true) as integer
            ) as is_nfc,
            cast(not regexp_matches(v.body, '{CONTROL_CHARACTERS}') as integer) as is_clean_text,
            cast(not regexp_matches(v.body, '{MARKUP}') as integer) as is_free_of_markup,
            extract(year from v.published_on) as published_year,
            v.published_on - cast(timezone('Asia/Ho_Chi_Minh', v.fetched_at) as date) as days_after_fetch,
            {code("v.published_basis")} as published_basis,
            cast((v.published_on is null) = (v.published_basis = 'unknown') as integer) as basis_fits
        from raw.article_versions as v
        inner join copies as c on v.article_version_id = c.article_version_id
        where v.batch_id in {PENDING}
        order by all
    """,  # noqa: S608 - built from constants only
    checks=(
        must_be_between(
            "version_stored_once", "times_stored", 1, 1, f"Two article versions bear one id. {WITHDRAW}"
        ),
        must_match(
            "content_hash_well_formed", "content_sha256", "[0-9a-f]{64}", f"Not a SHA-256 in hex. {WITHDRAW}"
        ),
        must_match(
            "body_hash_well_formed", "body_sha256", "[0-9a-f]{64}", f"Not a SHA-256 in hex. {WITHDRAW}"
        ),
        must_be_between(
            "body_length_in_bounds",
            "body_length",
            SHORTEST_BODY,
            LONGEST_BODY,
            f"A body outside {SHORTEST_BODY} to {LONGEST_BODY} characters is not one article. {WITHDRAW}",
            **ONE_IN_A_HUNDRED,
        ),
        must_be_true(
            "text_is_nfc", "is_nfc", f"Title or body is not Unicode NFC: words would not be found. {WITHDRAW}"
        ),
        must_be_true(
            "body_without_control_characters",
            "is_clean_text",
            f"Control characters in bodies: the encoding was guessed wrong. {WITHDRAW}",
            tolerated_share=0.01,
            tolerated_rows=3,
        ),
        must_be_true(
            "body_without_markup",
            "is_free_of_markup",
            f"HTML tags in bodies: the family's rules no longer fit its pages. {WITHDRAW}",
            tolerated_share=0.01,
            tolerated_rows=3,
        ),
        must_be_between(
            "published_not_before_1990",
            "published_year",
            EARLIEST_YEAR,
            None,
            f"Published before {EARLIEST_YEAR}: an empty date field read as a date. {WITHDRAW}",
            **ONE_IN_A_HUNDRED,
        ),
        must_be_between(
            "published_not_after_fetch",
            "days_after_fetch",
            None,
            DAYS_AHEAD,
            f"Published after it was fetched: a date of something else on the page. {WITHDRAW}",
            **ONE_IN_A_HUNDRED,
        ),
        must_be_in(
            "published_basis_listed",
            "published_basis",
            PUBLISHED_BASES,
            f"A basis outside contract.PUBLISHED_BASES. {WITHDRAW}",
        ),
        must_be_true(
            "published_basis_fits",
            "basis_fits",
            f"A date without a basis, or a basis without a date. {WITHDRAW}",
        ),
    ),
)

# One row per portal with enough new articles to judge its shares.
PORTALS: Final = Suite(
    name="portals",
    key="source_id",
    query=f"""
        select
            {identity("source_id")} as source_id,
            count(distinct body_sha256) / count(*) as distinct_share
        from raw.article_versions
        where batch_id in {PENDING}
        group by source_id
        having count(*) >= {ENOUGH_ARTICLES}
        order by all
    """,  # noqa: S608 - built from constants only
    checks=(
        must_be_between(
            "bodies_differ",
            "distinct_share",
            0.5,
            None,
            f"Most new articles of a portal share one text: it is the frame of its pages. {WITHDRAW}",
        ),
    ),
)

TITLES: Final = Suite(
    name="titles",
    key="scope",
    query=f"""
        select 'waiting_batches' as scope, count(title) / count(*) as titled_share
        from raw.article_versions
        where batch_id in {PENDING}
        having count(*) >= {ENOUGH_ARTICLES}
    """,  # noqa: S608 - built from constants only
    checks=(
        must_be_between(
            "most_articles_have_titles",
            "titled_share",
            0.5,
            None,
            f"More than half of the new articles have no title: the headline rule is broken. {WITHDRAW}",
        ),
    ),
)

LANDED_SUITES: Final = (BATCHES, ANSWERS, REQUESTS, OUTCOME_ROWS, VERSIONS, PORTALS, TITLES)
