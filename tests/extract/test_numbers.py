"""Amounts as prose prints them, and any amount rendered the Vietnamese ways read back."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from include.extract.numbers import parse_digits, read_amount


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("25.800", 25800),
        ("15.929,5", 15929.5),
        ("6,8", 6.8),
        ("1.2", 1.2),
        ("0.75", 0.75),
        ("1.046.000", 1046000),
        ("1,046,000", 1046000),
        ("12 000", 12000),
        ("007", 7),
    ],
)
def test_digits(printed: str, value: float) -> None:
    assert parse_digits(printed) == pytest.approx(value)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("16 nghìn 900 tỷ đồng", 16.9e12),
        ("2 tỷ 300 triệu đồng", 2.3e9),
        ("2,5 nghìn tỷ đồng", 2.5e12),
        ("3,153 triệu người", 3_153_000),
        ("1.2 tỷ đồng", 1.2e9),
        ("5 tỷ lệ", 5),
        ("320 ngàn lượt", 320_000),
    ],
)
def test_scale_words_multiply_out(printed: str, value: float) -> None:
    amount = read_amount(printed, 0)
    assert amount is not None
    assert amount.value == value


@pytest.mark.parametrize(
    ("printed", "low", "high"),
    [
        ("15-20%", 15, 20),
        ("11,5 - 12,4%", 11.5, 12.4),
        ("10 đến 12%", 10, 12),
        ("1,2 - 1,5 triệu tấn", 1.2e6, 1.5e6),
        ("20 - 15%", 20, None),
    ],
)
def test_ranges(printed: str, low: float, high: float | None) -> None:
    amount = read_amount(printed, 0)
    assert amount is not None
    assert (amount.value, amount.high) == (low, high)


def test_a_fraction_keeps_its_whole() -> None:
    amount = read_amount("94.044/99.069 hộ", 0)
    assert amount is not None
    assert (amount.value, amount.out_of, amount.end) == (94044, 99069, len("94.044/99.069"))


def test_the_scale_behind_a_slash_is_for_both_numbers() -> None:
    amount = read_amount("45.799/36.875 tỷ đồng", 0)
    assert amount is not None
    assert (amount.value, amount.out_of) == (45_799e9, None)
    part = read_amount("120/450 tỷ đồng", 0)
    assert part is not None
    assert (part.value, part.out_of) == (120e9, 450e9)


def test_no_amount_where_no_digit_stands() -> None:
    assert read_amount("tiền tỷ", 0) is None


def grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


@given(st.integers(min_value=0, max_value=10**12), st.integers(min_value=0, max_value=99))
def test_what_is_rendered_with_dots_and_a_comma_is_read_back(whole: int, hundredths: int) -> None:
    printed = f"{grouped(whole)},{hundredths:02d} ha"
    amount = read_amount(printed, 0)
    assert amount is not None
    assert amount.value == pytest.approx(whole + hundredths / 100)


@given(
    st.integers(min_value=1, max_value=999_999),
    st.sampled_from([("nghìn", 10**3), ("triệu", 10**6), ("tỷ", 10**9), ("nghìn tỷ", 10**12)]),
)
def test_what_is_rendered_with_a_scale_word_is_read_back(number: int, scale: tuple[str, int]) -> None:
    amount = read_amount(f"{grouped(number)} {scale[0]} đồng", 0)
    assert amount is not None
    assert amount.value == number * scale[1]


@given(st.integers(min_value=1, max_value=999), st.integers(min_value=1, max_value=999))
def test_two_scale_words_add_or_multiply(high: int, low: int) -> None:
    down = read_amount(f"{high} tỷ {low} triệu đồng", 0)
    up = read_amount(f"{high} nghìn {low} tỷ đồng", 0)
    assert down is not None
    assert up is not None
    assert down.value == high * 10**9 + low * 10**6
    assert up.value == (high * 1000 + low) * 10**9


@pytest.mark.parametrize(
    "printed",
    [
        "1" * 330,
        "5 " + "tỷ " * 60,
        "1 nghìn " + "9" * 400 + " tỷ",
        "2024 - " + "1" * 330,
        "34/" + "1" * 330,
    ],
)
def test_no_run_of_digits_or_scale_words_is_endless(printed: str) -> None:
    amount = read_amount(printed, 0)
    assert amount is not None
    told = (amount.value, amount.scale, amount.high or 0, amount.out_of or 0)
    assert all(map(math.isfinite, told)), told


def test_scale_words_that_prose_puts_together_are_all_read() -> None:
    amount = read_amount("3 triệu tỷ đồng", 0)
    assert amount is not None
    assert (amount.value, amount.scale) == (3e15, 1e15)
