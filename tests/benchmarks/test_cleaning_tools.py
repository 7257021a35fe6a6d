"""Answers of the other libraries, as they word them, turned into what is scored."""

from __future__ import annotations

import importlib
import warnings
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from benchmarks.cleaning import tools
from benchmarks.cleaning.pages import Page, truth_of
from benchmarks.cleaning.scoring import Answer
from tests.clean.samples import BODY, SAMPLES, TITLE, html_of

TRUTH = truth_of("a", title=None, published_on=None, body=["Chợ phiên."], captions=[], others=[])


def page(html: str) -> Page:
    return Page("a", "https://vd.test/a", html, TRUTH)


def install(monkeypatch, library):
    monkeypatch.setattr(importlib, "import_module", lambda name: library)
    monkeypatch.setattr(tools.metadata, "version", lambda name: "0")


class FakeDocument:
    def __init__(self, html):
        self.html = html

    def short_title(self):
        return "Chợ phiên"

    def summary(self, html_partial):
        assert html_partial
        return self.html


class FakeArticle:
    publish_date = None

    def __init__(self, url, **settings):
        self.url, self.settings, self.html, self.text = url, settings, None, None

    def download(self, input_html):
        self.html = input_html

    def parse(self):
        self.title, self.text = "", self.html


def test_ours_is_asked_as_a_load_does_with_the_family_left_open():
    answer = tools.Ours().read(page(html_of("nukeviet")))
    assert answer == Answer(TITLE, BODY, SAMPLES["nukeviet"].published_on)
    assert tools.Ours().read(page("<html><body><p>Chợ.</p></body></html>")) == Answer(None, "", None)


def test_trafilatura_gives_body_title_and_day():
    paragraphs = "".join(f"<p>{text}</p>" for text in BODY.split("\n"))
    head = (
        f'<title>{TITLE}</title><meta property="article:published_time" content="2024-05-03T16:42:00+07:00">'
    )
    answer = tools.Trafilatura().read(
        page(f"<html><head>{head}</head><body><article><h1>{TITLE}</h1>{paragraphs}</article></body></html>")
    )
    assert BODY.split("\n")[-1] in answer.body
    assert (answer.title, answer.published_on) == (TITLE, date(2024, 5, 3))


def test_trafilatura_without_an_answer():
    answer = tools.Trafilatura().read(page("<html><body></body></html>"))
    assert (answer.body, answer.published_on) == ("", None)


def test_readabilitys_markup_becomes_lines(monkeypatch):
    install(monkeypatch, SimpleNamespace(Document=FakeDocument))
    readability = tools.Readability()
    answer = readability.read(page("<div><p>Chợ <b>phiên</b></p><p>mở.<br/>Ảnh</p></div>"))
    assert answer == Answer("Chợ phiên", "Chợ phiên\nmở.\nẢnh", None)
    assert not readability.reads_dates


def test_text_of_keeps_inline_words_together_and_parts_blocks():
    assert tools.text_of("<ul><li>a</li><li>b <i>c</i>d</li></ul>e") == "a\nb cd\ne"
    assert tools.text_of(" ") == ""


def test_newspaper_is_asked_in_vietnamese_and_fetches_nothing(monkeypatch):
    made = []

    def article(url, **settings):
        made.append(FakeArticle(url, **settings))
        return made[-1]

    install(monkeypatch, SimpleNamespace(Article=article))
    assert tools.Newspaper().read(page("Chợ.")) == Answer(None, "Chợ.", None)
    assert made[0].settings == {"language": "vi", "fetch_images": False, "follow_meta_refresh": False}


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2024, 6, 4, 23, 30), date(2024, 6, 4)),  # noqa: DTZ001 -- as newspaper gives it
        (datetime(2024, 6, 4, 23, 30, tzinfo=UTC), date(2024, 6, 5)),
        (None, None),
    ],
)
def test_newspapers_moment_is_the_day_in_vietnam(monkeypatch, moment, day):
    monkeypatch.setattr(FakeArticle, "publish_date", moment)
    install(monkeypatch, SimpleNamespace(Article=FakeArticle))
    assert tools.Newspaper().read(page("Chợ.")).published_on == day


def test_a_missing_library_is_told_and_the_rest_goes_on(monkeypatch):
    def nothing(name):
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", nothing)
    found, missing = tools.available_tools()
    assert [type(tool) for tool in found] == [tools.Ours, tools.Trafilatura]
    assert [line.partition(" ")[0] for line in missing] == ["readability-lxml", "newspaper4k"]
    assert all("make bench-cleaning" in line for line in missing)


def test_a_warning_at_import_is_not_passed_on(monkeypatch):
    def warning(name):
        warnings.warn("no word segmentation", UserWarning, stacklevel=1)
        return SimpleNamespace(Article=FakeArticle)

    monkeypatch.setattr(importlib, "import_module", warning)
    monkeypatch.setattr(tools.metadata, "version", lambda name: "0")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert tools.Newspaper().name == "newspaper4k (0)"


def test_a_library_that_raises_gives_an_empty_answer_that_says_so(monkeypatch):
    install(monkeypatch, SimpleNamespace(Document=FakeDocument))
    monkeypatch.setattr(FakeDocument, "summary", lambda self, html_partial: 1 / 0)
    answer = tools.answer_of(tools.Readability(), page("<p>a</p>"))
    assert answer == Answer(None, "", None, raised="ZeroDivisionError: division by zero")
