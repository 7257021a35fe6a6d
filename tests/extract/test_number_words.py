"""Numbers in words: any number written the Vietnamese way is read back, figures of speech are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from include.extract.number_words import find_fractions, find_multiples, read_number_words

WORDS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def below_a_hundred(number: int) -> str:
    tens, unit = divmod(number, 10)
    if tens == 0:
        return WORDS[unit]
    head = "mười" if tens == 1 else f"{WORDS[tens]} mươi"
    if unit == 0:
        return head
    last = {1: "một" if tens == 1 else "mốt", 5: "lăm"}.get(unit, WORDS[unit])
    return f"{head} {last}"


def below_a_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if hundreds == 0:
        return below_a_hundred(rest)
    if rest == 0:
        return f"{WORDS[hundreds]} trăm"
    joint = " linh " if rest < 10 else " "
    return f"{WORDS[hundreds]} trăm{joint}{below_a_hundred(rest)}"


def in_words(number: int) -> str:
    parts = []
    for scale, word in ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group, number = divmod(number, scale)
        if group:
            parts.append(f"{below_a_thousand(group)} {word}".strip())
    return " ".join(parts)


@given(number=st.integers(min_value=1, max_value=10**12 - 1), before=st.sampled_from(["", "có ", "gồm "]))
def test_any_number_in_words_is_read_back(number: int, before: str) -> None:
    text = f"{before}{in_words(number)} hộ"
    amount = read_number_words(text, len(before))
    assert amount is not None
    assert (amount.value, text[amount.end :]) == (number, " hộ")


@pytest.mark.parametrize(
    ("words", "value", "rest"),
    [
        ("mười năm qua", 10, " năm qua"),
        ("hai ba hôm", 2, " ba hôm"),
        ("hai mươi tư xã", 24, " xã"),
        ("một trăm lẻ năm hộ", 105, " hộ"),
        ("ba nghìn tỷ lệ", 3000, " tỷ lệ"),
        ("một trăm hai hộ", 100, " hai hộ"),
    ],
)
def test_words_are_read_as_far_as_they_make_a_number(words: str, value: float, rest: str) -> None:
    amount = read_number_words(words, 0)
    assert amount is not None
    assert (amount.value, words[amount.end :]) == (value, rest)


@pytest.mark.parametrize("words", ["mươi hộ", "trăm hộ", "tỷ đồng", "linh năm", "bao nhiêu"])
def test_what_begins_no_number(words: str) -> None:
    assert read_number_words(words, 0) is None


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("tăng gấp đôi, gấp rưỡi năm trước", [2, 1.5]),
        ("gấp ba lần; gấp mười lần", [3, 10]),
        ("gấp nhiều lần, gấp đội hình, cặp đôi, gấp năm ngoái", []),
    ],
)
def test_multiples(text: str, values: list[float]) -> None:
    assert [amount.value for amount in find_multiples(text, 0, len(text))] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("một nửa số hộ", [50]),
        ("gần hai phần ba diện tích", [66.67]),
        ("hơn 2/3 số xã", [66.67]),
        ("chiếm một phần tư", [25]),
        ("chiếm hơn 3/4", [75]),
        ("đạt 2/3 kế hoạch", [66.67]),
        ("ngày 2/3 số hộ", []),
        ("2/3 xã", []),
        ("một nửa sự thật", []),
        ("5/4 số hộ", []),
        ("12/3 số hộ", []),
    ],
)
def test_fractions(text: str, values: list[float]) -> None:
    assert [amount.value for amount in find_fractions(text, 0, len(text))] == values


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("Huyện hiện có tám dự án thủy điện và hai mươi ba hợp tác xã.",
         [("tám dự án", 8), ("hai mươi ba hợp tác xã", 23)]),
        ("Thị xã có năm khu công nghiệp, ba cụm công nghiệp và một khu kinh tế.",
         [("năm khu công nghiệp", 5), ("ba cụm công nghiệp", 3)]),
        ("Hơn một nửa số hộ đã có nước sạch.", [("một nửa", 50)]),
        ("Sản lượng chè đạt 9.000 tấn, gấp rưỡi năm trước.", [("9.000 tấn", 9000), ("rưỡi", 1.5)]),
        ("Tỉnh thu hút hơn chục doanh nghiệp; hàng trăm hộ được hỗ trợ.", []),
        ("Một dự án được khởi công. Hai dự án này và ba huyện trên đều chậm.", []),
        ("Hai địa phương dẫn đầu là Mường La và Thuận Châu.", []),
        ("Trong mười năm qua, đời sống nhân dân khá lên.", []),
    ],
)  # fmt: skip
def test_worded_claims(read, body: str, told: list[tuple[str, float]]) -> None:
    claims = read(body)
    assert [(claim.value_text, claim.value) for claim in claims] == told
    assert [body[claim.value_start : claim.value_end] for claim in claims] == [words for words, _ in told]
