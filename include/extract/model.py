"""What extraction takes and gives: plain records, independent of any engine.

All offsets count Unicode code points of `ArticleText.body`, end exclusive. Code lists are those
of the data contract.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class ArticleText:
    """One article version as landed.

    province_name: the province (`name_vi` of the provinces seed) that the portal speaks for, null
    for a national outlet. published_on: null where the page does not tell it.
    """

    article_id: str
    title: str | None
    body: str
    published_on: date | None
    province_name: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """One number said about something; fields as in the contract's fct_indicators.

    province_name: the province the text names as subject ("Việt Nam" for the whole country), null
    where it is the article's own.
    """

    indicator_code: str | None
    indicator_name: str
    breakdown: str | None
    measure: str
    value: float
    value_high: float | None
    out_of: float | None
    unit_code: str
    value_text: str
    approximation: str
    status: str
    period_type: str
    time_period: str | None
    period_start: date | None
    period_end: date | None
    comparison_start: date | None
    comparison_end: date | None
    price_basis: str | None
    quote_start: int
    quote_end: int
    value_start: int
    value_end: int
    province_name: str | None = None
    place_name: str | None = None


@dataclass(frozen=True, slots=True)
class Organization:
    """An office by its full name. home: its province by the name of the provinces seed, "Việt Nam" for the
    nation's, null where neither its name nor the meeting tells (another state's, an association)."""

    name: str
    home: str | None


@dataclass(frozen=True, slots=True)
class Post:
    """One post of a person, written out. is_former: held once ("nguyên")."""

    post: str
    organization: Organization | None
    is_former: bool


@dataclass(frozen=True, slots=True)
class Participant:
    """One person named as being at a meeting; the name without honorifics, the titles as printed.

    posts: the titles taken apart. home: where the person's office belongs (see `Organization.home`), null
    where it is the meeting's own province or unsaid.
    """

    person_name: str
    person_title: str | None
    organization: str | None
    role: str
    quote_start: int
    quote_end: int
    posts: tuple[Post, ...] = ()
    home: str | None = None


@dataclass(frozen=True, slots=True)
class Directive:
    """One task told at a meeting.

    directive_kind: `order` (a lead tells others to), `promise` (somebody there says they will), `request`
    (somebody asks for what they cannot order).
    """

    directive_kind: str
    issued_by: str | None
    assigned_to: str | None
    action: str
    deadline_on: date | None
    deadline_text: str | None
    quote_start: int
    quote_end: int


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting that the article reports; fields as in the contract's fct_meetings.

    subject_words, subject_names, edition: what other reports of it are recognised by, as in
    `meetings.likeness.Likeness`.
    """

    meeting_date: date | None
    meeting_end_date: date | None
    date_basis: str
    date_earliest: date | None
    date_latest: date | None
    session: str | None
    meeting_kind: str
    topic: str | None
    host_organization: str | None
    location: str | None
    lead_name: str | None
    lead_title: str | None
    quote_start: int
    quote_end: int
    province_name: str | None = None
    host_office: Organization | None = None
    conclusion_start: int | None = None
    conclusion_end: int | None = None
    participants: tuple[Participant, ...] = ()
    directives: tuple[Directive, ...] = ()
    subject_words: tuple[str, ...] = ()
    subject_names: tuple[str, ...] = ()
    edition: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one article version.

    published_on, published_basis: as landed, or inferred from the article's own words (`text`)
    where the page tells nothing; `unknown` with null where neither does.
    """

    published_on: date | None
    published_basis: str | None
    claims: tuple[Claim, ...] = field(default=())
    meetings: tuple[Meeting, ...] = field(default=())

    def to_json_ready(self) -> dict[str, Any]:
        """Nested dicts and lists with ISO dates, in field order: the form that dbt reads."""

        def plain(value: Any) -> Any:
            if isinstance(value, dict):
                return {key: plain(item) for key, item in value.items()}
            if isinstance(value, list | tuple):
                return [plain(item) for item in value]
            return value.isoformat() if isinstance(value, date) else value

        return {key: plain(item) for key, item in asdict(self).items()}
