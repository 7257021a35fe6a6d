"""The committed bundle as Superset's importer takes it: texts by file name, with the database's address."""

from __future__ import annotations

import hashlib
import io
import uuid
import zipfile
from pathlib import Path
from typing import Final

import yaml

BUNDLE: Final = Path(__file__).with_name("bundle")
DATABASE_FILE: Final = "databases/sotinh.yaml"
VERSION: Final = "1.0.0"
# Names every part for good: the same name is the same chart in every Superset, so that an import replaces it.
_NAMESPACE: Final = uuid.UUID("5c5f2f3e-3c55-5f0a-9d0e-6d1f0d2f8b51")


def uuid_of(kind: str, name: str) -> str:
    """The identifier of a part of the bundle, such as ("chart", "targets")."""
    return str(uuid.uuid5(_NAMESPACE, f"{kind}/{name}"))


def bundle_texts(database_uri: str, folder: Path = BUNDLE) -> dict[str, str]:
    """Every file of the bundle by its path, the database at `database_uri` (SQLAlchemy's)."""
    texts = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.yaml"))
    }
    database = yaml.safe_load(texts[DATABASE_FILE])
    texts[DATABASE_FILE] = as_yaml(database | {"sqlalchemy_uri": database_uri})
    return texts


def bundle_zip(texts: dict[str, str]) -> bytes:
    """The bundle as one file, for the import of another Superset; the same texts give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(zipfile.ZipInfo(f"sotinh/{name}", (1980, 1, 1, 0, 0, 0)), text)
    return packed.getvalue()


def fingerprint(texts: dict[str, str]) -> str:
    """SHA-256 over names and texts, in hex."""
    return hashlib.sha256(bundle_zip(texts)).hexdigest()


def as_yaml(value: object) -> str:
    """YAML as the bundle is written: keys in their order, Vietnamese letters as they are."""
    text: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=110)
    return text
