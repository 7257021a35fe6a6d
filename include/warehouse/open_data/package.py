"""The datapackage.json of a release: Frictionless Data Package v1, each CSV file a Tabular Data Resource."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from include.warehouse.manifest import Manifest
from include.warehouse.open_data.cells import schema_type
from include.warehouse.open_data.keys import Keys
from include.warehouse.open_data.tables import Column, OpenTable

PACKAGE_FILE: Final = "datapackage.json"
TITLE: Final = "Sotinh: figures and meetings of Vietnam's provinces, as their news portals report them"
RIGHTS_VI: Final = (
    "Dữ kiện, số liệu, mã và cách sắp xếp: sử dụng tự do. Câu trích và tiêu đề thuộc bản quyền của cơ quan"
    " đăng bài; cột `rights` của từng dòng ghi tên cơ quan và đường dẫn. Khi dùng câu trích, hãy ghi nguồn"
    " như vậy."
)
RIGHTS_EN: Final = (
    "Facts, figures, codes and their arrangement are free to use. Quoted sentences and titles remain their"
    " publishers'; the column `rights` of each row names publisher and address. Whoever passes a quotation on"
    " names them, too."
)
LICENSES: Final = (
    {
        "name": "CC0-1.0",
        "title": "Facts, figures, codes and their arrangement / Dữ kiện, số liệu, mã và cách sắp xếp",
        "path": "https://creativecommons.org/publicdomain/zero/1.0/",
    },
    {
        "title": "Quotations and titles: the publisher in `rights` / Câu trích, tiêu đề: cơ quan đăng bài",
        "path": "README.md",
    },
)
DIALECT: Final = {
    "csvddfVersion": 1.2,
    "delimiter": ",",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "header": True,
}
MEDIATYPES: Final = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "duckdb": "application/octet-stream",
}


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file of the release: path relative to its folder, size in bytes, SHA-256 in hex."""

    path: str
    byte_count: int
    sha256: str

    @property
    def kind(self) -> str:
        """csv, parquet or duckdb."""
        return self.path.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Portal:
    """A portal whose articles the release read."""

    name: str
    url: str


def describe(
    manifest: Manifest,
    tables: Sequence[OpenTable],
    files: Mapping[str, OpenFile],
    keys: Mapping[str, Keys],
    portals: Sequence[Portal],
) -> dict[str, Any]:
    """The descriptor; files: by path. It says of a release the same whenever it is written."""
    known = {table.mart: {column.name for column in table.columns} for table in tables}
    return {
        "profile": "data-package",
        "name": "sotinh",
        "title": TITLE,
        "version": manifest.release or manifest.run_id,
        "created": manifest.published_at,
        "description": f"{RIGHTS_EN}\n\n{RIGHTS_VI}",
        "licenses": [dict(license_) for license_ in LICENSES],
        "sources": [{"title": portal.name, "path": portal.url} for portal in portals],
        "resources": [
            *(_csv(table, files, keys.get(table.mart, Keys((), ())), known) for table in tables),
            *(_parquet(table, files) for table in tables),
            _file(
                "sotinh_duckdb",
                files["sotinh.duckdb"],
                "All marts in one DuckDB file, schema `marts`, for DuckDB 1.2 and later.",
            ),
        ],
    }


def _file(name: str, file: OpenFile, description: str) -> dict[str, Any]:
    return {
        "name": name,
        "path": file.path,
        "profile": "data-resource",
        "description": description,
        "format": file.kind,
        "mediatype": MEDIATYPES[file.kind],
        "bytes": file.byte_count,
        "hash": f"sha256:{file.sha256}",
    }


def _parquet(table: OpenTable, files: Mapping[str, OpenFile]) -> dict[str, Any]:
    said = f"The rows and columns of `{table.mart}`, text as it was printed."
    return _file(f"{table.mart}_parquet", files[f"parquet/{table.mart}.parquet"], said)


def _csv(
    table: OpenTable, files: Mapping[str, OpenFile], keys: Keys, known: Mapping[str, set[str]]
) -> dict[str, Any]:
    resource = _file(table.mart, files[f"csv/{table.mart}.csv"], table.comment)
    schema: dict[str, Any] = {
        "fields": [_field(table.mart, column) for column in table.columns],
        "missingValues": [""],
    }
    if keys.primary and set(keys.primary) <= known[table.mart]:
        schema["primaryKey"] = list(keys.primary)
    foreign = [
        {"fields": column, "reference": {"resource": mart, "fields": field}}
        for column, mart, field in keys.foreign
        if column in known[table.mart] and field in known.get(mart, ())
    ]
    if foreign:
        schema["foreignKeys"] = foreign
    return resource | {
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "dialect": DIALECT,
        "schema": schema,
    }


def _field(mart: str, column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": schema_type(column.sql_type, f"{mart}.{column.name}"),
        "description": column.comment.strip(),
    }
    return field if column.nullable else field | {"constraints": {"required": True}}
