"""Words as a search compares them: without diacritics, capitals and punctuation.

One form for every search of what is published; a test holds Python's and DuckDB's ways to it together.
Extraction has its own spelling (include/extract/text.py), which keeps tone marks and offsets.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

# Letters with a stroke are letters of their own to Unicode: no decomposition takes it off. The Icelandic ð
# is what some keyboards give for đ.
_STROKES: Final = str.maketrans({"đ": "d", "ð": "d"})
# Letters with marks end before this: Latin Extended Additional has those of Vietnamese.
LAST_FORM: Final = 0x1EFF
# What Unicode calls a letter or a number is what `\w` matches, and the underscore.
_BETWEEN: Final = re.compile(r"[\W_]+")


def without_diacritics(text: str) -> str:
    """`text` in small letters without marks: "Lào Cai – Đắk Lắk" as "lao cai – dak lak".

    Composed and decomposed letters give the same; the length may change.
    """
    if not text.isascii():
        decomposed = unicodedata.normalize("NFD", text)
        text = "".join(char for char in decomposed if unicodedata.category(char)[0] != "M")
    return text.lower().translate(_STROKES)


def folded(text: str) -> str:
    """The words of `text` for comparing: "Bà Rịa - Vũng Tàu" as "ba ria vung tau"; empty without any."""
    return _BETWEEN.sub(" ", without_diacritics(text)).strip()


@cache
def _forms() -> dict[str, str]:
    """For each plain letter or digit every character that folds to it."""
    forms: dict[str, str] = {}
    for char in map(chr, range(LAST_FORM + 1)):
        plain = without_diacritics(char)
        if len(plain) == 1 and not _BETWEEN.match(plain):
            forms[plain] = forms.get(plain, "") + char
    return forms


def folded_pattern(words: str) -> str:
    """A regular expression (RE2, DuckDB's) for texts in which words side by side begin with `words`.

    words: as `folded` gives them. It reads the text as it is: folding a million sentences takes a minute.
    """
    forms = _forms()
    side_by_side = (
        "".join(f"[{re.escape(forms.get(char, char))}]\\p{{M}}*" for char in word) for word in words.split()
    )
    return r"(?:^|[^\p{L}\p{N}\p{M}])\p{M}*" + r"[^\p{L}\p{N}]+".join(side_by_side)
