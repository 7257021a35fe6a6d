"""Which province an article of a national outlet is about, by its own words."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from include.extract.model import ArticleText
from include.extract.places import NATION, Places
from include.extract.text import Span, fold, paragraphs

# What a mention weighs by where it stands: headline, first paragraph, anywhere else. An article names its
# province at its head and comes back to it; provinces it compares with stand once, further down.
_IN_TITLE: Final = 3
_IN_LEAD: Final = 2
# Calibrated on labelled articles of 46 outlets read without their province: below this share of all mentions
# the story was about several provinces; below this weight a name was as often a dateline or a guest's home,
# unless the text speaks of "the province" throughout.
_LEAST_SHARE: Final = 0.6
_LEAST_WEIGHT: Final = 2
_LEAST_WEIGHT_IN_A_PROVINCE: Final = 1
_OF_A_PROVINCE = re.compile(
    r"(?<!\w)(?:ubnd tỉnh|hđnd tỉnh|tỉnh ủy|toàn tỉnh|của tỉnh|trong tỉnh|tỉnh ta|tỉnh nhà"
    r"|(?:trên địa bàn|ubnd|hđnd) (?:tỉnh|thành phố|tp)|thành ủy)(?!\w)"
)


def speaks_of_a_province(folded: str) -> bool:
    """Whether folded text speaks of "the province" or "the city" as its own, named or not."""
    return _OF_A_PROVINCE.search(folded) is not None


def home_province(article: ArticleText, places: Places) -> str | None:
    """The province (name of the seed) that the article is about, null where its words tell none or many."""
    folded = fold(article.body)
    weights = _weights(article, folded, places)
    of_a_province = speaks_of_a_province(folded)
    if of_a_province:
        # "MTTQ Việt Nam", "đứng đầu cả nước": a report of a province names the nation too.
        weights.pop(NATION, None)
    least = _LEAST_WEIGHT_IN_A_PROVINCE if of_a_province else _LEAST_WEIGHT
    name, weight = max(weights.items(), key=lambda one: (one[1], one[0]), default=(NATION, 0))
    if name == NATION or weight < least or weight < _LEAST_SHARE * weights.total():
        return None
    return name


def _weights(article: ArticleText, folded: str, places: Places) -> Counter[str]:
    """How much the article speaks of each province and of the nation."""
    title = article.title or ""
    weights: Counter[str] = Counter()
    for _, name, _ in places.printed(fold(title), title, Span(0, len(title))):
        weights[name] += _IN_TITLE
    for number, span in enumerate(paragraphs(article.body)):
        for _, name, _ in places.printed(folded, article.body, span):
            weights[name] += _IN_LEAD if number == 0 else 1
    return weights
