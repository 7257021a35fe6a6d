"""A link to a sentence made for a page is the one that the marts would have made."""

from __future__ import annotations

import duckdb
import jinja2
import pytest

from include.settings import PROJECT_ROOT
from include.site.links import to_quote

MACRO = PROJECT_ROOT / "dbt_project" / "macros" / "text_fragment.sql"


@pytest.mark.parametrize(
    "quote",
    [
        "Xã Hạ Tranh trồng 42 ha chè.",
        "Thu đạt 26,3%, bằng 105% dự toán & tăng 2-3%, theo Sở Tài chính.",
        "Sáng 9/3, thị trấn Bến Lau khánh thành trạm bơm mới, tưới cho 420 ha lúa của ba xã, hai đầu nguồn.",
        "Đầu dòng ngắn\ncuối dòng ngắn",
        "Chè | 1.200 ha | 15,4%",
        "một-từ-rất-dài" * 20,
    ],
)
def test_it_is_made_as_the_marts_make_theirs(quote: str) -> None:
    template = jinja2.Environment(autoescape=True).from_string(MACRO.read_text(encoding="utf-8"))
    fragment = template.make_module().text_fragment("cast($quote as varchar)")  # type: ignore[attr-defined]
    (made,) = duckdb.execute(f"select {fragment}", {"quote": quote}).fetchall()
    assert to_quote("https://benlau.example/1", quote) == f"https://benlau.example/1{made[0]}"


@pytest.mark.parametrize("quote", ["", " ", " \n ", "| | |", "Ớ" * 10_000, f"a {'b' * 501} | c"])
def test_what_has_no_words_or_endless_ones_gets_the_address_alone(quote: str) -> None:
    assert to_quote("https://benlau.example/1", quote) == "https://benlau.example/1"
