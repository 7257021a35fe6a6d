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
from include.extract.meetings.page import Page
from include.extract.meetings.segments import Segment
from include.extract.names import COUNTRIES, PROVINCE_NAMES
from include.extract.number_words import read_number_words
from include.extract.people import PersonMention, find_people
from include.extract.text import CAPITAL, Span, fold


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a meeting is recognised by, each list sorted and without repeats.

    subject_words: pairs of neighbouring syllables, folded ("nông thôn"). subject_names: what bears a
    name of its own, folded, behind its class ("district:mường khe"); the classes are the keys of
    `NAME_CLASSES`. edition: which of a series ("kỳ họp 7"), null where it is not counted.
    """

    subject_words: tuple[str, ...]
    subject_names: tuple[str, ...]
    edition: str | None


_RUN = rf"{CAPITAL}\w*(?:[ -]{CAPITAL}\w*){{0,4}}"
# Words in front of a name, by what the name then is of. Two reports that name two districts, partners or
# countries tell of two meetings; two that name two sites may tell of one tour.
NAME_CLASSES: Final = {
    "district": (
        r"(?i:huyện(?: ủy| uỷ)?|thị (?:xã|ủy)|thành (?:phố|ủy)|tp\.?|quận(?: ủy)?)"
        rf"\s+(?P<name>{_RUN})"
    ),
    "commune": rf"(?i:xã|phường|thị trấn|đặc khu)\s+(?P<name>{_RUN})",
    "firm": (
        r"(?i:tập đoàn|tổng công ty|công ty|ngân hàng(?! nhà nước)|hãng)"
        r"(?:\s+(?i:cổ phần|cp|tnhh|một thành viên|mtv"
        rf"|thương mại|xây dựng|đầu tư|và|dịch vụ|phát triển))*\s+(?P<name>{_RUN})"
    ),
    "site": (
        r"(?i:khu công nghiệp|kcn|cụm công nghiệp|khu kinh tế|khu đô thị|khu du lịch|nhà máy|thủy điện"
        r"|sân bay|cảng|cửa khẩu|cao tốc|cầu|hồ|chùa|đền|bệnh viện|trường \w+|đại học|dự án)"
        rf"\s+(?P<name>{_RUN})"
    ),
    "office": (
        r"(?i:với|tại|thăm|tra|sát|tác|của)\s+(?i:lãnh đạo\s+|tập thể\s+|cán bộ\s+|đoàn công tác\s+)*"
        r"(?P<name>(?i:sở|bộ|cục|chi cục|tổng cục|công an|kho bạc|liên đoàn|đảng bộ)\s+\w+\s+\w+)"
    ),
    "country": (
        rf"(?P<name>(?:{'|'.join(name for name in COUNTRIES if len(name) > 4)})(?!\w)"
        r"|(?:(?<=sứ )|(?<=quán )|(?<=sự )|(?<=nước )|(?<=đoàn )|(?<=nghiệp )|(?<=đầu tư )|(?<=trường ))"
        rf"(?:{'|'.join(name for name in COUNTRIES if len(name) <= 4)})(?!\w|\s{CAPITAL}))"
    ),
    "province": rf"(?P<name>{'|'.join(sorted(PROVINCE_NAMES, key=len, reverse=True))})(?!\w)",
    "organ": (
        r"(?P<name>(?i:hđnd|hội đồng nhân dân|đảng bộ|mttq|mặt trận tổ quốc)(?:\s+Việt Nam)?"
        r"\s+(?i:tỉnh|thành phố|tp|huyện|thị xã|quận|xã|phường|đặc khu))"
    ),
    "title": r"[\"“](?P<name>[^\"”\n]{8,120})[\"”]",
}
_NAMES: Final = {name: re.compile(rf"(?<!\w){words}") for name, words in NAME_CLASSES.items()}
# "tiếp ông Kim, Tổng Giám đốc Tập đoàn Hanol": a guest's posts name the partner, a host's the place.
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
    "sau", "trước", "dưới", "sự", "vào", "ra", "nhiều", "một", "hai", "ba", "số", "đối", "giữa", "qua",
    "bằng", "chủ đề", "toàn quốc", "tiếp tục", "cũng", "vừa", "phải", "cần",
)  # fmt: skip
_BREAK = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, _EMPTY), key=len, reverse=True))})(?!\w)|[^\w\s]|\d\S*|\n"
)

# The noun of a series by the kind of meeting, with what may stand between it and its number: no other
# series, no document that one is quoted from.
_SERIES: Final = {
    "session": r"kỳ họp|phiên(?: họp| thảo luận| giải trình)?",
    "congress": r"đại hội",
    "conference": r"hội nghị",
    "meeting": r"phiên họp|cuộc họp",
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
    anchor = segment.anchor.span.of(page.body)
    title = (page.article.title or "") if segment.is_first else ""
    texts = [text for text in (anchor, topic, title) if text]
    people = [find_people(text, fold(text), Span(0, len(text))) for text in texts]
    home = page.article.province_name
    editions = (find_edition(fold(text), segment.event.kind) for text in texts)
    return Likeness(
        subject_words=_distinct(
            word
            for text, named in zip(texts, people, strict=True)
            for word in subject_words(_without_places(_without(text, named)), home)
        ),
        subject_names=_distinct(
            name
            for text, named in zip(texts, people, strict=True)
            for name in subject_names(text, named, home)
        ),
        edition=next((edition for edition in editions if edition), None),
    )


def subject_words(text: str, home: str | None = None) -> Iterator[str]:
    """The pairs of neighbouring syllables of `text` that every report of a meeting could not have.

    home: the article's own province, whose name tells nothing.
    """
    folded = fold(text)
    for day in reversed(find_days(folded)):
        folded = f"{folded[: day.start]}\n{folded[day.end :]}"
    if home is not None:
        folded = folded.replace(fold(home), "\n")
    for chain in _BREAK.sub("\n", folded).split("\n"):
        yield from (f"{left} {right}" for left, right in pairwise(chain.split()))


def subject_names(text: str, people: Iterable[PersonMention] = (), home: str | None = None) -> Iterator[str]:
    """The names in `text` as printed, each as "class:name" (folded); people: those named in it."""
    without_people = _without(text, people)
    own = fold(home) if home is not None else None
    for kind, pattern in _NAMES.items():
        searched = text if kind in _ALSO_IN_POSTS else without_people
        for found in pattern.finditer(searched):
            name = " ".join(fold(found["name"]).split())
            name = _HOME_WORDS.sub("", name) if kind == "firm" else name
            name = _spelt_out(name) if kind == "organ" else name
            if name not in (own, "việt nam"):
                yield f"{kind}:{name}"


def _spelt_out(organ: str) -> str:
    for short, long in _SHORT_ORGANS.items():
        organ = organ.replace(short, long)
    return organ


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


def _without(text: str, people: Iterable[PersonMention]) -> str:
    """Text with a line's end in place of each person and the posts named with them."""
    for person in sorted(people, key=lambda one: one.begin, reverse=True):
        text = f"{text[: person.begin]}\n{text[person.finish :]}"
    return text


def _without_places(text: str) -> str:
    for kind in _PLACES:
        text = _NAMES[kind].sub("\n", text)
    return text


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words)))
