"""People as Vietnamese news names them: a capital run with a cue before it or posts after it.

A capital run alone is never a person: bylines, places, offices and streets look the same. The cues are
an honorific ("đồng chí", "ông", "bà"), a post in front ("Bí thư Tỉnh ủy ..."), a chain of posts behind
("... - Giám đốc Sở ..."), or a place in a list that one of these opened.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from include.extract.cues import Closing
from include.extract.name_runs import (
    CAPITAL_RUN,
    LONGEST_NAME,
    Token,
    drop_place,
    holds_a_surname,
    is_acronym,
    name_of,
    named_part,
    tokens_of,
)
from include.extract.names import NOT_PRESENT, PROVINCE_NAMES
from include.extract.text import Span
from include.extract.titles import HONORIFIC, TITLE_HEAD, chain_after, chain_stop, organization_of


@dataclass(frozen=True, slots=True)
class PersonMention:
    """One person named once. All offsets are into the body.

    start, end: the name. name: with single spaces, in mixed case, without honorific. title: every post
    named beside it as printed, null without one. organization: of the first post that is more than a
    membership. begin, finish: the whole mention with honorific and posts.
    """

    start: int
    end: int
    name: str
    title: str | None
    organization: str | None
    begin: int
    finish: int


_WORD_BEFORE = re.compile(r"(\w+)[\s\"“]*\Z")
_LIST_OPENER = re.compile(
    r"\b(?:các|hai|ba|[23])\s+(?:đồng\s*chí|đ/c|ông|bà|phó|vị|ủy viên|thứ trưởng|đại biểu)\b"
)
# "các xã Ninh Gia, Tà Hine và Tà Năng": places in a row look like people in a row.
_PLACE_LIST = re.compile(
    r"(?<!\w)(?:các|hai|ba|bốn|\d+)\s+(?:xã|phường|huyện|thị trấn|thị xã|tỉnh|thành phố|thôn|bản|buôn|ấp)\s+"
    r"[^.;:()\"]{2,100}?(?:,|\s+và)\s*\Z"
)
_NAMES_PEOPLE = re.compile(r"(?<!\w)(?:đồng chí|ông|bà|chủ tịch|bí thư|giám đốc|trưởng|phó|đại biểu)(?!\w)")
# Syllables of a guest's name whose surname no list has: "On Kẻo Un A Lôm".
_LONGEST_FOREIGN = 5
_LIST_JOINT = Closing(r"(?:[,;:]|\bvà|\bcùng)\s*\Z")
_SHARED_POST = Closing(r"các\s+(?:đồng chí\s+)?([^,;:.]{6,80}):\s*\Z")
_OFFICE_JOINT = re.compile(
    r"(?:,|\s-)\s(?=(?:chống|tìm kiếm|thể thao|thương binh|công nghệ|du lịch|gia đình|xã hội|nông thôn)\b)"
)
_JOINS_NAMES = re.compile(r"\s*(?:[,;]|và|[,;]\s*và)\s*")
_SEVERAL = re.compile(
    r"(?<!\w)(?:các|hai|ba|[2-5])\s+(?=(?:nguyên\s+)?(?:phó|ủy viên|thứ trưởng|bí thư|chủ tịch))"
)
_PARTY_SEAT = re.compile(r"(?<!tỉnh )ủy\s*\Z")
_LEADING_HONORIFIC = frozenset({"Ông", "Bà", "Ngài", "Anh", "Chị", "Cô"})
# "(thứ hai từ trái sang)", "(TN-MT)": said of the person or the office, and no break of the sentence.
_ASIDE = re.compile(r"\s*\([^()\n]{1,60}\)")
_ENDS_IN_JOINT = re.compile(r"(?<!\w)(?:và|cùng)\s*\Z")
_TRAILING_JOINT = re.compile(r"\s+(?:và|cùng|cùng với|với)\Z")
# Posts of other states in front of a country and a guest's name, whose surname no list has.
_DIPLOMAT = Closing(
    r"(?:đại sứ|lãnh sự|tham tán|công sứ|tổng thống|thủ tướng|bộ trưởng|thứ trưởng|chủ tịch quốc hội"
    r"|chủ tịch (?:hạ|thượng) viện|tỉnh trưởng|thị trưởng|thống đốc|quốc vụ khanh)"
    r"(?:\s(?:cộng hòa|nước|vương quốc|liên bang|tỉnh|thành phố|bang))*(?:(?:\s\w+){1,3}\s+tại)?\s*\Z"
)
# How far back the words that opened a list ("các đồng chí: ...") are looked for.
_LIST_REACH = 1500


@dataclass
class _Scan:
    """One sentence being read: what is common to all its runs."""

    body: str
    folded: str
    span: Span
    heads: list[re.Match[str]] | None
    found: list[PersonMention]
    shared: str = ""

    def posts(self) -> list[re.Match[str]]:
        """The words in this sentence that a post begins with; looked for once, and only when asked."""
        if self.heads is None:
            self.heads = list(TITLE_HEAD.finditer(self.folded, self.span.start, self.span.end))
        return self.heads

    def floor(self) -> int:
        return self.found[-1].end if self.found else self.span.start


def _before_blanks(text: str, end: int) -> int:
    while end > 0 and text[end - 1].isspace():
        end -= 1
    return end


def _leads_up(body: str, folded: str, start: int, end: int) -> bool:
    """Whether the words between a post's head and a name are all of that post ("... HĐND tỉnh - Lê An")."""
    end = start + len(folded[start:end].rstrip().removesuffix(" -"))
    between = _OFFICE_JOINT.sub(lambda joint: " " * len(joint.group()), folded[start:end])
    if "," in between or _ENDS_IN_JOINT.search(between):
        return False
    return chain_stop(body[start:end], between, 0, len(between)) is None


# Heads that stand behind another post without a comma: a degree, or the people whose association it is
# ("Phó Chủ tịch Hiệp hội ... TS. Lê An", "Chủ tịch Nông dân tỉnh").
_JOINS_BARE = re.compile(
    r"(?:pgs|gs|ts|ths|bs|tiến sĩ|thạc sĩ|giáo sư|bác sĩ|(?:đại|thượng|trung|thiếu)\s+(?:tướng|tá|úy)|"
    r"nông dân|cựu chiến binh|nhà báo)(?!\w)"
)


def _title_before(scan: _Scan, name_start: int) -> int | None:
    """Give the offset where the chain of posts in front of a name begins, null without one."""
    begin, joined_to = None, name_start
    for head in reversed(scan.posts()):
        if head.start() < scan.floor():
            break
        if head.end() > joined_to:
            continue
        end = joined_to
        if begin is not None:
            end = _before_blanks(scan.folded, joined_to)
            if scan.folded[end - 1] == ",":
                end -= 1
            elif not _JOINS_BARE.match(scan.folded, joined_to):
                break
        if not _leads_up(scan.body, scan.folded, head.end(), end):
            break
        begin = joined_to = head.start()
    return begin


def _by_honorific(scan: _Scan, tokens: list[Token]) -> tuple[list[Token], int] | None:
    """A run right behind "đồng chí", "ông", "bà": the whole run is the name, whatever its language."""
    start = tokens[0].start
    honorific = HONORIFIC.search(scan.folded, max(scan.span.start, start - 24), start)
    if honorific is None or TITLE_HEAD.match(scan.folded, start):
        return None
    kept = []
    for token in tokens[:LONGEST_NAME]:
        if is_acronym(token.text) and not all(one.text.isupper() for one in tokens):
            break
        kept.append(token)
    if len(kept) == 1 and not re.search(r"['’ʼ-]", kept[0].text):
        return None
    return (kept, honorific.start()) if kept else None


def _by_title(scan: _Scan, tokens: list[Token], named: list[Token]) -> tuple[list[Token], int] | None:
    """A run whose tail begins with a surname, behind a post that leads up to it without a break."""
    if not named and _DIPLOMAT.search(scan.folded, max(0, tokens[0].start - 40), tokens[0].start):
        rest = drop_place(tokens)
        named = rest if len(rest) < len(tokens) and len(rest) >= 2 else []
    if not named:
        return None
    begin = _title_before(scan, named[0].start)
    if begin is None:
        return None
    honorific = HONORIFIC.search(scan.folded, max(scan.span.start, begin - 24), begin)
    return named, honorific.start() if honorific else begin


def _by_list(scan: _Scan, tokens: list[Token], named: list[Token]) -> tuple[list[Token], int] | None:
    """A name with posts behind it, or the next one of a list that an honorific or a post opened."""
    if (
        not named
        and 2 <= len(tokens) <= _LONGEST_FOREIGN
        and chain_after(scan.body, scan.folded, tokens[-1].end, scan.span.end)
    ):
        named = tokens if _LIST_OPENER.search(scan.folded, scan.span.start, tokens[0].start) else []
    if not named or named[0] is not tokens[0]:
        return None
    places = _PLACE_LIST.search(scan.folded, max(scan.span.start, named[0].start - 120), named[0].start)
    if places is not None and not _NAMES_PEOPLE.search(places.group()):
        return None
    start = named[0].start
    has_posts = chain_after(scan.body, scan.folded, named[-1].end, scan.span.end) is not None
    before = scan.folded[max(scan.span.start, start - _LIST_REACH) : start]
    in_list = bool(_LIST_OPENER.search(before)) and bool(_LIST_JOINT.search(before))
    if has_posts and (
        not before.strip()
        or re.search(r"[,;:.)(\"-]\s*\Z|(?:có|gồm|là|và|của|theo|bởi|cùng|do)\s+\Z", before)
    ):
        return named, start
    return (named, _shared_start(scan, start)) if in_list and len(named) >= 2 else None


def _shared_start(scan: _Scan, start: int) -> int:
    """Where the post that several share begins ("các Phó Chủ tịch UBND tỉnh: ..."), else `start`."""
    shared = _SHARED_POST.search(scan.folded, max(scan.span.start, start - 120), start)
    return shared.start() if shared is not None and TITLE_HEAD.match(shared[1]) else start


def _title_text(scan: _Scan, tokens: list[Token], begin: int) -> tuple[str | None, int]:
    """The posts before and after a name as printed, and where the mention ends."""
    name_start, name_end = tokens[0].start, tokens[-1].end
    parts = []
    chain = chain_after(scan.body, scan.folded, name_end, scan.span.end)
    front = HONORIFIC.sub("", scan.folded[begin:name_start])
    head = TITLE_HEAD.search(scan.folded, begin, name_start) if front.strip(" :") else None
    if head is not None and not scan.folded[begin:name_start].rstrip().endswith(":"):
        parts.append(scan.body[head.start() : name_start])
    else:
        parts += _shared_post(scan, name_start)
    if chain is not None:
        parts.append(scan.body[chain[0] : chain[1]])
    title = ", ".join(" ".join(part.split()).strip(" ,-–—") for part in parts)
    end = chain[1] if chain else name_end
    aside = _ASIDE.match(scan.body, end, scan.span.end)
    return (title or None), (aside.end() if aside else end)


def _shared_post(scan: _Scan, name_start: int) -> list[str]:
    """The post announced before a list of names, for its first member and for those joined to it."""
    shared = _SHARED_POST.search(scan.folded, max(scan.span.start, name_start - 120), name_start)
    if shared is not None and TITLE_HEAD.match(shared[1]):
        scan.shared = scan.body[shared.start(1) : shared.end(1)]
        return [scan.shared]
    joined = scan.found and _JOINS_NAMES.fullmatch(scan.folded, scan.found[-1].finish, name_start)
    if not joined:
        return []
    last = scan.found[-1]
    if scan.shared and last.title is not None and last.title.startswith(scan.shared):
        return [scan.shared]
    # "2 phó chủ tịch Lê An và Vi Bé": the number says that both hold it.
    several = _SEVERAL.search(scan.folded, max(scan.span.start, last.begin - 5), last.start)
    return [] if several is None or last.start < last.begin + 3 else [scan.body[several.end() : last.start]]


def _cut_overlap(scan: _Scan, begin: int, name_start: int) -> int:
    """End the previous person's posts where this person's begin; give where this mention begins."""
    last = scan.found[-1]
    if last.finish <= begin or last.title is None:
        return begin
    head = next((one for one in reversed(scan.posts()) if last.end < one.start() < name_start), None)
    cut = head.start() if head is not None and begin <= head.start() else begin
    front = TITLE_HEAD.search(scan.folded, last.begin, last.start)
    parts = [scan.body[front.start() : last.start] if front else "", scan.body[last.end : cut]]
    cleaned = (_TRAILING_JOINT.sub("", " ".join(one.split()).strip(" ,-–—")) for one in parts)
    title = ", ".join(part for part in cleaned if part)
    organization = organization_of(title) if title else None
    finish = max(last.end, cut - 1)
    scan.found[-1] = replace(last, title=title or None, organization=organization, finish=finish)
    return cut


def _mention(scan: _Scan, tokens: list[Token], begin: int) -> PersonMention | None:
    name = name_of(tokens)
    if (
        name in NOT_PRESENT
        or name in PROVINCE_NAMES
        or (len(tokens) < 2 and "'" not in name.replace("’", "'"))
    ):
        return None
    if scan.found and begin < scan.found[-1].finish:
        begin = _cut_overlap(scan, begin, tokens[0].start)
    title, finish = _title_text(scan, tokens, begin)
    organization = organization_of(title) if title else None
    return PersonMention(tokens[0].start, tokens[-1].end, name, title, organization, begin, finish)


_HONORED = Closing(r"(?:chí|đ/c|đc|ông|bà|ngài|anh|chị|cô)\s*:?\s*\Z")


def _may_name(run: str, before: str) -> bool:
    """Whether a capital run can name a person at all; most runs are one capital at a sentence's start."""
    words = run.split()
    if len(words) < 2:
        return "'" in run or "’" in run or "-" in run
    if holds_a_surname(words):
        return True
    return bool(_HONORED.search(before)) or words[0] in _LEADING_HONORIFIC or bool(_DIPLOMAT.search(before))


def find_people(body: str, folded: str, span: Span) -> list[PersonMention]:
    """Give the people named in one sentence of `body`, in order; `folded` is `text.fold(body)`.

    A name without any cue (a byline, a street, a school) is not given; neither is a single given name
    ("ông Thắng"), which refers back to somebody named in full.
    """
    scan = _Scan(body, folded, span, None, [])
    if span.of(body).isupper():
        # A headline in capitals: nothing in it tells a name from the rest.
        return []
    for run in CAPITAL_RUN.finditer(body, span.start, span.end):
        if not _may_name(run.group(), folded[max(span.start, run.start() - 40) : run.start()]):
            continue
        tokens = tokens_of(run)
        before = _WORD_BEFORE.search(folded, max(span.start, tokens[0].start - 16), tokens[0].start)
        word_before = before[1] if before else ""
        if word_before == "ủy" and _PARTY_SEAT.search(
            folded, max(span.start, tokens[0].start - 12), tokens[0].start
        ):
            word_before = "huyện"
        if tokens[0].text in _LEADING_HONORIFIC and len(tokens) > 1:
            tokens = tokens[1:]
        hit = _by_honorific(scan, tokens)
        if hit is None:
            named = named_part(tokens, word_before)
            hit = _by_title(scan, tokens, named) or _by_list(scan, tokens, named)
        if hit is None:
            continue
        mention = _mention(scan, *hit)
        if mention is not None:
            scan.found.append(mention)
    return scan.found
