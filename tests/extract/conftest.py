"""What the extraction tests share: the project's own vocabulary, and one sentence read whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from include.extract.claims import read_claims
from include.extract.lexicon import Lexicon, lexicon_of
from include.extract.model import ArticleText, Claim
from include.vocabulary import load_vocabulary


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return lexicon_of(load_vocabulary())


@pytest.fixture(scope="session")
def read(lexicon: Lexicon) -> Callable[..., tuple[Claim, ...]]:
    """Read the claims of a body; by default an article of Sơn La of 10 October 2024."""

    def claims_of(
        body: str,
        *,
        title: str | None = None,
        published_on: date | None = date(2024, 10, 10),
        province: str | None = "Sơn La",
    ) -> tuple[Claim, ...]:
        return read_claims(ArticleText("a", title, body, published_on, province), lexicon)

    return claims_of
