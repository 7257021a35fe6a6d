"""Kinds whose HTTP is well-formed and whose page is not, or is made to be slow to read."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from typing import Final

from include.clean.guards import MAX_ELEMENTS
from tests.clean.samples import LEAD, PARAGRAPHS, TITLE, p, page
from tests.hostile.kinds import PLAIN_STORY, STORY, Content, Kind, says, times, with_story

# Just below the number of elements from which a page is refused.
_MANY: Final = MAX_ELEMENTS - 1_000
_HEADING: Final = "<p>Tin liên quan</p>"
_LINK: Final = "<a href='/x-1.html'>Khánh thành cầu treo nối hai bản vùng cao</a> "


def _read(name: str, content: Content, outcome: str = "loaded", reason: str | None = None) -> Kind:
    return Kind(name, says(content), outcome, reason)


def _refused(name: str, content: Content, reason: str) -> Kind:
    return Kind(name, says(content), "quarantined", reason)


def _both(name: str, unit: str, elements: int = 1, **after: str | None) -> tuple[Kind, Kind]:
    """The unit inside an element that is named as the story's, and beside a story that is not named."""
    around = times(unit, _MANY // max(1, elements))
    return (
        Kind(f"{name}, in the story", says(with_story(around)), **{"outcome": "loaded", **after}),
        Kind(f"{name}, beside it", says(with_story(around, is_declared=False)), "loaded"),
    )


def _headed(head: Callable[[int], str]) -> Content:
    return lambda size: page(STORY, head=head(size))


def _json_ld(text: Callable[[int], str]) -> Content:
    return _headed(lambda size: f'<script type="application/ld+json">{text(size)}</script>')


def _nested(around: str, levels: int, filling: Callable[[int], str]) -> Content:
    name = around.split()[0]
    return with_story(lambda size: f"<{around}>" * levels + filling(size) + f"</{name}>" * levels)


def _wrapped(opening: str, levels: int) -> Content:
    """The story and much else inside many elements of the same name."""
    name = opening.split()[0]
    return lambda size: page(
        f"<h1>{TITLE}</h1>" + f"<{opening}>" * levels + p(LEAD, *PARAGRAPHS)
        + times(_LINK, _MANY // 2)(size) + f"</{name}>" * levels
    )  # fmt: skip


def _random_bytes(size: int) -> bytes:
    return b"<html>" + random.Random(7).randbytes(size)  # noqa: S311 - the same bytes each time


def _random_markup(size: int) -> bytes:
    made = random.Random(7).choices("<>/= \"'abcdp&;!-chè", weights=[1] + [9] * 18, k=size)  # noqa: S311 - the same bytes each time
    return page(STORY + "".join(made)).encode()


def _typed(charset: str) -> str:
    return f"text/html; charset={charset}"


def _cp1258(text: str) -> bytes:
    """As typed with a Vietnamese keyboard of windows-1258: tones as signs of their own."""
    tones = {0x300, 0x301, 0x303, 0x309, 0x323}
    made = []
    for char in text:
        whole = unicodedata.normalize("NFD", char)
        tone = "".join(sign for sign in whole if ord(sign) in tones)
        base = unicodedata.normalize("NFC", "".join(sign for sign in whole if ord(sign) not in tones))
        made.append(base + tone)
    return "".join(made).encode("cp1258", errors="replace")


STRUCTURE: Final = (
    _refused("100 000 attributes", lambda _: page("<p " + " ".join(f"a{n}=b" for n in range(100_000)) + ">"),
             "too_many_attributes"),
    _refused("100 000 attributes with angles in them",
             lambda _: page("<p " + " ".join(f'a{n}=">"' for n in range(100_000)) + ">"),
             "too_many_attributes"),
    _refused("nested 100 000 deep", lambda _: page("<div>" * 100_000 + STORY), "too_many_elements"),
    _refused("nested 19 000 deep", lambda _: page("<div>" * 19_000 + STORY), "nested_too_deep"),
    _refused("SVG 10 000 deep", lambda _: page(STORY + "<svg>" + "<g>" * 10_000), "nested_too_deep"),
    _refused("MathML 10 000 deep", lambda _: page(STORY + "<math>" + "<mrow>" * 10_000), "nested_too_deep"),
    _refused("200 000 empty paragraphs", lambda _: page(STORY + "<p></p>" * 200_000), "too_many_elements"),
    _refused("a million line breaks", lambda _: page(STORY + "<br>" * 1_000_000), "too_many_elements"),
    _refused("500 000 inline tags never closed", lambda _: page(STORY + "<b><i>" * 250_000),
             "too_many_elements"),
    _refused("elements without number in UTF-16",
             lambda _: page("<p>" * 200_000).encode("utf-16"), "too_many_elements"),
    _refused("beyond 5 MB", lambda _: page(STORY + "<p>" + "a " * 2_510_000), "too_large"),
    *_both("empty paragraphs", "<p></p>"),
    *_both("line breaks", "<br>"),
    *_both("broken lines", "chè búp<br>"),
    *_both("short paragraphs", "<p>chè búp tươi</p>"),
    *_both("paragraphs", f"<p>{PARAGRAPHS[2]}</p>"),
    *_both("spans", "<span>chè</span> "),
    *_both("links", _LINK),
    *_both("menus", f"<ul><li>{_LINK}</ul>", 3),
    *_both("boxes of other stories", "<div class='related'>Tin khác</div>"),
    *_both("headings of other stories", _HEADING),
    *_both("headings with their teasers", f"<div>{_HEADING}{_LINK}</div>", 3),
    *_both("headlines", f"<h1>{TITLE}</h1>"),
    *_both("small tables", "<table><tr><td>Chè<td>2<tr><td>Ngô<td>4</table>", 7),
    *_both("figures", "<figure><img src=x><figcaption>Đồi chè</figcaption></figure>", 3),
    *_both("dates", "<time datetime='2024-01-01'>1/1/2024</time>"),
    *_both("authors", "<span class='author'>Vân</span> chè búp tươi"),
    *_both("leads", "<div class='sapo'>Chè búp tươi được giá</div>"),
    *_both("advertisement slots", "chè<ins></ins><p>búp</p>", 2),
    *_both("form fields with text after each", "<input>" + "chè búp tươi " * 8),
    *_both("hidden elements with text after each", "<i hidden></i>" + "chè búp tươi " * 8),
    *_both("nested lists", "<ul>" * 60 + "<li>chè" + "</ul>" * 60, 61),
    *_both("nested tables", "<table><tr><td>" * 40 + "chè" + "</table>" * 40, 120),
    *_both("colspan bomb",
           "<table>" + "<tr><td colspan=1000000 rowspan=1000000>Chè<td>2" * 2 + "</table>", 7),
    _read("one table of spans",
          with_story(lambda size: "<table>" + times("<tr><td colspan=9999 rowspan=9999>Chè búp<td>2",
                                                    _MANY // 3)(size) + "</table>")),
    _read("one row of cells",
          with_story(lambda size: f"<table><tr><td>Chè<td>2<tr>{times('<td>1', _MANY)(size)}</table>")),
    _read("much text 150 deep", _nested("div", 150, times(f"<p>{PARAGRAPHS[2]}</p>", _MANY // 2))),
    _read("many headings 150 deep", _nested("div", 150, times(_HEADING, _MANY // 2))),
    _read("empty elements 150 deep", _nested("div", 150, times("<p> </p>", _MANY // 2))),
    _read("links 150 lists deep", _nested("ul", 150, times(_LINK, _MANY // 2))),
    _read("side matter 150 deep", _nested("div class='related'", 150, times("<p>chè</p>", _MANY // 2))),
    _read("150 elements named as the story", _wrapped("div class='article-content'", 150)),
    _read("150 elements named as the headline", _wrapped("div class='news-title'", 150)),
    _read("150 elements named as the author", _wrapped("div class='author'", 150)),
    _read("150 plain elements", _wrapped("div", 150)),
)  # fmt: skip

TEXT: Final = (
    *_both("spaces", " "),
    *_both("brackets", "("),
    *_both("digits", "1", outcome="loaded"),
    *_both("one word", "a"),
    *_both("full stops", "."),
    *_both("bars", " | "),
    *_both("marks on one letter", "\u0323\u0301"),
    *_both("marks written as entities", "&#803;&#769;"),
    *_both("dates in a line", "1/1/2024 "),
    *_both("ampersands", "&"),
    *_both("angles", "< "),
    _read("view count without end", with_story(lambda size: f"<p>Lượt xem {'.' * size}x</p>")),
    _read("one paragraph of megabytes",
          lambda size: page(f"<h1>{TITLE}</h1><p>{(PARAGRAPHS[2] + ' ') * (size // 150)}</p>")),
    _read("null bytes in words", lambda _: page(STORY).encode().replace("chè".encode(), b"ch\x00e")),
    _read("lone surrogates in UTF-8",
          lambda _: page(STORY).encode().replace(b"</h1>", b"\xed\xa0\x80</h1>")),
    _read("lone surrogates as entities", lambda _: page(STORY.replace("</h1>", "&#xD800;&#xDFFF;</h1>"))),
    _read("comment never closed", with_story(lambda size: "<!-- " + times("x <p>", _MANY)(size))),
    _read("script never closed", with_story(lambda size: "<script>" + times("x <p>", _MANY)(size))),
    _refused("scripts never begun", with_story(lambda _: "<script " * 4_000, is_declared=False),
             "too_many_attributes"),
    _read("styles never closed", with_story(times("<style>", _MANY), is_declared=False)),
    _read("plaintext", with_story(lambda size: "<plaintext>" + times("chè búp tươi <p>", _MANY)(size))),
    _read("closing tags without number", with_story(times("</p></div></html>"), is_declared=False)),
    _read("random markup", _random_markup),
    _refused("random bytes", _random_bytes, "undecodable"),
    _read("angles alone", lambda size: page(STORY + "<" * size)),
)  # fmt: skip

ATTRIBUTES: Final = (
    _read("title of megabytes", lambda size: page(STORY, title="Chè " * (size // 5))),
    _read("title of separators", lambda size: page(PLAIN_STORY, title="Báo | " * (size // 8))),
    _read("og:title of megabytes",
         _headed(lambda size: f"<meta property='og:title' content='{'a' * size}'>")),
    _read("description of entities",
          _headed(lambda size: f"<meta name='description' content='{'&a' * (size // 2)}'>")),
    _read("canonical address that is torn", _headed(lambda _: "<link rel='canonical' href='http://[x'>")),
    _read("class of megabytes", lambda size: page(f"<div class='{'aB1 ' * (size // 4)}'>{STORY}</div>")),
    _read("class of one long word", lambda size: page(f"<div class='{'aB1' * (size // 3)}'>{STORY}</div>")),
    _read("class of marks", lambda size: page(f"<div class='{chr(803) + chr(769)}'>{STORY}</div>"
                                              .replace(chr(769), chr(769) * (size // 2)))),
    _read("classes of 300 words", with_story(times(
        f"<div class='{' '.join(f'q{number}' for number in range(300))}'>x</div>", _MANY))),
    _read("style of megabytes", lambda size: page(f"<div style='display{' ' * size}'>{STORY}</div>")),
    _read("data address of 4 MB",
          lambda size: page(f"<img src='data:image/png;base64,{'iVBO' * (size // 5)}'>{STORY}")),
    _read("JSON-LD nested without end", _json_ld(lambda size: "[" * (size // 2) + "]" * (size // 2))),
    _read("JSON-LD of brackets", _json_ld(lambda size: "[" * size)),
    _read("JSON-LD of objects in objects", _json_ld(lambda size: '{"a":' * (size // 5))),
    _read("JSON-LD of digits", _json_ld(lambda size: "1" * size)),
    _read("JSON-LD of articles", _json_ld(
        lambda size: "[" + '{"@type":"NewsArticle","datePublished":"x"},' * (size // 50) + "1]")),
    _read("JSON-LD whose type is an object", _json_ld(lambda _: '{"@type":[{"a":1}],"headline":{"b":2}}')),
    _read("JSON-LD with a lone surrogate", lambda _: page(
        PLAIN_STORY.replace("h1>", "p>"), title="",
        head='<script type="application/ld+json">'
        '{"@type":"NewsArticle","headline":"Ch\\ud800\\u0000e"}</script>',
    )),
)  # fmt: skip

ENCODINGS: Final = (
    Kind("cp1258 labelled UTF-8", says(lambda _: _cp1258(page(STORY))), "loaded"),
    Kind("label that is no text encoding",
         says(lambda _: _cp1258(page(STORY)), {"Content-Type": _typed("hex")}),
         "loaded"),
    Kind("label of a slow codec",
         says(lambda size: _cp1258(page(STORY + "chè " * (size // 4))), {"Content-Type": _typed("punycode")}),
         "loaded"),
    Kind("label that is an error",
         says(lambda _: _cp1258(page(STORY)), {"Content-Type": _typed("undefined")}),
         "loaded"),
    Kind("UTF-16 without a mark", says(lambda _: page(STORY).encode("utf-16-le")), "loaded"),
    Kind("UTF-16 cut in a letter", says(lambda _: page(STORY).encode("utf-16")[:-1]), "loaded"),
)  # fmt: skip

NO_STORY: Final = (
    Kind("no body", says(lambda _: b""), "empty", "no_content"),
    Kind("white space", says(lambda size: " \r\n" * (size // 3)), "empty", "no_content"),
    Kind("scripts alone", says(lambda _: "<html><script>var a=1</script><script>b()</script>"),
         "empty", "no_story"),
    Kind("null bytes alone", says(bytes), "quarantined", "not_text"),
    Kind("scrambled letters",
         says(lambda _: page(STORY.translate({ord(a): "xqzw"[ord(a) % 4] for a in "aeiou"}))),
         "empty", "scrambled_body"),
)  # fmt: skip


PAGES: Final = (*STRUCTURE, *TEXT, *ATTRIBUTES, *ENCODINGS, *NO_STORY)
