"""Whole pages typed for TCVN3 and VNI fonts, and Unicode pages around a story that is."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from include.clean.article import CleanedArticle, NoArticle
from include.clean.decode import decode
from include.clean.legacy_fonts import FONTS, Font, looks_like_legacy_font, may_hold
from include.clean.legacy_pages import read_legacy_fonts
from include.clean.page import clean_page
from include.clean.tree import parse
from tests.clean.samples import BODY, FOOTER, LEAD, MENU, PARAGRAPHS, TITLE, p, page
from tests.clean.typist import typed

FULL = p(LEAD, *PARAGRAPHS)
# Letters that open the way to the statistics, so that a test of a Unicode page runs through all of it.
NOISE = p("® µ ¸ ¶ ñ ö ø û")
FRENCH = (
    "Le préfet a présidé hier la cérémonie à l’hôtel de ville, où le théâtre français fut créé il y a "
    "près d’un siècle. Né à Orléans, le maïs être récolté dès août ; le goût du thé plaît. Noël, naïf, "
    "Saône, œuvre, « être ou ne pas être », © 2009 Société générale®, 20 µg, la forêt brûlée du château."
)
GERMAN = (
    "Die Bürgermeister der Städte Köln, Düsseldorf und Münster eröffneten gestern früh das größte Gebäude "
    "für ältere Schüler; über fünfzig Gäste fuhren später zurück nach Österreich. Æsøp, smørrebrød, señor."
)
# The last ones have no letter beyond Latin-1: read as TCVN3 or VNI, several would be other words.
WORDS = f"{BODY} hoà toà bà cô là và có tôi sông Hoà án oà oé ý ó".split()
ENGLISH = "The café’s résumé said naïve façade® costs 20 µm per señor in a coöperative. " * 4


def answer(html: str | bytes, content_type: str | None = "text/html") -> CleanedArticle | NoArticle:
    content = html.encode() if isinstance(html, str) else html
    return clean_page(content, url="https://vd.test/tin", content_type=content_type, family=None)


def read(html: str | bytes, content_type: str | None = "text/html") -> CleanedArticle:
    article = answer(html, content_type)
    assert isinstance(article, CleanedArticle), article
    return article


def old_page(font: Font, *, label: str = "windows-1252") -> str:
    """A page of before Unicode, all of its text typed for the font."""
    text = page(f"{MENU}<h1>{TITLE}</h1><div class='than-bai'>{FULL}</div>{FOOTER}")
    return typed(text, font).replace("utf-8", label)


def untouched(html: str) -> bool:
    before = etree.tostring(parse(html), encoding="unicode")
    return etree.tostring(read_legacy_fonts(parse(html)), encoding="unicode") == before


@pytest.mark.parametrize("font", FONTS)
class TestWholePage:
    @pytest.mark.parametrize("label", ["windows-1252", "iso-8859-1", "windows-1258", "x-user-defined"])
    def test_bytes_of_windows_1252(self, font: Font, label: str) -> None:
        article = read(old_page(font, label=label).encode("cp1252"))
        assert (article.title, article.body) == (TITLE, BODY)

    def test_label_says_utf_8(self, font: Font) -> None:
        article = read(old_page(font, label="utf-8").encode("cp1252"), "text/html; charset=utf-8")
        assert (article.title, article.body) == (TITLE, BODY)

    def test_page_moved_to_utf_8_letter_by_letter(self, font: Font) -> None:
        article = read(old_page(font, label="utf-8"))
        assert (article.title, article.body) == (TITLE, BODY)

    def test_letters_written_as_entities(self, font: Font) -> None:
        html = old_page(font).encode("ascii", errors="xmlcharrefreplace")
        article = read(html)
        assert (article.title, article.body) == (TITLE, BODY)

    def test_some_letters_written_as_entities(self, font: Font) -> None:
        html = old_page(font).replace("®", "&reg;").replace("ª", "&ordf;").replace("ñ", "&ntilde;")
        assert read(html.encode("cp1252")).body == BODY

    def test_title_stands_in_the_head_only(self, font: Font) -> None:
        head = f'<meta property="og:title" content="{TITLE}">'
        html = typed(page(f"<div class='than-bai'>{FULL}</div>", head=head), font)
        assert read(html).title == TITLE

    def test_name_of_the_site_is_in_unicode(self, font: Font) -> None:
        html = page(
            f"<div class='than-bai'>{typed(FULL, font)}</div>", title=f"{typed(TITLE, font)} - Báo Vĩnh Phúc"
        )
        assert "".join(read_legacy_fonts(parse(html)).xpath("//title/text()")) == f"{TITLE} - Báo Vĩnh Phúc"
        assert read(html).title == TITLE

    def test_quotes_and_dashes_of_windows_1252(self, font: Font) -> None:
        said = "Ông nói: “Giá chè năm nay – nếu giữ được – là mức tốt nhất…”, và hẹn vụ sau."
        html = typed(page(f"<h1>{TITLE}</h1><div class='than-bai'>{FULL}{p(said)}</div>"), font)
        assert read(html.replace("utf-8", "windows-1252").encode("cp1252")).body == f"{BODY}\n{said}"

    def test_title_stands_in_json_ld_only(self, font: Font) -> None:
        said = json.dumps({"@type": "NewsArticle", "headline": typed(TITLE, font)}, ensure_ascii=False)
        head = f'<script type="application/ld+json">{said}</script>'
        html = page(f"<div class='than-bai'>{typed(FULL, font)}</div>", head=head, title="Báo Vùng Cao")
        assert read(html).title == TITLE

    def test_letters_in_colour(self, font: Font) -> None:
        html = old_page(font).replace(
            typed("sản lượng", font), f"<font color='red'>{typed('sản lượng', font)}</font>"
        )
        assert read(html.encode("cp1252")).body == BODY


@pytest.mark.parametrize("font", FONTS)
class TestPastedStory:
    def test_story_in_a_unicode_page(self, font: Font) -> None:
        html = page(f"{MENU}<h1>{TITLE}</h1><div class='than-bai'>{typed(FULL, font)}</div>{FOOTER}")
        article = read(html)
        assert (article.title, article.body) == (TITLE, BODY)

    def test_one_paragraph_of_a_unicode_story(self, font: Font) -> None:
        mixed = p(LEAD, typed(PARAGRAPHS[0], font), *PARAGRAPHS[1:])
        assert read(page(f"<h1>{TITLE}</h1><div class='than-bai'>{mixed}</div>")).body == BODY

    def test_lines_parted_by_breaks(self, font: Font) -> None:
        lines = "<br><br>".join([LEAD, typed(PARAGRAPHS[0], font), *PARAGRAPHS[1:]])
        assert read(page(f"<h1>{TITLE}</h1><div class='than-bai'>{lines}</div>")).body == BODY

    def test_short_lines_go_with_the_story(self, font: Font) -> None:
        heading = "Gỡ vướng về tưới tiêu"
        story = p(typed(LEAD, font)) + f"<p><b>{typed(heading, font)}</b></p>" + p(typed(PARAGRAPHS[0], font))
        body = read(page(f"<h1>{TITLE}</h1><div class='than-bai'>{story}</div>")).body
        assert body.split("\n") == [LEAD, heading, PARAGRAPHS[0]]

    def test_rest_of_the_page_stays(self, font: Font) -> None:
        rest = p("Toà soạn: số 7, phố Hoà Bình", "Bà Nà, Hà Nam, cà phê, hoà nhạc, toàn cảnh, và tôi")
        tree = read_legacy_fonts(parse(page(rest + typed(FULL, font))))
        assert "".join(tree.xpath("//p[1]//text()")) == "Toà soạn: số 7, phố Hoà Bình"
        assert "".join(tree.xpath("//p[2]//text()")) == "Bà Nà, Hà Nam, cà phê, hoà nhạc, toàn cảnh, và tôi"


class TestCapitals:
    @pytest.mark.parametrize(
        "tag",
        ["font face='.VnTimeH'", "font face='.VnArial NarrowH, Arial'", 'font style="font-family:.VnTimeH"'],
    )
    def test_font_of_capitals(self, tag: str) -> None:
        heading = f"<{tag}>{typed('hội nghị bàn về chè', 'tcvn3')} tin vui</font>"
        html = page(f"<h1>{TITLE}</h1><div class='than-bai'>{p(heading)}{typed(FULL, 'tcvn3')}</div>")
        assert read(html).body == f"HỘI NGHỊ BÀN VỀ CHÈ TIN VUI\n{BODY}"

    @pytest.mark.parametrize("face", [".VnTime", "Arial", ".VnArial, .VnTimeH"])
    def test_other_fonts_keep_the_case(self, face: str) -> None:
        html = page(f"<h1>{TITLE}</h1><font face='{face}'><div>{typed(FULL, 'tcvn3')}</div></font>")
        assert read(html).body == BODY

    def test_nearest_font_counts(self) -> None:
        inner = f"<font face='.VnTime'>{typed(PARAGRAPHS[0], 'tcvn3')}</font>"
        html = page(f"<h1>{TITLE}</h1><font face='.VnTimeH'><div>{p(inner)}{p(inner)}</div></font>")
        assert PARAGRAPHS[0] in read(html).body


class TestUnreadable:
    def test_letters_of_tcvn3_in_disorder(self) -> None:
        table = "µ¸¶·¹©ª«¬®ÇÈÊËÌÐÒÓÕÖ"
        turned = typed(FULL, "tcvn3").translate(str.maketrans(table, table[7:] + table[:7]))
        html = page(f"<h1>Tin</h1><div class='than-bai'>{turned}</div>", title="Tin")
        assert answer(html) == NoArticle("quarantined", "legacy_font_encoding")
        assert answer(html.encode("cp1252")) == NoArticle("quarantined", "legacy_font_encoding")

    def test_scripts_do_not_hide_it(self) -> None:
        table = "µ¸¶·¹©ª«¬®ÇÈÊËÌÐÒÓÕÖ"
        turned = typed(FULL, "tcvn3").translate(str.maketrans(table, table[7:] + table[:7]))
        script = f"<SCRIPT>{'if (window.x != null) document.write(xyz); ' * 400}</SCRIPT>"
        html = page(f"{script}<h1>Tin</h1><div class='than-bai'>{turned}</div>", title="Tin")
        assert answer(html.encode("cp1252")) == NoArticle("quarantined", "legacy_font_encoding")

    def test_control_characters_do_not_stop_the_conversion(self) -> None:
        odd = "&#1;&#11;&#127;&#133;&#xFFFE;&#xD800;\x01\x0b"
        html = page(
            f"<h1>{TITLE}</h1><div class='than-bai'>{typed(FULL, 'vni')}{p(typed(LEAD, 'vni') + odd)}</div>"
        )
        assert BODY in read(html).body

    def test_unreadable_story_in_a_unicode_page(self) -> None:
        table = "µ¸¶·¹©ª«¬®ÇÈÊËÌÐÒÓÕÖ"
        turned = typed(FULL, "tcvn3").translate(str.maketrans(table, table[7:] + table[:7]))
        html = page(f"{MENU}<h1>{TITLE}</h1><div class='than-bai'>{turned}</div>{p(*PARAGRAPHS)}{FOOTER}")
        assert answer(html) == NoArticle("quarantined", "legacy_font_encoding")

    @pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
    def test_soft_hyphens_dropped_by_a_program_take_letters_with_them(self, encoding: str) -> None:
        story = p(*("Được mùa, giá thu mua tăng nhưng nước tưới của các phường còn thiếu." for _ in range(3)))
        html = page(f"<h1>{TITLE}</h1><div class='than-bai'>{FULL}{story}</div>").replace("utf-8", encoding)
        whole = typed(html, "tcvn3")
        assert "nước tưới" in read(whole.encode(encoding)).body
        lost = whole.replace("\u00ad", "").encode(encoding)
        assert answer(lost) == NoArticle("quarantined", "legacy_font_encoding")


class TestNeverTouched:
    @pytest.mark.parametrize("text", [FRENCH, GERMAN, ENGLISH, BODY, BODY.upper()])
    @pytest.mark.parametrize("times", [1, 20])
    def test_other_languages(self, text: str, times: int) -> None:
        html = page(p(*[text] * times) + NOISE)
        assert untouched(html)
        assert not looks_like_legacy_font(text * times)

    @pytest.mark.parametrize("text", [FRENCH, GERMAN, ENGLISH])
    def test_words_of_other_languages_one_by_one(self, text: str) -> None:
        assert untouched(page(p(*text.split()) + NOISE))

    def test_other_languages_in_a_page_that_is_converted(self) -> None:
        html = page(p(FRENCH, GERMAN) + typed(FULL, "tcvn3") + typed(FULL, "vni"))
        texts = ["".join(node.itertext()) for node in read_legacy_fonts(parse(html)).iter("p")]
        assert texts == [FRENCH, GERMAN, *[LEAD, *PARAGRAPHS] * 2]

    def test_numbers(self) -> None:
        assert untouched(page(p(*(f"{n}.{n}45,6 m² ± {n}½ · 20 µg ® © § {n}%" for n in range(200)))))

    @pytest.mark.parametrize("font", FONTS)
    def test_unicode_story_that_quotes_a_word(self, font: Font) -> None:
        quoted = f"Chữ “{typed('Việt Nam', font)}” hiện ra như vậy khi máy không có phông."
        article = read(page(f"<h1>{TITLE}</h1><div class='than-bai'>{FULL}{p(quoted)}</div>"))
        assert article.body == f"{BODY}\n{quoted}"

    @pytest.mark.parametrize("font", FONTS)
    @pytest.mark.parametrize(
        "said",
        [("Bảy tỉnh miền núi phía bắc",), ("Việt Nam",) * 12],
        ids=["few words", "one word again and again"],
    )
    def test_too_little_to_tell(self, font: Font, said: tuple[str, ...]) -> None:
        assert untouched(page(FULL + p(*(typed(text, font) for text in said)) + NOISE))

    @pytest.mark.parametrize("font", FONTS)
    def test_most_of_the_page_is_another_nonsense(self, font: Font) -> None:
        lucky = p(*(typed(text, font) for text in ("tỉnh miền núi", "vùng biển phía bắc", "giá chè tốt")))
        assert untouched(page(p("B\u00b8rk f\u00f6\u00f8rd tr\u00b6lk kn\u00f1ght") * 20 + lucky + NOISE))

    @pytest.mark.parametrize("font", FONTS)
    def test_sentence_quoted_in_a_unicode_paragraph(self, font: Font) -> None:
        quoted = typed("giúp hơn sáu trăm hộ có thu nhập ổn định, đường vào vùng sản xuất khó đi", font)
        assert untouched(page(p(f"{LEAD} “{quoted}” {PARAGRAPHS[0]}", *PARAGRAPHS[1:]) + NOISE))

    @pytest.mark.parametrize("font", FONTS)
    def test_word_quoted_in_unicode_beside_a_story_for_the_font(self, font: Font) -> None:
        line = f"Chữ {typed('Việt', font)} của {typed('tỉnh', font)}"
        tree = read_legacy_fonts(parse(page(p(line) + typed(FULL, font))))
        assert "".join(tree.xpath("//p[1]//text()")) == line

    @given(
        st.lists(
            st.lists(
                st.sampled_from(
                    sorted({*f"{BODY} hoà toà bà cô là và có tôi sông Hoà án oà oé ý ó".split()})
                ),
                min_size=1,
            ).map(" ".join),
            min_size=1,
            max_size=12,
        )
    )
    def test_words_of_unicode_vietnamese(self, texts: list[str]) -> None:
        assert untouched(page(p(*texts) + NOISE))
        composed = unicodedata.normalize("NFD", page(p(*texts) + NOISE))
        assert untouched(composed)

    @given(st.text(alphabet=st.sampled_from(sorted(set(BODY + BODY.upper() + "ỵữỗẵ"))), max_size=600))
    def test_any_letters_of_unicode_vietnamese(self, text: str) -> None:
        assert untouched(page(p(text) + NOISE))


class TestWindows1258:
    @pytest.mark.parametrize("label", ["windows-1258", "windows-1252", "iso-8859-1", "", "utf-8"])
    def test_combining_tones_come_out_composed(self, label: str) -> None:
        html = page(f"<h1>{TITLE}</h1><div class='than-bai'>{FULL}</div>").replace("utf-8", label)
        article = read(_windows_1258(html), f"text/html; charset={label}" if label else None)
        assert (article.title, article.body) == (TITLE, BODY)
        assert unicodedata.is_normalized("NFC", article.body)

    def test_is_not_taken_for_a_font(self) -> None:
        text = decode(_windows_1258(page(FULL)), None)
        assert unicodedata.normalize("NFC", text) == page(FULL)

    def test_unicode_pages_stop_at_the_gate(self) -> None:
        assert may_hold(page(MENU + FULL + FOOTER + p("© 2009 · Báo Vùng Cao® « tin » §"))) == ()


def _windows_1258(text: str) -> bytes:
    """Encode as the code page does it: base letter with its mark, the tone apart."""
    out = ""
    for char in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", char)
        tones = "".join(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
        out += unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tones)) + tones
    return out.encode("cp1258")
