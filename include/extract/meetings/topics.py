"""What a meeting was about: read from the words around its noun or verb."""

from __future__ import annotations

import re
from dataclasses import dataclass

from include.extract.calendar import find_days
from include.extract.meetings.events import EventMention
from include.extract.meetings.page import Page, Sentence
from include.extract.meetings.segments import Segment
from include.extract.meetings.wording import OFFICE, QUOTED, printed
from include.extract.text import fold

# What a meeting does about its subject; kept in the topic ("cho ý kiến về ...", "đánh giá ...").
_DOES = re.compile(
    r"(?<!\w)(?:cho ý kiến|lấy ý kiến|đóng góp ý kiến|góp ý|đánh giá|sơ kết|tổng kết|triển khai|quán triệt|"
    r"xem xét|thông qua|nghe|thảo luận|"
    r"rà soát|(?<!địa )bàn|kiểm điểm|công bố|xúc tiến|tháo gỡ|giải quyết|phổ biến|học tập|"
    r"xét(?! nghiệm)|thẩm định|giới thiệu|gặp gỡ|kết nối(?! trực tuyến)|"
    r"thúc đẩy|phát triển|tập huấn|trao đổi|nắm|kiểm tra|khảo sát|giám sát|tuyên truyền|chuẩn bị|phát động|"
    r"ký kết|trao)(?!\w)"
)
_ABOUT = re.compile(r"(?<!\w)(?:về(?!\s+phía)(?:\s+việc)?|để|nhằm|liên quan đến|với chủ đề|chủ đề)\s+")
# Where the subject ends and circumstances begin.
_TOPIC_END = re.compile(
    r"[;.!?\n]|:\s|\s(?:dưới sự|do\s+(?:đồng chí|ông|bà)|được tổ chức|diễn ra|có sự tham dự|có (?:các|"
    r"đồng chí|ông|bà)|"
    r"với sự (?:tham dự|tham gia|có mặt|chủ trì)|vào (?:sáng|chiều|tối|ngày)|"
    r"lần này|cho biết|đã |sẽ |nhận định|khẳng định|của (?:ubnd|hđnd|ban thường vụ|tỉnh ủy|thành ủy|"
    r"chính phủ|quốc hội|bộ|sở)(?![^,.;]{0,60}\svề\s))|"
    r",\s*(?:(?:các\s+)?(?:đồng chí|ông|bà|chủ tịch|phó|bí thư|thủ tướng|bộ trưởng|giám đốc|đại biểu|sở|"
    r"ubnd|tỉnh|lãnh đạo|do)(?!\w)|dưới sự|với sự|có sự|chiều|sáng|vào)"
)
_ABOUT_FIRST = re.compile(r"\s*" + _ABOUT.pattern.removeprefix(r"(?<!\w)"))
_OPENS_WITH_OFFICE = re.compile(rf"\s*(?:của\s+)?{OFFICE}(?!\w)")
# Words that begin a circumstance, not a subject.
_NO_TOPIC = re.compile(
    r"\s*(?:[,;:.-]|(?:có|còn|gồm|là|đã|đang|sẽ|và|của|do|tại|trong|ở|này|nói|cũng|với|các|theo|từ|đến|được|"
    r"cho(?! ý kiến)|vào|"
    r"ngày|tháng|năm|quý|sáng|chiều|tối|giữa|lần|thứ|khóa)(?!\w))"
)
# "Hội thảo khoa học với chủ đề: “...”".
_THEMED = re.compile(r"[^.;\"]{0,60}?(?:chủ đề|tiêu đề|mang tên)\s*:?\s*\"([^\"\n]{6,200})\"")
_PARTNER = re.compile(r"\s*(?:với|cùng)\s+")
_ORDINAL = re.compile(
    r"\s*(?:lần thứ\s+\S+|thứ\s+\S+|trực tuyến|thường kỳ|định kỳ|bất thường|chuyên đề|toàn quốc|toàn thể|"
    r"mở rộng|\([^)]{1,40}\)|[\"”])"
)


# "cuộc họp do đồng chí ... chủ trì chiều nay về giá chè": who chaired stands before the subject.
_CHAIRED_THEN_ABOUT = re.compile(
    r"\s*do\s[^.;:]{0,240}?(?:chủ trì|tổ chức|chủ tọa)(?!\w)[^.;:,]{0,40}?\s(?:về(?:\s+việc)?|để|nhằm)\s+"
)


@dataclass(frozen=True, slots=True)
class Topic:
    """Words for a meeting. is_subject: what was dealt with; else its name, or who was met."""

    text: str
    is_subject: bool


def _topic_end(page: Page, sentence: Sentence, start: int) -> int:
    stop = _TOPIC_END.search(page.folded, start, sentence.span.end)
    end = stop.start() if stop is not None else sentence.span.end
    for day in find_days(page.folded, start, end):
        if day.session is not None or day.days_ago is not None:
            end = min(end, day.start)
    for person in sentence.people:
        if start < person.begin < end and not page.folded[start : person.begin].rstrip().endswith("với"):
            end = person.begin
    return end


# What says nothing of its own: "thảo luận một số nội dung quan trọng".
_EMPTY = re.compile(
    r"(?:[^,;]{0,40}\s)?(?:một số|các|nhiều|những)\s+(?:nội dung|vấn đề|nhiệm vụ|báo cáo|văn bản|công việc)"
    r"(?:\s+(?:quan trọng|cụ thể|liên quan|có liên quan|trọng tâm|theo thẩm quyền|khác|của tỉnh))*\Z"
)
_PURPOSE = re.compile(r"(?<!\w)(?:nhằm|để|về việc|về)\s+")
_COUNTED_EVENT = re.compile(r"(?:buổi|cuộc|chuyến|chương trình|đợt|đã|có)\s+(?!họp(?!\s+báo))")


def _topic_at(page: Page, sentence: Sentence, event: EventMention, *, is_anchor: bool) -> Topic | None:
    """The topic behind one mention of the meeting."""
    position = event.end
    while (skipped := _ORDINAL.match(page.folded, position, sentence.span.end)) is not None:
        position = skipped.end()
    chaired = _CHAIRED_THEN_ABOUT.match(page.folded, position, sentence.span.end)
    if chaired is not None:
        return _told(page, chaired.end(), _topic_end(page, sentence, chaired.end()))
    end = _topic_end(page, sentence, position)
    if end - event.end < 6 and not (is_anchor and event.is_verb):
        return None
    if not is_anchor and re.match(r"\s*[,;:.]", page.folded[position:end]):
        return None
    quoted = QUOTED.match(page.folded, event.end, sentence.span.end)
    if quoted is not None:
        return _told(page, quoted.start(1), quoted.end(1))
    themed = _THEMED.match(page.folded, event.end, sentence.span.end)
    if themed is not None:
        # "Diễn đàn Đất và Nước với chủ đề “...”": an event with a name of its own keeps it.
        named = page.body[event.end : themed.start(1)].lstrip()[:1].isupper()
        return _told(page, event.end if named else themed.start(1), themed.end(1))
    if event.kind == "ceremony":
        opens = page.folded.startswith("khai mạc", event.start)
        position = event.start if opens else page.folded.find("lễ ", event.start, event.end) + 3
    topic = _subject_of(page, event, position, end)
    if is_anchor and event.kind not in _NAMED_KINDS and (topic is None or not topic.is_subject):
        topic = _purpose_after(page, sentence, end) or topic
    return topic


def _told(page: Page, start: int, end: int) -> Topic | None:
    """The words between two offsets as a subject, null where there are none."""
    text = printed(page, start, end)
    if not text or len(text) <= 5 or not text[0].isalnum():
        return None
    return Topic(text, is_subject=_EMPTY.match(fold(text)) is None)


def _subject_of(page: Page, event: EventMention, position: int, end: int) -> Topic | None:
    """The subject in the words behind a meeting's noun or verb, between two offsets, else its name."""
    if event.kind == "congress":
        return _name_of(page, event, position, end)
    partner = _PARTNER.match(page.folded, position, end)
    begin: int | None = position
    if event.kind == "inspection":
        begin = _name_start(page, event)
    elif partner is not None or event.is_verb or event.kind in _SUBJECT_BY_VERB:
        begin = _subject_start(page, position if partner is None else partner.end() + 1, end)
    elif _OPENS_WITH_OFFICE.match(page.folded, position, end):
        begin = _subject_start(page, position, end)
    elif (about := _ABOUT_FIRST.match(page.folded, position, end)) is not None:
        begin = about.end()
    elif _NO_TOPIC.match(page.folded, position, end):
        begin = _subject_start(page, position, end)
    topic = None if begin is None else _told(page, begin, end)
    if topic is not None and topic.is_subject:
        return topic
    return _name_of(page, event, position, end) or topic


# These are what they are called.
_NAMED_KINDS = frozenset({"congress", "session", "ceremony"})
# Who was met is what these are about, where nothing more is told.
# A session is numbered: what stands behind its noun is no subject either.
_SUBJECT_BY_VERB = frozenset({"working_session", "reception", "dialogue", "session"})
_PLAIN_NAME = re.compile(
    r"(?:hội nghị|họp|cuộc họp|hội thảo|tọa đàm|diễn đàn|làm việc|kỳ họp|phiên họp|đại hội|đối thoại|"
    r"gặp mặt|tiếp)\W*\Z"
)


_NO_NAME = re.compile(
    r"\s*(?:[,;:.-]|(?:có|còn|gồm|là|đã|đang|sẽ|và|do|tại|trong|ở|này|nói|cũng|các|theo|từ|đến|được|cho|vào|"
    r"ngày|sáng|chiều|tối|lúc|tiếp tục|kết thúc|khai mạc|bế mạc|thành công)(?!\w))"
)


def _name_start(page: Page, event: EventMention) -> int:
    counted = _COUNTED_EVENT.match(page.folded, event.start, event.end)
    return event.start if counted is None else counted.end()


def _name_of(page: Page, event: EventMention, position: int, end: int) -> Topic | None:
    """What the meeting is called ("kỳ họp thứ 7 HĐND tỉnh"), null where that is its kind alone.

    position: behind the noun and its number.
    """
    start = _name_start(page, event)
    is_over = _NO_NAME.match(page.folded, position, end) is not None
    text = printed(page, start, max(position if is_over else end, event.end))
    if not text or _PLAIN_NAME.match(fold(text)):
        return None
    return Topic(text, is_subject=False)


def _purpose_after(page: Page, sentence: Sentence, start: int) -> Topic | None:
    """A purpose told behind the circumstances: "... vào chiều nay (4/12) nhằm đánh giá kết quả ..."."""
    purpose = _PURPOSE.search(page.folded, start, sentence.span.end)
    if purpose is None or any(start <= one.begin < purpose.start() for one in sentence.people):
        return None
    return _told(page, purpose.end(), _topic_end(page, sentence, purpose.end()))


def _subject_start(page: Page, start: int, end: int) -> int | None:
    """Where the subject of the meeting begins: at what it does ("đánh giá") or behind "về"."""
    does, about = _DOES.search(page.folded, start, end), _ABOUT.search(page.folded, start, end)
    starts = ([does.start()] if does else []) + ([about.end()] if about else [])
    return min(starts, default=None)


_TITLE_TOPIC = re.compile(
    r"(?<!\w)(?:họp|hội nghị|phiên họp|kỳ họp|hội thảo|tọa đàm|diễn đàn|làm việc|lễ|đối thoại|đại hội)(?!\w)"
)


_NUMBERED = re.compile(r"(?:lần\s+)?(?:thứ|khóa)\s")


def _topic_of_title(page: Page) -> str | None:
    found = _TITLE_TOPIC.search(page.folded_title)
    title = page.article.title or ""
    if found is None:
        return None
    text = title[found.end() :].strip(" :,-–")
    if _NUMBERED.match(fold(text)):
        return title[found.start() :].strip(" :,-–")
    about = _ABOUT.match(page.folded_title[found.end() :].lstrip())
    if about is not None:
        text = text[about.end() :]
    return text or None


def find_topic(page: Page, segment: Segment) -> str | None:
    """Give what the meeting was about, in the text's words; its name or partner where no subject is told."""
    name: str | None = None
    is_reported = False
    mentions = [(segment.anchor, segment.event)]
    mentions += [
        (one, event) for one in segment.sentences for event in one.events if event is not segment.event
    ]
    for sentence, event in mentions:
        topic = _topic_at(page, sentence, event, is_anchor=event is segment.event)
        if topic is None:
            continue
        if topic.is_subject:
            return topic.text
        # Where a meeting is reported it bears its name more fully than where it is referred to.
        if name is None or (event.is_reported and not is_reported):
            name, is_reported = topic.text, event.is_reported
    of_title = _topic_of_title(page) if segment.is_first else None
    return name or of_title or _discussed(page, segment)


# "Tại hội nghị, các đại biểu thảo luận ...": what was done there, where nothing says what it was about.
_AT_IT = re.compile(
    r"\s*,?\s*(?:các\s+)?(?:đại biểu|thành viên|đồng chí)(?:\s[^.;:]{0,60}?)?\s(?:đã\s+)?(?:tham gia\s+)?"
    r"(?P<does>thảo luận|cho ý kiến|nghe|trao đổi|góp ý|đánh giá)(?!\w)"
)


def _discussed(page: Page, segment: Segment) -> str | None:
    for sentence in segment.sentences:
        for event in sentence.events:
            found = _AT_IT.match(page.folded, event.end, sentence.span.end)
            if found is not None:
                start = found.start("does")
                topic = _told(page, start, _topic_end(page, sentence, start))
                if topic is not None and topic.is_subject:
                    return topic.text
    return None
