"""The CMS families and their markup: one declaration a family, nothing else knows a template's names."""

from __future__ import annotations

from typing import Final

from include.portals.families import government, newspapers
from include.portals.families.declaration import Family
from include.portals.families.general import GENERIC

__all__ = ["FAMILIES", "GENERIC", "Family"]

# In the order of detection: the sharpest markers first, since templates borrow each other's class names.
FAMILIES: Final = {
    family.name: family
    for family in (
        government.NUKEVIET,
        newspapers.EPI,
        newspapers.VCCORP,
        newspapers.MASTERCMS,
        newspapers.ONECMS,
        government.VHV,
        # Its pages hold text pasted from others, class names and all.
        government.SHAREPOINT,
        government.LIFERAY,
        government.ASPX,
        newspapers.YYYYMM,
        newspapers.DASH_A_ID,
        newspapers.OLDPAPER,
        GENERIC,
    )
}
