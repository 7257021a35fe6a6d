"""What the benchmark of the cleaner counts as right, lost and leaked; each count is seen to move."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date

import pytest

from benchmarks.cleaning.pages import LabelError, Page, flat, truth_of
from benchmarks.cleaning.scoring import (
    Answer,
    faults,
    lead_is_lost,
    score_page,
    total,
    word_f1,
)

LEAD = "Sáng 4/6, xã Pa Tần Mới mở phiên chợ nông sản đầu tiên với hơn 60 gian hàng của bà con."
REST = "Doanh thu phiên đầu ước đạt 215 triệu đồng, cao hơn dự kiến 12%."
CAPTION = "Một gian bán mật ong ở chợ phiên. Ảnh: Lù Minh"
TEASER = "Cầu treo bản Nậm Sin thông xe"
DAY = date(2024, 6, 4)
TRUTH = truth_of(
    "a",
    title="Mở phiên chợ nông sản",
    published_on=DAY,
    body=[LEAD, REST],
    captions=[CAPTION],
    others=[TEASER, "gian bán mật ong"],
)
PAGE = Page("a", "https://vd.test/a", "<html></html>", TRUTH)
RIGHT = Answer("Mở phiên chợ nông sản", f"{LEAD}\n{REST}", DAY)


def test_words_count_as_often_as_they_stand_there():
    assert word_f1("chè xanh", "Chè, xanh!") == 1
    assert word_f1("chè", "cà phê") == 0
    assert word_f1("chè chè", "chè") == pytest.approx(2 / 3)
    assert word_f1("chè xanh", "chè đen") == pytest.approx(1 / 2)
    assert word_f1("", "") == word_f1("", "chè") == 0


def test_words_are_the_same_in_either_unicode_form():
    assert word_f1(unicodedata.normalize("NFD", LEAD), LEAD) == 1


def test_a_right_answer_has_no_fault():
    score = score_page(PAGE, RIGHT)
    assert (score.f1, score.lead_lost, score.captions, score.others) == (1, False, (), ())
    assert score.title_right
    assert score.date_right
    assert list(faults(PAGE, RIGHT)) == []


def test_a_lost_lead_shows():
    answer = replace(RIGHT, body=REST)
    assert score_page(PAGE, answer).lead_lost
    assert f"lead lost: {LEAD}" in list(faults(PAGE, answer))
    # Its words elsewhere in the body are not the lead.
    assert lead_is_lost(LEAD, " ".join(reversed(LEAD.split())))


def test_a_lead_without_its_source_or_broken_over_lines_is_not_lost():
    assert not lead_is_lost(f"(Đài Pa Tần) – {LEAD}", f"{LEAD}\n{REST}")
    assert not lead_is_lost(LEAD, LEAD.replace(" ", "\n"))
    assert lead_is_lost("Chợ phiên.", "Phiên chợ.")
    assert not lead_is_lost("Chợ phiên.", "Chợ phiên mở.")


def test_a_leaked_caption_shows_however_it_is_broken():
    answer = replace(RIGHT, body=f"{LEAD}\n{CAPTION.replace('. ', '.' + chr(10))}\n{REST}")
    score = score_page(PAGE, answer)
    assert score.captions == (CAPTION,)
    assert score.others == ()  # the stretch inside the caption is that caption
    assert score.f1 < 1
    found = list(faults(PAGE, answer))
    assert f"caption leaked: {CAPTION}" in found
    assert "body has too much: một gian bán mật ong ở chợ phiên ảnh lù minh" in found


def test_a_leaked_teaser_shows():
    answer = replace(RIGHT, body=f"{LEAD}\n{REST}\n{TEASER}")
    assert score_page(PAGE, answer).others == (TEASER,)
    assert f"leaked: {TEASER}" in list(faults(PAGE, answer))


def test_words_that_are_missing_are_named_in_their_order():
    answer = replace(RIGHT, body=f"{LEAD}\n{REST[:-20]}")
    assert list(faults(PAGE, answer)) == ["body lacks: cao hơn dự kiến 12"]


def test_a_wrong_title_shows():
    for wrong in ("Mở phiên chợ nông sản | Báo Pa Tần", None, ""):
        assert not score_page(PAGE, replace(RIGHT, title=wrong)).title_right
    spaced = replace(RIGHT, title=unicodedata.normalize("NFD", " Mở  phiên chợ nông\nsản"))
    assert score_page(PAGE, spaced).title_right


def test_a_wrong_day_shows():
    answer = replace(RIGHT, published_on=date(2024, 6, 5))
    assert not score_page(PAGE, answer).date_right
    assert list(faults(PAGE, answer)) == ["date: 2024-06-05, wanted 2024-06-04"]


def test_of_a_page_without_headline_and_day_none_is_right():
    page = replace(PAGE, truth=replace(TRUTH, title=None, published_on=None))
    silent = score_page(page, replace(RIGHT, title="", published_on=None))
    assert (silent.title_right, silent.date_right) == (True, True)
    guessed = score_page(page, RIGHT)
    assert (guessed.title_right, guessed.date_right) == (False, False)


def test_totals_add_up():
    scores = [
        score_page(PAGE, RIGHT),
        score_page(PAGE, Answer(RIGHT.title, f"{CAPTION}\n{TEASER}", None)),
    ]
    both = total(scores, reads_dates=True)
    assert both.f1_worst == scores[1].f1 < 1
    assert both.f1_mean == pytest.approx((1 + scores[1].f1) / 2)
    counts = (both.leads_lost, both.captions_leaked, both.others_leaked, both.titles, both.dates)
    assert counts == (1, 1, 1, 2, 1)
    assert (both.empty, both.raised, both.first_raised) == (0, 0, None)
    assert total(scores, reads_dates=False).dates is None


def test_an_error_is_an_empty_answer_and_no_right_one():
    page = replace(PAGE, truth=replace(TRUTH, title=None, published_on=None))
    score = total([score_page(page, Answer(None, "", None, raised="ValueError: no"))], reads_dates=True)
    assert (score.f1_mean, score.empty, score.leads_lost, score.raised) == (0, 1, 1, 1)
    assert (score.titles, score.dates) == (0, 0)
    assert score.first_raised == "a: ValueError: no"


def labels(**others):
    given = {"title": None, "published_on": None, "body": [LEAD], "captions": [], "others": []}
    return truth_of("trang-1", **(given | others))


@pytest.mark.parametrize(
    "fault",
    [
        {"body": []},
        {"body": [" "]},
        {"captions": ["xã Pa Tần Mới"]},
        {"others": ["60  gian"]},
        {"others": [""]},
    ],
)
def test_a_label_that_cannot_be_scored_is_refused(fault):
    with pytest.raises(LabelError, match="trang-1"):
        labels(**fault)


def test_a_stretch_counts_once():
    truth = labels(captions=[CAPTION, f"{CAPTION} "], others=[TEASER, TEASER, CAPTION])
    assert (truth.captions, truth.others) == ((flat(CAPTION),), (TEASER,))
