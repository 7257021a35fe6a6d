"""Who was at a meeting and as what: read from the words around a group of named people."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from include.extract.cues import Closing, Cued
from include.extract.meetings.leads import with_lead
from include.extract.meetings.page import Page, Sentence
from include.extract.meetings.segments import Segment
from include.extract.meetings.wording import ADVERBS, name_key
from include.extract.model import Participant
from include.extract.people import PersonMention
from include.extract.text import fold

_JOINT = re.compile(
    r"[\s,;–-]*(?:và|cùng|cùng với|với)?[\s,:]*(?:(?:các|hai|ba|\d)\s+)?"
    r"(?:đồng\s*chí|đ/c|ông|bà|ngài)?[\s:]*\Z"
)
_MEETING_NOUN = (
    r"(?:cuộc|buổi|phiên|kỳ|chương trình|hội nghị|hội thảo|tọa đàm|diễn đàn|lễ|đại hội|họp|"
    r"đoàn|chuyến|đối thoại|giao ban)"
)
_NOT_CHAIRING = (
    r"(?!\s*(?:,\s*)?(?:phối hợp|xây dựng|soạn|đề án|đề tài|triển khai|nghiên cứu|thực hiện|"
    r"tham mưu|rà soát))"
)
_CHAIRS = rf"(?:đồng\s+)?(?:chủ trì|chủ tọa){_NOT_CHAIRING}|điều hành\s+{_MEETING_NOUN}"
_LEADS_AFTER = re.compile(
    rf"[\s,)-]*{ADVERBS}(?:dự(?:\s+và|,)\s+|tham dự(?:\s+và|,)\s+|dự,?\s+chỉ đạo và\s+)?"
    rf"(?:{_CHAIRS}|(?:phát biểu\s+)?kết luận|phát biểu (?:chỉ đạo|chỉ đạo,|bế mạc)(?: và|,) kết luận|"
    r"làm\s+(?:phó\s+)?trưởng\s*đoàn|(?:làm\s+)?trưởng\s*đoàn|dẫn đầu)"
)
_CHAIRS_LATER = re.compile(rf"[^.;:\"]{{0,90}}?(?<!\w)(?:và|,|đến)\s+(?:{_CHAIRS})")
_LEADS_BEFORE = re.compile(
    r"(?:dưới\s+sự\s+(?:đồng\s+)?(?:chủ trì|điều hành|chủ tọa|dẫn đầu)(?:\s+của)?[^.;\"]{0,60}"
    rf"|(?<!\w)(?:{_CHAIRS})(?:\s+và[^,.;:]{{0,30}})?[^.;\"]{{0,90}}?(?:có|là|gồm|do|:)[^.;,:]{{0,40}}:?"
    rf"|(?:^|[.;]\s*)\W*(?:{_CHAIRS})(?:\s+{_MEETING_NOUN}[^,.;:]{{0,40}})?\s*[,:][^.;:,\"]{{0,16}}"
    r"|(?:^|[.,;]\s*)\W*(?:phát biểu\s+)?"
    r"(?:bế mạc và\s+)?kết luận(?!\s+(?:của|thanh tra|kiểm tra|điều tra|số))"
    r"[^.;:\"]{0,110}[,:][^.;:,\"]{0,30})\s*\Z"
)
_HELD_BY = re.compile(
    r"[\s,-]*(?:(?:cùng|và)\s+(?:các thành viên\s+)?(?:đoàn(?!\s+đại biểu)|phái đoàn)[^.;:,\"]{0,50}?\s)?"
    rf"{ADVERBS}(?:có\s+(?:buổi|cuộc|chuyến|chương trình)|làm việc|tiếp(?!\s+tục)|gặp|kiểm tra|"
    rf"khảo sát|giám sát|"
    r"thị sát|đi\s+(?:kiểm tra|khảo sát|giám sát)|đến\s+(?:kiểm tra|thăm)|đối thoại|tiếp xúc|thăm(?:\s+và|"
    r",)\s+làm việc|họp|hội kiến|"
    r"chủ trì|tổ chức)"
)
_DELEGATION_BY = Closing(r"(?:đoàn[^.;:\"]{0,120}\s|\A|,\s*|\s)do\s*(?:đồng\s*chí|ông|bà|ngài)?\s*\Z")
# Behind the head of a delegation the chain of posts may go on in words that no chain knows.
_HEADS_IT = re.compile(
    r"[^.;:\"]{0,200}?(?<!\w)(?:chủ trì|(?:làm|là)\s+(?:tổ\s+)?trưởng(?:\s*đoàn)?|trưởng đoàn|dẫn đầu)(?!\w)"
)
_NAMES_ANOTHER = re.compile(r"(?<!\w)(?:đồng\s*chí|ông|bà|ngài)(?!\w)")
_RECEIVES = re.compile(
    r"(?:(?:^|[.,;:]\s*)(?:cùng\s+)?(?:đón\s*)?(?:,\s*)?tiếp(?!\s*(?:tục|theo|đó))(?:\s*(?:đón|và|"
    r",)\s*[^.;:,]{0,30})?[^.;:\"]{0,120}?(?:có|là|gồm|:)"
    r"|(?:^|[.,;:]\s*)(?:cùng\s+)?làm việc\s+(?:với|cùng)\s+(?:đoàn|đồng chí|"
    r"bộ trưởng)[^.;:\"]{0,120}?(?:có|là|gồm|:)"
    r"|về phía\s+(?:lãnh đạo\s+)?(?:tỉnh|địa phương|huyện|thành phố|chủ nhà)[^.;:\"]{0,60}?(?:có|:)"
    r"|phía\s+(?:tỉnh|huyện|thành phố)[^.;:\"]{0,60}?(?:có|:))[^.]{0,400}\Z"
)
# "Về phía tỉnh, dự hội nghị có ...": at somebody else's meeting the province is a guest.
_ATTENDS_FOR_ITS_SIDE = re.compile(
    r"phía\s+(?:lãnh đạo\s+)?(?:tỉnh|địa phương|huyện|thành phố)[^.;:\"]{0,40}?(?<!\w)(?:dự|tham dự|"
    r"tham gia)\s+"
    r"(?:hội nghị|hội thảo|diễn đàn|tọa đàm|lễ|đại hội|phiên họp|kỳ họp)"
)
_IS_RECEIVED = Closing(
    r"(?<!\w)(?:tiếp(?:\s+xã giao|\s+thân mật)?|gặp|hội kiến|làm việc\s+(?:với|cùng)|gặp mặt|gặp gỡ)"
    r"\s+(?:đoàn[^.;:,]{0,60}\sdo\s+)?(?:đồng\s*chí|ông|bà|ngài)?\s*\Z"
)
_ATTENDS_BEFORE = re.compile(
    r"(?<!\w)(?:dự|tham dự|tham gia|cùng dự|cùng đi|đi cùng|có mặt|sự có mặt của|sự tham dự của|"
    r"sự tham gia của|sự hiện diện của|"
    r"đại biểu|thành phần|về phía|phía\s+\S+|chứng kiến|tháp tùng|"
    r"tại điểm cầu)(?!\w)[^.:\"]{0,260}:?[^.:\"]{0,400}\Z"
)
_ATTENDS_AFTER = re.compile(
    rf"[\s,-]*(?:[^.,;:\"]{{0,60}}\s)?{ADVERBS}(?:tham dự|dự|tham gia|có mặt|cùng đi|chứng kiến|"
    rf"cắt băng)(?!\s+(?:kiến|án|thảo|toán|báo))"
)
_ATTENDS_AND_SPEAKS = re.compile(
    rf"[\s,-]*{ADVERBS}(?:tham dự|dự)(?:\s+[^.,;:]{{0,30}})?(?:,|"
    rf"\s+và)\s+(?:có\s+)?(?:bài\s+)?(?:phát biểu|chỉ đạo|trao)"
)
_SPEECH = (
    r"(?:có\s+(?:bài\s+)?)?(?:phát biểu|ý kiến|tham luận)|báo cáo|trình bày|khẳng định|cho biết|cho rằng|"
    r"cho hay|nhấn mạnh|nêu|"
    r"chia sẻ|thông tin|đề nghị|yêu cầu|kiến nghị|đề xuất|nhận định|đánh giá|ghi nhận|biểu dương|lưu ý|"
    r"chỉ đạo|chỉ rõ|chỉ ra|"
    r"giao\s|phân tích|giải trình|tiếp thu|làm rõ|bày tỏ|cảm ơn|mong|nói|trả lời|giới thiệu|thay mặt|"
    r"công bố|khai mạc|"
    r"bế mạc|kêu gọi|hoan nghênh|quán triệt|thống nhất|cam kết|hứa|gợi ý|tin tưởng|đồng tình|thảo luận|"
    r"góp ý|tuyên bố|"
    r"phát động|nhận xét|thông báo|giải đáp|đặt vấn đề|chất vấn|băn khoăn|phản ánh|hướng dẫn|tặng|trao|"
    r"dẫn chứng|"
    r"nhìn nhận|lắng nghe|chúc|ghi nhận|gửi lời|điểm lại|tổng kết|đọc|truyền đạt|xin|kết luận|ký|"
    r"thẳng thắn|chúc mừng|so sánh|thừa nhận|cảnh báo|chào\s+(?:đón|mừng)|khái quát|trân trọng|đề cập|"
    r"khuyến khích|lo ngại|than\s+(?:thở|phiền)|trăn trở|nhắc|mời|muốn\s+(?:biết|hỏi)|hỏi|tóm tắt|phổ biến|"
    r"động viên|ủng hộ|tán thành|nhất trí|bổ sung|dẫn\s+(?:giải|lại)|lý giải|viện dẫn|xác nhận|tin rằng"
)
_SPEAKS_AFTER = re.compile(
    # A dash may close what describes the speaker: "... - công nhân (CN) công ty An Bình - cho rằng".
    rf"(?:[\s,:-]*|[^.;:,\"]{{0,60}}\s-\s){ADVERBS}"
    rf"(?:còn\s+|tiếp tục\s+|thẳng thắn\s+|đặc biệt\s+)*(?:{_SPEECH})(?!\w)"
)
_SPEAKS_BEFORE = re.compile(
    r"(?:(?<!\w)(?:phát biểu|trao đổi|báo cáo|trình bày|thảo luận|tham luận|thông tin|khai mạc|giải trình|"
    r"trả lời|chia sẻ|"
    r"thay mặt|làm rõ|góp ý|đánh giá)(?!\w)[^.;:\"]{0,140}[,:]?"
    r"|(?:^|[.,;:]\s*)(?:cũng\s+)?theo)\s*(?:đồng\s*chí|ông|bà)?\s*\Z"
)
_WORD_OF = Closing(
    r"(?:yêu cầu|chỉ đạo|phát biểu|nhấn mạnh|khẳng định|đề nghị|ý kiến|kết luận|chia sẻ|thông tin|đánh giá|"
    r"nhận định)"
    r"[^.;,]{0,20}\scủa\s*(?:đồng\s*chí|ông|bà)?\s*\Z"
)
# "Đó là chỉ đạo của ông ... tại cuộc họp": whose word closes the meeting has led it.
_ORDERED_BY = Closing(
    r"(?<!\w)(?:chỉ đạo|kết luận)(?!\s+(?:thanh tra|kiểm tra|số))[^.;,]{0,40}\scủa\s*(?:đồng\s*chí|ông|"
    r"bà)?\s*\Z"
)
_AT_MEETING = re.compile(rf"[\s,]*(?:tại|trong|khi kết luận)\s+{_MEETING_NOUN}")
# "Tại buổi tiếp, Chủ tịch UBND tỉnh ... chào đón": the subject of what happens at a meeting is there,
# whatever the verb.
_ITS_SUBJECT = Closing(
    rf"\A\W*(?:tại|trong|phát biểu[^.;:,]{{0,20}} tại|kết thúc|mở đầu|khai mạc|bế mạc|kết luận)\s+"
    rf"{_MEETING_NOUN}(?!\w)[^.;:\"]{{0,60}}(?:,|;)\s*(?:đồng\s*chí|ông|bà|ngài)?\s*\Z"
)
_NOT_SUBJECT = re.compile(r"\s*(?:[.;:?!]|\Z|(?:cũng\s+)?(?:đã\s+)?(?:được|bị)\s)")
# People whom the news visits, remembers or quotes from elsewhere.
_ABSENT_BEFORE = Closing(
    r"(?<!\w)(?:hộ|gia đình|nhà|con|vợ|chồng|mẹ|cha|bố|cố|liệt s[ĩỹ]|cháu|anh hùng|thương binh|bệnh nhân|"
    r"nạn nhân|tượng|mộ|nữ tướng|danh nhân|tưởng niệm|lưu niệm|đền thờ|tượng đài|nghĩa trang|"
    r"theo chỉ đạo của|thực hiện chỉ đạo của|thư của|tặng quà|thăm hỏi, động viên|thăm|thay|bổ nhiệm|"
    r"miễn nhiệm|bầu|chia buồn với|"
    r"thay mặt|ủy quyền của|được sự phân công của|"
    r"(?:miễn nhiệm|bãi nhiệm|cho thôi|kỷ luật|truy tố)[^.;:]{0,120}(?:đối với|"
    r"cho))\s+(?:cho\s+)?(?:các\s+)?(?:đồng\s*chí|ông|bà)?\s*:?\s*\Z"
)
_ELSEWHERE = Cued(
    r"phỏng vấn|với\s+(?:phóng viên|pv\b|báo\s+\S+)|cùng\s+(?:phóng viên|pv\b|báo\s+\S+)|phóng viên\s|pv\s|"
    r"bên lề|trên mạng xã hội|"
    r"trên trang cá nhân"
)
_RANK = {"lead": 0, "host": 1, "speaker": 2, "attendee": 3}


@dataclass(frozen=True, slots=True)
class Appearance:
    """One mention of a person with the role that its words give; sentence: where.

    closes: the words are told as the last of the meeting ("Kết thúc cuộc họp, ...").
    """

    person: PersonMention
    role: str
    sentence: Sentence
    closes: bool


def _groups(page: Page, sentence: Sentence) -> list[list[PersonMention]]:
    groups: list[list[PersonMention]] = []
    for person in sentence.people:
        if groups and _JOINT.fullmatch(page.folded[groups[-1][-1].finish : person.begin]):
            groups[-1].append(person)
        else:
            groups.append([person])
    return groups


def _leads(before: str, after: str, may_hold: bool) -> bool:
    if _LEADS_AFTER.match(after) or _LEADS_BEFORE.search(before):
        return True
    if _CHAIRS_LATER.match(after):
        return True
    if _DELEGATION_BY.search(before):
        heads = _HEADS_IT.match(after)
        if heads is not None and not _NAMES_ANOTHER.search(heads.group()):
            return True
    if _ORDERED_BY.search(before) and _AT_MEETING.match(after):
        return True
    return may_hold and bool(_HELD_BY.match(after))


# Only where somebody comes to somebody are there hosts.
_RECEIVING_KINDS = frozenset({"working_session", "reception", "inspection"})
_RECEIVES_AFTER = re.compile(
    r"[\s,]*(?:cùng\s[^.;:\"]{0,80}?\s)?(?:đã\s+)?(?:đón\s*,?\s*)?tiếp\s*(?:,|và\s+làm việc|đoàn|đón)"
)
# "Ông ..., Chủ tịch Hiệp hội; lãnh đạo các cục; 62 doanh nghiệp tham dự hội nghị."
_ALL_ATTEND = re.compile(
    rf"[\s,;(][^.:\"]{{0,400}}?(?<!\w)(?:tham dự|cùng dự|đến dự)\s+(?:{_MEETING_NOUN})(?!\w)"
)


def _role(before: str, after: str, may_hold: bool, speaks_here: bool) -> str | None:
    """The role of a group from the text before and after it in its sentence (folded); null: not there."""
    if _ABSENT_BEFORE.search(before):
        return None
    if _leads(before, after, may_hold):
        return "lead"
    if _IS_RECEIVED.search(before):
        return "speaker" if _ATTENDS_AND_SPEAKS.match(after) else "attendee"
    if _RECEIVES.search(before):
        return "attendee" if _ATTENDS_FOR_ITS_SIDE.search(before) else "host"
    if not may_hold and _RECEIVES_AFTER.match(after):
        return "host"
    if _WORD_OF.search(before) and not (speaks_here and _SPEAKS_AFTER.match(after)):
        return "speaker" if _AT_MEETING.match(after) else None
    return _speaker_or_attendee(before, after, speaks_here)


def _speaker_or_attendee(before: str, after: str, speaks_here: bool) -> str | None:
    if _ITS_SUBJECT.search(before) and not _NOT_SUBJECT.match(after):
        return "attendee" if _ATTENDS_AFTER.match(after) else "speaker"
    if (speaks_here and _SPEAKS_AFTER.match(after)) or _ATTENDS_AND_SPEAKS.match(after):
        return "speaker"
    if _ATTENDS_BEFORE.search(before):
        return "attendee"
    if speaks_here and _SPEAKS_BEFORE.search(before):
        return "speaker"
    return "attendee" if _ATTENDS_AFTER.match(after) or _ALL_ATTEND.match(after) else None


def _is_quoted(before: str) -> bool:
    """Whether what stands before a person opens a quotation: who is spoken of in it need not be there."""
    if before.startswith('"'):
        return before.count('"') == 1
    return before.rfind("“") > before.rfind("”")


def _appearances(
    page: Page, segment: Segment, sentence: Sentence, known_names: frozenset[str]
) -> list[Appearance]:
    if not sentence.people:
        return []
    elsewhere = bool(_ELSEWHERE.search(page.folded_of(sentence)))
    # At a dialogue whoever is quoted has the floor.
    at_meeting = bool(sentence.events) or segment.event.kind == "dialogue"
    found = []
    for group in _groups(page, sentence):
        if _is_quoted(page.body[sentence.span.start : group[0].begin]):
            continue
        before = page.folded[sentence.span.start : group[0].begin]
        after = page.folded[group[-1].finish : sentence.span.end]
        known = at_meeting or any(person.title or name_key(person.name) in known_names for person in group)
        # Who stands before the event held it; a guest stands behind ("tiếp Đại sứ ...").
        may_hold = sentence is segment.anchor and group[0].start < segment.event.end
        role = _role(before, after, may_hold, speaks_here=known and not elsewhere)
        if role is None and _DELEGATION_BY.search(before) and _heads_a_delegation(group[0]):
            role = "lead"
        if role == "host" and segment.event.kind not in _RECEIVING_KINDS:
            role = "attendee"
        if role is not None and not (elsewhere and role != "lead"):
            closes = role == "speaker" and _CLOSES.search(before) is not None
            found += [
                Appearance(person, _role_in_group(role, group, at), sentence, closes)
                for at, person in enumerate(group)
            ]
    return found


_CLOSES = Closing(
    rf"\A\W*(?:kết thúc|sau khi nghe|kết luận tại|"
    rf"phát biểu kết thúc)\s+(?:[^.;:,]{{0,40}}\s)?{_MEETING_NOUN}(?!\w)"
    r"[^.;:\"]{0,60},\s*(?:đồng\s*chí|ông|bà)?\s*\Z"
)


def _heads_a_delegation(person: PersonMention) -> bool:
    return fold(person.title or "").endswith("trưởng đoàn")


def _role_in_group(role: str, group: list[PersonMention], at: int) -> str:
    """Who comes with the head of a delegation does not lead it."""
    return "attendee" if role == "lead" and at > 0 and _heads_a_delegation(group[0]) else role


def _merged(appearances: list[Appearance]) -> Participant:
    best = min(appearances, key=lambda one: _RANK[one.role])
    titled = max(appearances, key=lambda one: len(one.person.title or ""))
    return Participant(
        person_name=appearances[0].person.name,
        person_title=titled.person.title,
        organization=titled.person.organization,
        role=best.role,
        quote_start=best.sentence.span.start,
        quote_end=best.sentence.span.end,
    )


def _fullest(page: Page) -> dict[str, PersonMention]:
    """Each person of the article by name, as named with the longest chain of posts."""
    fullest: dict[str, PersonMention] = {}
    for sentence in page.sentences:
        for person in sentence.people:
            known = fullest.get(name_key(person.name))
            if known is None or len(person.title or "") > len(known.title or ""):
                fullest[name_key(person.name)] = person
    return fullest


def find_participants(page: Page, segment: Segment) -> list[Participant]:
    """Give the people named as being at a meeting, one each, in the order of their first naming."""
    fullest_by_name = _fullest(page)
    known_names = frozenset(key for key, person in fullest_by_name.items() if person.title)
    by_name: dict[str, list[Appearance]] = {}
    for sentence in segment.sentences:
        for one in _appearances(page, segment, sentence, known_names):
            by_name.setdefault(name_key(one.person.name), []).append(one)
    people = []
    for key, appearances in by_name.items():
        participant = _merged(appearances)
        fullest = fullest_by_name[key]
        if len(fullest.title or "") > len(participant.person_title or ""):
            participant = replace(participant, person_title=fullest.title, organization=fullest.organization)
        people.append(participant)
    closing = {key for key, appearances in by_name.items() if any(one.closes for one in appearances)}
    return with_lead(page, segment, people, closing)
