"""Whose product is told: GDP is the nation's, GRDP a province's, whichever of the two words the text uses."""

from __future__ import annotations

import re
from dataclasses import replace

from include.extract.places import NATION
from include.extract.rows import Subject
from include.extract.text import Span

_OF_THE_NATION = re.compile(
    r"thủ tướng|chính phủ|quốc hội|việt nam|cả nước|tổng cục thống kê|cục thống kê \(bộ"
)


def whose_product(
    subject: Subject, text: str, sentence: Span, named: str | None, own: str | None, *, of_a_province: bool
) -> Subject:
    """The subject under the code of its economy; any other subject as it is.

    text: folded. named: the province that the sentence names for the number; own: the article's, null for
    a national outlet; of_a_province: whether such an article speaks of "the province" throughout.
    """
    if subject.code not in ("gdp", "grdp"):
        return subject
    province = named or own
    national = province == NATION or (province is None and not of_a_province)
    if subject.name.of(text) == "grdp" and province is None:
        national = False
    if subject.code == "gdp" and named is None:
        national = national or bool(_OF_THE_NATION.search(text, sentence.start, sentence.end))
    return replace(subject, code="gdp" if national else "grdp")
