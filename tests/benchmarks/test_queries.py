"""What the timing of questions makes of its rounds. No test here looks at time."""

from __future__ import annotations

import pytest

from benchmarks.queries.measure import Took, answered
from benchmarks.queries.warehouse import make_published, recipe


def test_a_question_is_told_against_the_scan_of_its_own_round():
    took = [Took(wall=30, processor=40), Took(wall=10, processor=20), Took(wall=20, processor=90)]
    scans = [Took(wall=9, processor=20), Took(wall=9, processor=20), Took(wall=9, processor=30)]
    one = answered("q", 5, took, scans, None)
    assert (one.rows, one.wall_median, one.wall_worst, one.processor_median) == (5, 20, 30, 40)
    assert one.scans == 2  # of 2, 1 and 3


def test_a_warehouse_is_made_anew_when_a_model_changes():
    assert b"int_observations_vintaged" in recipe()


def test_less_than_an_article_is_refused(tmp_path):
    with pytest.raises(ValueError, match="3 claims: an article alone has 12"):
        make_published(tmp_path, 3)


def test_a_folder_in_use_is_refused(tmp_path):
    (tmp_path / "sotinh.duckdb").touch()
    with pytest.raises(FileExistsError, match="name an empty folder"):
        make_published(tmp_path, 12)
