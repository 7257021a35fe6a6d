"""What stands on a page beside the story: cut out of the tree before the story is read."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree, html

from include.clean.reading import CAPTION_CUT, CUT_TAG, read_lines
from include.clean.sizes import Sizes, sizes_of
from include.clean.tables import is_data_table
from include.clean.tree import name_words, short_text, text_of

# Words of class names and ids that templates give to what is not the story.
NOISE_WORDS: Final = frozenset(
    [
        "related", "relate", "relatednews", "lienquan", "tinlienquan", "othernews", "tinkhac",
        "tincungchuyenmuc", "tincungmuc", "morenews", "xemnhieu", "docnhieu", "mostread", "mostview",
        "comment", "comments", "binhluan", "fbcomments", "ykien", "share", "social", "sharing", "addthis",
        "sharemxh", "rating", "vote", "danhgia", "stringrating", "tags", "tag", "tukhoa", "keyword",
        "keywords", "breadcrumb", "breadcrumbs", "ads", "advert", "advertisement", "quangcao", "adv",
        "banner", "sda", "counter", "viewcount", "luotxem", "luottruycap", "visits", "toolbar", "tools",
        "print", "tts", "audio", "player", "nav", "navigation", "menu", "pagination", "paging",
        "newsletter", "subscribe", "popup", "modal", "login", "sidebar", "widget", "laws", "sponsor",
        "promo", "outstream", "timeoutsess",
    ]
)  # fmt: skip
CAPTION_WORDS: Final = frozenset(
    [
        "caption", "figcaption", "imgdesc", "imagedesc", "imgcaption", "photocaption", "piccaption",
        "chuthich", "chuthichanh", "photocmscaption", "pcaption", "captionimage",
    ]
)  # fmt: skip
# A heading alone on its line that opens a list of other stories, or what readers say of this one.
OTHER_STORIES: Final = re.compile(
    r"(?:(?:các |những )?(?:tin|bài|tin tức|tin bài|bài viết|tin, bài)(?: viết| bài)? "
    r"(?:liên quan|cùng (?:chuyên mục|chuyên đề|loại|mục|chủ đề)|khác|mới hơn|cũ hơn|mới nhất|mới|nổi bật"
    r"|đã đưa|đã đăng|tiếp theo|trước đó|đọc nhiều|xem nhiều|nên đọc|đáng chú ý)"
    r"|có thể bạn quan tâm|bạn có thể quan tâm|tham khảo thêm|xem thêm|đọc thêm|đọc tiếp|xem nhiều|đọc nhiều"
    r"|(?:cùng )?chuyên mục|theo dòng sự kiện|ý kiến (?:bạn đọc|độc giả)|bình luận|gửi bình luận(?: của bạn)?"
    r"|từ khóa|tags?|tin mới|tin nóng|tin đọc nhiều|liên quan|các tin khác)(?: *\(\d+\))?[ :.»>]*"
)
# A box is a side matter as long as it holds less than this share of the story around it.
_MAX_BOX_SHARE: Final = 0.5
_LINKED_BOX: Final = 0.7
_HEADING_CHARS: Final = 60
# Shorter links are menus and tags.
_HEADLINE_CHARS: Final = 20
# A story has one or two such headings; each one is compared with all that stands around it.
_MAX_HEADINGS: Final = 50
_PICTURE_TABLE_CHARS: Final = 500
_INLINE: Final = ("a", "span", "b", "strong", "i", "em", "u", "font", "mark")
# What may be set inside a sentence without being part of it.
_INLINE_SLOTS: Final = frozenset(
    [
        "ads", "advert", "advertisement", "quangcao", "adv", "sda", "share", "social", "tts", "audio",
        "player", "counter", "viewcount", "luotxem", "popup", "modal",
    ]
)  # fmt: skip
_PICTURE_LINE_CHARS: Final = 250


def prune(story: html.HtmlElement) -> list[str]:
    """Cut side matter out of the element that holds the story; gives back the captions that were cut."""
    whole = len(text_of(story))
    _cut_other_stories(story, whole)
    # What is cut stands before the elements that are still to be judged, so that their sizes stay.
    sizes = sizes_of(story)
    for element in list(story.iterdescendants()):
        if _is_inside(element, story) and _is_noise(element, whole, sizes):
            cut(element)
    captions = []
    sizes = sizes_of(story)
    for element in list(story.iterdescendants()):
        if _is_inside(element, story) and _is_caption(element, whole, sizes):
            captions.append(text_of(element))
            cut(element, leaves_picture=_is_bare_picture(element), was_caption=True)
    return [caption for caption in captions if caption]


def prune_page(page: html.HtmlElement) -> None:
    """Cut navigation, sidebars, footers and other stories out of a page whose story has yet to be found."""
    whole = len(text_of(page))
    _cut_other_stories(page, whole)
    sizes = sizes_of(page)
    for element in list(page.iterdescendants()):
        if not _is_inside(element, page):
            continue
        is_frame = element.tag in ("nav", "aside", "footer")
        if (is_frame or name_words(element) & NOISE_WORDS) and sizes.text[element] < whole * _MAX_BOX_SHARE:
            cut(element)


def cut(element: html.HtmlElement, *, leaves_picture: bool = False, was_caption: bool = False) -> None:
    """Put a mark in the place of an element, or a picture without text; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    mark = etree.SubElement(parent, "img" if leaves_picture else CUT_TAG)
    if was_caption and not leaves_picture:
        mark.set("class", CAPTION_CUT)
    mark.tail, element.tail = element.tail, None
    parent.replace(element, mark)


def _cut_other_stories(story: html.HtmlElement, whole: int) -> None:
    left = _MAX_HEADINGS
    for heading in list(story.iterdescendants()):
        text = short_text(heading, _HEADING_CHARS)
        if not text or not _is_inside(heading, story) or not OTHER_STORIES.fullmatch(text.casefold()):
            continue
        left -= 1
        if left < 0:
            return
        box = _box_of(heading, text, story, whole)
        if not _leads_elsewhere(box):
            for sibling in _teasers_after(box):
                cut(sibling)
        cut(box)


def _box_of(heading: html.HtmlElement, text: str, story: html.HtmlElement, whole: int) -> html.HtmlElement:
    """The widest side matter that begins with the heading; the page's own headline is never in it."""
    box = heading
    for ancestor in heading.iterancestors():
        inner = text_of(ancestor)
        if ancestor is story or len(inner) >= whole * _MAX_BOX_SHARE or not inner.startswith(text):
            break
        if next(ancestor.iter("h1"), None) is not None:
            break
        box = ancestor
    return box


def _teasers_after(heading: html.HtmlElement) -> list[html.HtmlElement]:
    """The elements below a heading that belong to it: links, and the summaries between and under them."""
    teasers: list[html.HtmlElement] = []
    was_leading = False
    sibling = heading.getnext()
    while sibling is not None:
        following = sibling.getnext()
        is_leading = _leads_elsewhere(sibling)
        if not is_leading and text_of(sibling):
            is_between = following is not None and _leads_elsewhere(following)
            if not (was_leading and (len(teasers) >= 2 or is_between)):
                break
        teasers.append(sibling)
        was_leading, sibling = is_leading, following
    return teasers


def _leads_elsewhere(element: html.HtmlElement) -> bool:
    """Whether a whole line of it is a link with the length of a headline."""
    return any(line.linked > 0.9 and len(line.text) >= _HEADLINE_CHARS for line in read_lines(element))


def _is_noise(element: html.HtmlElement, whole: int, sizes: Sizes) -> bool:
    if not isinstance(element.tag, str) or element.tag in ("img", CUT_TAG) or is_word(element):
        return False
    size = sizes.text[element]
    if size >= whole * _MAX_BOX_SHARE:
        return False
    if element.tag in ("nav", "aside", "footer") or name_words(element) & NOISE_WORDS:
        return True
    if "hidden" in (element.get("class") or "").split():
        return True
    # A list or a box of links is an invitation elsewhere; a link inside a sentence is not.
    is_box = element.tag in ("ul", "ol", "div", "section", "blockquote", "article")
    return is_box and size > 0 and sizes.link_share(element) > _LINKED_BOX


def is_word(element: html.HtmlElement) -> bool:
    """Whether it is words of a sentence: a link that some templates set on what they have tags for."""
    if element.tag not in _INLINE or _INLINE_SLOTS & name_words(element):
        return False
    before = element.getprevious()
    parent = element.getparent()
    text_before = before.tail if before is not None else parent.text if parent is not None else None
    return bool((text_before or "").strip()) or bool(re.match(r"\s*[^\W_]", element.tail or ""))


def _is_caption(element: html.HtmlElement, whole: int, sizes: Sizes) -> bool:
    if not isinstance(element.tag, str) or element.tag in ("img", CUT_TAG):
        return False
    size = sizes.text[element]
    if element.tag in ("figure", "figcaption"):
        is_picture = next(element.iter("img", "figcaption"), None) is not None
        return is_picture and next(element.iter("table"), None) is None
    if size >= whole * _MAX_BOX_SHARE:
        return False
    if element.tag == "table":
        has_picture = next(element.iter("img"), None) is not None
        if not has_picture or size > _PICTURE_TABLE_CHARS or is_data_table(element):
            return False
        # The lead of some old pages stands beside its picture.
        return all(len(line.text) <= _PICTURE_LINE_CHARS for line in read_lines(element))
    # A bare `Image` class on a paragraph or cell is the editor's style for captions.
    is_styled = "Image" in (element.get("class") or "").split()
    return bool(name_words(element) & CAPTION_WORDS) or (is_styled and element.tag in ("p", "td", "div"))


def _is_bare_picture(element: html.HtmlElement) -> bool:
    """Whether a picture's element has no place for a caption, so that the next line may be it."""
    return not text_of(element) and next(element.iter("figcaption", "caption"), None) is None


def _is_inside(element: html.HtmlElement, story: html.HtmlElement) -> bool:
    """Whether an earlier cut has not already taken the element away."""
    return any(ancestor is story for ancestor in element.iterancestors())
