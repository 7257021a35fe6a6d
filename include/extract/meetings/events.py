"""Where a text speaks of a meeting, of which kind, and whether it reports that the meeting was held."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from include.extract.calendar import DayMention
from include.extract.cues import Closing, Cued
from include.extract.text import Span

# Nouns of a meeting (folded), each with its kind; the first that matches at a place decides.
_NOUNS: Final = {
    "dialogue": (
        r"(?:buổi|cuộc|chương trình|hội nghị)\s+đối thoại"
        r"|(?:buổi|cuộc|hội nghị)\s+tiếp xúc(?:,\s*đối thoại)?"
    ),
    "reception": r"(?:buổi|cuộc|chương trình)\s+(?:tiếp|gặp mặt|gặp gỡ|họp mặt|gặp)(?!\s+(?:theo|tục|nối))"
    r"|(?:buổi\s+|tiệc\s+)?(?:chiêu đãi|tiếp tân)",
    "inspection": r"(?:buổi|cuộc|chuyến|đợt)\s+(?:đi\s+)?(?:kiểm tra|khảo sát|giám sát|thị sát)",
    "working_session": (
        r"(?:buổi|cuộc|chuyến)\s+(?:thăm(?:\s+và|,)\s+)?làm việc"
        r"|chương trình\s+(?:thăm(?:\s+và|,)\s+)?làm việc(?=\s+(?:với|tại|cùng))"
    ),
    "session": r"họp phiên|kỳ họp|phiên\s+(?:họp|thảo luận|chất vấn|giải trình|"
    r"(?:khai mạc|bế mạc)(?!\s+(?:của\s+)?đại hội)|toàn thể)",
    "meeting": r"(?:cuộc|buổi)\s+(?:họp(?:\s+báo)?|giao ban|thẩm tra)|họp báo|hội nghị giao ban",
    "conference": r"hội nghị",
    "seminar": r"hội thảo|tọa đàm|diễn đàn",
    "ceremony": (
        r"khai mạc\s+(?:lễ hội|hội chợ|triển lãm|festival|tuần lễ|ngày hội|liên hoan)|"
        r"(?<!ngày )(?<!nghỉ )(?<!dịp )(?<!các )(?:buổi\s+)?lễ\s+"
        r"(?!(?:hội|tân|phép|vật|nghi|phục|tết|giáo|độ|đài|lớn|cưới|quốc|noel|giáng|của|này|và|là|được|đã|trọng)(?!\w))"
        r"[^\W\d_]+|buổi\s+lễ"
    ),
    "congress": r"đại hội(?!\s+(?:thể thao|thể dục|đồng quản|võ|điền kinh))",
}
_NOUN = re.compile(
    r"\b(?=[bcdđhklpt])(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in _NOUNS.items()) + r")\b"
)
# Verbs of a meeting; they need somebody who does it, so they count only behind a day or a delegation.
_VERBS: Final = {
    "working_session": (
        r"(?:thăm(?:\s+và|,)\s+|có\s+)?làm việc\s+(?:với|tại|cùng|về)|(?:sang|đến|"
        r"tới)\s+thăm,?\s+chúc\s+tết|nghe\s+(?:các\s+\w+\s+)?báo cáo(?=\s)"
    ),
    "reception": (
        r"tiếp công dân|tiếp(?=\s+(?:xã giao|đoàn|đại sứ|ông|bà|ngài|đồng chí|thân mật|lãnh đạo|"
        r"tổng giám đốc|chủ tịch|thủ tướng|bộ trưởng|phái đoàn|các đồng chí))"
        r"|tiếp(?:\s+đón)?(?:,|\s+và)\s+làm việc\s+(?:với|cùng)"
        r"|gặp mặt|họp mặt|hội kiến|(?:đến\s+)?chào xã giao"
    ),
    "dialogue": r"đối thoại\s+(?:với|trực tiếp)|tiếp xúc cử tri",
    "meeting": r"họp(?!\s+(?:tác|lý|nhất|mặt|đồng|phần|chợ))",
    "inspection": r"(?:đi\s+|đến\s+)?(?:kiểm tra|khảo sát|giám sát|thị sát)(?=\s)(?!\s+của)",
}
_VERB = re.compile(
    r"\b(?=[cđghklnpst])(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in _VERBS.items()) + ")"
)

_HELD_BEFORE = re.compile(
    r"(?<!\w)(?:tổ chức|chủ trì|chủ tọa|có|dự|tham dự|tham gia|khai mạc|bế mạc|"
    r"tiếp tục(?=\s+(?:chương trình|ngày|phiên))|diễn ra|tiến hành|"
    r"điều hành|"
    r"mở|"
    r"triệu tập|"
    r"kết luận|chỉ đạo|tại|họp)\s+(?:(?!thông qua|nghị quyết|kế hoạch)[^.;:!?]){0,60}\Z"
)
_HELD_AFTER = re.compile(
    r"[^.;:!?]{0,160}?(?:được\s+(?:[^.;:,]{0,40}\s)?tổ chức|đã\s+(?:diễn ra|được|khai mạc|bế mạc|tổ chức|"
    r"tiến hành|bước vào|thông qua|bầu)|"
    r"diễn ra|khai mạc|"
    r"bế mạc|dưới sự chủ trì|do\s[^.;:]{0,240}(?:chủ trì|tổ chức)|có sự tham dự|với sự tham dự)"
)
_BACK_REFERENCE = Closing(
    r"(?<!\w)(?:tại|trong|dự|tham dự|kết luận|phát biểu|chủ trì|quang cảnh|sau|kết thúc|khai mạc|bế mạc|"
    r"cùng dự|điều hành|qua)"
    r"\s+(?:khai mạc\s+|bế mạc\s+|kết luận\s+|tại\s+|chỉ đạo\s+|của\s+)*(?:các\s+)?\"?\Z"
)
_TO_COME = re.compile(
    r"(?<!\w)(?:sẽ|dự kiến|sắp|chuẩn bị|chuẩn bị cho|kế hoạch tổ chức|hướng tới|chào mừng|trước thềm|"
    r"tiến tới|đề xuất tổ chức|"
    r"giấy mời|đăng ký tham dự|phục vụ|thời gian tới|sắp tới|tới đây)(?!\w)[^.;:!?]{0,80}\Z"
)
_TO_COME_AFTER = re.compile(
    r"[^.;:!?,]{0,60}(?<!\w)(?:sẽ\s+(?:được\s+)?(?:diễn ra|tổ chức|khai mạc)|dự kiến\s+(?:diễn ra|tổ chức|"
    r"khai mạc))"
)
_SPOKEN_OF = re.compile(
    r"(?<!\w)(?:nghị quyết(?:\s+của)?|văn kiện(?:\s+của)?|tinh thần|kết quả(?:\s+của)?|thành công của|"
    r"báo cáo chính trị\s\S*|"
    r"thông báo|sau|từ|trước|từng|trung tâm|nhà|phòng|khách sạn|ban tổ chức|(?<!đoàn )công tác|các|những|"
    r"nhiều|"
    r"hàng loạt|mỗi|"
    r"hàng năm|ban hành|quy chế|ngoại giao|du lịch|số liệu|dự thảo)\s+(?:các\s+)?\Z"
)
_HISTORY = Cued(r"(?<!\w)(?:từng|trước đây|năm ngoái|năm trước|nhiệm kỳ trước|cách đây|hồi)(?!\w)")
_HISTORY_AFTER = re.compile(r"[^.;:!?]{0,90}(?<!\w)(?:từng|trước đây)(?!\w)")
# A suspect "works with" the police, athletes meet the press before a match.
_NOT_OURS = (
    "khai nhận", "khai báo", "nghi phạm", "bị can", "bị cáo", "tang vật", "nghi can", "đối tượng khai",
    "cơ quan điều tra", "trận đấu", "huấn luyện viên", "hlv ", "cầu thủ", "phiên tòa", "đội tuyển",
)  # fmt: skip
# Each noun and verb has one of these in it; the engine finds plain literals many times faster.
_HINT = re.compile(
    r"hội nghị|hội thảo|hội kiến|họp|làm việc|tọa đàm|diễn đàn|đại hội|đối thoại|lễ |tiếp|gặp"
    r"|kiểm tra|khảo sát|giám sát|thị sát|phiên|giao ban|thẩm tra|báo cáo|khai mạc|thăm|chiêu đãi|buổi lễ|"
    r"chào xã giao"
)
# "chương trình thăm và làm việc": how far before its hint a noun may begin.
_BEFORE_HINT = 22
_EMPLOYED = Closing(
    r"(?:đang|từng|sinh sống|người|nơi|được|lao động|công nhân|và|ngày|giờ|môi trường|điều kiện)\s+\Z"
)


@dataclass(frozen=True, slots=True)
class EventMention:
    """One place where the text speaks of a meeting. start, end: the noun or verb.

    is_reported: its sentence says that it was held. is_reference: it refers to a meeting already
    introduced ("tại hội nghị"). is_verb: a verb, whose subject held it.
    """

    start: int
    end: int
    kind: str
    is_reported: bool
    is_reference: bool
    is_verb: bool


def _is_mere_mention(folded: str, span: Span, start: int, end: int) -> bool:
    before = folded[max(span.start, start - 100) : start]
    return bool(
        _TO_COME.search(before)
        or _TO_COME_AFTER.match(folded, end, span.end)
        or _SPOKEN_OF.search(before)
        or _HISTORY.search(before)
        or _HISTORY_AFTER.match(folded, end, span.end)
    )


def _noun_mention(folded: str, span: Span, found: re.Match[str], has_day: bool) -> EventMention | None:
    start, end = found.span()
    if _is_mere_mention(folded, span, start, end):
        return None
    before = folded[max(span.start, start - 120) : start]
    is_reference = bool(_BACK_REFERENCE.search(before))
    is_reported = has_day and bool(_HELD_BEFORE.search(before) or _HELD_AFTER.match(folded, end, span.end))
    if not is_reference and not is_reported:
        held = re.search(r"(?<!\w)(?:tổ chức|chủ trì|có|diễn ra|khai mạc|bế mạc)\s+(?:\S+\s+){0,6}\Z", before)
        is_reported = bool(held) or bool(_HELD_AFTER.match(folded, end, span.end))
        if not is_reported and not has_day:
            return None
    if not is_reported and "chủ trì" in before[-24:]:
        is_reported = True
    return EventMention(start, end, found.lastgroup or "meeting", is_reported, is_reference, is_verb=False)


_OPENS = 2
# What somebody in office does is news by itself where the article opens with it.
_DEEDS = frozenset({"inspection", "working_session", "reception"})
# A programme of visits, not one: "các đoàn công tác cũng tiến hành kiểm tra".
_SEVERAL_DELEGATIONS = re.compile(
    r"(?<!\w)(?:các|những|hai|ba|\d+)\s+đoàn\s+(?:công tác|giám sát|kiểm tra|khảo sát)"
)
# What an office does on its own day of the month is told without the day.
_NO_DAY_NEEDED = ("tiếp công dân", "tiếp xúc cử tri")


def _verb_mention(
    folded: str, span: Span, found: re.Match[str], has_day: bool, opens: bool
) -> EventMention | None:
    start, end = found.span()
    before = folded[max(span.start, start - 160) : start]
    delegation = re.search(r"đoàn\s+(?:công tác|giám sát|kiểm tra|khảo sát|đại biểu|lãnh đạo)", before)
    # "Làm việc với các tổng công ty, Thứ trưởng ... yêu cầu": what opens a report is its news.
    is_known = found.group().startswith(_NO_DAY_NEEDED) or start <= span.start + _OPENS
    is_known = is_known or (opens and (found.lastgroup or "") in _DEEDS)
    if (
        not (has_day or delegation or is_known)
        or _is_mere_mention(folded, span, start, end)
        or _EMPLOYED.search(before)
    ):
        return None
    return EventMention(
        start, end, found.lastgroup or "meeting", is_reported=True, is_reference=False, is_verb=True
    )


def find_events(
    folded: str, span: Span, days: list[DayMention], *, opens: bool = False
) -> list[EventMention]:
    """Give the meetings that one sentence speaks of as held, in order; days: those of the sentence.

    opens: whether the article opens with the sentence.

    Meetings to come, meetings of history, resolutions of meetings and other people's business (police,
    sport) are not given.
    """
    sentence = folded[span.start : span.end]
    for word in _NOT_OURS:
        if word in sentence:
            return []
    has_day = any(day.bound is None for day in days)
    nouns, verbs = _matches(folded, span)
    mentions = [_noun_mention(folded, span, found, has_day) for found in nouns]
    mentions += [_verb_mention(folded, span, found, has_day, opens) for found in verbs]
    return sorted((one for one in mentions if one is not None), key=lambda event: event.start)


def _matches(folded: str, span: Span) -> tuple[list[re.Match[str]], list[re.Match[str]]]:
    """The nouns of a sentence, and the verbs that are no part of a noun."""
    nouns: list[re.Match[str]] = []
    verbs: list[re.Match[str]] = []
    for hint in _HINT.finditer(folded, span.start, span.end):
        floor = nouns[-1].end() if nouns else span.start
        if hint.start() < floor:
            continue
        noun = _NOUN.search(folded, max(floor, hint.start() - _BEFORE_HINT), min(span.end, hint.end() + 24))
        if noun is not None and noun.start() <= hint.start():
            nouns.append(noun)
            continue
        floor = max(floor, verbs[-1].end() if verbs else 0)
        verb = _VERB.search(folded, max(floor, hint.start() - 9), min(span.end, hint.end() + 40))
        if verb is not None and verb.start() <= hint.start():
            verbs.append(verb)
    return nouns, verbs
