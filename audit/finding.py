"""What an audit finds, and what it says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["lock", "advisory", "secret", "licence", "ignored"]
KINDS: Final[tuple[Kind, ...]] = ("lock", "advisory", "secret", "licence", "ignored")


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """kind: which check; key: what an entry of ignored.yml names; where: file, line; told: what is wrong."""

    kind: Kind
    key: str
    where: str
    told: str

    def __str__(self) -> str:
        """`lock: requirements.lock:12: jinja2 has no hash`."""
        return f"{self.kind}: {self.where}: {self.told}"


class CouldNotAskError(RuntimeError):
    """No advisory service gave an answer that can be trusted; the message says why, service by service."""
