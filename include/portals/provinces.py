"""Which row of the provinces seed a registry entry means."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

ProvinceRow = Mapping[str, str]


def resolve_province(written: str, rows: Sequence[ProvinceRow]) -> str:
    """The province_id meant by `written`: a two-digit code ("20") or a whole id ("15-2025").

    rows: the provinces seed (province_id, province_code, vintage, name_vi). A code that was one
    province before the mergers of 1 July 2025 and another after them is refused. A code with one
    name gives the older id: the warehouse goes from there to the vintage of an article's date.
    Raises ValueError saying what is wrong and what to write.
    """
    if any(row["province_id"] == written and row["vintage"] for row in rows):
        return written
    if written == "00":
        raise ValueError('"00" is the whole country; write `province: null` for a national outlet')
    matching = [row for row in rows if row["province_code"] == written and row["vintage"]]
    if not matching:
        raise ValueError(f"province {written!r} is unknown; {_suggestion(written, rows)}")
    names = {row["name_vi"] for row in matching}
    if len(names) > 1:
        choices = " or ".join(f'"{row["province_id"]}" for {row["name_vi"]}' for row in matching)
        raise ValueError(f"province code {written!r} names two provinces; write {choices}")
    return min(matching, key=lambda row: row["vintage"])["province_id"]


def _suggestion(written: str, rows: Sequence[ProvinceRow]) -> str:
    ids_by_name = {row["name_vi"].casefold(): row["province_id"] for row in rows if row["vintage"]}
    close = difflib.get_close_matches(written.casefold(), ids_by_name, n=1, cutoff=0.8)
    if close:
        return f'write its id: "{ids_by_name[close[0]]}"'
    if written.isdigit() and len(written) == 1:
        return f'write two digits in quotes: "0{written}"'
    return 'write a two-digit code in quotes ("20"), an id with its vintage ("15-2025") or null'
