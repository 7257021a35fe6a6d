"""Words as a search compares them: without diacritics, capitals and punctuation.

One form for every search of what is published, in Python and in SQL; a test holds the two together.
Extraction has its own spelling (include/extract/text.py), which keeps tone marks and offsets.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Letters with a stroke are letters of their own to Unicode: no decomposition takes it off. The Icelandic ð
# is what some keyboards give for đ.
_STROKES: Final = str.maketrans({"đ": "d", "ð": "d"})
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


def folded_sql(expression: str) -> str:
    """SQL (DuckDB) that gives of the text `expression` what `folded` gives; null stays null."""
    plain = f"translate(lower(strip_accents({expression})), 'đð', 'dd')"
    return rf"trim(regexp_replace({plain}, '[^\p{{L}}\p{{N}}]+', ' ', 'g'))"
