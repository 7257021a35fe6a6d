"""Vietnamese typed for the fonts of before Unicode: which font, and its text in Unicode.

TCVN3 (.VnTime and the other ABC fonts) and VNI (VNI-Times) draw Vietnamese at the code points of
windows-1252, so their text decodes without an error into nonsense: `ViÖt Nam`, `Vieät Nam`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from include.clean.syllables import is_syllable

Font = Literal["tcvn3", "vni"]
FONTS: Final[tuple[Font, ...]] = ("tcvn3", "vni")

# TCVN 5712:1993, set VN3, as the ABC fonts have it: codes A1 to A7 are the only capitals with a mark. The
# capitals that VN1 and VN2 place at other codes are in no ABC font. Codes agree with TCVN5712-1 of
# glibc's iconv wherever the sets share a letter.
_TCVN3: Final = str.maketrans(
    "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
)

# VNI for Windows, as the VNI fonts and the public VNI tables (xvnkb, UniKey) have it: a vowel, then the
# character of its marks; ơ and ư, the tones of i, y with a dot, and đ are single characters.
_VNI_TONES: Final = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_CIRCUMFLEX: Final = {
    "â": "\u0302",
    "á": "\u0302\u0301",
    "à": "\u0302\u0300",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
}
_VNI_BREVE: Final = {
    "ê": "\u0306",
    "é": "\u0306\u0301",
    "è": "\u0306\u0300",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}
_VNI_SINGLE: Final = {
    "ô": "ơ",
    "ö": "ư",
    "í": "í",
    "ì": "ì",
    "æ": "ỉ",
    "ó": "ĩ",
    "ò": "ị",
    "î": "ỵ",
    "ñ": "đ",
}
_VNI_MARKS: Final = {
    "a": _VNI_TONES | _VNI_CIRCUMFLEX | _VNI_BREVE,
    "e": _VNI_TONES | _VNI_CIRCUMFLEX,
    "o": _VNI_TONES | _VNI_CIRCUMFLEX,
    "ô": _VNI_TONES,
    "u": _VNI_TONES,
    "ö": _VNI_TONES,
    "y": _VNI_TONES,
}


def _vni_table() -> dict[str, str]:
    """One or two characters to a letter; the vowel decides the case, the mark may have either."""
    table = dict(_VNI_SINGLE)
    for base, marks in _VNI_MARKS.items():
        for char, mark in marks.items():
            letter = unicodedata.normalize("NFC", _VNI_SINGLE.get(base, base) + mark)
            table[base + char] = table[base + char.upper()] = letter
    return table | {key[0].upper() + key[1:]: letter.upper() for key, letter in table.items()}


_VNI: Final = _vni_table()
_VNI_LETTER: Final = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))

# A word as the fonts see it: letters, and the signs of Latin-1 that TCVN3 draws as letters.
_TOKEN: Final = re.compile("[A-Za-z\u00a1-\u00ff\u0100-\u024f\u0300-\u036f\u1e00-\u1eff]+")
_TOKEN_EDGE: Final = re.compile("^[^A-Za-z\u00c0-\u1eff]+|[^A-Za-z\u00c0-\u1eff]+$")
_BEYOND_LATIN_1: Final = re.compile("[\u0100-\u024f\u0300-\u036f\u1e00-\u1eff]")
# Word processors print these alone, in a font of symbols, also where the text around is in TCVN3.
_LONE_SIGNS: Final = frozenset("·©")
_VOWEL: Final = re.compile("[aeiouyàáâãèéêìíòóôõùúýăĩũơưạ-ỹ]", re.IGNORECASE)
# Signs beside a letter: every fifth word of TCVN3 has one, and no word of another language. A vowel and a
# mark: every second word of VNI, two of a hundred in French.
_TCVN3_SIGNS: Final = re.compile("(?:[A-Za-z][µ¸¶¹¨ª¬¼½¾])|(?:[µ¸¶¹¨ª¬¼½¾][A-Za-z])")
_VNI_PAIRS: Final = re.compile("[aeouyAEOUY][âáàåãäéèúüûêëøùõïÂÁÀÅÃÄÉÈÚÜÛÊËØÙÕÏ]|[ñÑ]")

# Frequent letters of each font that Unicode Vietnamese has not, and that no menu or footer prints.
_SIGNS: Final = {"tcvn3": "®µ¸¶¹¬ª¨¾¼½", "vni": "ñöøûïäëåüîæ"}
# A paragraph of 60 letters has this many different ones.
_MIN_SIGNS: Final = 3

# Of words without marks 0.8 and more are syllables in Vietnamese stories, 0.4 to 0.6 elsewhere.
_PLAIN_SYLLABLES: Final = 0.5
# A unit that a table repeats (`µg`) is no text.
_MIN_DIFFERENT: Final = 5
_FEW_UNICODE: Final = 1 / 3
_WELL_SPELLED: Final = 0.75
# VNI marks vowels with the letters of Unicode (`hoà` is hồ), so some words are spelled well in both.
_SPELLED_BEFORE: Final = 0.35


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a text as typed for a font would do, in words.

    changed: words the font reads otherwise; after, before: those of them that are Vietnamese syllables
    when converted, and as they stand; foreign: words with letters that the font does not have.
    """

    changed: int
    after: int
    before: int
    foreign: int

    @property
    def is_likely(self) -> bool:
        """Whether the text by itself speaks for the font."""
        return (
            self.changed > 0
            and self.after >= self.changed * _WELL_SPELLED
            and self.before <= self.changed * _SPELLED_BEFORE
            and self.foreign <= self.changed * _FEW_UNICODE
        )


def may_hold(text: str) -> tuple[Font, ...]:
    """Fonts that a part of the text could be typed for; cheap, so that Unicode pages pay nothing more."""
    return tuple(font for font in FONTS if sum(sign in text for sign in _SIGNS[font]) >= _MIN_SIGNS)


def reading(text: str, font: Font) -> Reading:
    """Count what the font would make of the text's words."""
    weighed = [_weigh(token, font) for token in _TOKEN.findall(text) if not token.isascii()]
    changed = [one for one in weighed if one.is_changed]
    return Reading(
        changed=len(changed),
        after=sum(one.is_word_after for one in changed),
        before=sum(one.is_word_before for one in changed),
        foreign=sum(one.is_foreign for one in weighed),
    )


def to_unicode(text: str, font: Font) -> str:
    """Text typed for the font, in Unicode NFC.

    Words that hold letters the font does not have stay, and words that are Vietnamese as they stand but
    not when converted. Everything but words stays: digits, dates, addresses.
    """
    tokens = list(_TOKEN.finditer(text))
    converted = [_word(token[0], font) for token in tokens]
    if font == "tcvn3":
        converted = _capitals([token[0] for token in tokens], converted)
    pieces, end = [], 0
    for token, word in zip(tokens, converted, strict=True):
        pieces += [text[end : token.start()], word]
        end = token.end()
    return "".join([*pieces, text[end:]])


def different_words(text: str, font: Font) -> int:
    """How many different words of the text the font reads otherwise."""
    return len({token for token in _TOKEN.findall(text) if _word(token, font) != token})


def looks_like_legacy_font(text: str) -> bool:
    """Whether a text of 100 letters or more is typed for TCVN3, VNI or a like font, readable or not.

    Many of its words have the marks of a font where no language of Latin-1 has them, hardly a letter is one
    of Unicode Vietnamese only, and the words without marks are Vietnamese ones.
    """
    if not may_hold(text):
        return False
    letters = sum(char.isalpha() for char in text)
    if letters < 100 or len(_BEYOND_LATIN_1.findall(text)) > letters * 0.02:
        return False
    words = _TOKEN.findall(text)
    plain = [word for word in words if word.isascii()]
    if sum(map(is_syllable, plain)) <= len(plain) * _PLAIN_SYLLABLES:
        return False
    tcvn3 = [word for word in words if _TCVN3_SIGNS.search(word)]
    vni = [word for word in words if _VNI_PAIRS.search(word)]
    return any(
        len(marked) > len(words) * share and len(set(marked)) >= _MIN_DIFFERENT
        for marked, share in ((tcvn3, 0.05), (vni, 0.2))
    )


def is_typed_for(text: str) -> Font | None:
    """The font that a whole text of windows-1252 is typed for, or null."""
    found = [(reading(text, font), font) for font in may_hold(text)]
    likely = [(read.after, font) for read, font in found if read.is_likely and read.after >= 8]
    return max(likely)[1] if likely else None


@dataclass(frozen=True, slots=True)
class _Weight:
    is_changed: bool = False
    is_word_after: bool = False
    is_word_before: bool = False
    is_foreign: bool = False


# A story repeats its words; a page of 5 MB would be weighed for a minute without this.
@lru_cache(maxsize=20_000)
def _weigh(token: str, font: Font) -> _Weight:
    if _BEYOND_LATIN_1.search(token):
        return _Weight(is_foreign=True)
    converted = _letters(token, font)
    # Single letters and words without a vowel (`H§ND`) prove nothing.
    if converted == token or len(converted) == 1 or not _VOWEL.search(converted):
        return _Weight()
    return _Weight(True, is_syllable(converted), is_syllable(_TOKEN_EDGE.sub("", token)))


@lru_cache(maxsize=20_000)
def _word(token: str, font: Font) -> str:
    if token.isascii() or token in _LONE_SIGNS or _BEYOND_LATIN_1.search(token):
        return token
    converted = _letters(token, font)
    if is_syllable(_TOKEN_EDGE.sub("", token)) and not is_syllable(converted):
        return token
    return converted


def _letters(token: str, font: Font) -> str:
    if font == "tcvn3":
        return token.translate(_TCVN3)
    return _VNI_LETTER.sub(lambda letter: _VNI[letter[0]], token)


def _capitals(tokens: list[str], converted: list[str]) -> list[str]:
    """Raise marked letters among capitals: the ABC fonts have no capitals with tones (`VIÖT NAM`)."""
    capitals = [_ascii_capitals(token) for token in tokens]
    loud = [count >= 2 and word != word.upper() for count, word in zip(capitals, converted, strict=True)]
    out = []
    for index, word in enumerate(converted):
        near = slice(max(0, index - 1), index + 2)
        # A word of nothing but marked letters (`ë`, `®·`) has no case of its own to go by.
        is_among = min(capitals[near]) >= 0 if capitals[index] == 0 else capitals[index] > 0
        out.append(word.upper() if is_among and any(loud[near]) else word)
    return out


def _ascii_capitals(token: str) -> int:
    """How many capitals of ASCII the word has; -1 where it has small letters of ASCII."""
    letters = [char for char in token if char.isascii()]
    return -1 if any(char.islower() for char in letters) else len(letters)
