"""Reports of one meeting come together and reports of two stay apart, from the text to the mart."""

from __future__ import annotations

import fcntl
import json
import re
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from include.contract import JOINED_BY, WAREHOUSE_FILE
from tests.dbt_project.meeting_pairs import CASES, Case
from tests.dbt_project.reports import Article, cluster, land_articles

pytestmark = pytest.mark.stack

# Provinces that are next to none of the others in these tests: forwards and backwards each case has its own.
FORWARDS = ("10-2008", "11-2008", "12-2008", "14-2008", "17-2008", "19-2008", "20-2008")
BACKWARDS = ("40-2008", "42-2008", "44-2008", "49-2008", "51-2008", "52-2008", "54-2008")
FIRST_DAY = date(2022, 3, 2)


def articles_of(number: int, case: Case, *, backwards: bool) -> list[Article]:
    """The articles of one case as landed, each a night after the one before."""
    provinces = BACKWARDS if backwards else FORWARDS
    day = FIRST_DAY + timedelta(days=70 * (number // len(provinces)))
    count = len(case.told)

    def printed(found: re.Match[str]) -> str:
        on = day + timedelta(days=int(found[1] or 0))
        return f"{on.day}/{on.month}"

    return [
        Article(
            article_id=f"{number:02d}-{'back' if backwards else 'forth'}-{at}",
            title=told.title,
            body=re.sub(r"\{d(\d*)\}", printed, told.body),
            published_on=None if told.after is None else day + timedelta(days=told.after),
            province_id=provinces[number % len(provinces)],
            night=count - at if backwards else 1 + at,
        )
        for at, told in enumerate(case.told)
    ]


def all_articles() -> list[Article]:
    return [
        article
        for backwards in (False, True)
        for number, case in enumerate(CASES)
        for article in articles_of(number, case, backwards=backwards)
    ]
