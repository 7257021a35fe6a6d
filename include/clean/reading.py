"""An element to the lines a reader sees: paragraphs, list items, table rows, in order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lxml import html

from include.clean.tables import is_data_table, table_lines
from include.clean.text import tidy
from include.clean.tree import BLOCKS

# Left where something was cut out of the text, so that a sentence split by an advertisement is joined.
CUT_TAG: Final = "wbr"
# Class of the mark where a caption was cut: the picture above has had its caption.
CAPTION_CUT: Final = "caption"

# Editors set subheadings in bold as often as in heading tags.
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "b", "strong"})
_SLOTS: Final = frozenset({"div", "section", "ins"})
_ITALIC: Final = frozenset({"em", "i", "cite"})
_CENTRED: Final = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_SENTENCE_END: Final = re.compile(r"[.!?…:;][\"”’')\]]*$")
# So much of a line's end tells whether its sentence has ended.
_END_CHARS: Final = 200
# No paragraph that an advertisement parts is longer; each part is read again with all before it.
_MAX_RESUMED_CHARS: Final = 5_000
# Smaller pictures are icons, not illustrations with a caption.
_MIN_PICTURE_WIDTH: Final = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text. linked, italic: shares of its characters, 0 to 1; after_picture: nothing stands
    between it and a picture before it; picture_alt: folded alternative text of that picture; is_heading: all
    of it is bold or in a heading tag."""

    text: str
    linked: float = 0.0
    italic: float = 0.0
    centred: bool = False
    is_heading: bool = False
    after_picture: bool = False
    picture_alt: str = ""


@dataclass(frozen=True, slots=True)
class _Style:
    linked: bool = False
    italic: bool = False
    centred: bool = False
    is_heading: bool = False


def read_lines(element: html.HtmlElement) -> list[Line]:
    """Lines of an element in reading order; data tables as `table_lines` gives them."""
    reader = _Reader()
    reader.visit(element, _Style())
    reader.flush()
    return reader.lines


class _Reader:
    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._pieces: list[tuple[str, _Style]] = []
        self._breaks = 0
        self._was_cut = False
        self._picture: str | None = None
        self._picture_of_line: str | None = None

    def visit(self, element: html.HtmlElement, outer: _Style) -> None:
        tag = element.tag
        if tag == CUT_TAG:
            self._was_cut = True
            if element.get("class") == CAPTION_CUT:
                self._picture = None
        elif tag == "br":
            self._breaks += 1
        elif tag == "img":
            self._see_picture(element)
        elif tag == "table" and is_data_table(element):
            self._read_table(element)
        else:
            self._visit_children(element, _style_of(element, outer))

    def _visit_children(self, element: html.HtmlElement, style: _Style) -> None:
        is_block = element.tag in BLOCKS
        if is_block:
            self.flush()
        # An empty slot in mid-paragraph waits for a script to fill it with an advertisement.
        self._was_cut = self._was_cut or (element.tag in _SLOTS and not len(element) and not element.text)
        self._add(element.text, style)
        for child in element:
            self.visit(child, style)
            self._add(child.tail, style)
        if is_block:
            self.flush()

    def _see_picture(self, image: html.HtmlElement) -> None:
        width = re.match(r"\d+", image.get("width") or "")
        if width is None or int(width[0]) >= _MIN_PICTURE_WIDTH:
            self._picture = tidy(image.get("alt") or "").casefold()

    def _read_table(self, table: html.HtmlElement) -> None:
        self.flush()
        self.lines += [Line(text) for text in table_lines(table)]
        self._picture = None

    def _add(self, text: str | None, style: _Style) -> None:
        if not text:
            return
        if not text.strip():
            if self._pieces:
                self._pieces.append((" ", style))
            return
        if self._breaks:
            self._break_line(text)
        if self._was_cut:
            self._resume(text)
        if not self._pieces or not any(piece.strip() for piece, _ in self._pieces):
            self._picture_of_line = self._picture
            self._picture = None
        self._pieces.append((text, style))

    def _break_line(self, following: str) -> None:
        """A single <br> in mid-sentence is a hard-wrapped line of an old page, not a paragraph."""
        so_far = self._end_of_line()
        is_wrap = self._breaks == 1 and so_far and following.lstrip()[0].islower()
        if is_wrap and not _SENTENCE_END.search(so_far):
            self._pieces.append((" ", _Style()))
        else:
            self.flush()
        self._breaks = 0

    def _end_of_line(self) -> str:
        """The last words read so far, empty at the beginning of a line."""
        size, end = 0, []
        for piece, _ in reversed(self._pieces):
            end.append(piece)
            size += len(piece.strip())
            if size >= _END_CHARS:
                break
        return tidy("".join(reversed(end)))

    def _resume(self, following: str) -> None:
        """Go on with the last line where something was cut out of the middle of its sentence."""
        self._was_cut = False
        if self._pieces or not self.lines:
            return
        last = self.lines[-1]
        if len(last.text) > _MAX_RESUMED_CHARS:
            return
        start = following.lstrip()[0]
        if not _SENTENCE_END.search(last.text) and (start.islower() or start in ",;)"):
            self.lines.pop()
            self._pieces = [(last.text + " ", _Style())]

    def flush(self) -> None:
        pieces, self._pieces, self._breaks = self._pieces, [], 0
        text = tidy("".join(piece for piece, _ in pieces))
        if not text:
            return
        size = sum(len(piece.strip()) for piece, _ in pieces) or 1
        self.lines.append(
            Line(
                text,
                linked=sum(len(piece.strip()) for piece, style in pieces if style.linked) / size,
                italic=sum(len(piece.strip()) for piece, style in pieces if style.italic) / size,
                centred=all(style.centred for piece, style in pieces if piece.strip()),
                is_heading=all(style.is_heading for piece, style in pieces if piece.strip()),
                after_picture=self._picture_of_line is not None,
                picture_alt=self._picture_of_line or "",
            )
        )
        self._picture_of_line = None


def _style_of(element: html.HtmlElement, outer: _Style) -> _Style:
    tag = element.tag
    is_centred = (
        tag == "center"
        or (element.get("align") or "").lower() == "center"
        or bool(_CENTRED.search(element.get("style") or ""))
    )
    return _Style(
        linked=outer.linked or tag == "a",
        italic=outer.italic or tag in _ITALIC,
        centred=outer.centred or is_centred,
        is_heading=outer.is_heading or tag in _HEADINGS,
    )
