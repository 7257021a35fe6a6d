"""Fills in what a page's text leaves to the moment of the request."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Final

LOCAL: Final = timezone(timedelta(hours=7))
_WEEKDAYS: Final = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
_REPEATED: Final = re.compile(r"\{\{times (\d+)\}\}(.*?)\{\{end\}\}", re.DOTALL)


class UnknownOriginError(LookupError):
    """A page names a portal that is not served; the message names it."""


def fill(text: str, origin: str, others: Mapping[str, str] | None = None) -> str:
    """Fill in the placeholders that README.md lists.

    origin: of the portal whose text it is. others: origin by portal id, for `{{origin:<portal id>}}`.
    Raises UnknownOriginError where that names a portal which is not among them.
    """
    now = datetime.now(LOCAL)
    weekday = _WEEKDAYS[now.weekday()]
    text = _REPEATED.sub(
        lambda found: "".join(found[2].replace("#", str(number + 1)) for number in range(int(found[1]))),
        text,
    )
    text = re.sub(
        r"\{\{now:(.*?)\}\}", lambda found: now.strftime(found[1].replace("weekday", weekday)), text
    )
    text = re.sub(r"\{\{rand\}\}", lambda _: str(100 + secrets.randbelow(900)), text)
    text = re.sub(r"\{\{origin:([\w-]+)\}\}", lambda found: _origin_of(found[1], others or {}), text)
    return text.replace("{{origin}}", origin)


def _origin_of(portal: str, origins: Mapping[str, str]) -> str:
    if portal not in origins:
        raise UnknownOriginError(f"{{{{origin:{portal}}}}}: {portal} is not served beside this portal")
    return origins[portal]
