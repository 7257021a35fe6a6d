"""The list of what the locks hold, in the form that other programs read: CycloneDX 1.5 as JSON.

https://cyclonedx.org/docs/1.5/json/. Without a time and a serial number: the same locks give the same file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from audit.locks import Locked


def bill_of(pins: Iterable[Locked], version: str) -> str:
    """The bill of materials of `pins`, each release once; version: of the project."""
    hashes: dict[tuple[str, str], set[str]] = {}
    locks: dict[tuple[str, str], set[str]] = {}
    for pin in pins:
        release = (pin.name, pin.version)
        hashes.setdefault(release, set()).update(pin.hashes)
        locks.setdefault(release, set()).add(pin.where.partition(":")[0])
    components = [_component(release, hashes[release], locks[release]) for release in sorted(hashes)]
    project = {"type": "application", "name": "sotinh", "version": version, "bom-ref": "sotinh"}
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": project},
        "components": components,
    }
    return json.dumps(bill, ensure_ascii=False, indent=2) + "\n"


def _component(release: tuple[str, str], hashes: set[str], locks: set[str]) -> dict[str, Any]:
    name, version = release
    # https://github.com/package-url/purl-spec: of PyPI, with the normal name.
    address = f"pkg:pypi/{name}@{version.replace('+', '%2B')}"
    return {
        "type": "library",
        "bom-ref": address,
        "name": name,
        "version": version,
        "purl": address,
        "hashes": [{"alg": "SHA-256", "content": one.removeprefix("sha256:")} for one in sorted(hashes)],
        "properties": [{"name": "sotinh:lock", "value": lock} for lock in sorted(locks)],
    }
