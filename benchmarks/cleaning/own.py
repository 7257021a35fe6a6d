"""The project's own labelled pages, all invented: one of each CMS family, and the sample portals."""

from __future__ import annotations

from datetime import date

from benchmarks.cleaning.pages import Page, PageSet, truth_of
from benchmarks.samples import SampleStory, sample_stories
from tests.clean.samples import CAPTION, SAMPLES, TEASER, TEASER_SUMMARY, Sample, html_of


def family_pages() -> PageSet:
    """The page of each CMS family that tests of the cleaner read; rules were written beside them."""
    return PageSet("family pages", tuple(_family_page(name, sample) for name, sample in SAMPLES.items()))


def _family_page(family: str, sample: Sample) -> Page:
    html = html_of(family)
    truth = truth_of(
        family,
        title=sample.title,
        published_on=sample.published_on,
        body=sample.body.split("\n"),
        captions=[CAPTION] if CAPTION in html else [],
        others=[text for text in (TEASER, TEASER_SUMMARY) if text in html],
    )
    return Page(family, f"https://{family.replace('_', '-')}.test/a", html, truth)


def sample_portals() -> PageSet:
    """The stories of the sample portals with their golden labels."""
    return PageSet("sample portals", tuple(_sample(story) for story in sample_stories()))


def _sample(story: SampleStory) -> Page:
    golden, name = story.golden, f"{story.portal['id']}{story.golden['path']}"
    published = golden["published_on"]
    truth = truth_of(
        name,
        title=golden["title"],
        published_on=date.fromisoformat(published) if published else None,
        body=golden["body"],
        captions=[],  # the golden files do not tell them from other stretches
        others=golden["must_not_contain"],
    )
    return Page(name, story.url, story.html, truth)
