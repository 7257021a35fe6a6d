"""The portal registry: a YAML file in, validated portals out, every mistake named with its line."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from include.portals.portal import Portal
from include.portals.registry_yaml import LocatedYaml, read_located

__all__ = ["Portal", "Registry", "RegistryError", "load_registry"]

_KEYS = tuple(field.alias or name for name, field in Portal.model_fields.items())


class RegistryError(ValueError):
    """The registry cannot be used; the message lists every fault as file:line, portal, fault, fix."""


@dataclass(frozen=True, slots=True)
class Registry:
    """The portals of one file, in its order."""

    path: Path
    portals: tuple[Portal, ...]

    def portal(self, portal_id: str) -> Portal:
        """The portal with that id. Raises RegistryError naming those there are."""
        for portal in self.portals:
            if portal.id == portal_id:
                return portal
        known = [portal.id for portal in self.portals]
        close = difflib.get_close_matches(portal_id, known, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"it has: {', '.join(known)}"
        raise RegistryError(f"{self.path}: no portal {portal_id!r}; {hint}")


def load_registry(path: Path, provinces: Sequence[Mapping[str, str]]) -> Registry:
    """Read and validate the registry at `path`.

    provinces: rows of the provinces seed. Raises RegistryError with all faults of the file at once.
    """
    located = _read(path)
    faults = [
        _Fault(line, _entry_name(located, key_path), f"the key {key_path[-1]!r} stands twice; keep one")
        for key_path, line in located.duplicate_keys
    ]
    portals: list[Portal] = []
    context = {"provinces": provinces, "folder": path.parent}
    for index, entry in enumerate(_entries(path, located, faults)):
        try:
            portals.append(Portal.model_validate(entry, context=context))
        except ValidationError as error:
            faults += [_fault_of(located, index, entry, details) for details in error.errors()]
    faults += _duplicate_ids(located)
    if faults:
        raise _error(path, faults)
    return Registry(path, tuple(portals))


@dataclass(frozen=True, slots=True, order=True)
class _Fault:
    line: int
    portal: str | None
    text: str


def _error(path: Path, faults: Sequence[_Fault]) -> RegistryError:
    lines = [
        f"{path}:{fault.line}: " + (f"portal {fault.portal}: " if fault.portal else "") + fault.text
        for fault in sorted(faults, key=lambda fault: fault.line)
    ]
    return RegistryError("\n".join(lines))


def _read(path: Path) -> LocatedYaml:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise RegistryError(f"{path}: cannot be read ({error.strerror}); name an existing file") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise RegistryError(f"{path}:{line}: not UTF-8; save the file as UTF-8") from error
    try:
        return read_located(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RegistryError(
            f"{path}:{line}: not YAML: {error.problem}; check indentation, quotes and brackets there"
        ) from error
    except yaml.YAMLError as error:
        raise RegistryError(f"{path}:1: not YAML: {error}; remove what is not text") from error


def _entries(path: Path, located: LocatedYaml, faults: list[_Fault]) -> list[Any]:
    document = located.value
    if document is None:
        raise _error(path, [_Fault(1, None, "the file is empty; begin with `portals:`")])
    if not isinstance(document, dict):
        raise _error(path, [_Fault(1, None, "begin with `portals:` and one entry a portal below it")])
    for key in document.keys() - {"portals"}:
        faults.append(_Fault(located.line_of((key,)), None, _unknown_key(key, ("portals",))))
    entries = document.get("portals")
    if "portals" in document and (not isinstance(entries, list) or not entries):
        text = "`portals` holds no entries; list at least one portal, each beginning with `- id:`"
        faults.append(_Fault(located.line_of(("portals",)), None, text))
    elif "portals" not in document and not faults:
        faults.append(_Fault(1, None, "`portals:` is missing; begin with it"))
    return entries if isinstance(entries, list) else []


def _entry_name(located: LocatedYaml, path: tuple[str | int, ...]) -> str | None:
    if len(path) < 2 or path[0] != "portals" or not isinstance(path[1], int):
        return None
    entry = located.value["portals"][path[1]]
    portal_id = entry.get("id") if isinstance(entry, dict) else None
    return str(portal_id) if portal_id else f"no. {path[1] + 1}"


def _fault_of(located: LocatedYaml, index: int, entry: Any, details: ErrorDetails) -> _Fault:
    path = ("portals", index, *details["loc"])
    name = _entry_name(located, path)
    if not isinstance(entry, dict):
        return _Fault(located.line_of(path), name, "not an entry; write keys and values from `- id:` on")
    return _Fault(located.line_of(path), name, _fault_text(details))


def _fault_text(details: ErrorDetails) -> str:
    place = ".".join(str(part) for part in details["loc"])
    if details["type"] == "extra_forbidden":
        return _unknown_key(place, _KEYS)
    if details["type"] == "missing":
        return f"`{place}` is missing; add `{place}: …`"
    message = details["msg"].removeprefix("Value error, ")
    if details["type"] != "value_error":
        message = f"{message[:1].lower()}{message[1:]}, not {details['input']!r}; write such a value"
    return f"{place}: {message}" if place else message


def _unknown_key(key: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(key, known, n=1)
    hint = f"did you mean `{close[0]}`?" if close else f"known keys: {', '.join(known)}"
    return f"unknown key `{key}`; {hint}"


def _duplicate_ids(located: LocatedYaml) -> list[_Fault]:
    entries = located.value.get("portals")
    first_lines: dict[str, int] = {}
    faults = []
    for index, entry in enumerate(entries if isinstance(entries, list) else []):
        portal_id = entry.get("id") if isinstance(entry, dict) else None
        if not isinstance(portal_id, str):
            continue
        line = located.line_of(("portals", index, "id"))
        if portal_id in first_lines:
            text = f"the id is taken by line {first_lines[portal_id]}; give each portal its own"
            faults.append(_Fault(line, portal_id, text))
        first_lines.setdefault(portal_id, line)
    return faults
