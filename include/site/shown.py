"""Numbers, days and periods as a reader of one language expects to see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from include.site.words import say
from include.warehouse.releases import LOCAL

# Money and energy are said in these steps; from where, and the word's key. Counted things are written out.
STEPS: Final = ((1e15, 1e12, "step.trillion"), (1e9, 1e9, "step.billion"), (1e6, 1e6, "step.million"))
SCALED_UNITS: Final = frozenset({"VND", "USD", "CNY", "EUR", "KILOWATT_HOUR"})
# What stands behind a number in place of the unit's name.
SYMBOLS: Final = {
    "VND": ("đồng", "VND"),
    "USD": ("USD", "USD"),
    "CNY": ("CNY", "CNY"),
    "EUR": ("EUR", "EUR"),
    "PERCENT": ("%", "%"),
    "KILOWATT_HOUR": ("kWh", "kWh"),
    "MEGAWATT": ("MW", "MW"),
    "HECTARE": ("ha", "ha"),
    "SQUARE_METRE": ("m²", "m²"),
    "SQUARE_KILOMETRE": ("km²", "km²"),
    "METRE": ("m", "m"),
    "KILOMETRE": ("km", "km"),
    "CUBIC_METRE": ("m³", "m³"),
    "LITRE": ("lít", "litres"),
    "KILOGRAM": ("kg", "kg"),
    "TONNE": ("tấn", "tonnes"),
    "QUINTAL_PER_HECTARE": ("tạ/ha", "quintals/ha"),
    "PERCENTAGE_POINT": ("điểm %", "percentage points"),
    "TIMES": ("lần", "times"),
    "SCORE": ("điểm", "points"),
    "HEAD": ("con", "head"),
}
# English words for several that do not end in s.
SEVERAL: Final = {"person": "people", "criterion": "criteria"}
UNSAID_UNITS: Final = frozenset({"COUNT", "RANK"})
NO_BREAK: Final = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Shown:
    """How values are written in one language; units: rows of dim_units by code."""

    language: str
    units: Mapping[str, Mapping[str, Any]]

    def number(self, value: float | None, decimals: int = 2) -> str:
        """16.900 and 26,4 in Vietnamese, 16,900 and 26.4 in English; no zeros at the end; a dot for None."""
        if value is None:
            return "·"
        text = f"{value:,.{decimals}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        if self.language == "vi":
            text = text.translate(str.maketrans(",.", ".,"))
        return text.replace("-", "\N{MINUS SIGN}") if text not in ("-0", "-0,0") else "0"

    def amount(self, value: float | None, unit_code: str | None) -> str:
        """A number with its unit: "16.900 tỷ đồng", "16,900 billion VND", "26,4%"."""
        if value is None:
            return "·"
        step = ""
        if unit_code in SCALED_UNITS:
            for least, divisor, key in STEPS:
                if abs(value) >= least:
                    value, step = value / divisor, say(key, self.language) + NO_BREAK
                    break
        unit = self.unit(unit_code)
        joint = "" if unit_code == "PERCENT" or not unit else NO_BREAK
        # 2.684 triệu USD are 2,684 tỷ: a step up must not lose a printed digit.
        return f"{self.number(value, 3)}{NO_BREAK if step else joint}{step}{unit}"

    def unit(self, unit_code: str | None) -> str:
        """What stands behind a number of this unit; nothing for ranks and things without a unit."""
        if unit_code is None or unit_code in UNSAID_UNITS:
            return ""
        if unit_code in SYMBOLS:
            return SYMBOLS[unit_code][self.language == "en"]
        row = self.units.get(unit_code)
        if not row:
            return unit_code
        name = within_sentence(str(row[f"name_{self.language}"]))
        return SEVERAL.get(name, f"{name}s") if self.language == "en" and row["kind"] == "counted" else name

    def day(self, value: date | None) -> str:
        """15/7/2024 in Vietnamese, 15 July 2024 in English."""
        if value is None:
            return "·"
        if self.language == "vi":
            return f"{value.day}/{value.month}/{value.year}"
        return f"{value.day} {_month(value)} {value.year}"

    def moment(self, value: datetime | None) -> str:
        """The day and the time in Vietnam."""
        if value is None:
            return "·"
        local = value.astimezone(LOCAL)
        return f"{self.day(local.date())}{NO_BREAK}{local:%H:%M}"

    def period(self, row: Mapping[str, Any]) -> str:
        """A period from period_type, period_start and period_end: "9 tháng đầu năm 2020", "Jan–Sep 2020"."""
        kind, start, end = row["period_type"], row["period_start"], row["period_end"]
        if start is None or end is None:
            return say(f"period.{kind}", self.language)
        if kind == "year":
            return str(start.year)
        if kind == "day":
            return self.day(start)
        if kind in ("half", "quarter"):
            number = (start.month - 1) // (6 if kind == "half" else 3) + 1
            return say(f"period.{kind}_{number}", self.language, year=start.year)
        if kind == "month":
            return f"{start.month}/{start.year}" if self.language == "vi" else f"{_month(start)} {start.year}"
        if kind == "months":
            return self._months(start, end)
        if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
            return f"{start.year}–{end.year}"
        return f"{self.day(start)} – {self.day(end)}"

    def _months(self, start: date, end: date) -> str:
        same_year = start.year == end.year
        if self.language == "vi":
            if same_year and start.month == 1:
                return say("period.first_months", "vi", count=end.month, year=start.year)
            first = f"{start.month}" if same_year else f"{start.month}/{start.year}"
            return f"{first}–{end.month}/{end.year}"
        first = f"{start:%b}" if same_year else f"{start:%b} {start.year}"
        return f"{first}–{end:%b} {end.year}"


def within_sentence(name: str) -> str:
    """A name as it stands within a sentence: "hectare" of "Hectare", but "US dollar" and "đô la Mỹ"."""
    return name if name[1:2].isupper() else f"{name[:1].lower()}{name[1:]}"


def _month(value: date) -> str:
    return f"{value:%B}"
