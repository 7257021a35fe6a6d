"""Whether a word with marks is spelled as Vietnamese orthography has it: onset, rime, place of the tone."""

from __future__ import annotations

import unicodedata
from typing import Final

_CLOSED_TONES: Final = ("\u0301", "\u0323")
_OPEN_TONES: Final = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_STOPS: Final = ("c", "ch", "p", "t")
_ONSETS: Final = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
# Every rime of the written language; the capital is the letter that carries the tone. Open oa, oe and uy
# are written both ways (hòa, hoà). Rimes with y after qu are those of uy (quýt, quỳnh).
_RIMES: Final = """
    A Ac Ach Ai Am An Ang Anh Ao Ap At Au Ay Ăc Ăm Ăn Ăng Ăp Ăt Âc Âm Ân Âng Âp Ât Âu Ây
    E Ec Em En Eng Eo Ep Et Ê Êch Êm Ên Ênh Êp Êt Êu
    I Ia Ich Im In Inh Ip It Iu iÊc iÊm iÊn iÊng iÊp iÊt iÊu
    O Oc Oi Om On Ong Op Ot oOc oOng Ô Ôc Ôi Ôm Ôn Ông Ôp Ôt Ơ Ơi Ơm Ơn Ơp Ơt
    U Ua Uc Ui Um Un Ung Up Ut uÔc uÔi uÔm uÔn uÔng uÔt
    Ư Ưa Ưc Ưi Ưm Ưn Ưng Ưt Ưu ưƠc ưƠi ưƠm ưƠn ưƠng ưƠp ưƠt ưƠu
    Y Ych Yn Ynh Yp Yt yÊm yÊn yÊng yÊt yÊu
    Oa oA oAc oAch oAi oAm oAn oAng oAnh oAo oAp oAt oAy oĂc oĂm oĂn oĂng oĂp oĂt Oe oE oEm oEn oEo oEt
    uÂn uÂng uÂt uÂy uÊ uÊch uÊn uÊnh uƠ Uy uY uYa uYch uYn uYnh uYp uYt uYu uyÊn uyÊt
"""


def _with_tones(rime: str) -> list[str]:
    """The rime in its tones; a rime closed by a stop has the acute or the dot, and nothing else."""
    at = next(index for index, char in enumerate(rime) if char.isupper())
    tones = _CLOSED_TONES if rime.endswith(_STOPS) else _OPEN_TONES
    plain = rime.lower()
    return [unicodedata.normalize("NFC", plain[: at + 1] + tone + plain[at + 1 :]) for tone in tones]


_ONSET_SET: Final = frozenset(["", *_ONSETS.split()])
_TONED_RIMES: Final = frozenset(toned for rime in _RIMES.split() for toned in _with_tones(rime))


def is_syllable(word: str) -> bool:
    """Whether an NFC word is a syllable that Vietnamese could write, in any case of letters.

    Rules: `_RIMES`, a stop takes two tones only, one tone a syllable on the vowel that carries it. Strict
    about marks: `tât` and `haì` are refused, foreign words (`Đắk`) too.
    """
    lower = word.lower()
    return any(lower[:size] in _ONSET_SET and lower[size:] in _TONED_RIMES for size in range(4))
