"""What real portals do to a naive cleaner, one trap a test."""

from __future__ import annotations

import re
import unicodedata

import pytest

from include.clean.article import CleanedArticle, NoArticle
from include.clean.page import clean_page
from tests.clean.samples import (
    BODY,
    CAPTION,
    FOOTER,
    LEAD,
    MENU,
    PARAGRAPHS,
    TEASER,
    TEASER_SUMMARY,
    TITLE,
    p,
    page,
    related,
)
from tests.clean.traps import FULL, answer, read, story


class TestCaptions:
    @pytest.mark.parametrize(
        "picture",
        [
            f"<figure><img src='a.jpg'><figcaption>{CAPTION}</figcaption></figure>",
            f"<table><tr><td><img src='a.jpg'></td></tr><tr><td>{CAPTION}</td></tr></table>",
            f"<p><img src='a.jpg'></p><p>{CAPTION}</p>",
            f"<p style='text-align:center'><img src='a.jpg'><br><em>{CAPTION}.</em></p>",
            f"<p><img src='a.jpg'></p><p>IMG_0015.JPG</p><p>{CAPTION}</p>",
            f"<div class='imgdesc'>{CAPTION}.</div>",
            "<p><img src='a.jpg'></p><p>Bà con bản Huổi Sen phơi chè trước sân nhà. Ảnh: V.L</p>",
            f"<p><img src='a.jpg' alt='{CAPTION}.'></p><p>{CAPTION}.</p>",
        ],
    )
    def test_caption_is_not_in_the_body(self, picture: str) -> None:
        assert read(story(p(LEAD, PARAGRAPHS[0]) + picture + p(*PARAGRAPHS[1:]))).body == BODY

    def test_bold_caption_in_two_lines_under_a_picture(self) -> None:
        caption = (
            "<p><b>Đồng chí Hà Vân Lam –</b></p><p><b>Chủ tịch UBND huyện, phát biểu tại hội nghị</b></p>"
        )
        assert read(story(p(LEAD) + "<p><img src='a.jpg'></p>" + caption + p(*PARAGRAPHS))).body == BODY

    def test_paragraph_under_a_picture_stays(self) -> None:
        html = story(p(LEAD) + "<p><img src='a.jpg'></p>" + p(*PARAGRAPHS))
        assert read(html).body == BODY

    def test_subheading_under_a_picture_stays(self) -> None:
        heading = "Gỡ vướng về tưới tiêu và đường sản xuất"
        html = story(p(LEAD) + f"<p><img src='a.jpg'></p><p><b>{heading}</b></p>" + p(*PARAGRAPHS))
        assert heading in read(html).body


class TestFurniture:
    def test_lead_outside_the_body_is_kept_once(self) -> None:
        article = read(
            page(f"<h1>{TITLE}</h1><h2 class='sapo'>{LEAD}</h2><div class='noidung'>{p(*PARAGRAPHS)}</div>")
        )
        assert article.body == BODY

    def test_lead_repeated_in_the_body_is_kept_once(self) -> None:
        html = page(f"<h1>{TITLE}</h1><h2 class='sapo'>{LEAD}</h2><div class='noidung'>{FULL}</div>")
        assert read(html).body == BODY

    def test_prefix_of_the_outlet_stays(self) -> None:
        html = story(p("(VL) - " + LEAD, *PARAGRAPHS))
        assert read(html).body.startswith("(VL) - Sáng 3/5")

    def test_related_stories_longer_than_the_story(self) -> None:
        article = read(story(FULL, below=related("Có thể bạn quan tâm", count=12)))
        assert article.body == BODY

    @pytest.mark.parametrize(
        "heading", ["Tin liên quan", "Bài viết cùng chuyên mục:", "Xem thêm", "Đọc nhiều"]
    )
    def test_related_box_in_mid_body(self, heading: str) -> None:
        box = f"<div><strong>{heading}</strong><ul><li><a href='/x'>{TEASER}</a></li></ul></div>"
        assert read(story(p(LEAD, PARAGRAPHS[0]) + box + p(*PARAGRAPHS[1:]))).body == BODY

    def test_related_list_as_last_part_of_the_body(self) -> None:
        teaser = f"<p><a href='/x'>{TEASER}</a></p><p>{TEASER_SUMMARY}</p>"
        assert read(story(FULL + "<p><b>Tin khác</b></p>" + teaser * 2)).body == BODY

    def test_story_goes_on_after_a_link_in_mid_body(self) -> None:
        link = f"<p><b>Xem thêm:</b></p><p><a href='/x'>{TEASER}</a></p>"
        html = story(p(LEAD, PARAGRAPHS[0]) + link + p(PARAGRAPHS[1]) + link + p(*PARAGRAPHS[2:]))
        assert read(html).body == BODY

    def test_paragraph_that_is_a_link_elsewhere(self) -> None:
        html = story(p(LEAD, PARAGRAPHS[0]) + f"<p><a href='/x'>{TEASER}</a></p>" + p(*PARAGRAPHS[1:]))
        assert read(html).body == BODY

    @pytest.mark.parametrize("tag", ["a href='/tu-khoa/che.html'", "span"])
    def test_words_with_a_tag_of_their_own_stay_in_their_sentence(self, tag: str) -> None:
        name = tag.split()[0]
        first, second = PARAGRAPHS[0].split(" tăng ", 1)
        linked = f"{first} <{tag} class='TagItemInNews'>tăng</{name}> {second}"
        opening = LEAD.split(" ", 1)
        opened = f"<{tag} class='TagItemInNews'>{opening[0]}</{name}> {opening[1]}"
        assert read(story(f"<p>{opened}</p><p>{linked}</p>" + p(*PARAGRAPHS[1:]))).body == BODY

    @pytest.mark.parametrize("words", ["Xem chi tiết tại đây", "Tải về tại đây", "Copy link"])
    def test_words_that_only_point_elsewhere(self, words: str) -> None:
        assert read(story(FULL + p(words))).body == BODY

    def test_link_inside_a_sentence_stays(self) -> None:
        linked = PARAGRAPHS[1].replace("Trưởng phòng", "<a href='/x'>Trưởng phòng</a>")
        assert read(story(p(LEAD, PARAGRAPHS[0], linked, *PARAGRAPHS[2:]))).body == BODY

    def test_rating_share_words_comment_form_and_laws(self) -> None:
        furniture = (
            "<p>fb yt zl tw</p><p>A- A A+</p><p>Bản in</p><p>Đọc bài</p><p>Lượt xem: 1.204</p>"
            "<p>Tổng số điểm của bài viết là: 0 trong 0 đánh giá</p><p>Click để đánh giá bài viết</p>"
            "<p>lượt xem: 609 | lượt tải:146</p><form><textarea></textarea><p>Mã an toàn</p></form>"
        )
        assert read(story(FULL + furniture)).body == BODY

    def test_comments_and_hidden_text_are_not_read(self) -> None:
        html = story(
            p(LEAD)
            + "<!-- Sun Mar 01 2026 09:51:10 GMT+0700 --><div style='display: none'>Ẩn</div>"
            + p(*PARAGRAPHS)
        )
        assert read(html).body == BODY

    @pytest.mark.parametrize(
        "slot",
        [
            "<div class='ads_middle'>Quảng cáo</div>",
            "<div id='x1'></div>",
            "<div><script>ad()</script></div>",
        ],
    )
    def test_advertisement_that_splits_a_sentence(self, slot: str) -> None:
        first, second = PARAGRAPHS[0].split(" tăng ", 1)
        split = f"<p>{first} {slot}tăng {second}</p>"
        assert read(story(p(LEAD) + split + p(*PARAGRAPHS[1:]))).body == BODY

    @pytest.mark.parametrize(
        ("line", "name"),
        [
            ("TRẦN VÂN LAM", "TRẦN VÂN LAM"),
            ("Vân Lam – Hà Bình", "Vân Lam – Hà Bình"),
            ("Tác giả bài viết: Hà Vân Lam", "Hà Vân Lam"),
            ("Tin, ảnh: Vân Lam", "Vân Lam"),
            ("V.L", "V.L"),
            ("Vân Lam (TTXVN)", "Vân Lam (TTXVN)"),
            ("Vân Lam (tổng hợp)", "Vân Lam"),
            ("Vân Lam (theo Báo Vùng Cao)", "Vân Lam"),
            ("Vân Lam - Hà Bình (thực hiện)", "Vân Lam - Hà Bình"),
        ],
    )
    def test_signature_is_the_byline(self, line: str, name: str) -> None:
        article = read(story(FULL + p(line)))
        assert (article.byline, article.body) == (name, BODY)

    def test_whom_the_text_was_taken_from_is_its_author(self) -> None:
        html = story(FULL, below="").replace("</h1>", "</h1><p class='author'>Theo Hà Vân Lam</p>")
        assert read(html).byline == "Hà Vân Lam"

    @pytest.mark.parametrize("source", ["Theo Chinhphu.vn", "Theo napha online", "Theo http://napha.vn"])
    def test_where_the_text_was_taken_from_is_not_the_story(self, source: str) -> None:
        assert read(story(FULL + p(source))).body == BODY

    def test_last_sentence_is_no_signature(self) -> None:
        last = "Hội nghị kết thúc lúc 11 giờ."
        article = read(story(FULL + p(last)))
        assert article.byline is None
        assert article.body.endswith(last)


class TestMarkup:
    def test_whole_page_in_a_form(self) -> None:
        assert read(page(f"<form>{MENU}<h1>{TITLE}</h1><div>{FULL}</div></form>")).body == BODY

    def test_bare_text_between_breaks(self) -> None:
        assert read(story("<br>\n<br>\n".join((LEAD, *PARAGRAPHS)))).body == BODY

    def test_single_break_in_mid_sentence_is_a_wrap(self) -> None:
        wrapped = LEAD.replace(" tổ chức ", "<br>tổ chức ")
        assert read(story(p(wrapped, *PARAGRAPHS))).body == BODY

    @pytest.mark.parametrize("tag", ["font", "span", "b", "i"])
    def test_story_whose_words_are_marked_up_one_by_one(self, tag: str) -> None:
        marked = re.sub(r"(tỉnh|huyện|hội nghị|sản lượng)", rf"<{tag}>\1</{tag}>", FULL)
        assert marked.count(f"<{tag}>") >= 4
        assert read(story(marked)).body == BODY

    def test_story_among_more_elements_than_the_library_is_asked_about(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[object] = []
        monkeypatch.setattr("include.clean.main_text.trafilatura.extract", lambda *a, **_: asked.append(a))
        many = "<i></i>" * 13_000
        assert read(story(FULL) + many).body == BODY
        assert asked == []

    def test_root_closed_before_it_begins(self) -> None:
        assert read("<html></html>" + story(FULL).removeprefix("<!DOCTYPE html>")).body == BODY

    def test_first_h1_is_the_logo(self) -> None:
        html = page(f"<h1><a href='/'>Báo Vùng Cao</a></h1><div><h1>{TITLE}</h1>{FULL}</div>")
        assert read(html).title == TITLE

    def test_section_in_h1_does_not_replace_the_headline(self) -> None:
        html = page(f"<h1>Nông nghiệp, nông thôn</h1><h2>{TITLE}</h2><div>{FULL}</div>")
        assert read(html).title == TITLE

    @pytest.mark.parametrize(
        "title", ["Cổng thông tin điện tử tỉnh", "Trang chủ", "Báo điện tử Vùng Cao", ""]
    )
    def test_page_titled_with_the_portal_alone_has_no_title(self, title: str) -> None:
        assert read(page(f"<div>{FULL}</div>", title=title)).title is None

    @pytest.mark.parametrize("tail", [" - Báo Vùng Cao", " | Cổng thông tin điện tử", " - Nà Phạ Online"])
    def test_site_name_is_cut_from_the_title(self, tail: str) -> None:
        site = '<meta property="og:site_name" content="Nà Phạ Online">'
        assert read(page(f"<div>{FULL}</div>", title=TITLE + tail, head=site)).title == TITLE

    def test_headline_marked_as_one_counts_against_a_wrong_head(self) -> None:
        h1 = f"<h1 itemprop='headline'>{TITLE}</h1><div class='noidung'>{FULL}</div>"
        assert read(page(h1, title="The Highland Globe")).title == TITLE

    def test_name_of_the_host_is_cut_from_the_title(self) -> None:
        body = f"<body><div class='noidung'>{FULL}</div></body>"
        html = f"<html><head><title>Vụ chè xuân bội thu - Nà Phạ</title></head>{body}</html>"
        url = "https://www.napha.vn/vu-che-xuan-101.html"
        article = clean_page(html.encode(), url=url, content_type="text/html", family=None)
        assert isinstance(article, CleanedArticle)
        assert article.title == "Vụ chè xuân bội thu"

    def test_data_table_keeps_its_rows(self) -> None:
        table = (
            "<table><tr><th>Chỉ tiêu</th><th>Kế hoạch</th></tr><tr><td>Chè</td><td>1.245,6</td></tr>"
            "<tr><td>Cao su</td><td>25.880</td></tr></table>"
        )
        body = read(story(FULL + table)).body
        assert body.endswith("Chỉ tiêu | Kế hoạch\nChè | 1.245,6\nCao su | 25.880")

    def test_story_laid_out_in_a_table(self) -> None:
        html = page(f"<table><tr><td>{MENU}</td><td><h1>{TITLE}</h1><div>{FULL}</div></td></tr></table>")
        assert read(html).body == BODY


class TestCharacters:
    def test_text_comes_out_in_one_notation(self) -> None:
        typed = unicodedata.normalize("NFD", LEAD).replace("huyện", "huyện\u00a0").replace("đại", "ðại")
        typed = typed.replace("nguyên", "nguy\u00adên\u200b").replace("Sáng", "S&aacute;ng")
        assert read(story(p(typed, *PARAGRAPHS))).body == BODY

    def test_lone_surrogates_and_nulls_do_not_cut_the_text(self) -> None:
        broken = (
            story(p(LEAD + "&#xD800;", *PARAGRAPHS)).encode().replace("14 xã".encode(), b"14\x00 x\xc3\xa3")
        )
        assert read(broken).body.endswith(PARAGRAPHS[-1])

    @pytest.mark.parametrize("label", ["utf-8", "iso-8859-1", "windows-1258", "no-such-charset"])
    def test_utf8_wins_over_its_label(self, label: str) -> None:
        assert read(story(FULL), f"text/html; charset={label}").body == BODY

    def test_windows_1258(self) -> None:
        html = unicodedata.normalize("NFC", story(FULL).replace("utf-8", "windows-1258"))
        assert read(_windows_1258(html), "text/html").body == BODY

    def test_utf_16(self) -> None:
        assert read(story(FULL).encode("utf-16")).body == BODY
        assert read(story(FULL).encode("utf-16-le")).body == BODY


class TestNoArticle:
    def test_list_page(self) -> None:
        items = "".join(
            f"<div><h3><a href='/{n}'>{TEASER} {n}</a></h3><p>{TEASER_SUMMARY}</p></div>" for n in range(9)
        )
        assert answer(page(f"{MENU}<div class='ds'>{items}</div>{FOOTER}", title="Tin tức")) == NoArticle(
            "empty", "no_story"
        )

    def test_empty_body_is_not_filled_from_the_sidebar(self) -> None:
        html = page(f"<h1>{TITLE}</h1><div id='dcontent'></div><div>{p(*PARAGRAPHS)}</div>")
        assert answer(html) == NoArticle("empty", "no_story")

    def test_scrambled_body_is_not_filled_from_the_sidebar(self) -> None:
        scrambled = " ".join(BODY.translate(str.maketrans("aăâeêioôơuưy", "qwzxkjvbnmst")).split())
        html = page(f"<h1>{TITLE}</h1><div id='dcontent'>{p(scrambled)}</div><div>{p(*PARAGRAPHS)}</div>")
        assert answer(html) == NoArticle("empty", "scrambled_body")

    def test_cookie_gate(self) -> None:
        gate = (
            '<html><script>document.cookie="D1N=a1b2c3; path=/";window.location.reload(true);</script></html>'
        )
        assert answer(gate) == NoArticle("blocked", "cookie_challenge")

    @pytest.mark.parametrize("text", ["Thông báo từ chối truy cập", "Access Denied", "Just a moment..."])
    def test_refusal_page(self, text: str) -> None:
        assert answer(page(f"<h2>{text}</h2><p>Mã sự kiện 8812</p>", title=text)) == NoArticle(
            "blocked", "refusal_page"
        )

    def test_story_about_refused_access_is_a_story(self) -> None:
        long = p(
            LEAD,
            "Trang web từ chối truy cập trong 2 giờ.",
            *PARAGRAPHS,
            *(text + " Thêm." for text in PARAGRAPHS * 2),
        )
        assert isinstance(answer(story(long)), CleanedArticle)

    @pytest.mark.parametrize(
        "content", [b"", b"   \n", b"<html></html>", b"<html><body><h1>404</h1></body></html>"]
    )
    def test_nothing_in_it(self, content: bytes) -> None:
        found = answer(content)
        assert isinstance(found, NoArticle)
        assert found.outcome == "empty"


def _windows_1258(text: str) -> bytes:
    """Encode as the code page does it: base letter with its mark, the tone apart where it must be."""
    out = bytearray()
    for char in text:
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", char)
            tones = [mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323"]
            base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tones))
            out += (base + "".join(tones)).encode("cp1258")
    return bytes(out)
