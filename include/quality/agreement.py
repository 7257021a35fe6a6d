"""Whether a claim says what its own words print: the number, its magnitude, its unit, its sign.

Written in SQL from the printed words alone and apart from extraction, so that a rule gone wrong there is
not asked to judge itself. What it cannot tell apart passes: a number in words ("ba dự án"), a compound of
two numbers ("25 nghìn 430 tỷ", "1 tỷ rưỡi"), "1,234" (a thousand or 1.234), a magnitude in a table's head.
"""

from __future__ import annotations

from typing import Any, Final

from include.quality.claims import MEND_RULE
from include.quality.suites import WARN, Suite, identity, must_be_true
from include.quality.waiting import WAITING_ARTICLES

# Powers of ten that a word after a number stands for, and those of units that are kept in another one
# (seeds/units.csv: a GWh is a million kWh).
POWERS: Final = {
    "chục": 1, "trăm": 2, "nghìn": 3, "ngàn": 3, "vạn": 4, "triệu": 6, "tỷ": 9, "tỉ": 9,
    "tạ": -1, "yến": -2, "mwh": 3, "gwh": 6, "twh": 9, "gw": 3, "kw": -3,
}  # fmt: skip
# What a header over a column ("Triệu kWh", "1.000 tấn") makes of cells that print the bare number.
HEADER_POWERS: Final = [0, 2, 3, 4, 6, 9, 12]
# Numbers that differ in their last digit have logarithms further apart, doubles of one number nearer.
LOG_STEP: Final = 1e-9

# A form of writing that this file does not know may disagree (none of 1,382 claims of sample and saved pages
# does), so a single one is told of; a rule gone wrong makes more than 1 in 500.
MOST: Final[dict[str, Any]] = {"tolerated_share": 0.002, "tolerated_rows": 5}

_WORD: Final = r"(?:^|[^\p{L}])"
_END: Final = r"(?:$|[^\p{L}])"
# Unit words and the codes that a value printed with them can have; the first that fits counts.
UNIT_WORDS: Final = (
    (rf"điểm ?(?:phần trăm|%)|đpt{_END}", "'PERCENTAGE_POINT'"),
    (r"%|phần trăm", "'PERCENT', 'PERCENTAGE_POINT'"),
    (rf"{_WORD}(?:usd|đô la|đô-la){_END}", "'USD'"),
    (rf"{_WORD}(?:euro|eur){_END}", "'EUR'"),
    (rf"{_WORD}(?:nhân dân tệ|ndt|cny){_END}", "'CNY'"),
    (rf"{_WORD}(?:đồng|vnd|vnđ){_END}", "'VND'"),
    (r"tạ ?/ ?ha", "'QUINTAL_PER_HECTARE'"),
    (r"\d\s*(?:nghìn |ngàn |triệu |vạn )?(?:ha|héc-ta|hecta)$", "'HECTARE'"),
    (rf"{_WORD}(?:k|m|g|t)wh{_END}", "'KILOWATT_HOUR'"),
    (r"\d\s*(?:nghìn |ngàn |triệu |vạn )?tấn$", "'TONNE'"),
)
# A verb of change right before the number, with words of approximation between them at most.
_ABOUT: Final = (
    r"\s+(?:(?:khoảng|gần|hơn|trên|dưới|tới|thêm|được|ít nhất|bình quân|chỉ|lần lượt|tương ứng)\s+)*$"
)
# Here the verb tells of something else than the change: "không giảm", "mức giảm".
_NO_VERB: Final = rf"(?:không|chưa|chống|miễn|mức) (?:giảm|tăng){_ABOUT}"


def _spaced(text: str) -> str:
    """SQL: a text's words between single spaces, less those that only look like a magnitude."""
    words = rf"regexp_replace({text}, 'phần trăm|(tỷ|tỉ) (lệ|suất|trọng|số|giá)|tạ ?/ ?ha', '', 'g')"
    return rf"' ' || regexp_replace({words}, '[^\p{{L}}]+', ' ', 'g') || ' '"


# Digits glued to a letter ("km2") belong to the unit.
_UNIT_WORDS_OF_TEXT: Final = _spaced(
    r"regexp_extract(regexp_replace(printed, '(\p{L})\d', '\1', 'g'), '[^\d]*$')"
)
_POWER: Final = " + ".join(
    f"case when contains(unit_words, ' {word} ') then {power} else 0 end" for word, power in POWERS.items()
)
_NEARBY: Final = ", ".join(
    f"case when contains(quote_words, ' {word} ') then {power} else 0 end" for word, power in POWERS.items()
)
_UNIT: Final = " ".join(
    f"when regexp_matches(printed, '{words}') then cast(unit_code in ({codes}) as integer)"
    for words, codes in UNIT_WORDS
)

AGREEMENT: Final = Suite(
    name="agreement",
    key="statement_id",
    query=rf"""
        with told as (
            select
                statement_id, measure, value, unit_code,
                lower(value_text) as printed,
                lower(left(quote, greatest(value_start - quote_start, 0))) as before,
                contains(quote, ' | ') as is_cell,
                {_spaced("lower(quote)")} as quote_words
            from marts.fct_indicators
            where article_id in {WAITING_ARTICLES}
        ),
        numbered as (
            select
                *,
                rtrim(regexp_extract(printed, '\d[\d.,]*'), '.,') as number,
                {_UNIT_WORDS_OF_TEXT} as unit_words,
                regexp_matches(printed, '(nghìn|ngàn|vạn|triệu|tỷ|tỉ)(\s[^\d]*\d|\s+rưỡi)') as is_compound,
                -- "vượt kế hoạch 5%" is kept as 105 % of the plan, an index of 106,9 as a change of 6.9 %.
                case measure
                    when 'plan_pct' then [value, value - 100]
                    when 'change_pct' then [value, value + 100]
                    else [value]
                end as readings
            from told
        ),
        weighed as (
            select
                *,
                try_cast(regexp_replace(number, '\D', '', 'g') as double) as digits,
                length(regexp_extract(number, '[.,](\d+)$', 1)) as decimals,
                {_POWER} as power
            from numbered
        ),
        scaled as (
            select
                *,
                -- "1.234" is a thousand but in a percentage, "1,234" may be either.
                case
                    when decimals <> 3 then [-decimals]
                    when contains(number, '.') and contains(number, ',') then [-3]
                    when contains(number, '.') and not contains(printed, '%') then [0]
                    else [0, -3]
                end as places,
                case
                    when power <> 0 then [power]
                    when is_cell then {HEADER_POWERS}
                    -- "12, 15 và 20 triệu đồng": the word stands once for all.
                    else [0, {_NEARBY}, case when contains(quote_words, ' nghìn tỷ ') then 12 else 0 end]
                end as powers,
                list_transform(
                    list_filter(readings, lambda reading: reading <> 0 and isfinite(reading) and digits > 0),
                    lambda reading: log10(abs(reading)) - log10(digits)
                ) as steps
            from weighed
        )
        select
            {identity("statement_id")} as statement_id,
            case
                when not is_compound and len(steps) > 0
                    then cast(
                        list_bool_or(
                            list_transform(
                                steps,
                                lambda step: abs(step - round(step)) < {LOG_STEP} and list_bool_or(
                                    list_transform(
                                        places,
                                        lambda place: list_contains(powers, cast(round(step) as int) - place)
                                    )
                                )
                            )
                        ) as integer
                    )
            end as number_agrees,
            case {_UNIT} end as unit_agrees,
            case
                when measure not in ('change_pct', 'change_abs') or regexp_matches(before, '{_NO_VERB}')
                    then null
                when regexp_matches(before, '{_WORD}giảm{_ABOUT}') then cast(value <= 0 as integer)
                when regexp_matches(before, '{_WORD}tăng{_ABOUT}') then cast(value >= 0 as integer)
            end as sign_agrees
        from scaled
        order by statement_id
    """,  # noqa: S608 - built from constants only
    checks=tuple(
        must_be_true(f"{often}{name}", column, f"{reason} {MEND_RULE}", **tolerance)
        for name, column, reason in (
            ("values_agree_with_text", "number_agrees", "The value is not the number that is printed there."),
            ("units_agree_with_text", "unit_agrees", "The unit is not the one that is printed there."),
            ("signs_agree_with_text", "sign_agrees", "A fall is kept as a rise, or a rise as a fall."),
        )
        for often, tolerance in (("", WARN), ("most_", MOST))
    ),
)
