"""Bare numbers of a list of places that share the unit of the number before them.

"thiệt hại 2.400 ha lúa (Bảo Yên 320, Văn Bàn 145, Mường Khương 90)": hectares, each of its own place.
"""

from __future__ import annotations

import re
from dataclasses import replace

from include.extract.numbers import read_amount
from include.extract.quantities import Quantity
from include.extract.text import CAPITAL, Span

_KIND = r"(?:huyện |thị xã |thành phố |TP\.? ?|xã |phường |tỉnh )?"
_PLACE = rf"{_KIND}{CAPITAL}[\w.'-]*(?: {CAPITAL}[\w.'-]*){{0,4}}"
_ITEM = re.compile(
    rf"(?P<name>{_PLACE})(?: có| là|:)? (?P<number>\d+(?:\.\d{{3}})*(?:,\d+)?)(?=\s?[,;.)]|\s+và\s|\s*\Z)"
)
_JOINT = re.compile(r"\s*(?:[,;]|,?\s+và)\s+")
_OPENS = re.compile(
    r"[^.;:()\d]{0,60}?(?:\(|:\s*|,\s(?:bao gồm|gồm|như|trong đó|cụ thể)(?:\s?:|\s(?:có|là|ở))?\s)"
    r"(?:gồm:? |ở |tại )?"
)
_FEWEST = 3  # a name or two with a number may be anything ("Quốc lộ 4, Yên Lập 2")
_KINDS = frozenset({"counted", "area", "mass", "volume", "length", "money"})


def with_listed(text: str, body: str, sentence: Span, found: list[Quantity]) -> list[Quantity]:
    """The quantities of one sentence with the bare numbers of such lists among them, in order.

    text: the folded body; found: the quantities that print their own units, in order.
    """
    listed: list[Quantity] = []
    starts = {quantity.start for quantity in found}
    for head in found:
        opened = _OPENS.match(body, head.end, sentence.end) if head.kind in _KINDS else None
        items = _items(body, opened.end(), sentence.end) if opened else []
        if items and starts.isdisjoint(start for start, _ in items):
            listed += [one for span in items if (one := _like(head, text, span))]
            starts.update(one.start for one in listed)
    return sorted([*found, *listed], key=lambda quantity: quantity.start) if listed else found


def _items(body: str, position: int, end: int) -> list[tuple[int, int]]:
    """Where the numbers of a list of different places stand; empty where it is none."""
    spans: list[tuple[int, int]] = []
    names: set[str] = set()
    while item := _ITEM.match(body, position, end):
        spans.append(item.span("number"))
        names.add(item["name"])
        joint = _JOINT.match(body, item.end(), end)
        if joint is None:
            break
        position = joint.end()
    return spans if len(names) == len(spans) >= _FEWEST else []


def _like(head: Quantity, text: str, span: tuple[int, int]) -> Quantity | None:
    amount = read_amount(text, span[0])
    if amount is None or amount.end != span[1]:
        return None
    scale = _scale(head, text)
    value = round(amount.value * scale, 6) if scale != 1 else amount.value
    return replace(
        head,
        start=span[0],
        end=span[1],
        unit_start=span[1],
        value=value,
        high=None,
        out_of=None,
        approximation="exact",
        listed=True,
    )


def _scale(head: Quantity, text: str) -> float:
    """What the head's printed figure is multiplied with: by "nghìn ha" and "tỷ đồng" its list is too."""
    printed = re.match(r"[\d.,]+", text[head.start : head.end])
    plain = read_amount(printed.group() + " ", 0) if printed else None
    return head.value / plain.value if plain and plain.value else 1.0
