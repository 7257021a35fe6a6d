"""What a kind of hostile or broken answer is, and the answers that kinds are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from tests.clean.samples import LEAD, PARAGRAPHS, TITLE, p, page
from tests.hostile.server import Answer, Wire

HTML: Final = "text/html; charset=utf-8"
# A name with a public address, from which no redirect may lead to a private one.
PUBLIC_ORIGIN: Final = "http://baosuoitra.vn"
STORY: Final = f"<h1>{TITLE}</h1><div itemprop='articleBody'>{p(LEAD, *PARAGRAPHS)}</div>"
# The same without the name that tells which element holds the story, which has to be guessed.
PLAIN_STORY: Final = STORY.replace(" itemprop='articleBody'", "")
Content = Callable[[int], str | bytes]


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to answer, and what has to come of it.

    outcome: of the page in the warehouse; of the document in discovery.jsonl where room is not `page`.
    room: which stage asks: page, robots, feed, sitemap or listing. after: what becomes of the portal's
    good page, `loaded` unless its robots.txt cannot be had. is_public: asked at PUBLIC_ORIGIN.
    """

    name: str
    answer: Answer
    outcome: str
    reason: str | None = None
    room: str = "page"
    after: str = "loaded"
    is_public: bool = False


def head(headers: Mapping[str, str], status: str = "200 OK") -> bytes:
    """The head of a response."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items() if value)
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode("latin-1")


def whole(body: bytes, headers: Mapping[str, str] | None = None, status: str = "200 OK") -> bytes:
    """A response as it should be."""
    fields = {"Content-Type": HTML, "Content-Length": str(len(body))}
    return head(fields | dict(headers or {}), status) + body


def says(content: Content, headers: Mapping[str, str] | None = None, status: str = "200 OK") -> Answer:
    """Well-formed HTTP around content that is made in the size that the server is to send."""

    def answer(wire: Wire) -> None:
        made = content(wire.size)
        wire.send(whole(made if isinstance(made, bytes) else made.encode(), headers, status))
        wire.stays_open = True

    return answer


def sends(data: bytes | Callable[[int], bytes]) -> Answer:
    """Raw bytes, and the end of the connection."""
    return lambda wire: wire.send(data(wire.size) if callable(data) else data)


def leads(target: str, status: str = "302 Found", headers: Mapping[str, str] | None = None) -> Answer:
    """Redirect to the target; `{origin}` and `{path}` stand for the server's and for what was asked."""

    def answer(wire: Wire) -> None:
        place = target.format(origin=wire.origin, path=wire.path)
        wire.send(head({"Location": place, "Content-Length": "0"} | dict(headers or {}), status))
        wire.stays_open = True

    return answer


def article(number: int) -> str:
    """A good page; each number is another story."""
    return page(STORY.replace("1.245,6 ha", f"1.{number:03d} ha"))


def with_story(around: Callable[[int], str], *, is_declared: bool = True) -> Content:
    """A page whose story is followed by what `around` makes, inside the story's own element if declared."""

    def make(size: int) -> str:
        story = STORY.removesuffix("</div>") if is_declared else PLAIN_STORY
        return page(story + around(size) + ("</div>" if is_declared else ""))

    return make


def times(unit: str, elements: int | None = None) -> Callable[[int], str]:
    """`unit` over and over, up to the size, and at most so many times."""

    def make(size: int) -> str:
        count = max(1, size // len(unit.encode()))
        return unit * (count if elements is None else min(count, elements))

    return make
