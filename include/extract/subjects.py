"""Which indicator each number of a sentence speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from include.extract.brackets import without
from include.extract.candidates import ABOUT, CHANGED, OF_THINGS, RANKED_IN, Candidates
from include.extract.cues import Closing, Cued
from include.extract.indicators import IndicatorNames
from include.extract.measures import last_piece
from include.extract.naming import own_words, phrase_start
from include.extract.not_claims import is_function_word
from include.extract.quantities import Quantity
from include.extract.rows import RowPicker, Subject
from include.extract.text import Span
from include.extract.units import UnitWords

# A sum right beside a count is the count's money: "43 dự án, trên 12,3 tỷ USD".
MONEY_OF = {
    "fdi_projects": "fdi_registered_capital",
    "investment_projects": "registered_capital",
    "investment_projects_new": "registered_capital",
    "new_enterprises": "new_enterprises_capital",
    "infrastructure_projects": "infrastructure_investment",
}
_ABOUT_MONEY = re.compile(r"\s+về\s(?:tổng\s|số\s|mức\s|quy mô\s)*(?:vốn|kinh phí|giá trị|đầu tư)")
# "giảm 14% về lượng nhưng tăng 9% về giá trị".
_WORTH = re.compile(
    r"\s+về\s(?:mặt\s)?(?:tổng\s)?(?P<what>giá trị|trị giá|kim ngạch|(?:số\s|khối\s|sản\s)?lượng)(?!\w)"
)
_TRADE = frozenset({"export_value", "import_value", "trade_value", "border_trade_value"})
# "Tỷ lệ lấp đầy 9 khu công nghiệp là 84%": the count stands inside the rate's name.
_RATE_OF = re.compile(r"tỷ lệ\s(?:[^\W\d]+\s){1,3}\Z")
_WITH_MONEY = re.compile(r"\b(?:với|trị giá|kinh phí)\s[^,;:]{0,40}\Z")
_INSIDE_PHRASE = Closing(r"\b(?:của|tại|ở|thuộc|trên)\s(?:cả\s|các\s)?\Z")
_GENERIC = frozenset({"đơn vị", "lượt", "trường hợp"})
# The abbreviation behind a name ends nothing: "doanh nghiệp (DN) thành lập mới".
_CONTEXT_ENDS = re.compile(
    r"[,;.]|\)(?<!\(\w\w\))(?<!\(\w\w\w\))(?<!\(\w\w\w\w\))|\svà\s|\((?:trong đó|gồm|bao gồm|[^()]{0,20}\d)"
)


# Numbers that say something of the amount before them.
_FOLLOWERS = frozenset({"percent", "point", "times", "rank", "score"})
# A sector's growth is no part of these: it is told in value added, which has no code.
_WHOLE_ECONOMY = frozenset({"grdp", "gdp"})
_MEASURED = frozenset({"area", "mass", "volume", "length", "energy", "power"})
_JOINT = re.compile(r"[,(](?!\d)|\svà\s|\s-\s")
_SHARE_BEFORE = re.compile(r"\b(?:chiếm|đóng góp)\s(?:(?:tỷ lệ|tỷ trọng|gần|hơn|trên|khoảng|tới)\s)*\Z")
# "có 56.000 lượt khách quốc tế chiếm 62%": no comma before the share of what was counted.
_SHARE_OF_BEFORE = re.compile(
    r"\s(?:[^\W\d]+\s){0,3}chiếm\s(?:(?:tỷ lệ|tỷ trọng|gần|hơn|trên|khoảng|tới)\s)*"
)
_PRODUCTS = re.compile(r"\bsản phẩm(?! ocop| du lịch| nông)[^.:;()]{0,60}?(?::|\bnhư:?|\bgồm:?)\s")
_PRODUCT = "industrial_product_output"
_INDUSTRY = frozenset({"industrial_production_index", "industrial_output", _PRODUCT})
_KIND_OF_PLACE = re.compile(r"(?:(?:tỉnh|thành phố|tp|huyện|thị xã|xã|địa phương)\s*)+")
_TIMES = frozenset({"năm", "tháng", "quý", "vụ"})
_NOUN_ENDS = re.compile(
    r"[,;.():]|\s(?:với|và|đã|được|đang|trong|của|để|có|so|đạt|tăng|giảm|còn|này|chiếm|tham gia|sử dụng"
    r"|năm|tháng|lên|xuống|từ)\s"
)


# Who invests, lends or trades is not what is measured: "khu vực có vốn đầu tư nước ngoài tăng 8%", "dư nợ
# của các tổ chức tín dụng".
_WHO = Cued(
    r"(?<!vốn )(?<!số )(?<!từ )(?:khu vực|kinh tế|thành phần|doanh nghiệp|khối)(?: kinh tế| doanh nghiệp)?"
    r"\s(?:có\s)?(?:vốn\s)?(?:đầu tư\s)?(?:trực tiếp\s)?(?:nước ngoài|fdi)"
    r"(?=\s(?:tăng|giảm|đạt|ước|chiếm|xuất khẩu|nhập khẩu|là)\s|\s\()"
    r"|tổ chức tín dụng|quỹ tín dụng"
)


class SubjectFinder:
    """Finds the subjects of one sentence's numbers, in order; remembers the one before."""

    def __init__(
        self, text: str, sentence: Span, names: IndicatorNames, units: UnitWords, places: Sequence[Span] = ()
    ) -> None:
        self._text = text
        # Names of places say nothing of what is measured there, nor is "Ngọc Hồi" a crop.
        self._named = without(text, sentence, list(places)) if places else text
        who = [Span(*found.span()) for found in _WHO.finditer(text, sentence.start, sentence.end)]
        measured = without(self._named, sentence, who) if who else self._named
        self._sentence = sentence
        self._rows = RowPicker(text, sentence, names, units)
        self._names = names
        self._found = names.find(measured, sentence.start, sentence.end)
        self._candidates = Candidates(text, sentence, self._found, names.units)
        self._given: list[Subject] = []

    def fits(self, code: str | None, quantity: Quantity) -> bool:
        """As `RowPicker.fits`."""
        return self._rows.fits(code, quantity)

    def _contexts(self, quantity: Quantity, previous_end: int) -> list[str]:
        text, sentence = self._text, self._sentence
        left = text[sentence.start : quantity.start]
        stop = _CONTEXT_ENDS.search(text, quantity.end, sentence.end)
        right = min(stop.start() if stop else sentence.end, quantity.end + 60)
        narrow = quantity.start - len(last_piece(left))
        if previous_end > sentence.start:
            narrow = max(narrow, text.rfind(" và ", narrow, previous_end))
        whole = right if quantity.kind == "counted" else sentence.end
        # "làm chết 41 người và bị thương 21 người": the words since the number before come first.
        starts = (max(narrow, previous_end), min(previous_end, narrow), sentence.start)
        return [*(text[start:right] for start in starts), text[sentence.start : whole]]

    def of(
        self,
        quantity: Quantity,
        previous: Quantity | None,
        before: Subject | None,
        told: Sequence[str] = (),
    ) -> Subject:
        """The subject of `quantity`; previous, before: the number before it and its subject, if any.

        told: the codes that were spoken of before, the nearest first.
        """
        if before is not None:
            self._given.append(before)
        start = self._start_of_words(quantity, previous)
        contexts = self._contexts(quantity, start)
        segment = max(start, self._text.rfind(";", start, quantity.start) + 1)
        if (about := self._told_about(quantity, told)) is not None:
            return about
        if before is not None and quantity.kind in _FOLLOWERS and self._only_follows(segment, quantity):
            if before.code is None and (whole := self._whole_of_share(quantity, contexts)):
                return whole
            money = _ABOUT_MONEY.match(self._text, quantity.end) and MONEY_OF.get(before.code or "")
            return replace(before, code=money) if money else before
        if before is None and (whole := self._whole_told_behind(quantity, segment, contexts)):
            return whole
        for name in self._candidates.of(quantity, segment):
            if subject := self._rows.pick(name, quantity, contexts, told):
                return subject
        return self._without_name(quantity, segment, before, contexts, told)

    def _whole_told_behind(self, quantity: Quantity, segment: int, contexts: list[str]) -> Subject | None:
        """The whole of a share whose clause names nothing: "…, chiếm 25% tổng kim ngạch xuất khẩu"."""
        begin = quantity.start - len(last_piece(self._text[segment : quantity.start]))
        share = _SHARE_BEFORE.search(self._text, max(begin, quantity.start - 24), quantity.start)
        if not share or own_words(self._text, begin, quantity.start) is not None:
            return None
        whole = self._whole_of_share(quantity, contexts)
        return whole if whole is not None and whole.code not in (None, *_WHOLE_ECONOMY) else None

    def listed_as(self, thing: Span, quantity: Quantity, first: Subject | None) -> Subject:
        """The subject of a number told with "lần lượt", whose thing of the list is known.

        first: the subject of the list's first number, null for the first itself. A thing without a name of
        its own is a part of what the first names: "diện tích lúa, ngô và sắn lần lượt …".
        """
        for name in (n for n in self._found if n.start >= thing.start and n.end <= thing.end):
            contexts = [thing.of(self._text), self._sentence.of(self._text)]
            if subject := self._rows.pick(
                name, quantity, contexts, (first.code,) if first and first.code else ()
            ):
                return subject
        words = own_words(self._named, thing.start, thing.end) or thing
        if first is not None and first.code is not None and self._rows.fits(first.code, quantity):
            return Subject(first.code, first.name, words, listed=True)
        return Subject(None, words)

    def _whole_of_share(self, quantity: Quantity, contexts: list[str]) -> Subject | None:
        """What a share of known things is of, after things of no indicator: "(chiếm 5% tổng đàn)"."""
        things = OF_THINGS.match(self._text, quantity.end) if quantity.kind == "percent" else None
        for name in self._found if things else ():
            if things and things.start() < name.start <= things.end():
                return self._rows.pick(name, quantity, contexts)
        return None

    def _part_of_what_follows(
        self, quantity: Quantity, words: Span | None, contexts: list[str]
    ) -> Subject | None:
        """What a share is of, named behind it: "nghề gốm chiếm 12% tổng chi"; GRDP has no such parts."""
        if _SHARE_BEFORE.search(self._text, self._sentence.start, quantity.start) is None:
            return None
        whole = self._whole_of_share(quantity, contexts)
        return replace(whole, breakdown=words) if whole and whole.code not in _WHOLE_ECONOMY else None

    def _told_about(self, quantity: Quantity, told: Sequence[str]) -> Subject | None:
        """What a change is of where the text says it after it: "gấp 3 lần về số dự án"."""
        if quantity.kind not in ("times", "point", "percent"):
            return None
        if worth := _WORTH.match(self._text, quantity.end):
            traded = next((code for code in told if code in _TRADE), None)
            if traded is not None:  # of goods whose worth was told, how much of them is no indicator
                code = None if worth["what"].endswith("lượng") else traded
                return Subject(code, Span(*worth.span("what")), listed=True)
        about = ABOUT.match(self._text, quantity.end)
        for name in self._found if about else ():
            if about and name.start in (about.end(), about.end() - 3):
                row = next((r for code in told for r in name.rows if r.code == code), None)
                return Subject(row.code, Span(name.start, name.end), listed=True) if row else None
        return None

    def _start_of_words(self, quantity: Quantity, previous: Quantity | None) -> int:
        """Where the words of a number begin: behind the one before, unless that is inside its own phrase.

        "Tỷ lệ lấp đầy của 9 khu công nghiệp đạt 84%": the 9 belongs to the name of what is measured.
        """
        if previous is None:
            return self._sentence.start
        begin = max(self._sentence.start, previous.start - 30)
        inside = previous.kind == "counted" and (
            _INSIDE_PHRASE.search(self._text, max(begin, previous.start - 12), previous.start)
            or _RATE_OF.search(self._text, begin, previous.start)
        )
        if inside and not re.search(r"[,;:(]", self._text[previous.end : quantity.start]):
            return max(self._sentence.start, self._text.rfind(";", self._sentence.start, previous.start) + 1)
        return previous.end

    def _only_follows(self, segment: int, quantity: Quantity) -> bool:
        """Whether a rate or rank is joined to the number before by its verb alone: ", đạt 64% kế hoạch"."""
        named = self._text[segment - 1 : segment] == ";" and any(  # an item of a list has its own share
            row.code for name in self._found if segment <= name.start < quantity.start for row in name.rows
        )
        if named:
            return False
        if _SHARE_OF_BEFORE.fullmatch(self._text, segment, quantity.start):
            return True
        joint = list(_JOINT.finditer(self._text, segment, quantity.start))
        begin = joint[-1].end() if joint else quantity.start
        nameless = bool(joint) and own_words(self._text, begin, quantity.start) is None
        elsewhere = quantity.kind == "rank" and RANKED_IN.match(self._text, quantity.end, self._sentence.end)
        share = _SHARE_BEFORE.search(self._text, max(begin, quantity.start - 24), quantity.start)
        rate = quantity.kind == "percent" and share is None
        of_things = rate and OF_THINGS.match(self._text, quantity.end)
        return nameless and not self._candidates.beside(quantity) and not of_things and not elsewhere

    def _without_name(
        self,
        quantity: Quantity,
        segment: int,
        before: Subject | None,
        contexts: list[str],
        told: Sequence[str],
    ) -> Subject:
        """No name of the vocabulary beside the number: its own words, the list's head, the one before."""
        words = self._own_words(segment, quantity, before)
        known = self._product(quantity, told) or self._part_of_what_follows(quantity, words, contexts)
        if known is not None:
            return known
        if quantity.kind == "counted" and quantity.unit_start < quantity.end:
            words = self._noun_phrase(quantity.unit_start, quantity.end)
            generic = self._text[quantity.unit_start : quantity.end] in _GENERIC
            changed = CHANGED.search(self._text, segment, quantity.start) and before and before.code
            if not generic and not (changed and before and self._rows.fits(before.code, quantity)):
                return Subject(None, words)
        elif quantity.kind == "percent" and (things := self._candidates.of_things(quantity)):
            return Subject(None, self._noun_phrase(things.end(), things.end() + 1))
        elif words is None and quantity.kind in _MEASURED and self._of_what(quantity):
            words = self._noun_phrase(quantity.end + 1, quantity.end + 2)
        elif words is None and (fitting := self._last_that_fits(quantity, segment, before)):
            return fitting
        elif before is not None and (words is None or self._is_money_of(quantity, segment, before)):
            code = before.code if self._rows.fits(before.code, quantity) else MONEY_OF.get(before.code or "")
            return Subject(code, before.name, before.breakdown)
        head = self._head_subject(quantity, segment, contexts)
        if head and not (words and head.code in _WHOLE_ECONOMY):
            return Subject(head.code, head.name, words)
        if before is not None and quantity.kind == "counted" and before.code is not None:
            return before
        return Subject(None, words or self._noun_phrase(quantity.start, quantity.end))

    def _last_that_fits(self, quantity: Quantity, segment: int, before: Subject | None) -> Subject | None:
        """What a change is of, past a count told between: "dư nợ 2.100 tỷ/64.000 khách hàng, tăng 190 tỷ"."""
        changed = CHANGED.search(self._text, segment, quantity.start)
        if before is None or changed is None or (before.code and self._rows.fits(before.code, quantity)):
            return None
        return next(
            (one for one in reversed(self._given) if one.code and self._rows.fits(one.code, quantity)), None
        )

    def _own_words(self, segment: int, quantity: Quantity, before: Subject | None) -> Span | None:
        """The naming words before a number; those of a place only where nothing was named before."""
        end = quantity.start
        begin = phrase_start(self._text, segment, end)
        words = own_words(self._named, begin, end)
        if (
            words is None
            and before is None
            and (bracket := self._text.rfind("(", segment, end)) > self._text.rfind(")", segment, end)
        ):
            # "nhóm giao thông (giảm 0,13%)": the name stands before the bracket.
            begin, end = phrase_start(self._text, segment, bracket), bracket
            words = own_words(self._named, begin, end)
        return words if words or before else own_words(self._text, begin, end)

    def names_a_place(self, name: Span) -> bool:
        """Whether a subject's words are no more than a place's name."""
        words = own_words(self._named, name.start, name.end)
        return words is None or _KIND_OF_PLACE.fullmatch(words.of(self._named)) is not None

    def _of_what(self, quantity: Quantity) -> bool:
        """Whether a noun follows a measured amount: "1.200 ha lúa bị ngập"."""
        noun = re.match(r" ([^\W\d_]+)", self._text[quantity.end : quantity.end + 20])
        return noun is not None and noun.group(1) not in _TIMES and not is_function_word(noun.group(1))

    def _is_money_of(self, quantity: Quantity, segment: int, before: Subject) -> bool:
        """Whether a sum belongs to the things counted before it: "8 công trình … với gần 95 tỷ đồng"."""
        joined = _WITH_MONEY.search(self._text, segment, quantity.start)
        return quantity.kind == "money" and before.code in MONEY_OF and joined is not None

    def _product(self, quantity: Quantity, told: Sequence[str]) -> Subject | None:
        """An industrial product in a list of such: "Một số sản phẩm tăng khá như: xi măng tăng 14%"."""
        head = _PRODUCTS.search(self._text, self._sentence.start, quantity.start)
        industrial = head and ("công nghiệp" in head.group() or _INDUSTRY.intersection(told))
        words = self._own_words(head.end(), quantity, None) if head and industrial else None
        return Subject(_PRODUCT, words, listed=True) if words else None

    def _head_subject(self, quantity: Quantity, segment: int, contexts: list[str]) -> Subject | None:
        """The indicator that a list's head names: "sản lượng một số sản phẩm … như: …"."""
        colon = self._text.find(":", self._sentence.start, quantity.start)
        if colon < 0:
            return None
        for name in reversed([n for n in self._found if n.end <= colon]):
            if subject := self._rows.pick(name, quantity, contexts):
                return subject
        return None

    def _noun_phrase(self, start: int, end: int) -> Span:
        """The noun at `start` (at least to `end`) with what describes it, up to the next break or verb."""
        stop = _NOUN_ENDS.search(self._text, end, self._sentence.end)
        last = max(end, min(stop.start() if stop else self._sentence.end, end + 60))
        return Span(start, start + len(self._text[start:last].rstrip()))
