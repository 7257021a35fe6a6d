"""What dates a story on a page that prints many dates, one trap a test."""

from __future__ import annotations

from datetime import date

import pytest

from include.clean.article import CleanedArticle
from include.clean.page import clean_page
from tests.clean.samples import MENU, TEASER, TITLE, TODAY, p, page
from tests.clean.traps import FULL, read, story


class TestDates:
    def test_masthead_and_licence_do_not_date_a_story(self) -> None:
        article = read(story(FULL))
        assert (article.published_on, article.published_at, article.published_basis) == (
            None,
            None,
            "unknown",
        )

    def test_masthead_inside_one_wrapper_with_the_story(self) -> None:
        html = page(f"<div id='bao'><div>{TODAY}</div>{MENU}<h1>{TITLE}</h1><div>{FULL}</div></div>")
        assert read(html).published_on is None

    def test_page_without_headline_is_not_dated_by_its_clock(self) -> None:
        clock = f"<span>{TODAY}, 10:00</span>"
        html = page(f"<form><div><div>{clock}<div>{FULL}</div></div></div></form>", title="Cổng thông tin")
        assert read(html).published_on is None

    def test_labelled_date_of_a_page_without_headline_counts(self) -> None:
        html = page(f"<div><div>Ngày đăng: 04/05/2024</div><div>{FULL}</div></div>", title="Trang chủ")
        assert read(html).published_on == date(2024, 5, 4)

    def test_dates_of_related_stories_do_not_date_this_one(self) -> None:
        below = "".join(
            f"<div class='o'><a href='/{n}'>{TEASER}</a><span>1{n}/10/2026</span></div>" for n in range(4)
        )
        assert read(story(FULL, below=f"<div>{below}</div>")).published_on is None

    def test_date_in_a_sentence_does_not_date_a_story(self) -> None:
        assert read(story(p("Lớp tập huấn khai giảng ngày 12/04/2019 tại xã.") + FULL)).published_on is None

    def test_date_beside_the_story_outranks_the_meta_tag(self) -> None:
        html = story(FULL, above="<span>05/09/2026 - 22:17</span>").replace(
            "<title>", '<meta property="article:published_time" content="2026-09-08T08:00:00+07:00"><title>'
        )
        article = read(html)
        assert (article.published_on, article.published_basis) == (date(2026, 9, 5), "page")
        assert article.published_conflict == "page 2026-09-05, meta 2026-09-08"

    @pytest.mark.parametrize(
        ("month", "conflict"),
        [("202609", None), ("202608", None), ("202607", "page 2026-09-01, address 2026-07")],
    )
    def test_month_of_the_address_is_a_check(self, month: str, conflict: str | None) -> None:
        html = story(FULL, above="<span>01/09/2026 - 06:17</span>")
        url = f"https://vd.test/kinh-te/{month}/vu-che-xuan-0a1b2c3/"
        article = clean_page(html.encode(), url=url, content_type="text/html", family=None)
        assert isinstance(article, CleanedArticle)
        assert (article.published_on, article.published_conflict) == (date(2026, 9, 1), conflict)

    def test_sources_a_day_apart_agree(self) -> None:
        html = story(FULL, above="<span>05/09/2026 - 22:17</span>").replace(
            "<title>", '<meta property="article:published_time" content="2026-09-06T08:00:00+07:00"><title>'
        )
        assert read(html).published_conflict is None

    def test_json_ld_escaped_twice_is_read(self) -> None:
        html = story(FULL).replace(
            "<title>",
            '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":'
            '"2026-03-01T09:51:00&amp;#x2B;07:00"}</script><title>',
        )
        article = read(html)
        assert (article.published_on, article.published_basis) == (date(2026, 3, 1), "metadata")

    def test_date_in_the_bar_with_buttons_counts(self) -> None:
        bar = "<div class='author-share-top'><a class='cl'>Vân Lam</a><span> - 07/03/2026 08:47</span></div>"
        article = read(story(FULL, above=bar))
        assert (article.published_on, article.published_basis) == (date(2026, 3, 7), "page")

    def test_date_with_spaces_between_its_numbers(self) -> None:
        article = read(story(FULL, above="<span>thứ năm, 08 08 2019 08:51</span>"))
        assert (article.published_on, article.published_basis) == (date(2019, 8, 8), "page")

    def test_edit_date_is_not_the_publication(self) -> None:
        assert read(story(FULL, above="<div>Cập nhật lúc: 08:00 09/05/2024</div>")).published_on is None

    def test_labelled_date_below_the_story_counts(self) -> None:
        html = page(f"<div><h1>{TITLE}</h1><div class='b'>{FULL}</div><p>Ngày đăng: 04/05/2024</p></div>")
        assert read(html).published_on == date(2024, 5, 4)
