"""Mutations of what lands: a crawl, a decoder, a cleaner or the landing itself gone wrong."""

from __future__ import annotations

import unicodedata
from typing import Final

from tests.quality.mutations.base import LAST_BATCH
from tests.quality.mutations.mutation import Mutation

WAITING: Final = f"batch_id = '{LAST_BATCH}'"
TWO_PORTALS: Final = f"{WAITING} and source_id in ('bao-bien-dong', 'bao-song-lam')"
ONE_PORTAL: Final = f"{WAITING} and source_id = 'bao-song-lam'"
ONE_ARTICLE: Final = (
    f"article_version_id = (select min(article_version_id) from raw.article_versions where {ONE_PORTAL})"
)
TEASER: Final = "Mời bạn đọc xem thêm các tin nổi bật trong ngày tại chuyên mục Thời sự của báo chúng tôi."
DECOMPOSED: Final = unicodedata.normalize("NFD", "Tỉnh có thêm năm nhà máy chế biến chè xuất khẩu.")
# UTF-8 read as Windows-1252, letter by letter.
GARBLED: Final = (("ế", "áº¿"), ("ộ", "á»™"), ("đ", "Ä‘"), ("ư", "Æ°"), ("á", "Ã¡"), ("ệ", "á»‡"))


def versions(change: str, where: str = WAITING) -> str:
    return f"update raw.article_versions set {change} where {where}"


def bodies(body: str, where: str = WAITING) -> str:
    """A rule that makes other bodies, whose hashes are then of those."""
    return f"{versions(f'body = {body}', where)}; {versions('body_sha256 = sha256(body)', where)}"


def _garbled() -> str:
    body = "body"
    for letter, seen in GARBLED:
        body = f"replace({body}, '{letter}', '{seen}')"
    return bodies(body, TWO_PORTALS)


SWAPPED: Final = "published_on = make_date(year(published_on), day(published_on), month(published_on))"

LANDED_MUTATIONS: Final = (
    Mutation(
        "day and month swapped",
        "The date parser reads 4/11 as 11 April on the pages of two portals.",
        "most_portals_keep_recent_dates",
        versions(SWAPPED, TWO_PORTALS),
    ),
    Mutation(
        "day and month swapped at one portal",
        "One portal's new template prints month first.",
        "portal_keeps_recent_dates",
        versions(SWAPPED, ONE_PORTAL),
    ),
    Mutation(
        "date beside the address's",
        "The date of a related story is read, while the address bears the day.",
        "published_on_fits_address",
        versions("published_on = published_on - 20", f"{WAITING} and source_id = 'bao-dai-ngan'"),
    ),
    Mutation(
        "date in the future",
        "The date of an announced event is read as the day of publication.",
        "published_not_after_fetch",
        versions("published_on = date '2026-12-24'", ONE_PORTAL),
    ),
    Mutation(
        "date of an empty field",
        "A missing date is stored as the beginning of computers' time.",
        "published_not_before_1990",
        versions("published_on = date '1970-01-01'", ONE_PORTAL),
    ),
    Mutation(
        "dates lost",
        "Two families' date elements were renamed; the rule finds none.",
        "most_portals_keep_dates",
        versions("published_on = null, published_basis = 'unknown'", TWO_PORTALS),
    ),
    Mutation(
        "date without its basis",
        "A day is stored and the place that it was read from is not.",
        "published_basis_fits",
        versions("published_basis = 'unknown'", ONE_ARTICLE),
    ),
    Mutation(
        "diacritics lost",
        "A transliterating step runs over the bodies.",
        "body_bears_diacritics",
        bodies("replace(replace(strip_accents(body), 'đ', 'd'), 'Đ', 'D')", TWO_PORTALS),
    ),
    Mutation(
        "encoding guessed wrong",
        "UTF-8 pages are decoded as Windows-1252.",
        "body_is_decoded",
        _garbled(),
    ),
    Mutation(
        "letters replaced",
        "A decoder puts U+FFFD where it cannot read.",
        "body_is_decoded",
        bodies("replace(body, 'ế', chr(65533))", TWO_PORTALS),
    ),
    Mutation(
        "text in NFD",
        "Bodies of a portal that writes decomposed Unicode are not composed.",
        "text_is_nfc",
        bodies(f"body || chr(10) || '{DECOMPOSED}'", ONE_ARTICLE),
    ),
    Mutation(
        "control characters",
        "Bytes of a broken download stay in the text.",
        "body_without_control_characters",
        bodies("body || chr(7)", TWO_PORTALS),
    ),
    Mutation(
        "markup left",
        "A tag that the template escapes twice stays in the text.",
        "body_without_markup",
        bodies("'<p class=\"sapo\">' || body || '</p>'", TWO_PORTALS),
    ),
    Mutation(
        "teaser leaked",
        "A box of related stories lies inside the element that is taken for the story.",
        "no_paragraph_in_most_articles",
        bodies(f"body || chr(10) || '{TEASER}'", ONE_PORTAL),
    ),
    Mutation(
        "teaser leaked into some",
        "The box stands on the pages of one rubric only.",
        "paragraphs_differ",
        bodies(
            f"body || chr(10) || '{TEASER}'",
            f"article_version_id in (select article_version_id from raw.article_versions where {ONE_PORTAL}"
            " order by 1 limit 3)",
        ),
    ),
    Mutation(
        "frame taken for the story",
        "The largest element of every page is the portal's own notice.",
        "bodies_differ",
        bodies(f"'{TEASER}'", ONE_PORTAL),
    ),
    Mutation(
        "body doubled",
        "The story's element and the one around it are both read.",
        "body_is_told_once",
        bodies("body || chr(10) || body", TWO_PORTALS),
    ),
    Mutation(
        "bodies cut short",
        "Only the lead is taken for the story at two portals.",
        "most_portals_keep_body_length",
        bodies("left(body, 150)", TWO_PORTALS),
    ),
    Mutation(
        "byline in the body",
        "The author line is read as the last paragraph, too.",
        "body_without_byline",
        versions("byline = 'Hạnh Vi'", TWO_PORTALS)
        + ";"
        + bodies("body || chr(10) || 'Hạnh Vi'", TWO_PORTALS),
    ),
    Mutation(
        "title with the site's name",
        "The headline is taken from the page's title element, as it stands.",
        "titles_end_differently",
        versions("title = title || ' | Báo Sông Lam'", ONE_PORTAL),
    ),
    Mutation(
        "titles lost",
        "The headline's element was renamed at two portals.",
        "most_portals_keep_titles",
        versions("title = null", TWO_PORTALS),
    ),
    Mutation(
        "portal silent",
        "A portal's feed and listing moved: the old addresses answer with nothing new.",
        "portal_is_not_silent",
        f"""
        delete from raw.article_versions where {ONE_PORTAL};
        delete from raw.article_outcomes where {ONE_PORTAL};
        update raw.batches set discovered = (select count(*) from raw.article_outcomes where {WAITING})
        where {WAITING}
        """,
    ),
    Mutation(
        "outcome lost",
        "A URL was attempted and its outcome never written.",
        "discovered_is_sum_of_outcomes",
        f"delete from raw.article_outcomes where {WAITING} and outcome = 'failed'",
    ),
    Mutation(
        "failure without a reason",
        "A new kind of failure is caught without saying which.",
        "failure_has_reason",
        f"update raw.article_outcomes set reason = null where {WAITING} and outcome = 'failed'",
    ),
    Mutation(
        "batch landed twice",
        "A kill between commit and marker is answered by landing the batch again.",
        "batch_landed_once",
        "".join(
            f"insert into raw.{table} select * from raw.{table} where {WAITING};"
            for table in ("batches", "article_outcomes", "article_versions", "sources", "discovery_requests")
        ),
    ),
    Mutation(
        "version stored twice",
        "A new version takes the number of the one before.",
        "version_stored_once",
        f"insert into raw.article_versions select * from raw.article_versions where {ONE_ARTICLE}",
    ),
    Mutation(
        "loaded without its text",
        "An outcome says loaded and the version is missing.",
        "loaded_has_its_version",
        f"delete from raw.article_versions where {ONE_ARTICLE}",
    ),
    Mutation(
        "hash of another text",
        "The body is changed after its hash was taken.",
        "body_hash_is_of_body",
        versions("body = body || ' Hết.'", ONE_ARTICLE),
    ),
    Mutation(
        "hash of another form",
        "The hash is stored in base 64.",
        "content_hash_well_formed",
        versions("content_sha256 = to_base64(unhex(content_sha256))", ONE_ARTICLE),
    ),
    Mutation(
        "no network",
        "The machine's name service is down for a night.",
        "some_portal_answered",
        f"""
        update raw.article_outcomes set outcome = 'failed', reason = 'unknown_host' where {WAITING};
        update raw.discovery_requests set outcome = 'failed', reason = 'unknown_host' where {WAITING};
        delete from raw.article_versions where {WAITING}
        """,
    ),
)
