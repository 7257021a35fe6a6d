"""Folding keeps offsets; sentences end where Vietnamese sentences end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from include.extract.text import LONGEST_SENTENCE, Span, clauses, fold, paragraphs, sentences


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("Uỷ ban", "ủy ban"),
        ("hàng hoá", "hàng hóa"),
        ("khoẻ mạnh", "khỏe mạnh"),
        ("Hoàn thành kế hoạch", "hoàn thành kế hoạch"),
        ("quý III, quỹ đất, luỹ kế", "quý iii, quỹ đất, lũy kế"),
        ("tỉ đồng, tỉ lệ, tỉnh", "tỷ đồng, tỷ lệ, tỉnh"),
        ("2016\u00a0–\u202f2020", "2016 - 2020"),
        ("“mục tiêu”", '"mục tiêu"'),
        ("ðồng", "đồng"),
    ],
)
def test_fold_writes_one_spelling(printed: str, folded: str) -> None:
    assert fold(printed) == folded


@given(st.text())
def test_fold_never_moves_an_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_fold_keeps_a_letter_whose_lower_case_is_longer() -> None:
    assert fold("İ ĐỒNG") == "İ đồng"


def sentences_of(text: str) -> list[str]:
    return [sentence.of(text) for sentence in sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    "sentence",
    [
        "Giá trị đạt 1.616 tỷ đồng.",
        "Ông ở TP. Hồ Chí Minh, cùng ThS. Lê Văn Bảy và N. V. An dự họp.",
        "Phạm vi mở rộng lên 15.929,5ha; thu hút 12 dự án; còn lại 3 dự án.",
        "Đoàn đã thăm nhà máy… và hai trang trại.",
        "1. Về phát triển kinh tế, tổng thu đạt 5 tỷ đồng.",
    ],
)
def test_a_sentence_stays_whole(sentence: str) -> None:
    assert sentences_of(sentence) == [sentence]


@pytest.mark.parametrize(
    "parts",
    [
        ["Thu ngân sách tăng 5%.", "Chi ngân sách giảm."],
        ["Kế hoạch giao cho quý I.", "Tổng thu tăng."],
        ["Ông nói: “Tỉnh sẽ làm.”", "Hội nghị kết thúc."],
        ["Diện tích đạt 126 ha…", "Năm 2020, tỉnh có 5 cụm."],
        ["Có khả thi không?", "Có!", "- Đó là câu trả lời."],
    ],
)
def test_sentences_end_at_their_stops(parts: list[str]) -> None:
    assert sentences_of(" ".join(parts)) == parts


def test_a_forgotten_space_does_not_join_two_sentences() -> None:
    assert sentences_of("Tổng thu năm 2019.Tổng chi giảm.") == ["Tổng thu năm 2019.", "Tổng chi giảm."]


def test_paragraphs_are_lines_without_outer_spaces() -> None:
    body = "  Một.\n\n\nHai. \n"
    assert [span.of(body) for span in paragraphs(body)] == ["Một.", "Hai."]


def test_clauses_do_not_break_a_decimal_comma() -> None:
    text = "tăng 6,8%, chiếm 5%; còn lại: 3%"
    assert [span.of(text) for span in clauses(text, Span(0, len(text)))] == [
        "tăng 6,8%,",
        "chiếm 5%;",
        "còn lại:",
        "3%",
    ]


@pytest.mark.parametrize("word", ["Lê An, ", "Nguyễn\u00a0", "a"])
def test_what_never_ends_is_cut_between_words_where_it_has_any(word: str) -> None:
    body = word * 6_000
    found = sentences(body, Span(0, len(body)))
    assert len(found) > 1
    assert max(one.end - one.start for one in found) <= LONGEST_SENTENCE
    assert "".join("".join(one.of(body).split()) for one in found) == "".join(body.split())
    if " " in word:
        assert all(one.of(body).endswith(",") for one in found)


def test_a_sentence_of_the_greatest_length_is_whole() -> None:
    body = "Kết" + " quả" * ((LONGEST_SENTENCE - 4) // 4) + "."
    assert sentences(body, Span(0, len(body))) == [Span(0, len(body))]
