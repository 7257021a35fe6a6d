"""What stands on a page beside the story: cut out of the tree before the story is read."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree, html

from include.clean.reading import CAPTION_CUT, CUT_TAG, is_data_table
from include.clean.tree import link_share, name_words, text_of

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
_PICTURE_TABLE_CHARS: Final = 500


def prune(story: html.HtmlElement) -> list[str]:
    """Cut side matter out of the element that holds the story; gives back the captions that were cut."""
    whole = len(text_of(story))
    _cut_other_stories(story, whole)
    for element in list(story.iterdescendants()):
        if _is_inside(element, story) and _is_noise(element, whole):
            cut(element)
    captions = []
    for element in list(story.iterdescendants()):
        if _is_inside(element, story) and _is_caption(element, whole):
            captions.append(text_of(element))
            cut(element, leaves_picture=_is_bare_picture(element), was_caption=True)
    return [caption for caption in captions if caption]


def prune_page(page: html.HtmlElement) -> None:
    """Cut navigation, sidebars and footers out of a page whose story has yet to be found."""
    whole = len(text_of(page))
    for element in list(page.iterdescendants()):
        if not _is_inside(element, page):
            continue
        is_frame = element.tag in ("nav", "aside", "footer")
        if (is_frame or name_words(element) & NOISE_WORDS) and len(text_of(element)) < whole * _MAX_BOX_SHARE:
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
    for heading in list(story.iterdescendants()):
        if not _is_inside(heading, story) or not OTHER_STORIES.fullmatch(text_of(heading).casefold()):
            continue
        box = _box_around(heading, story, whole)
        if box is not heading:
            cut(box)
            continue
        following = list(heading.itersiblings())
        linked = [index for index, sibling in enumerate(following) if link_share(sibling) > 0.3]
        for sibling in following[: max(linked) + 1] if linked else []:
            cut(sibling)
        cut(heading)


def _box_around(heading: html.HtmlElement, story: html.HtmlElement, whole: int) -> html.HtmlElement:
    """The widest element around a heading that is still a side matter, with links in it."""
    box = heading
    for ancestor in heading.iterancestors():
        if ancestor is story or len(text_of(ancestor)) >= whole * _MAX_BOX_SHARE:
            break
        if link_share(ancestor) > 0.2 or len(text_of(ancestor)) == len(text_of(heading)):
            box = ancestor
    return box


def _is_noise(element: html.HtmlElement, whole: int) -> bool:
    if not isinstance(element.tag, str) or element.tag in ("img", CUT_TAG):
        return False
    size = len(text_of(element))
    if size >= whole * _MAX_BOX_SHARE:
        return False
    if element.tag in ("nav", "aside", "footer") or name_words(element) & NOISE_WORDS:
        return True
    if "hidden" in (element.get("class") or "").split():
        return True
    # A list or a box of links is an invitation elsewhere; a link inside a sentence is not.
    is_box = element.tag in ("ul", "ol", "div", "section", "blockquote", "article")
    return is_box and size > 0 and link_share(element) > _LINKED_BOX


def _is_caption(element: html.HtmlElement, whole: int) -> bool:
    if not isinstance(element.tag, str) or element.tag in ("img", CUT_TAG):
        return False
    size = len(text_of(element))
    if element.tag in ("figure", "figcaption"):
        return next(element.iter("table"), None) is None
    if size >= whole * _MAX_BOX_SHARE:
        return False
    if element.tag == "table":
        has_picture = next(element.iter("img"), None) is not None
        return has_picture and size <= _PICTURE_TABLE_CHARS and not is_data_table(element)
    # A bare `Image` class on a paragraph or cell is the editor's style for captions.
    is_styled = "Image" in (element.get("class") or "").split()
    return bool(name_words(element) & CAPTION_WORDS) or (is_styled and element.tag in ("p", "td", "div"))


def _is_bare_picture(element: html.HtmlElement) -> bool:
    """Whether a picture's element has no place for a caption, so that the next line may be it."""
    return not text_of(element) and next(element.iter("figcaption", "caption"), None) is None


def _is_inside(element: html.HtmlElement, story: html.HtmlElement) -> bool:
    """Whether an earlier cut has not already taken the element away."""
    return any(ancestor is story for ancestor in element.iterancestors())
