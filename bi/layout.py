"""The dashboard as Superset imports it: tabs of rows of charts, and the bar of filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bi.bundle import VERSION, uuid_of

_TABS: Final = "TABS-sotinh"


def dashboard_file(definition: Mapping[str, Any]) -> dict[str, Any]:
    """The dashboard of bi/dashboard.yml; charts are told by number here and by identifier at the import."""
    numbers = {name: number for number, name in enumerate(definition["charts"], start=1)}
    return {
        "dashboard_title": definition["title"],
        "description": definition["description"],
        "css": "",
        "slug": definition["slug"],
        "certified_by": "",
        "certification_details": "",
        "published": True,
        "uuid": uuid_of("dashboard", definition["slug"]),
        "position": _position(definition, numbers),
        "metadata": {
            "color_scheme": "supersetColors",
            "cross_filters_enabled": False,
            "refresh_frequency": 0,
            "expanded_slices": {},
            "label_colors": {},
            "timed_refresh_immune_slices": [],
            "native_filter_configuration": [_filter(one, numbers) for one in definition["filters"]],
        },
        "version": VERSION,
    }


def _position(definition: Mapping[str, Any], numbers: Mapping[str, int]) -> dict[str, Any]:
    tabs = definition["tabs"]
    placed: dict[str, Any] = {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": [_TABS]},
        "GRID_ID": {"type": "GRID", "id": "GRID_ID", "children": [], "parents": ["ROOT_ID"]},
        "HEADER_ID": {"type": "HEADER", "id": "HEADER_ID", "meta": {"text": definition["title"]}},
        _TABS: {
            "type": "TABS",
            "id": _TABS,
            "children": [f"TAB-{tab['name']}" for tab in tabs],
            "parents": ["ROOT_ID"],
            "meta": {},
        },
    }
    for tab in tabs:
        placed |= _tab(tab, definition["charts"], numbers)
    first = f"TAB-{tabs[0]['name']}"
    return placed | _note(first, definition["note"], placed[first])


def _tab(tab: Mapping[str, Any], charts: Mapping[str, Any], numbers: Mapping[str, int]) -> dict[str, Any]:
    key = f"TAB-{tab['name']}"
    above = ["ROOT_ID", _TABS]
    rows = [f"ROW-{tab['name']}-{number}" for number in range(1, len(tab["rows"]) + 1)]
    placed: dict[str, Any] = {
        key: {
            "type": "TAB",
            "id": key,
            "children": rows,
            "parents": above,
            "meta": {"text": tab["title"], "defaultText": "Tab title", "placeholder": "Tab title"},
        }
    }
    for row_key, row in zip(rows, tab["rows"], strict=True):
        placed[row_key] = _row(row_key, [f"CHART-{name}" for name in row["charts"]], [*above, key])
        for name, width in row["charts"].items():
            placed[f"CHART-{name}"] = {
                "type": "CHART",
                "id": f"CHART-{name}",
                "children": [],
                "parents": [*above, key, row_key],
                "meta": {
                    "chartId": numbers[name],
                    "uuid": uuid_of("chart", name),
                    "sliceName": charts[name]["title"],
                    "width": width,
                    "height": row["height"],
                },
            }
    return placed


def _note(tab: str, text: str, placed_tab: dict[str, Any]) -> dict[str, Any]:
    """A line of text above the first row of `tab`, whose list of rows it joins."""
    placed_tab["children"].insert(0, "ROW-note")
    above = [*placed_tab["parents"], tab]
    return {
        "ROW-note": _row("ROW-note", ["MARKDOWN-note"], above),
        "MARKDOWN-note": {
            "type": "MARKDOWN",
            "id": "MARKDOWN-note",
            "children": [],
            "parents": [*above, "ROW-note"],
            "meta": {"code": text, "width": 12, "height": 8},
        },
    }


def _row(key: str, children: Sequence[str], parents: Sequence[str]) -> dict[str, Any]:
    return {
        "type": "ROW",
        "id": key,
        "children": list(children),
        "parents": list(parents),
        "meta": {"background": "BACKGROUND_TRANSPARENT"},
    }


def _filter(one: Mapping[str, Any], numbers: Mapping[str, int]) -> dict[str, Any]:
    """A list to choose from. With `first_by` one is always chosen, first the largest by that metric."""
    first_by = one.get("first_by")
    return {
        "id": f"NATIVE_FILTER-{one['name']}",
        "type": "NATIVE_FILTER",
        "name": one["title"],
        "description": "",
        "filterType": "filter_select",
        "targets": [{"column": {"name": one["column"]}, "datasetUuid": uuid_of("dataset", one["dataset"])}],
        "scope": {
            "rootPath": ["ROOT_ID"],
            "excluded": [number for name, number in numbers.items() if name not in one["charts"]],
        },
        "chartsInScope": [numbers[name] for name in one["charts"]],
        "tabsInScope": [],
        "cascadeParentIds": [f"NATIVE_FILTER-{one['below']}"] if "below" in one else [],
        "controlValues": {
            "enableEmptyFilter": first_by is not None,
            "defaultToFirstItem": first_by is not None,
            "multiSelect": first_by is None,
            "searchAllOptions": False,
            "inverseSelection": False,
            "sortAscending": first_by is None,
        },
        "defaultDataMask": {"extraFormData": {}, "filterState": {}, "ownState": {}},
    } | ({"sortMetric": first_by, "requiredFirst": True} if first_by else {})
