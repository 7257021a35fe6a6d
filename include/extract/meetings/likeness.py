"""What tells one meeting from another when several articles report it: words, names and ordinals.

Read from what names a meeting's subject: the headline, the sentence that introduces it and the topic.
Two portals word one subject differently, so single words are not compared but pairs of neighbours, in
which a Vietnamese compound mostly stands whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from include.extract.calendar import find_days
from include.extract.cues import Cued
from include.extract.meetings.page import Page
from include.extract.meetings.segments import Segment
from include.extract.names import COUNTRIES, PROVINCE_NAMES
from include.extract.number_words import read_number_words
from include.extract.people import find_people
from include.extract.text import CAPITAL, Span, fold


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a meeting is recognised by, each list sorted and without repeats.

    subject_words: pairs of neighbouring syllables, folded ("nông thôn"). subject_names: what bears a
    name of its own, folded, behind its class ("district:mường khe"): district, commune, firm, site,
    office, organ, country, province or title. edition: which of a series ("kỳ họp 7"), null where it is
    not counted.
    """

    subject_words: tuple[str, ...]
    subject_names: tuple[str, ...]
    edition: str | None


# A name as printed.
_NAME = re.compile(rf"{CAPITAL}\w*(?:[ -]{CAPITAL}\w*){{0,4}}")
# Words in front of a name (folded), by what the name then is of. Two reports that name two districts,
# partners or countries tell of two meetings; two that name two sites may tell of one tour.
_HEADS: Final = {
    "district": r"(?:huyện(?: ủy)?|thị (?:xã|ủy)|thành (?:phố|ủy)|tp\.?|quận(?: ủy)?) ",
    "commune": r"(?:xã|phường|thị trấn|đặc khu) ",
    "firm": (
        r"(?:tập đoàn|tổng công ty|công ty|ngân hàng(?! nhà nước)|hãng) (?:(?:cổ phần|cp|tnhh|mtv"
        r"|một thành viên|thương mại|xây dựng|đầu tư|và|dịch vụ|phát triển) )*"
    ),
    "site": (
        r"(?:khu công nghiệp|kcn|cụm công nghiệp|khu kinh tế|khu đô thị|khu du lịch|nhà máy|thủy điện"
        r"|sân bay|cảng|cửa khẩu|cao tốc|cầu|hồ|chùa|đền|bệnh viện|trường \w+|đại học|dự án) "
    ),
    "office": r"(?:với|tại|thăm|tra|sát|tác|của) (?:(?:lãnh đạo|tập thể|cán bộ|đoàn công tác) )*",
}
_HEAD: Final = {kind: Cued(rf"(?<!\w){words}") for kind, words in _HEADS.items()}
# Where it is no run of capitals that bears the name.
_OTHER_NAME: Final = {
    "office": re.compile(r"(?i:sở|bộ|cục|chi cục|tổng cục|công an|kho bạc|liên đoàn|đảng bộ) \w+ \w+"),
}
# Names that need no word in front.
_ALONE: Final = {
    "country": re.compile(
        rf"(?<!\w)(?:(?:{'|'.join(name for name in COUNTRIES if len(name) > 4)})(?!\w)"
        r"|(?:(?<=sứ )|(?<=quán )|(?<=sự )|(?<=nước )|(?<=đoàn )|(?<=nghiệp )|(?<=đầu tư )|(?<=trường ))"
        rf"(?:{'|'.join(name for name in COUNTRIES if len(name) <= 4)})(?!\w| {CAPITAL}))"
    ),
    "province": re.compile(rf"(?<!\w)(?:{'|'.join(sorted(PROVINCE_NAMES, key=len, reverse=True))})(?!\w)"),
    "organ": re.compile(
        r"(?<!\w)(?:hđnd|hội đồng nhân dân|đảng bộ|mttq|mặt trận tổ quốc)(?: việt nam)?"
        r" (?:tỉnh|thành phố|tp|huyện|thị xã|quận|xã|phường|đặc khu)(?!\w)",
        re.IGNORECASE,
    ),
    "title": re.compile(r"(?<=[\"“])[^\"“”\n]{8,120}(?=[\"”])"),
}
_ALSO_IN_POSTS: Final = frozenset({"firm", "country"})
_SHORT_ORGANS: Final = {
    "hđnd": "hội đồng nhân dân",
    "mttq": "mặt trận tổ quốc",
    " việt nam": "",
    " tp": " thành phố",
}
# Meetings of one place share its name, whatever they are about: it is no word of the subject.
_PLACES: Final = ("district", "commune", "province")
_HOME_WORDS = re.compile(r"\s+(?:việt nam|group|holdings|corporation)\Z")

# Words that every report of a meeting may have (folded): they break the chains of which pairs are made.
_EMPTY: Final = (
    # meetings and what is done at them
    "hội nghị", "hội thảo", "hội trường", "cuộc họp", "phiên họp", "kỳ họp", "buổi làm việc", "làm việc",
    "buổi lễ", "buổi tiếp", "đại hội", "diễn đàn", "tọa đàm", "gặp mặt", "trực tuyến", "trực tiếp",
    "phiên", "thường kỳ", "thường lệ", "định kỳ", "họp", "lễ", "buổi", "cuộc", "chương trình", "tổ chức",
    "chủ trì", "phối hợp", "tham dự", "cùng dự", "dự", "tham gia", "phát biểu", "phát triển", "khai mạc",
    "bế mạc", "kết luận", "chỉ đạo", "diễn ra", "điều hành", "tiếp", "đón", "thăm", "kiểm tra",
    "khảo sát", "giám sát", "chứng kiến", "đoàn công tác", "đoàn đại biểu", "đoàn", "triển khai",
    "nhiệm vụ", "công tác", "tình hình", "kết quả", "thực hiện", "đánh giá", "sơ kết", "tổng kết",
    "giải pháp", "kế hoạch", "phương hướng", "trọng tâm", "thời gian tới", "thời gian qua", "cho ý kiến",
    "ý kiến", "nội dung", "một số", "liên quan", "báo cáo", "nghe", "quán triệt", "trao đổi", "thảo luận",
    "bàn", "thông qua", "xem xét", "nhấn mạnh", "yêu cầu", "đề nghị", "cho biết", "thông tin", "địa bàn",
    "toàn tỉnh", "đẩy mạnh", "tăng cường", "nâng cao",
    # posts and offices
    "ủy ban nhân dân", "hội đồng nhân dân", "ubnd", "hđnd", "tỉnh ủy", "thành ủy", "huyện ủy", "đảng ủy",
    "ban thường vụ", "ban chấp hành", "ban cán sự", "đảng bộ", "đảng", "ủy ban", "ủy viên", "trung ương",
    "thường trực", "thường vụ", "ban chỉ đạo", "mặt trận tổ quốc", "mttq", "quốc hội", "chính phủ",
    "chủ tịch", "phó", "bí thư", "giám đốc", "trưởng ban", "trưởng đoàn", "thủ tướng", "bộ trưởng",
    "thứ trưởng", "lãnh đạo", "đại biểu", "đồng chí", "ông", "bà", "đại diện", "thành viên", "tổ trưởng",
    "sở", "ban", "ngành", "bộ", "phòng", "đơn vị", "địa phương", "cơ quan", "nhân dân", "cấp",
    # places and times
    "tỉnh", "thành phố", "huyện", "thị xã", "quận", "xã", "phường", "thị trấn", "tp", "sáng", "trưa",
    "chiều", "tối", "ngày", "nay", "hôm", "tháng", "năm", "quý", "giờ", "đầu", "cuối", "nhiệm kỳ", "khóa",
    "lần thứ", "thứ", "giai đoạn", "i", "ii", "iii", "iv",
    # what joins words
    "và", "của", "các", "với", "về", "việc", "cho", "tại", "trong", "trên", "theo", "để", "nhằm", "do",
    "được", "đã", "đang", "sẽ", "có", "là", "gồm", "cùng", "từ", "đến", "những", "này", "đó", "khi",
    "sau", "trước", "dưới", "sự", "vào", "ra", "nhiều", "một", "hai", "ba", "đối", "giữa", "qua",
    "bằng", "chủ đề", "toàn quốc", "tiếp tục", "cũng", "vừa", "phải", "cần",
)  # fmt: skip
_BREAK = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, _EMPTY), key=len, reverse=True))})(?!\w)|[^\w ]|\d\S*"
)

# The noun of a series by the kind of meeting, with what may stand between it and its number: no other
# series, no document that one is quoted from.
_SITTING = r"kỳ họp|phiên(?: họp| thảo luận| giải trình)?"
_SERIES: Final = {
    "session": _SITTING,
    "meeting": _SITTING,
    "congress": r"đại hội",
    "conference": r"hội nghị",
}
_COUNTED: Final = {
    kind: re.compile(
        rf"(?<!\w)(?<!quyết )(?<!kiện )(?<!quả )(?P<series>{nouns})(?!\w)"
        r"(?:(?!nghị quyết|kỳ họp|đại hội|hội nghị|triển khai|quán triệt|về)"
        r"[^.;:\n]){0,60}?\s(?<!chiều )(?<!sáng )(?<!tối )(?:lần\s+)?thứ\s+"
        r"(?P<number>\d+|[ivxl]+(?!\w)|[^\W\d]+(?:\s+[^\W\d]+){0,2})"
    )
    for kind, nouns in _SERIES.items()
}
_SAME_SERIES: Final = dict.fromkeys(("phiên họp", "phiên thảo luận", "phiên giải trình"), "phiên")
_MONTHLY = re.compile(r"(?<!\w)(?:thường kỳ|giao ban|định kỳ)\s+tháng\s+(?P<number>\d{1,2})(?!\w)")
_ROMAN: Final = {"i": 1, "v": 5, "x": 10, "l": 50}
_FIRST_WORDS: Final = {"nhất": 1, "nhì": 2, "tư": 4}


def find_likeness(page: Page, segment: Segment, topic: str | None) -> Likeness:
    """Read what the meeting of a segment is recognised by; topic: as `topics.find_topic` gave it.

    The headline speaks for the first meeting of an article only.
    """
    anchor = _spaced(segment.anchor.span.of(page.body))
    topic = _spaced(topic or "")
    title = _spaced(page.article.title or "") if segment.is_first else ""
    told = [anchor, *(text for text in (topic, title) if text not in anchor)]
    named = [_without_people(text) for text in told]
    home = page.article.province_name
    editions = (find_edition(fold(text), segment.event.kind) for text in told)
    return Likeness(
        subject_words=_distinct(subject_words("\n".join(named), home)),
        subject_names=_distinct(subject_names("\n".join(told), "\n".join(named), home)),
        edition=next((edition for edition in editions if edition), None),
    )


def subject_words(text: str, home: str | None = None) -> Iterator[str]:
    """The pairs of neighbouring syllables of `text` that not every report of a meeting may have.

    text: without its people, with single spaces. home: the article's own province, whose name tells nothing.
    """
    folded = fold(text)
    gone = [(day.start, day.end) for day in find_days(folded)]
    gone += [(start, end) for kind in _PLACES for start, end, _ in _named(kind, text, folded)]
    for start, end in gone:
        folded = f"{folded[:start]}{'.' * (end - start)}{folded[end:]}"
    if home is not None:
        folded = folded.replace(fold(home), ".")
    for chain in _BREAK.split(folded):
        yield from (f"{left} {right}" for left, right in pairwise(chain.split()))


def subject_names(text: str, without_people: str, home: str | None = None) -> Iterator[str]:
    """The names in `text` as printed, each as "class:name" (folded); both texts with single spaces.

    A guest's posts name the partner ("tiếp ông Kim, Tổng Giám đốc Tập đoàn Hanol"), those of a host do not
    name the place: other classes than firm and country are read from the text without its people.
    """
    own = fold(home) if home is not None else None
    folded, folded_without = fold(text), fold(without_people)
    for kind in (*_HEADS, *_ALONE):
        where = (text, folded) if kind in _ALSO_IN_POSTS else (without_people, folded_without)
        for _, _, name in _named(kind, *where):
            if name not in (own, "việt nam"):
                yield f"{kind}:{name}"


def _named(kind: str, text: str, folded: str) -> Iterator[tuple[int, int, str]]:
    """Start and end of each name of a class in `text` with the words in front, and the name folded."""
    if kind in _ALONE:
        for found in _ALONE[kind].finditer(text):
            yield found.start(), found.end(), _one_spelling(kind, folded[found.start() : found.end()])
        return
    for head in _HEAD[kind].finditer(folded):
        name = _OTHER_NAME.get(kind, _NAME).match(text, head.end())
        if name is not None:
            yield head.start(), name.end(), _one_spelling(kind, folded[name.start() : name.end()])


def _one_spelling(kind: str, name: str) -> str:
    if kind == "firm":
        return _HOME_WORDS.sub("", name)
    if kind == "organ":
        for short, long in _SHORT_ORGANS.items():
            name = name.replace(short, long)
    return name


def find_edition(folded: str, kind: str) -> str | None:
    """Which of a series a meeting is ("kỳ họp 7", "thường kỳ 5"), null where folded text does not count it.

    kind: of the meeting; a conference on a congress's resolution does not have the congress's number.
    """
    monthly = _MONTHLY.search(folded)
    if monthly is not None:
        return f"thường kỳ {int(monthly['number'])}"
    counted = _COUNTED.get(kind)
    for found in counted.finditer(folded) if counted is not None else ():
        number = _ordinal(found["number"])
        if number is not None:
            return f"{_SAME_SERIES.get(found['series'], found['series'])} {number}"
    return None


def _ordinal(word: str) -> int | None:
    """The number that stands behind "thứ": in digits, Roman or words."""
    if word.isdigit():
        return int(word)
    first = word.split()[0]
    if set(first) <= set(_ROMAN):
        values = [_ROMAN[letter] for letter in first]
        return sum(-one if one < after else one for one, after in pairwise([*values, 0]))
    if first in _FIRST_WORDS:
        return _FIRST_WORDS[first]
    written = read_number_words(word, 0)
    return None if written is None else int(written.value)


def _spaced(text: str) -> str:
    """Text with single spaces, none of them hard."""
    return " ".join(text.split())


def _without_people(text: str) -> str:
    """Text with a line's end in place of each person and the posts named with them."""
    people = find_people(text, fold(text), Span(0, len(text)))
    for person in sorted(people, key=lambda one: one.begin, reverse=True):
        text = f"{text[: person.begin]}\n{text[person.finish :]}"
    return text


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words)))
