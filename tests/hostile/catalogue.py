"""Every kind of hostile or broken answer that the load has to survive."""

from __future__ import annotations

from typing import Final

from tests.hostile import broken_http, documents, misdirection, pages
from tests.hostile.kinds import Kind

KINDS: Final[tuple[Kind, ...]] = (
    *broken_http.TRANSPORT,
    *broken_http.ENCODINGS,
    *misdirection.REDIRECTS,
    *misdirection.GATES,
    *misdirection.PRIVATE,
    *pages.PAGES,
    *documents.DOCUMENTS,
)
