"""What an alert says, made safe for wherever it is shown.

A message may carry words of an error, and an error may carry words of an article or an address with a
password in it. So nothing in a message can act: no tags, no mentions of a channel, no links behind
words, no characters that turn the direction of reading; and what is secret is masked.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from include.operations.runbook import shown

SUBJECT_LENGTH: Final = 150
LINES: Final = 12
LINE_LENGTH: Final = 300
# Discord takes 2,000 characters, ntfy 4,096 bytes; subject and page have to fit beside the lines.
TEXT_LENGTH: Final = 1_500
# Chat services read these as tags, mentions, links or code; each look-alike reads the same and does nothing.
HARMLESS: Final = str.maketrans({"<": "‹", ">": "›", "@": "＠", "[": "⟦", "]": "⟧", "`": "ˋ", "&": "＆"})
SECRET_NAMES: Final = re.compile(
    r"(WEBHOOK|PASSWORD|SECRET|TOKEN|FERNET|_CONN_|SQL_ALCHEMY_CONN|SOTINH_CATALOG)"
)
SHORTEST_SECRET: Final = 6
MASK: Final = "***"


@dataclass(frozen=True, slots=True)
class Alert:
    """subject: one line; lines: what an operator must know at once; page: of the runbook."""

    subject: str
    lines: tuple[str, ...]
    page: str

    def plain(self, environment: Mapping[str, str] | None = None) -> tuple[str, str]:
        """Subject and text, safe in a chat or a mail; `environment` (this process's) has what to mask."""
        known = os.environ if environment is None else environment
        body = [line for given in self.lines for line in given.splitlines()]
        if len(body) > LINES:
            body = [*body[:LINES], f"… {len(body) - LINES} more lines, see the log"]
        told = "\n".join(safe(line, known)[:LINE_LENGTH] for line in body)
        if len(told) > TEXT_LENGTH:
            told = f"{told[:TEXT_LENGTH]} …"
        return safe(self.subject, known)[:SUBJECT_LENGTH], f"{told}\nWhat to do: {shown(self.page)}"


def safe(line: str, environment: Mapping[str, str]) -> str:
    """One line without secrets, control characters and anything that a reader's program could act on."""
    line = masked(line, environment)
    # Cc, Cf: control and format characters, among them those that turn the direction of reading.
    shown_only = "".join(char for char in line if unicodedata.category(char) not in ("Cc", "Cf", "Zl", "Zp"))
    return shown_only.translate(HARMLESS)


def masked(text: str, environment: Mapping[str, str]) -> str:
    """`text` without what the environment names as secrets, and without user and password in URLs."""
    for name, value in environment.items():
        if SECRET_NAMES.search(name):
            for secret in (value, *re.findall(r"://[^/\s@:]*:([^/\s@]+)@", value)):
                text = text.replace(secret, MASK) if len(secret) >= SHORTEST_SECRET else text
    return re.sub(r"(://)[^/\s@]*@", rf"\1{MASK}@", text)
