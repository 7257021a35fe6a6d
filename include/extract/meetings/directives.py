"""The tasks that a meeting's lead gives or promises."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from include.extract.cues import Cued
from include.extract.meetings.deadlines import find_deadline
from include.extract.meetings.page import Page, Sentence
from include.extract.meetings.segments import Segment
from include.extract.model import Directive, Participant
from include.extract.text import Span, fold

_GIVES = Cued(
    r"(?:yêu cầu|đề nghị|giao(?!\s+(?:thông|dịch|lưu|thương|đất|ban(?!\s+(?:quản|chỉ|tổ|dân|"
    r"thường|tuyên|nội|chấp))))|chỉ đạo(?<!ban chỉ đạo)(?=\s*(?:các|ubnd|sở|ngành|đơn vị|huyện|:|phải|cần))|"
    r"lưu ý|nhấn mạnh|chỉ rõ|nêu rõ|khẳng định|cho rằng|đề xuất|phân công|cam kết|hứa|quán triệt|"
    r"kết luận)(?!\w)"
)
_ORDERS = frozenset({"yêu cầu", "đề nghị", "giao", "phân công", "cam kết", "hứa", "chỉ đạo"})
_DUTY = Cued(r"(?<!\w)(?:cần|phải|cần phải)(?!\s+(?:thiết|là người))(?!\w)")
_TASK = (
    r"tập trung|tiếp tục|rà soát|phối hợp|chủ trì|chủ động|tham mưu|xây dựng|hoàn thiện|hoàn thành|"
    r"đẩy mạnh|đẩy nhanh|tăng cường|sớm|khẩn trương|"
    r"cần|phải|thực hiện|triển khai|quan tâm|nghiên cứu|(?<!ban )kiểm tra|giải quyết|quyết liệt|nâng cao|"
    r"bám sát|(?<!ban )chỉ đạo|báo cáo|"
    r"tổ chức|theo dõi|thường xuyên|kịp thời|làm tốt|làm rõ|xem xét|ưu tiên|bố trí|đảm bảo|bảo đảm|"
    r"phát huy|đánh giá|xác định|tuyên truyền|hướng dẫn|"
    r"tháo gỡ|hỗ trợ|chú trọng|xử lý|chuẩn bị|đôn đốc|phát triển|đổi mới|thống nhất|lập|trình|ban hành|"
    r"nhanh chóng|tích cực|cụ thể hóa|duy trì|(?<!ban )quản lý|khai thác|giữ|mở|giảm|đưa|khắc phục|"
    r"cung cấp|nắm|tạo|thu hút|cử|khởi công|bàn giao|chấm dứt|ngăn chặn|"
    r"nhân rộng|thành lập|sắp xếp|vận động|huy động|bổ sung|điều chỉnh|tổng hợp|giải ngân|"
    r"không"
)
_TASK_WORD = re.compile(rf"(?<!\w)(?:{_TASK})(?!\w)")
_ASSIGNEE = re.compile(
    r"(?<!\w)(?:các|ubnd|hđnd|ủy ban|sở|ban|bộ|ngành|đơn vị|huyện|thành phố|thị xã|xã|tỉnh|địa phương|"
    r"công an|chủ đầu tư|doanh nghiệp|nhà đầu tư|"
    r"văn phòng|cục|chi cục|mttq|mặt trận|đoàn|hội|cấp ủy|người đứng đầu|lãnh đạo|đại biểu|cả hệ thống|"
    r"chính quyền|cơ quan|trung tâm|"
    r"công ty|tập đoàn|ngân hàng|từng|toàn)(?!\w)"
)
_PROMISES = re.compile(
    r"[^.;:]{0,40}(?<!\w)(?:tỉnh|bộ|ubnd|chính phủ|tôi|chúng tôi|lãnh đạo)[^.;:,]{0,40}\ssẽ\s"
)
_GOES_ON = re.compile(
    r"\W*(?:đề nghị|yêu cầu|bên cạnh đó|đồng thời|cùng với đó|cùng với|ngoài ra|trong đó|về|đối với|riêng|"
    r"trước mắt|tiếp tục|tập trung|các|thời gian tới|mặt khác|"
    r"đặc biệt|sở|ban|ubnd|huyện|địa phương|trong thời gian|từ nay|việc|cần|phải|phát huy|chú trọng)"
)


# Short forms that a post is repeated in.
_SHORT_POSTS = ("phó thủ tướng", "thủ tướng", "bộ trưởng", "thứ trưởng")
_SPEAKER_BEFORE = re.compile(
    r"(?:\A|[,.;“\"]\s*)\W*(?:đồng chí|ông|bà|người đứng đầu [^.,;]{0,40})\s+(?:\w+\s+){0,3}\Z"
)


@lru_cache(maxsize=256)
def _referred(name: str, title: str | None) -> re.Pattern[str]:
    """How a text refers back to somebody named in full: by given name or by one of the posts (folded)."""
    posts = [post.strip() for post in re.split(r",| - ", fold(title or ""))]
    words = [post for post in posts if len(post) > 8 and not post.startswith(("ủy viên", "uv"))]
    words += [short for short in _SHORT_POSTS if any(post.startswith(short) for post in posts)]
    given = re.escape(fold(name).split()[-1])
    # "Phó Chủ tịch UBND tỉnh" is not the one who is "Chủ tịch UBND tỉnh".
    alternatives = [rf"(?:đồng chí|ông|bà)\s+{given}", *(rf"(?<!phó ){re.escape(word)}" for word in words)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)")


def _subject_leads(
    page: Page, sentence: Sentence, verb_start: int, leads: list[Participant]
) -> Participant | None:
    """The lead who is the subject of a verb: named before it, by a given name or by a post."""
    named = [person for person in sentence.people if person.finish <= verb_start]
    if named:
        name = fold(named[-1].name)
        return next((lead for lead in leads if fold(lead.person_name) == name), None)
    before = page.folded[sentence.span.start : verb_start]
    for lead in leads:
        if _referred(lead.person_name, lead.person_title).search(before):
            return lead
    return leads[0] if _SPEAKER_BEFORE.search(before) else None


def _pieces(page: Page, start: int, end: int) -> list[Span]:
    """The tasks of one order: what stands between its semicolons."""
    pieces, begin = [], start
    for at in [*(i for i in range(start, end) if page.folded[i] == ";"), end]:
        piece = Span(begin, at)
        if piece.of(page.body).strip(" .,:;"):
            pieces.append(piece)
        begin = at + 1
    return pieces


def _assigned(page: Page, piece: Span) -> tuple[str | None, int]:
    """Who is to do it, and where the task itself begins."""
    begin = piece.start
    while begin < piece.end and page.folded[begin] in ' :,;-“"':
        begin += 1
    task = next(
        (
            one
            for one in _TASK_WORD.finditer(page.folded, begin, piece.end)
            # "Sở Kế hoạch và Đầu tư": a verb in capitals belongs to an office.
            if one.start() == begin or not page.body[one.start()].isupper()
        ),
        None,
    )
    if task is None:
        return None, begin
    assignee = _ASSIGNEE.search(page.folded, begin, task.start())
    if assignee is None or not page.folded[begin : task.start()].strip():
        return None, begin
    text = " ".join(page.body[assignee.start() : task.start()].split()).strip(" ,:-–")
    return (text, task.start()) if len(text) <= 160 else (None, begin)


def _directives_of(
    page: Page, sentence: Sentence, start: int, lead: Participant, reference: date | None
) -> list[Directive]:
    found = []
    for piece in _pieces(page, start, sentence.span.end):
        assigned_to, task_start = _assigned(page, piece)
        deadline = find_deadline(page.folded, piece, reference)
        action = " ".join(page.body[task_start : piece.end].split()).strip(' ,.;:“”"')
        if len(action) < 8:
            continue
        found.append(
            Directive(
                directive_kind="order",
                issued_by=lead.person_name,
                assigned_to=assigned_to,
                action=action,
                deadline_on=deadline.on if deadline else None,
                deadline_text=page.body[deadline.start : deadline.end] if deadline else None,
                quote_start=sentence.span.start,
                quote_end=sentence.span.end,
            )
        )
    return found


def _order_start(page: Page, sentence: Sentence, leads: list[Participant]) -> tuple[int, Participant] | None:
    """Where the order begins in a sentence in which a lead gives one."""
    span = sentence.span
    for found in _GIVES.finditer(page.folded, span.start, span.end):
        lead = _subject_leads(page, sentence, found.start(), leads)
        if lead is None:
            continue
        binds = found.group() in _ORDERS or _DUTY.search(page.folded, found.end(), span.end)
        if binds:
            return found.end(), lead
    return None


_SAYS = Cued(r"(?:đánh giá|biểu dương|ghi nhận|cảm ơn|bày tỏ|phát biểu|thống nhất|nêu|chỉ ra)(?!\w)")


def _speaking_lead(page: Page, sentence: Sentence, leads: list[Participant]) -> Participant | None:
    """The lead who has the floor in a sentence that orders nothing yet."""
    for found in _SAYS.finditer(page.folded, sentence.span.start, sentence.span.end):
        lead = _subject_leads(page, sentence, found.start(), leads)
        if lead is not None:
            return lead
    return None


def find_directives(
    page: Page, segment: Segment, people: list[Participant], reference: date | None
) -> list[Directive]:
    """Give the tasks that the meeting's leads set, one each; reference: day from which deadlines count.

    A task is a sentence in which a lead orders something, or one that goes on with it in the same
    paragraph and says what has to be done.
    """
    leads = [person for person in people if person.role == "lead"]
    if not leads:
        return []
    found: list[Directive] = []
    speaking: tuple[int, Participant] | None = None
    for sentence in segment.sentences:
        if speaking is not None and speaking[0] != sentence.paragraph:
            speaking = _into_next_paragraph(page, sentence, speaking)
        order = _order_start(page, sentence, leads)
        speaker = order[1] if order is not None else _speaking_lead(page, sentence, leads)
        if order is not None:
            found += _directives_of(page, sentence, order[0], order[1], reference)
        if speaker is not None:
            speaking = (sentence.paragraph, speaker)
        elif speaking is not None and not sentence.people and _continues(page, sentence):
            found += _directives_of(page, sentence, sentence.span.start, speaking[1], reference)
    return found


def _into_next_paragraph(
    page: Page, sentence: Sentence, speaking: tuple[int, Participant]
) -> tuple[int, Participant] | None:
    """A speech goes on in the next paragraph where that opens with a duty ("Đặc biệt, các sở phải ...")."""
    span = sentence.span
    goes_on = (
        sentence.paragraph == speaking[0] + 1
        and not sentence.people
        and _GOES_ON.match(page.folded, span.start, span.end)
        and _DUTY.search(page.folded, span.start, span.end)
    )
    return (sentence.paragraph, speaking[1]) if goes_on else None


def _continues(page: Page, sentence: Sentence) -> bool:
    span = sentence.span
    return bool(
        _DUTY.search(page.folded, span.start, span.end)
        or _PROMISES.match(page.folded, span.start, span.end)
        or (
            _GOES_ON.match(page.folded, span.start, span.end)
            and _TASK_WORD.search(page.folded, span.start, span.start + 120)
        )
    )
