"""Planted claims come back, each with its exact place in the text."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FILLER = st.sampled_from(
    [
        "Thời gian qua, các ngành đã phối hợp chặt chẽ.",
        "Đời sống nhân dân được nâng lên; an ninh được giữ vững…",
        "Ông Nguyễn Văn Bảy ở TP. Sơn La cho biết như vậy.",
        "“Chúng tôi tin tưởng”, bà nói.",
    ]
)
# What is planted: the words before the number, the unit, the code and unit expected.
PLANTED = st.sampled_from(
    [
        ("Thu ngân sách nhà nước trên địa bàn đạt", "tỷ đồng", "state_budget_revenue", 1e9),
        ("Kim ngạch xuất khẩu đạt", "triệu USD", "export_value", 1e6),
        ("Điện thương phẩm đạt", "triệu kWh", "electricity_sold", 1e6),
        ("Sản lượng thủy sản đạt", "nghìn tấn", "fishery_output", 1e3),
        ("Tổng đàn gia súc có", "con", "livestock_herd", 1.0),
    ]
)
SEPARATORS = st.sampled_from([" ", "\n", "\u00a0 "])


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, list[tuple[str, str, float, int]]]:
    """A body with planted sentences, and for each its sentence, code, value and place."""
    body, planted = "", []
    for words, unit, code, scale in draw(st.lists(PLANTED, min_size=1, max_size=4, unique_by=lambda p: p[2])):
        body += draw(FILLER) + draw(SEPARATORS)
        number = draw(st.integers(min_value=2, max_value=99_999))
        printed = f"{number:,}".replace(",", ".")
        sentence = f"{words} {printed} {unit}."
        planted.append((sentence, code, number * scale, len(body)))
        body += sentence + draw(SEPARATORS)
    return body, planted


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(article=articles())
def test_planted_claims_come_back_where_they_were_planted(read, article) -> None:
    body, planted = article
    claims = read(body)
    assert [(c.indicator_code, c.value) for c in claims] == [(code, value) for _, code, value, _ in planted]
    for claim, (sentence, _, _, start) in zip(claims, planted, strict=True):
        assert (claim.quote_start, body[claim.quote_start : claim.quote_end]) == (start, sentence)
        assert body[claim.value_start : claim.value_end] == claim.value_text
        assert claim.quote_start <= claim.value_start < claim.value_end <= claim.quote_end


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(text=st.text(alphabet=st.sampled_from("0123456789.,/%-() \nnămthágquýđồtỷsoviK"), max_size=200))
def test_no_text_breaks_the_reader(read, text: str) -> None:
    for claim in read(text):
        assert text[claim.value_start : claim.value_end] == claim.value_text
        assert claim.quote_start <= claim.value_start < claim.value_end <= claim.quote_end


WORDS = st.sampled_from(
    [
        "lần lượt", "tương ứng", "trong đó", "gấp đôi", "một nửa số", "hai mươi ba", "xuất khẩu", "nhập khẩu",
        "từ 30/2 đến 5/3", "so với", "cùng kỳ", "năm 2020", "tháng trước", "kế hoạch", "đạt", "tăng", "giảm",
        "12 tỷ đồng", "7,5%", "3/4", "41,5", "điểm", "2 lần", "xã", "hộ nghèo", "Sơn La", "và", ",", ";", ".",
        "(", ")", ":", "|", '"', "-", "\n",
    ]
)  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(words=st.lists(WORDS, max_size=25))
def test_no_mix_of_the_rules_words_breaks_the_reader(read, words: list[str]) -> None:
    body = " ".join(words)
    for claim in read(body):
        assert body[claim.value_start : claim.value_end] == claim.value_text
        assert claim.quote_start <= claim.value_start < claim.value_end <= claim.quote_end
