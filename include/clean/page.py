"""One page's bytes to its article."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from lxml import etree, html

from include.clean.article import CleanedArticle, NoArticle
from include.clean.dating import Place, date_of
from include.clean.decode import UndecodableError, decode
from include.clean.guards import refusal
from include.clean.headline import Headline, headline_of
from include.clean.legacy_fonts import looks_like_legacy_font
from include.clean.legacy_pages import LegacyFontError, read_legacy_fonts
from include.clean.lines import author_of, split_byline, without_captions, without_furniture
from include.clean.main_text import MIN_GUESSED_CHARS, Story, find_story
from include.clean.metadata import Metadata, read_metadata
from include.clean.noise import cut, is_word, prune
from include.clean.reading import Line, read_lines
from include.clean.text import fold, share_of_syllables, tidy
from include.clean.tree import (
    TooDeepError,
    drop_invisible,
    matches,
    parse,
    remove,
    select,
    short_text,
    text_of,
)
from include.portals.families import GENERIC

# A declared story element may hold a note of one sentence; less is a picture or a video.
_MIN_DECLARED_CHARS: Final = 60
# Below this share of well-built syllables the text is scrambled for a script, or not Vietnamese.
_MIN_SYLLABLES: Final = 0.6
_LEAD_CHARS: Final = 40
# The shortest lead of one sentence in the saved pages has 90 characters, the longest teaser line 60.
_SENTENCE_CHARS: Final = 80
# Far above what stands between the headline and the story of any saved page.
_MAX_LEAD_CANDIDATES: Final = 1_000
_MAX_LEAD_ELEMENTS: Final = 200
_MAX_LEAD_CHARS: Final = 5_000
# The author stands beside the story once or twice; more elements with such names are comments.
_MAX_BYLINES: Final = 50
_COOKIE_GATE: Final = re.compile(
    r"document\.cookie\s*=|location\.reload|window\.location\s*=|location\.href\s*="
)
_REFUSAL: Final = re.compile(
    r"từ chối truy cập|truy cập (?:bị|đã bị) (?:từ chối|chặn)|không có quyền truy cập|access denied"
    r"|403 forbidden|request (?:rejected|blocked)|just a moment|checking your browser"
    r"|verify you are (?:a )?human|attention required|unusual traffic|captcha"
    r"|xác (?:minh|thực) bạn (?:là người|không phải)",
    re.IGNORECASE,
)
# "Theo A" in the author's own element names whom the text was taken from, which is its author.
_THEO: Final = re.compile(r"^theo\s+", re.IGNORECASE)
# Refusal pages have a few sentences; a story that quotes one has far more.
_REFUSAL_PAGE_CHARS: Final = 1500
_LEAD_PATH: Final = (
    "//*[@itemprop='description' and not(self::meta)]"
    " | //*[contains(@class, 'sapo') or contains(@class, 'hometext') or contains(@class, 'chapeau')"
    " or contains(@class, 'lead') or contains(@class, 'tomtat') or contains(@class, 'trichdan')"
    " or contains(@class, 'summary') or contains(@class, 'description') or contains(@class, 'intro')]"
)


def clean_page(
    content: bytes, *, url: str, content_type: str | None, family: str | None
) -> CleanedArticle | NoArticle:
    """Read one page. Pure: the same bytes give the same answer on any day.

    url: where it was fetched; content_type: the response header, for the character encoding; family:
    what the registry says of the portal's CMS, null to have it detected. A page that cannot be read
    is a NoArticle with its reason, never an exception.
    """
    reason = refusal(content)
    if reason:
        return NoArticle("quarantined", reason)
    if not content.strip():
        return NoArticle("empty", "no_content")
    try:
        tree = read_legacy_fonts(parse(decode(content, content_type)))
    except (UndecodableError, LegacyFontError, TooDeepError) as error:
        return NoArticle("quarantined", str(error))
    except (etree.ParserError, etree.XMLSyntaxError):
        return NoArticle("empty", "no_markup")
    return _read(tree, url, family)


def _read(tree: html.HtmlElement, url: str, family: str | None) -> CleanedArticle | NoArticle:
    metadata = read_metadata(tree, url)
    scripts = " ".join(script.text or "" for script in tree.iter("script"))
    drop_invisible(tree)
    blocked = _blocked(tree, scripts)
    if blocked:
        return NoArticle("blocked", blocked)
    story = find_story(tree, family)
    if story is None:
        return NoArticle("empty", "no_story")
    headline = headline_of(tree, story.family, metadata)
    dated = date_of(tree, story.family, metadata, Place(headline.node, story.element), url)
    byline = _byline(tree, story)
    lead = _lead(tree, story, headline, metadata)
    for node in (headline.node, dated.node):
        _take_out(node, story.element)
    lines, signature = _story_lines(tree, story, headline.text)
    paragraphs = _with_lead(lead, [line.text for line in lines], headline.text)
    refused = _no_story(paragraphs, story)
    if refused:
        return refused
    return CleanedArticle(
        title=headline.text,
        byline=byline or signature,
        body="\n".join(paragraphs),
        published_on=dated.moment.on if dated.moment else None,
        published_at=dated.moment.at if dated.moment else None,
        published_basis=dated.basis,
        family=story.family.name,
        published_conflict=dated.conflict,
        canonical=metadata.canonical or None,
    )


def _blocked(tree: html.HtmlElement, scripts: str) -> str | None:
    body = tree.find("body")
    seen = short_text(body if body is not None else tree, _REFUSAL_PAGE_CHARS)
    if seen is None:
        return None
    if len(seen) < 200 and _COOKIE_GATE.search(scripts) and "cookie" in scripts:
        return "cookie_challenge"
    title = tidy(" ".join(matches(tree, "(//title)[1]//text()")))
    return "refusal_page" if _REFUSAL.search(f"{title} {seen}") else None


def _byline(tree: html.HtmlElement, story: Story) -> str | None:
    """The author as an element beside the story names it; the element leaves the story."""
    for element in select(tree, (*story.family.byline, *GENERIC.byline))[:_MAX_BYLINES]:
        text = short_text(element, 120)
        if not text:
            continue
        name = author_of(text) or author_of(_THEO.sub("", text))
        if name or story.element in element.iterancestors():
            _take_out(element, story.element)
        if name:
            return name
    return None


def _take_out(node: html.HtmlElement | None, story: html.HtmlElement) -> None:
    if node is not None and story in node.iterancestors():
        remove(node)


def _lead(tree: html.HtmlElement, story: Story, headline: Headline, metadata: Metadata) -> list[str]:
    """Paragraphs of the lead where it stands outside the story's element, else none."""
    for element in select(tree, story.family.lead):
        if story.element in element.iterancestors():
            return []
        lines = _lead_lines(element)
        if lines:
            return lines
    opening = fold(metadata.description)[:_LEAD_CHARS]
    between = [
        (element, _lead_lines(element))
        for element in _between(tree, headline.node, story.element)[:_MAX_LEAD_CANDIDATES]
        if _may_be_lead(element)
    ]
    named = set(matches(tree, _LEAD_PATH))
    for element, lines in between:
        text = fold(" ".join(lines))
        if len(text) >= _LEAD_CHARS and (element in named or (opening and opening in text)):
            return lines
    # Whole sentences between headline and story are the lead even where nothing says so.
    return next((lines for _, lines in between if lines and all(map(_is_sentence, lines))), [])


def _lead_lines(element: html.HtmlElement) -> list[str]:
    prune(element)
    return [line.text for line in without_captions(without_furniture(read_lines(element), None), ())]


def _is_sentence(text: str) -> bool:
    return len(text) >= _SENTENCE_CHARS and text.rstrip('"”’)').endswith((".", "…", "!", "?", "./"))


def _may_be_lead(element: html.HtmlElement) -> bool:
    """Whether it has text, and not so much that it is the page: each one is read with all inside it."""
    is_small = next(islice(element.iter(), _MAX_LEAD_ELEMENTS, None), None) is None
    return is_small and bool(short_text(element, _MAX_LEAD_CHARS))


def _between(
    tree: html.HtmlElement, title: html.HtmlElement | None, story: html.HtmlElement
) -> list[html.HtmlElement]:
    """Elements after the headline and before the story that hold neither."""
    above = set(story.iterancestors())
    found, has_begun = [], False
    for element in tree.iter():
        if element is story:
            break
        if has_begun and element not in above and title not in element.iterancestors():
            found.append(element)
        has_begun = has_begun or element is title
    return found


def _story_lines(tree: html.HtmlElement, story: Story, title: str | None) -> tuple[list[Line], str | None]:
    above = {story.element, *story.element.iterancestors()}
    captions = []
    for element in select(tree, story.family.captions):
        if element not in above:
            captions.append(text_of(element))
            cut(element, was_caption=True)
    for element in select(tree, story.family.noise):
        if element not in above and not is_word(element):
            cut(element)
    captions += prune(story.element)
    lines = without_furniture(without_captions(read_lines(story.element), captions), title)
    return split_byline(lines)


def _with_lead(lead: list[str], paragraphs: list[str], title: str | None) -> list[str]:
    """The lead above the story, unless the story begins with it already or it repeats the headline."""
    text, opening = fold(" ".join(lead)), fold(" ".join(paragraphs[:2]))
    if not text or text == fold(title or "") or opening.startswith(text) or text in opening:
        return paragraphs
    return [*lead, *paragraphs]


def _no_story(paragraphs: list[str], story: Story) -> NoArticle | None:
    size = sum(map(len, paragraphs))
    if size < (_MIN_DECLARED_CHARS if story.is_declared else MIN_GUESSED_CHARS):
        return NoArticle("empty", "no_story")
    if any(map(looks_like_legacy_font, (" ".join(paragraphs), *paragraphs))):
        # A page in Unicode around a story in font-encoded text that gave no Vietnamese.
        return NoArticle("quarantined", "legacy_font_encoding")
    if share_of_syllables(" ".join(paragraphs)) < _MIN_SYLLABLES:
        return NoArticle("empty", "scrambled_body")
    return None
