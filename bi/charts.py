"""The charts as Superset imports them: their settings, and the question that each asks.

The question (`query_context`) is what Superset's page makes of the settings; it is stored with a chart so
that programs can ask it by /api/v1/chart/<id>/data. tests/bi holds it against what the page really asks.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from bi.bundle import VERSION, uuid_of

TABLE: Final = "table"
BIG_NUMBER: Final = "big_number_total"
SERIES: Final = ("echarts_timeseries_bar", "echarts_timeseries_line")
SERIES_ROWS: Final = 10_000

# Settings that all charts of a kind share, over which a chart's own go.
_SHARED: Final[Mapping[str, Mapping[str, Any]]] = {
    BIG_NUMBER: {"metric": "count", "y_axis_format": ",d", "header_font_size": 0.4, "subtitle": ""},
    TABLE: {
        "query_mode": "raw",
        "groupby": [],
        "metrics": [],
        "include_search": True,
        "show_cell_bars": False,
        "color_pn": False,
        "page_length": 10,
        "server_pagination": False,
        "table_timestamp_format": "%Y-%m-%d",
        "temporal_columns_lookup": {},
    },
    "echarts_timeseries_bar": {"orientation": "vertical", "x_axis_time_format": "smart_date"},
    "echarts_timeseries_line": {"seriesType": "line", "x_axis_time_format": "smart_date"},
}
_SERIES_SHARED: Final[Mapping[str, Any]] = {
    "groupby": [],
    "order_desc": True,
    "row_limit": SERIES_ROWS,
    "truncate_metric": True,
    "show_empty_columns": True,
    "comparison_type": "values",
    "rich_tooltip": True,
    "tooltipTimeFormat": "%Y-%m-%d",
    "show_legend": True,
    "legendType": "scroll",
    "legendOrientation": "top",
    "x_axis_title": "",
    "y_axis_title": "",
    "x_axis_sort_asc": True,
    "sort_series_type": "sum",
    "color_scheme": "supersetColors",
    "annotation_layers": [],
}


def chart_file(name: str, chart: Mapping[str, Any]) -> dict[str, Any]:
    """The chart of bi/dashboard.yml; ValueError for a kind that is not known here."""
    params = chart_params(chart)
    return {
        "slice_name": chart["title"],
        "description": None,
        "certified_by": None,
        "certification_details": None,
        "viz_type": chart["kind"],
        "params": params,
        "query_context": json.dumps(query_context(params), ensure_ascii=False),
        "cache_timeout": None,
        "uuid": uuid_of("chart", name),
        "version": VERSION,
        "dataset_uuid": uuid_of("dataset", chart["dataset"]),
    }


def chart_params(chart: Mapping[str, Any]) -> dict[str, Any]:
    """All settings of a chart: those of its kind, its own, its conditions and columns."""
    kind = chart["kind"]
    if kind not in _SHARED:
        raise ValueError(f"{chart['title']}: {kind} is none of {sorted(_SHARED)}")
    params: dict[str, Any] = {
        "viz_type": kind,
        "adhoc_filters": [_condition(one) for one in chart.get("filters", [])],
    }
    params |= {**_SHARED[kind], **(_SERIES_SHARED if kind in SERIES else {})}
    if kind == TABLE:
        params |= {
            "all_columns": list(chart["columns"]),
            "order_by_cols": [json.dumps(pair) for pair in chart["order"]],
            "row_limit": chart["rows"],
            "column_config": {
                column: {"d3NumberFormat": form} for column, form in chart.get("numbers", {}).items()
            },
            # A column of links is the only markup; the queries of bi/sql leave none in any other.
            "allow_render_html": "link" in chart["columns"],
        }
    return {**params, **chart.get("params", {})}


def _condition(one: Mapping[str, Any]) -> dict[str, Any]:
    """One condition of a chart: a column `is` a value, or is `known` (not null)."""
    shared = {"clause": "WHERE", "expressionType": "SIMPLE", "subject": one["column"]}
    if "known" in one:
        return shared | {"operator": "IS NOT NULL", "operatorId": "IS_NOT_NULL", "comparator": None}
    if isinstance(one["is"], bool):
        word = str(one["is"]).upper()
        return shared | {"operator": f"IS {word}", "operatorId": f"IS_{word}", "comparator": None}
    return shared | {"operator": "==", "operatorId": "EQUALS", "comparator": one["is"]}


def query_context(params: Mapping[str, Any]) -> dict[str, Any]:
    """The question of a chart; the importer fills in the dataset's number."""
    kind = params["viz_type"]
    query: dict[str, Any] = {
        "filters": [_asked(one) for one in params["adhoc_filters"]],
        "extras": _extras(params),
        "applied_time_extras": {},
        "annotation_layers": [],
        "series_limit": 0,
        "group_others_when_limit_reached": False,
        "order_desc": True,
        "url_params": {},
        "custom_params": {},
        "custom_form_data": {},
    }
    if kind == TABLE:
        query |= _table(params)
    elif kind == BIG_NUMBER:
        query |= {"columns": [], "metrics": [params["metric"]]}
    else:
        query |= _series(params)
    return {
        "datasource": {"id": 0, "type": "table"},
        "force": False,
        "queries": [query],
        "form_data": dict(params),
        "result_format": "json",
        "result_type": "full",
    }


def _extras(params: Mapping[str, Any]) -> dict[str, str]:
    grain = {"time_grain_sqla": params["time_grain_sqla"]} if "time_grain_sqla" in params else {}
    return grain | {"having": "", "where": ""}


def _asked(condition: Mapping[str, Any]) -> dict[str, Any]:
    asked = {"col": condition["subject"], "op": condition["operator"]}
    return asked if "NULL" in condition["operator"] else asked | {"val": condition["comparator"]}


def _table(params: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "columns": params["all_columns"],
        "orderby": [json.loads(pair) for pair in params["order_by_cols"]],
        "row_limit": params["row_limit"],
        "post_processing": [],
        "time_offsets": [],
    }


def _series(params: Mapping[str, Any]) -> dict[str, Any]:
    axis, metrics, groups = params["x_axis"], params["metrics"], params["groupby"]
    base: dict[str, Any] = {
        "columnType": "BASE_AXIS",
        "sqlExpression": axis,
        "label": axis,
        "expressionType": "SQL",
        "isColumnReference": True,
    }
    if "time_grain_sqla" in params:
        base = {"timeGrain": params["time_grain_sqla"]} | base
    return {
        "columns": [base, *groups],
        "metrics": metrics,
        "orderby": [[metrics[0], False]],
        "row_limit": params["row_limit"],
        "series_columns": groups,
        "time_offsets": [],
        "post_processing": _post_processing(params),
    }


def _post_processing(params: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One column a series: what Superset does with the rows before it draws them."""
    metrics, groups = params["metrics"], params["groupby"]
    steps: list[dict[str, Any]] = [
        {
            "operation": "pivot",
            "options": {
                "index": [params["x_axis"]],
                "columns": groups,
                "aggregates": {metric: {"operator": "mean"} for metric in metrics},
                "drop_missing_columns": False,
            },
        }
    ]
    if groups and len(metrics) == 1:
        # The series are named by their group alone.
        steps.append(
            {"operation": "rename", "options": {"columns": {metrics[0]: None}, "level": 0, "inplace": True}}
        )
    return [*steps, {"operation": "flatten"}]
