"""Who has the floor: whose words a verb of speaking introduces, by name, by post or by office."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from include.extract.cues import Cued
from include.extract.meetings.page import Page, Sentence
from include.extract.meetings.ranks import PRIVATE, rank_of_office, rank_of_person
from include.extract.model import Participant
from include.extract.names import PROVINCE_NAMES
from include.extract.text import fold


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who speaks: `name` as the row bears it, `rank` of the office (null where unknown)."""

    name: str
    rank: int | None
    is_lead: bool
    office: str | None


# Short forms that a post is repeated in.
_SHORT_POSTS = ("phó thủ tướng", "thủ tướng", "bộ trưởng", "thứ trưởng")
_PRONOUN = re.compile(
    r"(?:\A|[,.;\"]\s*)\W*(?:đồng chí|ông|bà|người đứng đầu [^.,;]{0,40})\s+(?:\w+\s+){0,3}\Z"
)
# Offices that speak as one: "đoàn công tác yêu cầu", "UBND huyện kiến nghị", "tỉnh Mường Lý đề xuất".
_OFFICE_SPEAKS = re.compile(
    r"(?:\A|[,.;:\"]\s*|(?<!\w)(?:sau đó|đồng thời|qua đó|theo đó|bên cạnh đó|ngoài ra),?\s+)\W*"
    r"(?P<office>(?:các\s+)?(?:đại diện\s+)?(?:lãnh đạo\s+)?(?:đoàn công tác|đoàn giám sát|đoàn kiểm tra|"
    r"tổ công tác|đại biểu|cử tri|doanh nghiệp|ý kiến|địa phương|ubnd|hđnd|tỉnh|huyện|thành phố|sở|bộ|"
    r"công ty|"
    r"tập đoàn|hội|hiệp hội|ngành|xã|cục)(?:\s[^.;:,\"]{1,60}?)??)\s+"
    r"(?:(?:đã|cũng|còn|tiếp tục|mạnh dạn|chính thức)\s+)*\Z"
)
# With these words between it and its verb an office does something else than speak.
_DOES_ELSE = re.compile(
    r"(?<!\w)(?:có|đã|đều|sẽ|để|cần|phải|được|khẩn trương|sớm|tiếp tục|tổ chức|xây dựng|phối hợp|triển khai|"
    r"cho|mà|"
    r"tham mưu|rà soát|thực hiện|báo cáo|là|theo|và đầu|vừa|đang|cùng)(?!\w)"
)
# A name or post behind the words it spoke: "..., ông Thắm nhấn mạnh." closing the sentence.
_SAID_BEHIND = Cued(
    r"[\",-]\s*[-,]?\s*(?P<who>[^.;:,\"]{3,120}?)\s+(?:đã\s+|cũng\s+)?(?:nhấn mạnh|yêu cầu|đề nghị|nói|"
    r"khẳng định|cho biết|chỉ đạo|lưu ý|chia sẻ|phát biểu|kết luận|cho hay)(?:\s+thêm|\s+rõ)?\W*\Z"
)
_GAP = 3  # blanks and a dash between a sign and the name behind it
_COMPARES = re.compile(r"(?:như|theo|mà|khi|sau khi)\s")
_DASHED = re.compile(r"\s*[-–—]\s")
_CLOSED = re.compile(r"(?<=.)[”\"]")
_ACCORDING = re.compile(r"\W*theo\s+(?P<who>[^.;:,\"]{3,120}),")
# Who came to the meeting may "have asked" there; what an office "has ordered" it ordered before.
_COMES = re.compile(
    r"(?:các\s+)?(?:đại diện\s+)?(?:lãnh đạo|đoàn|tổ công tác|cử tri|doanh nghiệp|đại biểu|ý kiến)"
)
_CITIZENS = re.compile(r"(?:các\s+)?(?:đại diện\s+)?(?:cử tri|doanh nghiệp|đại biểu|ý kiến|địa phương)")
_FOLDED_PROVINCES = tuple(sorted((fold(name) for name in PROVINCE_NAMES), key=len, reverse=True))
_CITY = re.compile(r"(?:thành phố|tp\.?)(?!\w)")


def _post_words(post: str) -> str:
    """A post as texts repeat it: with or without the province's name, "TP" or "thành phố"."""
    named = next((name for name in _FOLDED_PROVINCES if post.endswith(" " + name)), None)
    tail = "" if named is None else rf"(?:\s+{re.escape(named)})?"
    bare = post if named is None else post[: -len(named)].rstrip()
    parts = _CITY.split(bare)
    return r"(?:thành phố|tp\.?)".join(re.escape(part) for part in parts) + tail


@lru_cache(maxsize=256)
def referred(name: str, title: str | None) -> re.Pattern[str]:
    """How a text refers back to somebody named in full: by given name or by one of the posts (folded)."""
    posts = [post.strip() for post in re.split(r",| - ", fold(title or ""))]
    words = [post for post in posts if len(post) > 8 and not post.startswith(("ủy viên", "uv"))]
    words += [short for short in _SHORT_POSTS if any(post.startswith(short) for post in posts)]
    given = re.escape(fold(name).split()[-1])
    # "Phó Chủ tịch UBND tỉnh" is not the one who is "Chủ tịch UBND tỉnh".
    alternatives = [rf"(?:đồng chí|ông|bà)\s+{given}", *(rf"(?<!phó ){_post_words(word)}" for word in words)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)")


def voice_of(person: Participant) -> Voice:
    """The voice of somebody at the meeting."""
    rank = rank_of_person(person.person_title)
    return Voice(person.person_name, rank, person.role == "lead", person.organization)


class Floor:
    """The people of one meeting as speakers; those who lead it come first where a word fits several."""

    def __init__(self, page: Page, people: list[Participant]) -> None:
        self.page = page
        self.people = sorted(people, key=lambda one: one.role != "lead")
        self.by_name = {fold(one.person_name): one for one in people}

    def subject_of(self, sentence: Sentence, verb_start: int, speaking: Voice | None) -> Voice | None:
        """The subject of a verb: named before it, by a given name, by a post, by a pronoun or an office."""
        named = [person for person in sentence.people if person.finish <= verb_start]
        before = self.page.folded[sentence.span.start : verb_start]
        office = self._office(sentence, before)
        if named and (office is None or named[-1].finish > sentence.span.start + len(before) - 90):
            known = self.by_name.get(fold(named[-1].name))
            return None if known is None else voice_of(known)
        known = self._referred_in(before)
        if known is not None:
            return voice_of(known)
        if _PRONOUN.search(before):
            leads = [one for one in self.people if one.role == "lead"]
            return speaking or (voice_of(leads[0]) if leads else None)
        return office

    def said_behind(self, sentence: Sentence) -> tuple[Voice, int] | None:
        """Who spoke a sentence that names its speaker at its end, and where the words end."""
        span = sentence.span
        found = _SAID_BEHIND.search(self.page.folded, max(span.start, span.end - 200), span.end)
        if found is None or _COMPARES.match(found["who"]):
            return None
        voice = self._named_or_referred(sentence, found)
        return None if voice is None else (voice, found.start())

    def according_to(self, sentence: Sentence) -> Voice | None:
        """Whose words a sentence gives that opens with "Theo ông ..., "."""
        found = _ACCORDING.match(self.page.folded, sentence.span.start, sentence.span.end)
        return None if found is None else self._named_or_referred(sentence, found)

    def quoting(self, sentences: tuple[Sentence, ...]) -> dict[int, Voice]:
        """Whose words the sentences of a quotation are whose speaker is named behind its last one.

        By the place of the sentence: "“Các xã phải xong. Các huyện báo cáo ngay” - ông Thắm nói." With a
        stop inside the quotation ("... ngay.” - ông Thắm nói.") the speaker is a sentence of its own.
        """
        voices: dict[int, Voice] = {}
        opened: int | None = None
        for at, sentence in enumerate(sentences):
            text = sentence.span.of(self.page.body)
            if opened is not None and sentences[opened].paragraph != sentence.paragraph:
                opened = None
            is_closed = _CLOSED.search(text) is not None
            if text.lstrip().startswith(("“", '"')) and (opened is None or not is_closed):
                opened = at
            if opened is not None and is_closed:
                inside = self.said_behind(sentence)
                behind = inside or self._said_next(sentence, sentences[at + 1 : at + 2])
                if behind is not None:
                    voices |= dict.fromkeys(range(opened, at if inside else at + 1), behind[0])
                opened = None
        return voices

    def _said_next(self, quoted: Sentence, after: tuple[Sentence, ...]) -> tuple[Voice, int] | None:
        """The speaker behind a dash that opens the sentence after a quotation."""
        if (
            not after
            or after[0].paragraph != quoted.paragraph
            or not _DASHED.match(after[0].span.of(self.page.body))
        ):
            return None
        return self.said_behind(after[0])

    def _named_or_referred(self, sentence: Sentence, found: re.Match[str]) -> Voice | None:
        """The person that the words under "who" are, not only speak of."""
        start, end = found.span("who")
        for person in sentence.people:
            if start <= person.start < end:
                known = self.by_name.get(fold(person.name)) if person.begin - start <= _GAP else None
                return None if known is None else voice_of(known)
        known = self._referred_in(found["who"])
        return None if known is None else voice_of(known)

    def _referred_in(self, folded: str) -> Participant | None:
        return next(
            (one for one in self.people if referred(one.person_name, one.person_title).search(folded)), None
        )

    def _lead_of(self, office: str, words: str) -> Participant | None:
        """Whom "lãnh đạo thành phố" means where one of that rank leads the meeting."""
        if not office.startswith("lãnh đạo"):
            return None
        leads = [one for one in self.people if one.role == "lead"]
        rank = rank_of_office(words)
        return leads[0] if len(leads) == 1 and rank_of_person(leads[0].person_title) == rank else None

    def _office(self, sentence: Sentence, before: str) -> Voice | None:
        found = _OFFICE_SPEAKS.search(before)
        if found is None:
            return None
        if _DOES_ELSE.search(found["office"]):
            return None
        if before.rstrip().endswith("đã") and not _COMES.match(found["office"]):
            return None
        start, end = (sentence.span.start + at for at in found.span("office"))
        words = " ".join(self.page.body[start:end].split())
        lead = self._lead_of(found["office"], words)
        if lead is not None:
            return voice_of(lead)
        rank = PRIVATE if _CITIZENS.match(found["office"]) else rank_of_office(words)
        return Voice(words, rank, is_lead=False, office=words)
