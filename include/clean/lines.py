"""Lines that are not the story: captions, furniture, and the author under the last paragraph."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import zip_longest
from typing import Final

from include.clean.dates import parse_typed, parse_visible
from include.clean.noise import OTHER_STORIES
from include.clean.reading import Line
from include.clean.text import fold

_FILE_NAME: Final = re.compile(
    r"[\w()\-. %]{1,80}\.(?:jpe?g|png|gif|webp|bmp|heic)|(?:IMG|DSC|DSCN|DJI)[_-]?\d{3,}", re.IGNORECASE
)
_CREDIT: Final = re.compile(
    r"(?:^|[.(\s])(?:ảnh|hình|nguồn ảnh)(?: minh họa)?\s*:\s*[^.]{1,60}\)?\.?$"
    r"|\((?:ảnh|hình)[^)]{0,60}\)\.?$",
    re.IGNORECASE,
)
_CAPTION_OPENER: Final = re.compile(
    r"(?:quang cảnh|toàn cảnh|một góc|(?:các )?đại biểu|ảnh|hình|(?:các )?đồng chí|lãnh đạo|đoàn công tác)\b",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"[.!?…:;][\"”’')\]/]*$")
# Captions in the portals' pages have 3 to 25 words; a lead under a picture has more.
_CAPTION_CHARS: Final = 220
_STYLED_CAPTION_CHARS: Final = 400

_FURNITURE: Final = re.compile(
    r"(?:a[-+]?|fb|yt|zl|tw|x|g\+|facebook|twitter|zalo|youtube|email|print|top|down|tin mới"
    r"|(?:in|nghe|đọc|lưu|gửi|chia sẻ) (?:bài|bài viết|tin|trang)(?: này)?|bản in|chia sẻ|lưu|in ấn"
    r"|copy link(?: thành công)?|xem chi tiết(?: tại đây)?|(?:tải|xem) (?:về )?tại đây"
    r"|sao chép liên kết|gửi email|quay lại|trở lại|về đầu trang|cỡ chữ|xem các bài viết của tác giả|xem thêm"
    r"|(?:số )?lượt (?:xem|truy cập|đọc)\W*+[\d.,]*|đã xem\W*+[\d.,]*"
    r"|tổng số điểm của bài viết là.*|click để đánh giá bài viết|xếp hạng\s*:\s*[\d.]+.{0,40}|\d+ bình luận"
    r"|mã an toàn|gửi bình luận(?: của bạn)?|trình duyệt của bạn.{0,80}javascript.*"
    r"|(?:giấy phép|gpxb)\b.{0,60}\d\s*/\s*gp\b.{0,150}"
    r"|(?:cơ quan chủ quản|tổng biên tập|chịu trách nhiệm(?: nội dung)?|địa chỉ|điện thoại|fax)\s*:.{0,150}"
    r"|(?:©|bản quyền (?:thuộc|©)).{0,150}"
    r"|(?:lượt xem|lượt tải)\W*+\d.{0,40}|ghi rõ nguồn.*khi phát hành lại.*|bạn đã không sử dụng site.*"
    r"|\[?(?:img|video|photo|ảnh)\]?|[\W_]+)(?: *[|/])?",
    re.IGNORECASE,
)
_TEASER_OPENER: Final = re.compile(
    r"(?:[>»]{1,3}|(?:xem|đọc|tham khảo|tìm hiểu) thêm\s*:|(?:tin|bài) liên quan\s*:"
    r"|mời (?:quý )?(?:bạn|độc giả).{0,40}:)",
    re.IGNORECASE,
)

_AUTHOR_LABEL: Final = re.compile(
    r"(?:tác giả(?: bài viết)?|người viết|thực hiện|bài(?: viết)?(?: và|,| &) ảnh"
    r"|tin(?: và|,| &|-|/) ?(?:bài|ảnh)"
    r"|tin|bài viết|bài|theo|pv|ctv|biên tập)\s*[:\-–]\s*",
    re.IGNORECASE,
)
_SOURCE_LINE: Final = re.compile(
    r"\(?(?:nguồn(?: tin)?\s*:|theo)\s*(?P<source>(?:[^.…!?]|\.(?=\w)){1,60}?)\)?", re.IGNORECASE
)
# How the text came about, after the name: "A (tổng hợp)", "B (theo Reuters)".
_MADE_BY: Final = re.compile(
    r"\s*[(–-]\s*(?:tổng hợp|lược dịch|biên dịch|dịch|lược ghi|ghi|biên tập|thực hiện|t/h"
    r"|theo\s[^()]{1,40})\)?$",
    re.IGNORECASE,
)
# What may stand between the words of names: "A – B", "A, B và C", "A (TTXVN)", "A/B".
_BETWEEN_NAMES: Final = re.compile(r"[\s,&/+()–-]+(?:và\s+)?")
_NAME_WORD: Final = re.compile(r"[^\W\d_]+(?:[.’'][^\W\d_]+)*\.?")
_MAX_NAME_WORDS: Final = 10
_BYLINE_CHARS: Final = 70


def without_captions(lines: list[Line], captions: Collection[str]) -> list[Line]:
    """Drop lines that repeat a caption, name a picture file or stand under a picture as its caption."""
    known = {fold(caption) for caption in captions}
    kept: list[Line] = []
    under_picture = is_open = False
    for line in lines:
        # A file name above the caption does not part it from its picture.
        placed, goes_on = line.after_picture or under_picture, is_open
        under_picture = is_open = False
        if _FILE_NAME.fullmatch(line.text):
            under_picture = placed
        elif (placed and _reads_as_caption(line)) or (goes_on and not _SENTENCE_END.search(line.text)):
            is_open = line.text.endswith((",", "-", "–"))
        elif fold(line.text) not in known:
            kept.append(line)
    return kept


def without_furniture(lines: list[Line], title: str | None) -> list[Line]:
    """Drop buttons, counters, teasers and the repeated title; cut at a heading that opens other stories."""
    kept: list[Line] = []
    is_head = True
    for line, following in zip_longest(lines, lines[1:]):
        text = fold(line.text)
        if OTHER_STORIES.fullmatch(text):
            if following is not None and following.linked > 0.9 and kept:
                break
            continue
        if _is_furniture(text) or _is_teaser(line) or (title and text == fold(title)):
            continue
        if not (is_head and _is_imprint(line.text)):
            kept.append(line)
            is_head = is_head and len(line.text) <= _BYLINE_CHARS
    return kept


def split_byline(lines: list[Line]) -> tuple[list[Line], str | None]:
    """The lines without the signature, and the name in it; source notes under the story go as well.

    The signature is the last line or lines; some templates print it above the first paragraph.
    """
    kept, names = list(lines), []
    while len(kept) > 1:
        text = kept[-1].text
        if len(text) > _BYLINE_CHARS or not (_is_source(text) or author_of(text)):
            break
        name = author_of(text)
        if name:
            names.append(name)
        kept.pop()
        if len(names) == 2:
            break
    head = author_of(kept[0].text) if len(kept) > 1 and not kept[0].is_heading else None
    # A line in capitals up there is the section's name.
    if head and not head.isupper() and len(kept[1].text) > _BYLINE_CHARS:
        return kept[1:], names[-1] if names else head
    return kept, names[-1] if names else None


def author_of(text: str) -> str | None:
    """The name in a signature line ("Tác giả bài viết: …", "A – B", "TRÍ DŨNG"), or null."""
    label = _AUTHOR_LABEL.match(text)
    if label is None and (_SENTENCE_END.search(text.removesuffix(".")) or _is_source(text)):
        return None
    bare = (text[label.end() :] if label else text).strip(" ./*").removeprefix("(")
    bare = _MADE_BY.sub("", bare)
    bare = bare if "(" in bare else bare.removesuffix(")")
    if not bare or len(bare) > _BYLINE_CHARS or any(char.isdigit() for char in bare):
        return None
    return bare if _are_names(bare) else None


def _are_names(text: str) -> bool:
    """Whether every word begins with a capital, as in names of people, agencies and their short forms."""
    words = [word for word in _BETWEEN_NAMES.split(text) if word]
    return 0 < len(words) <= _MAX_NAME_WORDS and all(
        word[0].isupper() and _NAME_WORD.fullmatch(word) for word in words
    )


def _is_source(text: str) -> bool:
    found = _SOURCE_LINE.fullmatch(text)
    words = found["source"].split() if found else []
    is_named = bool(words) and (words[0][:1].isupper() or words[-1].lower() == "online" or "." in words[-1])
    return is_named and len(words) <= 6


def _reads_as_caption(line: Line) -> bool:
    text = line.text
    if fold(text) == line.picture_alt and text:
        return True
    if len(text) <= _STYLED_CAPTION_CHARS and (line.italic > 0.9 or line.centred or _CREDIT.search(text)):
        return True
    is_open = bool(_CAPTION_OPENER.match(text)) and not _SENTENCE_END.search(text)
    if len(text) > _CAPTION_CHARS or (line.is_heading and not is_open):
        return False
    is_one_sentence = not re.search(r"[.!?…]\s", text)
    return not _SENTENCE_END.search(text) or (is_one_sentence and bool(_CAPTION_OPENER.match(text)))


def _is_imprint(text: str) -> bool:
    """A date or a bare count between headline and first paragraph."""
    return not any(char.isalpha() for char in text) or bool(parse_visible(text) or parse_typed(text))


def _is_furniture(text: str) -> bool:
    return all(_FURNITURE.fullmatch(part) for part in re.split(r"\s*\|\s*|\s{2,}", text) if part) or bool(
        re.fullmatch(r"(?:fb|yt|zl|tw|a|a-|a\+)(?: (?:fb|yt|zl|tw|a|a-|a\+))+", text)
    )


def _is_teaser(line: Line) -> bool:
    # A whole paragraph that is a link leads to another story; documents are linked inside sentences.
    return bool(_TEASER_OPENER.match(line.text)) or (line.linked > 0.9 and len(line.text) >= 20)
