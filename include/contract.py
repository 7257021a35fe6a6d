"""Names and closed code lists of the published contract, shared by every room.

A value outside its list is a defect: the dbt tests and the gates read the same lists.
"""

from __future__ import annotations

from typing import Final

MARTS_SCHEMA: Final = "marts"
PUBLISHED_FILE: Final = "sotinh.duckdb"
SITE_FOLDER: Final = "site"
WAREHOUSE_FILE: Final = "warehouse.duckdb"
# Opens in DuckDB 1.2 and later, in duckdb-wasm and in lagging BI drivers, whichever engine wrote it.
STORAGE_VERSION: Final = "v1.2.0"

MARTS: Final = (
    "bridge_meeting_articles",
    "dim_article_versions",
    "dim_articles",
    "dim_dates",
    "dim_indicators",
    "dim_organizations",
    "dim_people",
    "dim_provinces",
    "dim_sources",
    "dim_topics",
    "dim_units",
    "fct_article_outcomes",
    "fct_consistency_checks",
    "fct_directives",
    "fct_discovery_requests",
    "fct_gate_results",
    "fct_indicator_observations",
    "fct_indicator_targets",
    "fct_indicators",
    "fct_meeting_participants",
    "fct_meetings",
    "fct_person_posts",
    "fct_pipeline_runs",
    "fct_portal_nights",
    "fct_province_freshness",
    "fct_province_rollups",
    "fct_superseded_indicators",
    "fct_unmapped_indicators",
)

# Beside the marts in the published file: views of them, and table macros.
VIEWS: Final = ("observations_as_known",)
MACROS: Final = ("observations_as_known_on",)

MEASURES: Final = (
    "level",
    "change_pct",
    "change_abs",
    "multiple",
    "share_pct",
    "plan_pct",
    "rank",
    "rank_change",
)
STATUSES: Final = ("actual", "estimate", "target")
APPROXIMATIONS: Final = ("exact", "over", "under", "about")
PERIOD_TYPES: Final = ("year", "half", "quarter", "month", "months", "day", "range", "instant", "unknown")
PUBLISHED_BASES: Final = ("metadata", "page", "text", "unknown")
DATE_BASES: Final = ("stated", "inferred", "unknown")
SESSIONS: Final = ("morning", "afternoon", "evening", "all_day")
MEETING_KINDS: Final = (
    "meeting",
    "working_session",
    "conference",
    "session",
    "seminar",
    "reception",
    "inspection",
    "ceremony",
    "dialogue",
    "congress",
)
# What joins two reports of one meeting, the strongest evidence first.
JOINED_BY: Final = (
    "same_sentence",
    "edition",
    "lead_and_subject",
    "subject_and_people",
    "lead_and_people",
    "subject",
    "topic_within_bounds",
    "lead_and_day",
)
ROLES: Final = ("lead", "host", "speaker", "attendee")
DIRECTIVE_KINDS: Final = ("order", "promise", "request")
UNIT_CODES: Final = (
    "VND", "USD", "CNY", "EUR", "PERCENT", "PERCENTAGE_POINT", "TIMES", "RANK", "SCORE", "RATIO",
    "HECTARE", "SQUARE_METRE", "SQUARE_KILOMETRE", "METRE", "KILOMETRE", "CUBIC_METRE", "LITRE",
    "KILOGRAM", "TONNE", "QUINTAL_PER_HECTARE", "KILOWATT_HOUR", "MEGAWATT", "PERSON", "HOUSEHOLD",
    "ENTERPRISE", "COOPERATIVE", "PROJECT", "PLAN", "ZONE", "COMMUNE", "VILLAGE", "SCHOOL", "DWELLING",
    "HEAD", "PRODUCT", "CASE", "CRITERION", "VEHICLE", "DOCUMENT", "COUNT",
)  # fmt: skip

# The one state in which each attempted URL of a batch ends:
# discovered = the sum over these, always.
OUTCOMES: Final = (
    "loaded",  # a new article, or a new version of a known one
    "unchanged",  # read again, same cleaned text (or the server answered 304)
    "blocked",  # the server refuses us: 401, 403, 429, a challenge or refusal page
    "not_allowed",  # robots.txt forbids it, or could not be had (RFC 9309: complete disallow)
    "empty",  # a page without an article in it
    "quarantined",  # too large, not HTML, or it broke the cleaner; bytes kept where there are any
    "failed",  # no usable answer: refused connection, time-out, 404, 5xx, redirect loop
)
# What opened a batch: the nightly crawl, old pages from outside, or archived pages cleaned again.
BATCH_KINDS: Final = ("crawl", "backfill", "replay")
# Outcomes that cleaning alone can give to archived bytes, so that a mended rule may give another one.
REPLAYABLE_OUTCOMES: Final = ("quarantined", "empty", "blocked")
# Reason of a `loaded` whose bytes had been an article before: the rules changed, the page did not.
RULE_CHANGED: Final = "rule_changed"
# What made a new version of an article: another body, other details of the same, or rules of ours.
VERSION_REASONS: Final = ("first", "edited", "details_changed", RULE_CHANGED)
# What opened a vintage of an observation.
OPENED_BY: Final = ("first_report", "other_article", "edited_article")
# How a document that only leads to articles (robots.txt, feed, sitemap, listing) was answered.
DISCOVERY_OUTCOMES: Final = ("read", "not_modified", "not_allowed", "blocked", "malformed", "failed")

# Stages that leave a row in the run ledger, in the order of a night; the last two are started by hand.
STAGES: Final = (
    "discover",
    "fetch",
    "clean",
    "land",
    "judge_landed",
    "build",
    "judge_marts",
    "publish",
    "export",
    "site",
    "backfill",
    "replay",
)
# refused: a verdict on what was given; failed: any other error; killed: found unfinished by a later run.
STAGE_OUTCOMES: Final = ("ok", "failed", "refused", "killed")
