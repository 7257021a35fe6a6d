"""Tables of figures become lines with as many cells as columns; layouts and galleries stay what they are."""

from __future__ import annotations

import pytest
from lxml import html

from include.clean.article import CleanedArticle
from include.clean.page import clean_page
from include.clean.tables import is_data_table, table_lines
from tests.clean.samples import BODY, LEAD, MENU, PARAGRAPHS, TITLE, p, page

FULL = p(LEAD, *PARAGRAPHS)


def table(rows: str) -> html.HtmlElement:
    return html.fragment_fromstring(f"<table>{rows}</table>")


def body_of(inner: str) -> str:
    document = page(f"<h1>{TITLE}</h1><div class='detail-content'>{inner}</div>")
    answer = clean_page(document.encode(), url="https://x.vn/a.html", content_type=None, family=None)
    assert isinstance(answer, CleanedArticle), answer
    return answer.body


class TestLines:
    def test_one_line_a_row_with_its_blank_cells(self) -> None:
        rows = (
            "<tr><th>Chỉ tiêu</th><th>Đơn vị</th><th>Năm 2023</th></tr>"
            "<tr><td>Chè búp</td><td></td><td>1.245,6</td></tr><tr><td>Tổng</td><td>tấn</td><td></td></tr>"
        )
        assert table_lines(table(rows)) == [
            "Chỉ tiêu | Đơn vị | Năm 2023",
            "Chè búp | | 1.245,6",
            "Tổng | tấn |",
        ]

    def test_head_of_two_rows(self) -> None:
        rows = (
            "<tr><th rowspan=2>Chỉ tiêu</th><th colspan=2>Năm 2024</th></tr>"
            "<tr><th>Kế hoạch</th><th>Ước</th></tr><tr><td>Chè</td><td>5</td><td>6</td></tr>"
        )
        assert table_lines(table(rows)) == [
            "Chỉ tiêu | Năm 2024 | Năm 2024",
            "Chỉ tiêu | Kế hoạch | Ước",
            "Chè | 5 | 6",
        ]

    def test_figure_over_several_rows_stands_once(self) -> None:
        rows = "<tr><td rowspan=2>Xã Bản Sen</td><td>Ngô</td><td rowspan=2>120</td></tr><tr><td>Sắn</td></tr>"
        assert table_lines(table(rows)) == ["Xã Bản Sen | Ngô | 120", "Xã Bản Sen | Sắn |"]

    def test_year_over_several_columns_stands_in_each(self) -> None:
        rows = "<tr><td></td><td colspan=2>2023</td></tr><tr><td>Chè</td><td>5</td><td>6</td></tr>"
        assert table_lines(table(rows))[0] == "| 2023 | 2023"

    def test_cell_over_the_whole_width_has_no_sign(self) -> None:
        rows = (
            "<tr><td>Chỉ tiêu</td><td>2023</td></tr><tr><td colspan=2>I. Trồng trọt</td></tr>"
            "<tr><td>Chè</td><td>5</td></tr>"
        )
        assert table_lines(table(rows)) == ["Chỉ tiêu | 2023", "I. Trồng trọt", "Chè | 5"]

    def test_caption_comes_first(self) -> None:
        rows = "<caption>Đơn vị tính: tấn</caption><tr><td>Chè</td><td>5</td></tr>"
        assert table_lines(table(rows)) == ["Đơn vị tính: tấn", "Chè | 5"]

    def test_columns_and_rows_without_text_are_left_out(self) -> None:
        rows = "<tr><td>Chè</td><td> </td><td>5</td></tr><tr><td></td><td></td><td></td></tr>"
        assert table_lines(table(rows)) == ["Chè | 5"]

    def test_markup_inside_a_number_or_word_does_not_part_it(self) -> None:
        rows = "<tr><td>Ch<b>è</b><br>búp</td><td><span>1</span><span>.245</span></td></tr>"
        assert table_lines(table(rows)) == ["Chè búp | 1.245"]

    def test_bar_inside_a_cell(self) -> None:
        assert table_lines(table("<tr><td>Chè|cà phê</td><td>5</td></tr>")) == ["Chè/cà phê | 5"]

    def test_span_without_end_costs_no_more_than_the_table(self) -> None:
        words = "Nội dung dài " * 20
        rows = f"<tr><td rowspan=9999 colspan=9999>{words}</td><td>5</td></tr>" + "<tr><td>6</td></tr>" * 400
        assert sum(map(len, table_lines(table(rows)))) < 40_000


class TestWhatIsNoDataTable:
    def test_gallery_with_captions(self) -> None:
        cell = "<td><img src='a.jpg'><br>Thu hoạch chè ở xã Mường Thanh Xuân</td>"
        assert not is_data_table(table(f"<tr>{cell}{cell}</tr><tr>{cell}{cell}</tr>"))

    def test_figures_with_an_icon(self) -> None:
        rows = "<tr><td><img src='a.png'>Chè</td><td>5</td></tr><tr><td>Sắn</td><td>6,5</td></tr>"
        assert is_data_table(table(rows))

    @pytest.mark.parametrize("around", ["{}", "<tr><td>Tin tức</td><td>Văn bản</td></tr>{}"])
    def test_story_laid_out_in_a_table(self, around: str) -> None:
        rows = around.format(f"<tr><td>{MENU}</td><td>{FULL}</td></tr>")
        assert body_of(f"<table>{rows}</table>").endswith(BODY)

    def test_data_table_inside_a_layout(self) -> None:
        inner = "<table><tr><th>Cây</th><th>2023</th></tr><tr><td>Chè</td><td>5</td></tr></table>"
        laid_out = f"<table><tr><td>{FULL}{inner}</td></tr></table>"
        assert body_of(laid_out) == f"{BODY}\nCây | 2023\nChè | 5"
