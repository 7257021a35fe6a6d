"""Links that make a browser scroll to a sentence on the page where it stands."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote as percent_encoded

WHOLE_UP_TO: Final = 90
# Six words are never so long; what is would make an address of 100 kB, and of a page half a megabyte.
END_UP_TO: Final = 500
FIRST_WORDS: Final = re.compile(r"(?:\S+[^\S\n]+){0,5}\S+")
CELL: Final = re.compile(r"[^|\s](?:[^|]*[^|\s])?")


def to_quote(url: str, quote: str) -> str:
    """`url` with a text fragment (`#:~:text=`) for `quote`, made as macro text_fragment of the marts does.

    The whole quote where it is short, else its first and last words, which also finds a quote over two
    blocks of the page; of a row of a table its first and last cell.
    `url` alone where the quote has no words, or words that no language has.
    """
    if " | " in quote:
        cells = CELL.findall(quote)
        ends = cells[:1] + cells[-1:]
    elif len(quote) <= WHOLE_UP_TO and "\n" not in quote:
        ends = [quote] if quote.strip() else []
    else:
        # The last words are looked for from the end: a search for them from the start takes the square.
        first, last = FIRST_WORDS.match(quote), FIRST_WORDS.match(quote[::-1])
        ends = [first[0], last[0][::-1]] if first and last else []
    if not ends or max(map(len, ends)) > END_UP_TO:
        return url
    return f"{url}#:~:text={','.join(map(_encoded, ends))}"


def _encoded(text: str) -> str:
    return percent_encoded(text, safe="").replace("-", "%2D")
