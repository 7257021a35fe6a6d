"""A page whose text, or a part of it, is typed for TCVN3 or VNI fonts: those parts in Unicode."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

from lxml import etree, html

from include.clean.legacy_fonts import (
    Font,
    Reading,
    different_words,
    looks_like_legacy_font,
    may_hold,
    reading,
    to_unicode,
)
from include.clean.text import share_of_syllables
from include.clean.tree import BLOCKS

# Well-spelled words that the likely paragraphs of a page must show together; one long sentence has 8.
_MIN_EVIDENCE: Final = 8
_MIN_DIFFERENT: Final = 6
# French and German words turn into a syllable here and there; of Vietnamese nearly all do.
_MIN_LIKELY_SHARE: Final = 0.5
_MIN_SYLLABLES: Final = 0.6
_WELL_SPELLED_SHORT: Final = 0.6
# Share of words with Unicode letters up to which the page as a whole is typed for the font.
_PURE: Final = 0.1
_TEXTS: Final = (
    "//text()[not(parent::script or parent::style or parent::textarea or parent::noscript)]"
    " | //meta/@content | //img/@alt"
)
_JSON_LD: Final = "//script[@type='application/ld+json']"
_JSON_STRING: Final = re.compile(r'"(?:[^"\\]|\\.)*"')
# libxml2 reads them from character references, and lxml does not take them back.
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FACE: Final = re.compile(r"font-family\s*:\s*([^;]*)", re.IGNORECASE)
# The ABC fonts whose small letters are drawn as capitals end in H: .VnTimeH, .VnArial NarrowH.
_CAPITAL_FACE: Final = re.compile(r"[\s\"']*\.Vn[\w .-]*h[\s\"']*(?:,|$)", re.IGNORECASE)


# The ư of TCVN3 is the soft hyphen, which many programs drop. No Vietnamese rime is ơc, ơng or ơu, and every
# story has được and nước: with those and without a single ư, letters are lost.
_HALF_OF_UO: Final = re.compile(r"[ơờớởỡợ](?:c|ng|u)\b", re.IGNORECASE)
_MAX_HALVES: Final = 2


_Own = TypeVar("_Own")


class LegacyFontError(ValueError):
    """Text that looks typed for an old font and gives no Vietnamese; the message is the reason code."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """One text of the tree. place: text, tail, or the name of the attribute that holds it."""

    text: str
    holder: html.HtmlElement
    place: str

    @property
    def around(self) -> html.HtmlElement:
        """The element whose font draws the text."""
        parent = self.holder.getparent() if self.place == "tail" else None
        return self.holder if parent is None else parent

    def replace(self, text: str) -> None:
        kept = _storable(text)
        if self.place in ("text", "tail"):
            setattr(self.holder, self.place, kept)
        else:
            self.holder.set(self.place, kept)


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What a page shows for a font. is_pure: hardly a word on it is in Unicode."""

    font: Font
    is_pure: bool

    def speaks_for(self, read: Reading) -> bool:
        """Whether a text of the page is typed for the font, which a short one alone could not tell."""
        if read.is_likely:
            return True
        if read.foreign or read.after < read.changed * _WELL_SPELLED_SHORT:
            return False
        return read.after > read.before or (self.is_pure and read.after == read.before)


def read_legacy_fonts(tree: html.HtmlElement) -> html.HtmlElement:
    """The tree itself, the texts in it that are typed for TCVN3 or VNI fonts converted to Unicode.

    Paragraphs, metas, alternative texts and JSON-LD; each stays as it is where it is in Unicode already.
    Must run before white space is tidied: the ư of TCVN3 is the soft hyphen. Raises LegacyFontError
    (`legacy_font_encoding`) where the page as a whole looks typed for such a font, and gives no
    Vietnamese when converted.
    """
    if not may_hold(etree.tostring(tree, method="text", encoding="unicode", with_tail=False)):
        return tree
    runs = list(_runs(tree))
    shown = _evidence(["".join(piece.text for piece in run) for run in runs])
    if shown:
        faces: dict[html.HtmlElement, str | None] = {}
        for run in runs:
            _convert(run, shown, faces)
        for script in tree.xpath(_JSON_LD):
            said = script.text or ""
            script.text = _storable(_JSON_STRING.sub(lambda string: _converted(string[0], shown), said))
    if looks_like_legacy_font(" ".join(piece.text for run in _runs(tree) for piece in run)):
        raise LegacyFontError("legacy_font_encoding")
    return tree


def _runs(tree: html.HtmlElement) -> Iterator[list[_Piece]]:
    """Texts that stand in one line of one block, in the order of the page; attributes by themselves."""
    run: list[_Piece] = []
    block = None
    blocks: dict[html.HtmlElement, html.HtmlElement | None] = {}
    for text in tree.xpath(_TEXTS):
        holder = text.getparent()
        if text.is_attribute:
            yield [_Piece(str(text), holder, text.attrname)]
            continue
        piece = _Piece(str(text), holder, "tail" if text.is_tail else "text")
        own = _inherited(piece.around, _block, blocks)
        if run and (own is not block or holder.tag == "br"):
            yield run
            run = []
        block = own
        run.append(piece)
    if run:
        yield run


def _storable(text: str) -> str:
    return _NOT_XML.sub(" ", text)


def _block(element: html.HtmlElement) -> html.HtmlElement | None:
    return element if element.tag in BLOCKS else None


def _face(element: html.HtmlElement) -> str | None:
    style = _FACE.search(element.get("style") or "")
    return style[1] if style else element.get("face") or None


def _inherited(
    element: html.HtmlElement,
    own: Callable[[html.HtmlElement], _Own | None],
    known: dict[html.HtmlElement, _Own | None],
) -> _Own | None:
    """What `own` says of the nearest element that has it, from this one up; remembered for those passed."""
    passed, node, found = [], element, None
    while node is not None and found is None:
        if node in known:
            found = known[node]
            break
        passed.append(node)
        found = own(node)
        node = node.getparent()
    known.update(dict.fromkeys(passed, found))
    return found


def _evidence(texts: list[str]) -> list[_Evidence]:
    """Fonts that the likely texts of the page together speak for."""
    read = {font: [reading(text, font) for text in texts] for font in may_hold(" ".join(texts))}
    told = [any(one.is_likely for one in of_text) for of_text in zip(*read.values(), strict=True)]
    shown = []
    for font, readings in read.items():
        likely = [(text, one) for text, one in zip(texts, readings, strict=True) if one.is_likely]
        well = sum(one.after for _, one in likely)
        doubtful = sum(
            one.changed
            for one, is_told in zip(readings, told, strict=True)
            if one.is_likely or (not is_told and one.foreign <= one.changed)
        )
        together = " ".join(text for text, _ in likely)
        if (
            well >= max(_MIN_EVIDENCE, doubtful * _MIN_LIKELY_SHARE)
            and different_words(together, font) >= _MIN_DIFFERENT
            and share_of_syllables(to_unicode(together, font)) >= _MIN_SYLLABLES
            and not (font == "tcvn3" and _has_lost_letters(together))
        ):
            foreign = sum(one.foreign for one in readings)
            shown.append(_Evidence(font, is_pure=foreign <= well * _PURE))
    return shown


def _has_lost_letters(text: str) -> bool:
    return "\u00ad" not in text and len(_HALF_OF_UO.findall(to_unicode(text, "tcvn3"))) > _MAX_HALVES


def _font_of(text: str, shown: list[_Evidence]) -> Font | None:
    read = [(reading(text, one.font), one) for one in shown]
    spoken = [(result.after, one.font) for result, one in read if one.speaks_for(result)]
    return max(spoken)[1] if spoken else None


def _converted(text: str, shown: list[_Evidence]) -> str:
    font = _font_of(text, shown)
    return to_unicode(text, font) if font else text


def _convert(run: list[_Piece], shown: list[_Evidence], faces: dict[html.HtmlElement, str | None]) -> None:
    text = "".join(piece.text for piece in run)
    font = _font_of(text, shown)
    if font is None and not text.isascii():
        return
    is_tcvn3 = any(one.font == "tcvn3" for one in shown) if font is None else font == "tcvn3"
    for piece in run:
        said = to_unicode(piece.text, font) if font else piece.text
        if is_tcvn3 and _is_in_capitals(piece, faces):
            said = said.upper()
        if said != piece.text:
            piece.replace(said)


def _is_in_capitals(piece: _Piece, faces: dict[html.HtmlElement, str | None]) -> bool:
    """Whether the nearest font named around the text is one of capitals only."""
    face = _inherited(piece.around, _face, faces) if piece.place in ("text", "tail") else None
    return face is not None and bool(_CAPITAL_FACE.match(face))
