"""Types Unicode Vietnamese for TCVN3 and VNI fonts; its tables are written apart from those they check."""

from __future__ import annotations

import unicodedata

from include.clean.legacy_fonts import Font

# Written apart from the module's tables: TCVN 5712:1993 (VN3) in its own order, grave, hook, tilde, acute,
# dot, as hexadecimal codes.
TCVN3_CODES = {
    "a": "B5 B6 B7 B8 B9",
    "ă": "BB BC BD BE C6",
    "â": "C7 C8 C9 CA CB",
    "e": "CC CE CF D0 D1",
    "ê": "D2 D3 D4 D5 D6",
    "i": "D7 D8 DC DD DE",
    "o": "DF E1 E2 E3 E4",
    "ô": "E5 E6 E7 E8 E9",
    "ơ": "EA EB EC ED EE",
    "u": "EF F1 F2 F3 F4",
    "ư": "F5 F6 F7 F8 F9",
    "y": "FA FB FC FD FE",
}
TCVN3_BARE = {
    "Ă": 0xA1, "Â": 0xA2, "Ê": 0xA3, "Ô": 0xA4, "Ơ": 0xA5, "Ư": 0xA6, "Đ": 0xA7,
    "ă": 0xA8, "â": 0xA9, "ê": 0xAA, "ô": 0xAB, "ơ": 0xAC, "ư": 0xAD, "đ": 0xAE,
}  # fmt: skip
TONES = ("\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
# The VNI table in the same order of tones, without the tones of i and y with a dot.
VNI_LETTERS = {
    "a": "aø aû aõ aù aï", "ă": "aè aú aü aé aë", "â": "aà aå aã aá aä",
    "e": "eø eû eõ eù eï", "ê": "eà eå eã eá eä", "i": "ì æ ó í ò",
    "o": "oø oû oõ où oï", "ô": "oà oå oã oá oä", "ơ": "ôø ôû ôõ ôù ôï",
    "u": "uø uû uõ uù uï", "ư": "öø öû öõ öù öï", "y": "yø yû yõ yù î",
}  # fmt: skip
VNI_BARE = {"ă": "aê", "â": "aâ", "ê": "eâ", "ô": "oâ", "ơ": "ô", "ư": "ö", "đ": "ñ"}


def _tcvn3_table() -> dict[str, str]:
    table = {letter: chr(code) for letter, code in TCVN3_BARE.items()}
    for base, codes in TCVN3_CODES.items():
        for tone, code in zip(TONES, codes.split(), strict=True):
            table[unicodedata.normalize("NFC", base + tone)] = chr(int(code, 16))
    return table


def _vni_table() -> dict[str, str]:
    table = dict(VNI_BARE)
    for base, typed in VNI_LETTERS.items():
        for tone, chars in zip(TONES, typed.split(), strict=True):
            table[unicodedata.normalize("NFC", base + tone)] = chars
    return table | {letter.upper(): chars.upper() for letter, chars in table.items()}


TABLES: dict[Font, dict[str, str]] = {"tcvn3": _tcvn3_table(), "vni": _vni_table()}


def typed(text: str, font: Font) -> str:
    """Type Unicode for the font; TCVN3 has no capitals with tones, writers took the small letter."""
    table = TABLES[font]
    return "".join(table.get(char) or table.get(char.lower(), char) for char in text)
