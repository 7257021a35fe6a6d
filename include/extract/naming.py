"""The words before a number that name what it is about, told from verbs, particles and times."""

from __future__ import annotations

import re

from include.extract.text import Span, word_set

# Vietnamese writes syllables apart: "dự" names nothing in "dự kiến" and much in "dự án", so words of
# several syllables are taken whole before single ones.
_NAMELESS_PHRASE = re.compile(
    r"\b(?:kế hoạch|dự toán|mục tiêu|chỉ tiêu|dự kiến|dự báo|tỷ lệ|tốc độ|tăng trưởng|bình quân"
    r"|trung bình|tương đương|tỷ trọng"
    r"|thực hiện|trong đó|tính riêng|đồng thời|bao gồm|phấn đấu|sơ bộ|ước tính|lũy kế|tuyệt đối|tối đa"
    r"|tối thiểu"
    r"|giai đoạn|hoàn thành|xấp xỉ|con số|giá trị|quy mô|cùng kỳ|toàn tỉnh|quý i{1,3}|quý iv|xếp hạng"
    r"|vị trí|thứ hạng"
    r"|đặt ra|đề ra|như sau|còn lại|thời gian|thời điểm|mỗi năm|hằng năm|hàng năm|bên cạnh|ngoài ra"
    r"|nhờ đó|nhờ vậy|do đó|vì vậy|qua đó|theo đó|từ đó|đáng chú ý|đặc biệt|tuy nhiên|trong khi đó"
    r"|cụ thể|tổng số|đóng góp|trên địa bàn|toàn (?:thành phố|huyện|xã|vùng|quốc)|cả nước|khu vực này"
    r"|tính chung|tính lũy kế|cộng dồn|(?:tỉnh|thành phố|địa phương|huyện|nơi|đơn vị) này"
    r"|(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mười một|mười hai) (?:tháng|quý)"
    r"|(?:kế|tiếp) đến|tiếp theo|(?:theo )?giá (?:hiện hành|thực tế|so sánh|cố định))\b"
)
_NAMELESS = word_set(
    "tăng giảm đạt trên hơn gần khoảng dưới là ước được có còn lên xuống đến tới từ và với so năm tháng"
    " quý trước"
    " ngoái nay này đầu cuối cả đó của cho vào bằng chiếm vượt thêm mức đã sẽ cũng chỉ thì gấp khá cao"
    " thấp nhất"
    " hiện hay ở ra mới nữa vẫn lại rồi tổng gồm như theo qua sụt mạnh nhẹ ngày khi giao đặt chung riêng"
    " hàng mỗi"
    " kh nq vị vươn tụt rớt khó nhưng song đang bị trong kỳ ít đứng xếp hạng thứ hụt về do số"
)
_WORD = re.compile(r"[^\W\d]+")
_NUMERAL = re.compile(r"\s(?:i{1,3}|iv)\b")
_BREAK = re.compile(r"[,:(](?!\d)|\s-\s")
_VERB_OR_DIGIT = re.compile(
    r"\d|\b(?:tăng|giảm|đạt|chiếm|bằng|là|còn|có|được|vượt|so|với|nhất|như|gồm|theo|tại)\b|[:(]"
)
_LONGEST_NAME = 90  # characters; a longer stretch without a verb is a sentence's preamble


def own_words(text: str, start: int, end: int) -> Span | None:
    """The naming words of folded `text[start:end]`, from the first that names something to the last."""
    stretch = _NAMELESS_PHRASE.sub(lambda phrase: " " * len(phrase.group()), text[start:end])
    words = [word for word in _WORD.finditer(stretch) if word.group() not in _NAMELESS]
    if not words:
        return None
    numeral = _NUMERAL.match(text, start + words[-1].end(), end)
    begin = start + words[0].start()
    if words[0].group() == "nước" and text.endswith("trong ", start, begin):
        begin -= len("trong ")  # capital "trong nước", which the particle alone does not name
    return Span(begin, numeral.end() if numeral else start + words[-1].end())


def phrase_start(text: str, start: int, end: int) -> int:
    """Where the naming phrase before a number begins: over commas of "nông, lâm nghiệp", not over verbs."""
    pieces = [found.end() for found in _BREAK.finditer(text, start, end)]
    begin = pieces.pop() if pieces else start
    while begin > start and own_words(text, begin, end):
        earlier = pieces.pop() if pieces else start
        if end - earlier > _LONGEST_NAME or _VERB_OR_DIGIT.search(text, earlier, begin):
            break
        begin = earlier
    return begin
