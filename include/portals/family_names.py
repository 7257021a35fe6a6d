"""Names of the CMS families whose markup the cleaner has rules for; what a registry may say."""

from __future__ import annotations

from typing import Final

KNOWN_FAMILIES: Final = (
    "nukeviet",
    "epi",
    "onecms",
    "aspx",
    "vhv",
    "mastercms",
    "vccorp",
    "liferay",
    "sharepoint",
    "yyyymm",
    "dash_a_id",
    "oldpaper",
    "generic",
)
