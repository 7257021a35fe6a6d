"""One attempt at one page: robots.txt, the request, the verdict, the archive, the line."""

from __future__ import annotations

from include.crawl.answers import Answer, Trouble
from include.crawl.archive import BatchArchive, Capture
from include.crawl.clock import Clock
from include.crawl.documents import Document
from include.crawl.patience import get_patiently
from include.crawl.stage import PortalDesk
from include.crawl.verdict import Verdict, judge_answer, judge_trouble
from include.landing import DiscoveredUrl, FetchedUrl


def attempt_page(
    desk: PortalDesk, row: DiscoveredUrl, archive: BatchArchive, clock: Clock
) -> tuple[FetchedUrl, Answer | Trouble | None]:
    """Try to fetch `row.url`; bytes of a page are in the archive before its line is returned.

    Also returns what the server answered (None where robots.txt forbade to ask).
    """
    refusal = desk.robots.refusal(row.url)
    if refusal:
        robots = desk.robots.rules_for(row.url).document
        return unanswered_line(row, Verdict("not_allowed", refusal, _robots_detail(robots))), None
    answered = get_patiently(desk.client, clock, row.url, refusal=desk.robots.refusal)
    if isinstance(answered, Trouble):
        verdict, answer = judge_trouble(answered), answered.answer
        status = answered.http_status
    else:
        verdict, answer = judge_answer(answered, row.url), answered
        status = answered.status
    if answer is None or verdict.outcome not in ("fetched", "quarantined"):
        return unanswered_line(row, verdict, status, clock.stamp()), answered
    return archived_line(row, verdict, answer, archive, clock), answered


def _robots_detail(robots: Document) -> str | None:
    return f"robots.txt: {robots.reason}" if robots.reason else None


def unanswered_line(
    row: DiscoveredUrl, verdict: Verdict, http_status: int | None = None, at: str | None = None
) -> FetchedUrl:
    """The line of a URL without bytes worth keeping; at: when it was asked for, null if it was not."""
    return FetchedUrl(
        source_id=row.source_id,
        url=row.url,
        article_id=row.article_id,
        outcome=verdict.outcome,
        reason=verdict.reason,
        detail=verdict.detail,
        http_status=http_status,
        fetched_at=at,
        byte_count=None,
        final_url=None,
        content_type=None,
        warc_file=None,
        warc_offset=None,
    )


def archived_line(
    row: DiscoveredUrl, verdict: Verdict, answer: Answer, archive: BatchArchive, clock: Clock
) -> FetchedUrl:
    """Archive the answer and return its line; byte_count is the size of the unpacked page."""
    fetched_at = clock.now()
    capture = Capture(
        url=answer.final_url,
        captured_at=fetched_at,
        http_version=answer.http_version,
        status=answer.status,
        reason_phrase=answer.reason_phrase,
        headers=answer.headers,
        payload=answer.wire,
    )
    return captured_line(row, verdict, capture, len(answer.body), archive)


def captured_line(
    row: DiscoveredUrl, verdict: Verdict, capture: Capture, byte_count: int, archive: BatchArchive
) -> FetchedUrl:
    """Archive the capture and return its line."""
    location = archive.write(row.source_id, capture)
    content_type = next((value for name, value in capture.headers if name.lower() == "content-type"), None)
    return FetchedUrl(
        source_id=row.source_id,
        url=row.url,
        article_id=row.article_id,
        outcome=verdict.outcome,
        reason=verdict.reason,
        detail=verdict.detail,
        http_status=capture.status,
        fetched_at=capture.captured_at.isoformat(timespec="seconds"),
        byte_count=byte_count,
        final_url=capture.url,
        content_type=content_type,
        warc_file=location.warc_file,
        warc_offset=location.warc_offset,
    )
