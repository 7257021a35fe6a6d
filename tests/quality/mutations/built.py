"""Mutations of what is built: extraction, a model or a vocabulary gone wrong, and lost rows."""

from __future__ import annotations

from typing import Final

from tests.quality.mutations.guards import AUDIT, CONTRACT
from tests.quality.mutations.mutation import Mutation

CLAIMS: Final = "marts.fct_indicators"


def claims(change: str, where: str) -> str:
    return f"update {CLAIMS} set {change} where {where}"


def one(condition: str) -> str:
    """The first claim for which the condition holds."""
    return f"statement_id = (select min(statement_id) from {CLAIMS} where {condition})"


MONEY: Final = "unit_code = 'VND' and value_text like '%tỷ đồng'"

CLAIM_MUTATIONS: Final = (
    Mutation(
        "one value × 1000",
        'A number is read twice with its "nghìn".',
        "values_agree_with_text",
        claims("value = value * 1000", one(MONEY)),
    ),
    Mutation(
        "values × 1000",
        'The word "triệu" is read as a billion.',
        "most_values_agree_with_text",
        claims("value = value * 1000", "value_text like '%triệu%'"),
    ),
    Mutation(
        "magnitude lost",
        'The word "tỷ" is not read any more.',
        "most_values_agree_with_text",
        claims("value = value / 1e9", MONEY),
    ),
    Mutation(
        "digit lost",
        "A rule for spaces in numbers cuts the last digit.",
        "values_agree_with_text",
        claims("value = floor(value / 10)", one("measure = 'level' and unit_code = 'HECTARE'")),
    ),
    Mutation(
        "unit swapped",
        "Dollars are kept as đồng.",
        "most_units_agree_with_text",
        claims("unit_code = 'VND'", "unit_code = 'USD'"),
    ),
    Mutation(
        "sign lost",
        'A fall ("giảm 4,5%") is kept as a growth.',
        "most_signs_agree_with_text",
        claims("value = abs(value)", "measure = 'change_pct' and value < 0"),
    ),
    Mutation(
        "value not a number",
        "A division by nothing in a model.",
        "value_is_finite",
        claims("value = 'nan'", one("true")),
    ),
    Mutation(
        "share above its whole",
        "Percentages of plans are kept as parts of a whole.",
        "share_pct_plausible",
        claims("measure = 'share_pct', value = value + 100", "measure = 'plan_pct'"),
    ),
    Mutation(
        "claim without a quote",
        "A reading without its sentence is let through.",
        CONTRACT,
        claims("quote = null", one("true")),
    ),
    Mutation(
        "claim with an empty quote",
        "A sentence is cut at both ends until nothing is left.",
        "quote_is_verbatim on fct_indicators",
        claims("quote = '', quote_end = quote_start", one("true")),
    ),
    Mutation(
        "quote of another sentence",
        "Quotes are cut from the text before tidying.",
        "quote_is_verbatim on fct_indicators",
        claims("quote = replace(quote, ' đạt ', '  đạt ')", one("quote like '% đạt %'")),
    ),
    Mutation(
        "offset one off",
        "Offsets count from one instead of from nothing.",
        "value_is_inside_quote on fct_indicators",
        claims("value_start = value_start + 1, value_end = value_end + 1", one("true")),
    ),
    Mutation(
        "quote's offsets broken",
        "Offsets count bytes instead of code points.",
        "quote_is_verbatim on fct_indicators",
        claims("quote_start = quote_start + 9, quote_end = quote_end + 9", one("quote_start > 0")),
    ),
    Mutation(
        "wrong province after the merger",
        "A name is taken for the province that bore it before 1 July 2025.",
        "province_is_in_force on fct_indicators",
        claims("province_id = '40-2008'", "province_id = '40-2025'"),
    ),
    Mutation(
        "portal left in a former province",
        "A portal speaks on for the province that its own became part of.",
        "province_is_in_force on int_articles_placed",
        "update intermediate.int_versions_placed set province_id = '26-2008'"
        " where province_id = '25-2025' and vintage_on > date '2026-01-01'",
    ),
    Mutation(
        "period ends before it begins",
        "A period over the turn of the year takes one year for both ends.",
        "range_is_ordered on fct_indicators",
        claims("period_start = period_end, period_end = period_start", one("period_end > period_start")),
    ),
    Mutation(
        "period without its type",
        "A new kind of period is resolved and its type is not kept.",
        "period_matches_type on fct_indicators",
        claims("period_type = 'unknown'", one("period_start is not null")),
    ),
    Mutation(
        "status outside the list",
        "Forecasts are kept under a word of their own.",
        "accepted_values on fct_indicators.status",
        claims("status = 'forecast'", one("status = 'target'")),
    ),
    Mutation(
        "results of years ahead",
        "A plan's figures are kept as results.",
        "actual_not_in_future",
        claims("period_start = date '2030-01-01', period_end = date '2030-12-31'", "status = 'actual'"),
    ),
    Mutation(
        "claim of no article",
        "An article is taken out and its claims stay.",
        "relationships on fct_indicators.article_id",
        claims("article_id = 'a0000000000000000'", one("true")),
    ),
    Mutation(
        "claim twice",
        "A join with the provinces doubles rows.",
        "is_primary_key on fct_indicators",
        f"insert into {CLAIMS} from {CLAIMS} where {one('true')}",
    ),
    Mutation(
        "alias seed empty",
        "The vocabulary's file of names is lost in an edit: no claim has a code.",
        "claims_with_indicator_code",
        claims("indicator_code = null", "true"),
    ),
    Mutation(
        "codes lost at two portals",
        "Names are cut wrong where a family's templates set them in capitals.",
        "most_portals_keep_codes",
        "update marts.fct_portal_nights set mapped_claim_share = 0.1"
        " where night_on = date '2026-11-05' and source_id in ('bao-bien-dong', 'bao-song-lam')",
    ),
    Mutation(
        "claims lost at two portals",
        "Sentences end nowhere where a family's templates leave out the full stops.",
        "most_portals_keep_claims",
        "update marts.fct_portal_nights set claims_per_article = 0.5"
        " where night_on = date '2026-11-05' and source_id in ('bao-bien-dong', 'bao-song-lam')",
    ),
    Mutation(
        "extraction broken",
        "A rule raises on every tenth article.",
        "articles_are_read",
        "insert into intermediate.int_extraction_failures (article_id, reason)"
        " select article_id, 'extraction_error' from marts.dim_articles order by 1 limit 12",
    ),
)

MEETING_MUTATIONS: Final = (
    Mutation(
        "lead not among the participants",
        "The chair's name is read by another rule than the people's.",
        "lead_is_participant on fct_meetings",
        "update marts.fct_meetings set lead_name = 'Đồng chí Bí thư'"
        " where meeting_id = (select min(meeting_id) from marts.fct_meetings where lead_name is not null)",
    ),
    Mutation(
        "person twice at a meeting",
        "Two spellings of a name are one person and two rows.",
        "is_primary_key on fct_meeting_participants",
        "insert into marts.fct_meeting_participants select * replace ('attendee' as role)"
        " from marts.fct_meeting_participants limit 1",
    ),
    Mutation(
        "deadline lost",
        'The day in "trước ngày 23/12/2026" is not read any more.',
        "deadline_is_dated on fct_directives",
        "update marts.fct_directives set deadline_on = null where deadline_text like '%/2026'",
    ),
    Mutation(
        "deadline's day and month swapped",
        "Deadlines are parsed month first.",
        "deadline_is_dated on fct_directives",
        "update marts.fct_directives set deadline_on = date '2026-11-10'"
        " where directive_id = (select min(directive_id) from marts.fct_directives"
        " where deadline_text like '%/12/2026')",
    ),
    Mutation(
        "meetings after their reports",
        "The year of a meeting is filled in from the wrong side.",
        "meeting_not_after_report",
        "update marts.fct_meetings set meeting_date = meeting_date + 365, meeting_end_date = null",
    ),
    Mutation(
        "meeting without a report",
        "Reports are joined and the bridge keeps the old keys.",
        "relationships on bridge_meeting_articles.meeting_id",
        "update marts.bridge_meeting_articles set meeting_id = md5(meeting_id)",
    ),
    Mutation(
        "task's quote altered",
        "Spaces are tidied in the quote and not in the body.",
        "quote_is_verbatim on fct_directives",
        "update marts.fct_directives set quote = trim(quote, '.')"
        " where directive_id = (select min(directive_id) from marts.fct_directives where quote like '%.')",
    ),
)

RELEASE_MUTATIONS: Final = (
    Mutation(
        "vintages overlap",
        "A new figure begins and the old one does not end.",
        "vintages_follow_each_other on fct_indicator_observations",
        "update marts.fct_indicator_observations set is_newest = not is_newest"
        " where observation_id = (select min(observation_id) from marts.fct_indicator_observations)",
    ),
    Mutation(
        "numbers that do not fit",
        "Wholes and parts are paired across sentences.",
        "most_numbers_fit_each_other",
        "insert into marts.fct_consistency_checks select c.* replace"
        " (md5(c.check_id || n) as check_id, false as is_consistent)"
        " from marts.fct_consistency_checks as c, range(20) as t (n) where c.check_kind = 'plan_attainment'",
    ),
    Mutation(
        "article duplicated",
        "A join in the article's model doubles rows.",
        "is_primary_key on dim_articles",
        "insert into marts.dim_articles select * from marts.dim_articles limit 1",
    ),
    Mutation(
        "articles lost on the way",
        "A join with the portals drops those of a portal that was renamed.",
        "landed_rows_all_arrive",
        "delete from marts.dim_articles where source_id = 'bao-bien-dong'",
    ),
    Mutation(
        "attempts lost on the way",
        "Failures are filtered out of the mart of outcomes.",
        "outcomes_add_up on fct_article_outcomes",
        "delete from marts.fct_article_outcomes where outcome = 'failed'",
    ),
    Mutation(
        "nights of another count",
        "Backfilled pages are counted as a night's.",
        "nights_hold_every_attempt on fct_portal_nights",
        "update marts.fct_portal_nights set discovered_count = discovered_count + 40"
        " where night_on = date '2026-11-05'",
    ),
    Mutation(
        "province without news",
        "A province's portals are crawled and bring nothing that is new.",
        "province_is_fresh",
        "update marts.fct_province_freshness set newest_published_on = as_of - 20, days_since_published = 20"
        " where province_id = '40-2025'",
    ),
    Mutation(
        "mart shrunk by half",
        "An incremental model forgets what it had.",
        "not_half_of_published",
        "delete from marts.fct_meeting_participants where meeting_id[1] >= '7'",
    ),
    Mutation(
        "mart emptied",
        "A filter that nothing passes.",
        "not_half_of_published",
        "delete from marts.fct_person_posts",
    ),
    Mutation(
        "mart never built",
        "A model is renamed and the contract is not.",
        AUDIT,
        "drop table marts.dim_units",
    ),
    Mutation(
        "view in place of a table",
        "A mart is published as a view that only the warehouse can answer.",
        AUDIT,
        "alter table marts.dim_units rename to kept; create view marts.dim_units as select * from marts.kept",
        at="published",
    ),
    Mutation(
        "rows lost in the copy",
        "The disk is full while the file for readers is written.",
        AUDIT,
        "delete from marts.fct_indicators where value_start % 2 = 0",
        at="published",
    ),
)

BUILT_MUTATIONS: Final = (*CLAIM_MUTATIONS, *MEETING_MUTATIONS, *RELEASE_MUTATIONS)
