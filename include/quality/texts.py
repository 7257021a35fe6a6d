"""What the text of each landed article must be like."""

from __future__ import annotations

from typing import Any, Final

from include.contract import PUBLISHED_BASES
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
# Vietnamese prose has 18 to 33 % of letters outside A to Z (71 sample and saved pages); typed without its
# marks, or in another language of Latin letters, next to none. Short texts say nothing.
FEWEST_MARKED: Final = 0.1
LETTERS_NEEDED: Final = 200
# U+FFFD is what a decoder puts in place of what it cannot read; the rest is UTF-8 read as Windows-1252:
# "ế" as "áº¿", "đ" as "Ä‘". Once or twice may be a quotation; three times is the page.
GARBLED: Final = "\ufffd|á[º»][^\\s\\p{Latin}]|Ä‘|Æ°|Ã[\u0080-\u00bf]"
GARBLED_TIMES: Final = 3
# A line of at least so many characters that stands twice is text repeated, not a refrain or a table's cell.
LONG_LINE: Final = 60
# A day that an address prints is that of writing; a story may wait some days.
DAYS_IN_ADDRESS: Final = 7
DAY_IN_ADDRESS: Final = (
    r"[/_-](20\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?:\d{6,9}(?:\D|$)|[/_-])"
)
# What a page prints is not in our hands: of a hundred new versions one may be odd without a rule being
# broken. Below a hundred every one counts.
ONE_IN_A_HUNDRED: Final[dict[str, Any]] = {"tolerated_share": 0.01}

VERSIONS: Final = Suite(
    name="article_versions",
    key="article_version_id",
    query=rf"""
        with copies as (
            select article_version_id, count(*) as times_stored from raw.article_versions group by all
        ),
        looked_at as (
            select
                *,
                regexp_replace(body, '\P{{L}}', '', 'g') as letters,
                list_filter(string_split(body, chr(10)), lambda line: length(line) >= {LONG_LINE})
                    as long_lines,
                string_split(lower(body), chr(10)) as lines,
                regexp_replace(regexp_extract(url, '{DAY_IN_ADDRESS}'), '{DAY_IN_ADDRESS}', '\1-\2-\3')
                    as day_in_address
            from raw.article_versions
            where batch_id in {PENDING}
        )
        select
            {identity("v.article_version_id")} as article_version_id,
            c.times_stored,
            {identity("v.content_sha256")} as content_sha256,
            {identity("v.body_sha256")} as body_sha256,
            cast(sha256(v.body) = v.body_sha256 as integer) as body_has_its_hash,
            length(v.body) as body_length,
            cast(
                v.body = nfc_normalize(v.body) and coalesce(v.title = nfc_normalize(v.title), true) as integer
            ) as is_nfc,
            cast(not regexp_matches(v.body, '{CONTROL_CHARACTERS}') as integer) as is_clean_text,
            cast(not regexp_matches(v.body, '{MARKUP}') as integer) as is_free_of_markup,
            extract(year from v.published_on) as published_year,
            v.published_on - cast(timezone('Asia/Ho_Chi_Minh', v.fetched_at) as date) as days_after_fetch,
            {code("v.published_basis")} as published_basis,
            cast((v.published_on is null) = (v.published_basis = 'unknown') as integer) as basis_fits,
            case
                when length(v.letters) >= {LETTERS_NEEDED}
                    then length(regexp_replace(v.letters, '[A-Za-z]', '', 'g')) / length(v.letters)
            end as marked_share,
            cast(len(regexp_extract_all(v.body, '{GARBLED}')) < {GARBLED_TIMES} as integer) as is_decoded,
            cast(len(v.long_lines) < 2 * len(list_distinct(v.long_lines)) or len(v.long_lines) = 0 as integer)
                as is_told_once,
            cast(lower(v.byline) not in (v.lines[1], v.lines[-1]) as integer) as is_without_byline,
            abs(v.published_on - cast(try_strptime(v.day_in_address, '%Y-%m-%d') as date))
                as days_from_address
        from looked_at as v
        inner join copies as c on v.article_version_id = c.article_version_id
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
        must_be_true(
            "body_hash_is_of_body",
            "body_has_its_hash",
            f"The hash is of another body: what is unchanged would look new, or new unchanged. {WITHDRAW}",
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
        must_be_between(
            "body_bears_diacritics",
            "marked_share",
            FEWEST_MARKED,
            None,
            f"Vietnamese without its diacritics, or another language: the decoder loses them. {WITHDRAW}",
            # Some portals have an English edition.
            tolerated_share=0.05,
            tolerated_rows=3,
        ),
        must_be_true(
            "body_is_decoded",
            "is_decoded",
            f"Garbled letters in bodies: the encoding was guessed wrong. {WITHDRAW}",
            tolerated_share=0.01,
            tolerated_rows=3,
        ),
        must_be_true(
            "body_is_told_once",
            "is_told_once",
            f"Every long line of a body stands there twice: two elements taken for one story. {WITHDRAW}",
            tolerated_share=0.01,
            tolerated_rows=3,
        ),
        must_be_true(
            "body_without_byline",
            "is_without_byline",
            f"The author line is also the first or last line of the body. {WITHDRAW}",
            tolerated_share=0.05,
            tolerated_rows=3,
        ),
        must_be_between(
            "published_on_fits_address",
            "days_from_address",
            None,
            DAYS_IN_ADDRESS,
            f"Published on another day than the address prints: day and month swapped, or the date of"
            f" something else. {WITHDRAW}",
            tolerated_share=0.05,
            tolerated_rows=3,
        ),
    ),
)
