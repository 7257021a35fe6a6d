"""The grammar of an order: the verbs that give one, who is to do it, and the task itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from include.extract.cues import Closing, Cued
from include.extract.meetings.page import Page, Sentence
from include.extract.names import PROVINCE_NAMES
from include.extract.text import Span, fold

_GIVES = Cued(
    r"(?<!\w)(?:yêu cầu|đề nghị(?!\s+(?:trên|này|đó|của))|giao(?!\s+(?:thông|dịch|lưu|thương|đất|hữu|nhận|"
    r"khoán|tiếp|ban(?!\s+(?:quản|"
    r"chỉ|tổ|dân|thường|tuyên|nội|"
    r"chấp))))(?<!bàn giao)(?<!xã giao)(?<!ngoại giao)(?<!chuyển giao)(?<!được giao)|"
    r"chỉ đạo(?<!ban chỉ đạo)(?<!sự chỉ đạo)(?=\s*(?:các|ubnd|sở|ngành|đơn vị|huyện|vụ|:|,(?!\s*điều hành)|"
    r"phải|cần))|"
    r"phân công|(?:kiến nghị|đề xuất|mong muốn)(?!\s*,|\s+(?:của|này|đó|trên|nêu|khoảng|\d))|"
    r"mong(?!\s+muốn)|cam kết|"
    r"hứa|"
    r"lưu ý|nhấn mạnh|chỉ rõ|nêu rõ|khẳng định|cho rằng|cho biết|quán triệt|kết luận|thống nhất)(?!\w)"
)
# Verbs that give an order by themselves; behind the others something must be said to be due.
ORDERS = frozenset({"yêu cầu", "giao", "phân công", "chỉ đạo"})
ASKS = frozenset({"đề nghị", "kiến nghị", "đề xuất", "mong muốn", "mong"})
PROMISES = frozenset({"cam kết", "hứa"})
# The same words as nouns, or told of somebody else's doing.
_NO_VERB = Closing(
    r"(?<!\w)(?:theo|đáp ứng|các|những|nhiều|một số|trước|với|được|bị|ý kiến|nội dung|có|về|tiếp thu|"
    r"ghi nhận|giải quyết|trả lời|việc|nghe|qua|cơ sở|từ|mọi|đúng|vượt|sự|lời|là|mà|tiếp nhận|xử lý|"
    r"lắng nghe|"
    r"tổng hợp|thực hiện|nhận|lượt|có thể|để|tiến độ|như|như đã)\s+\Z"
)
DUTY = Cued(r"(?<!\w)(?:cần|phải|cần phải)(?!\s+(?:thiết|là người|nói|kể|biết|câu))(?!\w)")
_TASK = (
    r"tập trung|tiếp tục|rà soát|phối hợp|chủ trì|chủ động|tham mưu|xây dựng|hoàn thiện|hoàn thành|"
    r"đẩy mạnh|đẩy nhanh|tăng cường|sớm|khẩn trương|"
    r"cần|phải|thực hiện|triển khai|quan tâm|nghiên cứu|(?<!ban )kiểm tra|giải quyết|quyết liệt|nâng cao|"
    r"bám sát|(?<!ban )chỉ đạo|(?<!theo )báo cáo|"
    r"tổ chức|theo dõi|thường xuyên|kịp thời|làm tốt|làm rõ|xem xét|ưu tiên|bố trí|đảm bảo|bảo đảm|"
    r"phát huy|đánh giá|xác định|tuyên truyền|hướng dẫn|"
    r"tháo gỡ|hỗ trợ|chú trọng|xử lý|chuẩn bị|đôn đốc|phát triển|đổi mới|thống nhất|lập|"
    r"(?<!quá )(?<!công )(?<!chương )(?<!tờ )(?<!lộ )(?<!quy )trình|ban hành|"
    r"nhanh chóng|tích cực|cụ thể hóa|duy trì|(?<!ban )quản lý|khai thác|giữ|mở|giảm|đưa|khắc phục|"
    r"cung cấp|nắm|(?<!đào )tạo|thu hút|cử|khởi công|bàn giao|chấm dứt|ngăn chặn|"
    r"nhân rộng|thành lập|sắp xếp|vận động|huy động|bổ sung|điều chỉnh|tổng hợp|giải ngân|"
    r"xác minh|chấn chỉnh|phân công|có trách nhiệm|có biện pháp|có giải pháp|có văn bản|có kế hoạch|tạm|trả|"
    r"cho phép|phê duyệt|thẩm định|đề xuất|tham gia|đồng hành|chấp hành|siết chặt|tránh|"
    r"gắn|công bố|công khai|cân đối|cập nhật|chịu trách nhiệm|nên|không được|không để|giải đáp|"
    r"phát biểu|quán triệt|phân loại|chia sẻ|kiểm soát|niêm yết|lựa chọn|thu hồi|chi trả|liên hệ|kết nối|"
    r"thống kê|gửi|rút ngắn|cắt giảm|tận dụng|vận dụng|hoàn tất|ứng vốn|chỉnh trang|cải tạo|nâng cấp|"
    r"sửa chữa|lắp đặt|lồng ghép|tập huấn|trang bị"
)
_TASK_WORD = re.compile(rf"(?<!\w)(?:{_TASK})(?!\w)")
_PROVINCES_TOLD = "|".join(sorted((re.escape(fold(name)) for name in PROVINCE_NAMES), key=len, reverse=True))
_ASSIGNEE = (
    rf"(?:{_PROVINCES_TOLD}|"
    r"các|tp|đảng ủy|chi bộ|ban thường vụ|đảng bộ|cảnh sát|lực lượng|bộ đội|cấp|ubnd|hđnd|ủy ban|sở|ban|bộ|"
    r"ngành|đơn vị|huyện|thành phố|thị xã|xã|tỉnh|địa phương|mỗi|"
    r"công an|chủ đầu tư|doanh nghiệp|nhà đầu tư|nhà thầu|chi nhánh|tổ|đội|phường|quận|thị trấn|vụ|"
    r"văn phòng|phòng(?!\s+(?:chống|ngừa|thủ|bệnh|cháy|dịch|khám))|cục|chi cục|mttq|mặt trận|đoàn|hội|"
    r"cấp ủy|người đứng đầu|lãnh đạo|đại biểu|cả hệ thống|"
    r"hệ thống chính trị|thủ trưởng|giám đốc|chủ tịch|bí thư|thường trực|chính phủ|quốc hội|trung ương|"
    r"thủ tướng|"
    r"chính quyền|cơ quan|trung tâm|ngân hàng|trường|bệnh viện|kho bạc|điện lực|viện|"
    r"công ty|tập đoàn|từng|toàn|tất cả|cán bộ|đảng viên|hai|ba)(?!\w)"
)
_ASSIGNEE_WORD = re.compile(rf"(?<!\w){_ASSIGNEE}")
# What stands before the one who is to act: numbering, connectives, circumstances up to their comma.
_LEAD_IN = re.compile(
    r"[\s:,\"'-]*(?:(?:thứ\s+(?:nhất|hai|ba|tư|năm|sáu|bảy|tám)|(?:một|hai|ba|bốn)\s+là|trước mắt|trước hết|"
    r"đặc biệt(?:\s+là)?|đồng thời|cụ thể|trong đó|theo đó|do đó|vì vậy|bên cạnh đó|cùng với đó|ngoài ra|"
    r"mặt khác|song song|thời gian tới|trong thời gian tới|tới đây|rằng|thì)(?!\w)\s*[,:]?\s*"
    r"|(?:về|đối với|để|trong|với|liên quan đến|trên cơ sở|từ nay|đến|căn cứ|cùng với|bên cạnh|qua|riêng|"
    r"chậm nhất|hiện nay|trước|ngay|sau|tại|nhằm|thông qua)(?!\w)(?:(?!\s(?:phải|cần|"
    r"thì)\s)[^.;:]){0,140}?[,:]\s*"
    rf"|(?:riêng\s+)?(?:đối với|với)\s+(?={_ASSIGNEE}))"
)
# Things that are dealt with, and words of somebody speaking: nobody who could be told to do anything.
_NO_ASSIGNEE = re.compile(
    r"\A(?:(?:các|những|tất cả|mỗi|từng|toàn bộ)\s+)*(?:công trình|dự án|vấn đề|hạn chế|tồn tại|nhiệm vụ|"
    r"quyết định|việc|nội dung|mục tiêu|chỉ tiêu|giải pháp|khó khăn|chính sách|gói thầu|thủ tục|những)(?!\w)"
    r"|(?<!\w)(?:cho biết|cho rằng|nhấn mạnh|khẳng định|nhận thấy|nhận định)(?!\w)"
)
# "Chủ tịch UBND tỉnh cũng lưu ý các địa phương bố trí cán bộ".
_SAID_BEFORE = re.compile(rf"\A.*(?<!\w)(?:lưu ý|yêu cầu|đề nghị|nhắc nhở)\s+(?={_ASSIGNEE})", re.IGNORECASE)
# What it is about, or by when, between who and what: "Sở Tài chính trước ngày 15/7 tham mưu".
_ABOUT = re.compile(
    r"\s+(?:trước|chậm nhất|muộn nhất|trong|ngay trong|từ nay)\s+(?:ngày|tháng|quý|năm|tuần|thời gian|"
    r"đến|đầu|giữa|cuối|hết|\d).*\Z|"
    r"\s+(?:về\s+)?(?:một số|những|nhiều|các|\d+|hai|ba|bốn|năm)\s+(?:khó khăn|vấn đề|nội dung|việc|"
    r"nhiệm vụ|giải pháp|kiến nghị|đề xuất|yêu cầu)(?!\w).*\Z"
)
_ADVERBS_BEHIND = re.compile(r"\s+(?:cũng|đều|sẽ|thì|là|cùng|tiến hành)\Z")
_BARE = frozenset({"các", "toàn", "từng", "ban", "hai", "ba", "mỗi", "tổ", "đội", "trường", "hội", "đoàn"})
_PAST = Cued(r"(?<!\w)(?:đã|đang|vừa|được|đạt|ước|từng|hiện|là do|bị)(?!\w)")
# Between an office and its task: "Sở Nội vụ [khẩn trương] xây dựng", "các xã [cũng] phải".
_LONGEST_ASSIGNEE = 160


@dataclass(frozen=True, slots=True)
class Giving:
    """One verb that gives an order or says what is due. start, end: the verb; verb: folded."""

    start: int
    end: int
    verb: str


@dataclass(frozen=True, slots=True)
class Task:
    """One task. piece: the words it was told in; begin: where the task itself begins; assigned_to: who."""

    piece: Span
    begin: int
    assigned_to: str | None


def givings_in(page: Page, span: Span) -> list[Giving]:
    """Give the verbs of a sentence that may order, ask or promise, in order; nouns of the kind are left."""
    found = []
    for one in _GIVES.finditer(page.folded, span.start, span.end):
        # "Hứa Kiến Thiết": a surname, not a promise.
        is_name = one.group() == "hứa" and page.body[one.end() : one.end() + 2].strip().isupper()
        if not is_name and not _NO_VERB.search(page.folded, max(span.start, one.start() - 24), one.start()):
            found.append(Giving(one.start(), one.end(), one.group()))
    return found


def _after_lead_ins(page: Page, start: int, end: int) -> int:
    while start < end and (skipped := _LEAD_IN.match(page.folded, start, end)) is not None:
        start = skipped.end()
    while start < end and page.folded[start] in " :,-\"'":
        start += 1
    return start


def pieces_of(page: Page, start: int, end: int) -> list[Span]:
    """The tasks of one order: what stands between its semicolons and begins as a task does.

    "giao mặt bằng cho một số dự án như: cầu cảng số 3; khu nhà ở công nhân" is one task.
    """
    pieces: list[Span] = []
    begin = start
    for at in [*(i for i in range(start, end) if page.folded[i] == ";"), end]:
        piece = Span(begin, at)
        if piece.of(page.body).strip(' .,:;"“”'):
            if pieces and not _begins_a_task(page, piece):
                piece = Span(pieces.pop().start, at)
            pieces.append(piece)
        begin = at + 1
    return pieces


def _begins_a_task(page: Page, piece: Span) -> bool:
    begin = _after_lead_ins(page, piece.start, piece.end)
    if _TASK_WORD.match(page.folded, begin, piece.end):
        return True
    task = task_of(page, piece)
    return task.assigned_to is not None and task.begin - begin <= _LONGEST_ASSIGNEE // 2


def task_of(page: Page, piece: Span) -> Task:
    """Who is to do what in the words behind a verb that gives an order."""
    begin = _after_lead_ins(page, piece.start, piece.end)
    assignee = _ASSIGNEE_WORD.match(page.folded, begin, piece.end)
    task = _first_task(page, begin, piece.end)
    if assignee is None or task is None or task == begin or task - begin > _LONGEST_ASSIGNEE:
        return Task(piece, begin, None)
    before, colon, _ = page.body[begin:task].partition(": ")
    if colon:
        # "đề nghị Bộ A một số khó khăn như: Chỉ đạo các đơn vị": who, what it is about, the tasks.
        task = begin + len(before) + len(colon)
    text = " ".join(before.split()).strip(" ,:-–")
    text = _ADVERBS_BEHIND.sub("", _ABOUT.sub("", _SAID_BEFORE.sub("", text)))
    if _NO_ASSIGNEE.search(fold(text)):
        return Task(piece, begin, None)
    return Task(piece, task, None if len(text.split()) == 1 and text.casefold() in _BARE else text)


def opens_with_task(page: Page, task: Task) -> bool:
    """Whether the words of a task begin with a deed, not with a thing."""
    return _TASK_WORD.match(page.folded, task.begin, task.piece.end) is not None


def _first_task(page: Page, start: int, end: int) -> int | None:
    """The first word of a task; a verb in capitals belongs to an office: "Sở Kế hoạch và Đầu tư"."""
    for one in _TASK_WORD.finditer(page.folded, start, end):
        if one.start() == start or not page.body[one.start()].isupper():
            return one.start()
    return None


# What a bare sentence has to say for its office to be under an order: "Sở Y tế [khẩn trương] ...".
_BARE_TASK = re.compile(
    r"(?:cần|phải|khẩn trương|tiếp tục|chủ động|sớm|tích cực|tăng cường|đẩy mạnh|đẩy nhanh|tập trung|"
    r"phối hợp|"
    r"rà soát|hoàn thành|hoàn thiện|quan tâm|chú trọng|thực hiện|xây dựng|có trách nhiệm|chịu trách nhiệm|"
    r"nên|"
    r"triển khai|thường xuyên|quyết liệt|nghiên cứu|chỉ đạo|tham mưu|chuẩn bị|bố trí|báo cáo|tổ chức|"
    r"hướng dẫn)"
    r"(?!\w)"
)


_TELLS_OF_DEEDS = re.compile(r"[^.;]{0,160}(?<!\w)(?:đã|đang|được|đạt)(?!\w)")


def bare_imperative(page: Page, sentence: Sentence) -> Task | None:
    """A sentence that opens with a task for whoever was told before: "Hoàn thành trước ngày 4/2."."""
    span = sentence.span
    begin = _after_lead_ins(page, span.start, span.end)
    if not _BARE_TASK.match(page.folded, begin, span.end):
        return None
    return None if _TELLS_OF_DEEDS.match(page.folded, begin, span.end) else Task(span, begin, None)


def told_as_due(page: Page, sentence: Sentence) -> Task | None:
    """A sentence that says what an office has to do, without a verb of ordering; null where it does not.

    "Sở Nội vụ khẩn trương xây dựng kế hoạch", "các xã phải báo cáo", "Bên cạnh đó, cần mở chợ mới".
    """
    span = sentence.span
    begin = _after_lead_ins(page, span.start, span.end)
    task = task_of(page, span)
    if task.assigned_to is None:
        return Task(span, task.begin, None) if DUTY.match(page.folded, begin, span.end) else None
    if not _BARE_TASK.match(page.folded, task.begin):
        return None
    is_past = _PAST.search(page.folded, begin, task.begin) or _PAST.search(
        page.folded, task.begin, task.begin + 16
    )
    return None if is_past else task


def opens_with(page: Page, sentence: Sentence, giving: Giving) -> bool:
    """Whether nothing but connectives stands before a verb of ordering: "Đồng thời, yêu cầu ..."."""
    return _after_lead_ins(page, sentence.span.start, giving.start) == giving.start


_JOINED = re.compile(r"(?:[,;]\s*(?:và|đồng thời|cũng)?|(?<!\w)(?:và|đồng thời|cũng|đã))[\s,]*\Z")


def is_joined(page: Page, before: Giving, giving: Giving) -> bool:
    """Whether a further verb of a sentence gives a further order, and is no part of the task before it."""
    if giving.verb not in ORDERS and giving.verb != "đề nghị":
        return False
    return _JOINED.search(page.folded, before.end, giving.start) is not None


def is_heading(page: Page, sentence: Sentence) -> bool:
    """Whether a sentence is a subheading: short, without a stop at its end."""
    text = sentence.span.of(page.body).strip()
    return len(text) < 90 and not text.endswith((".", "!", "?", "…", ":", ";", '"', "”"))
