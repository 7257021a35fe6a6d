"""Caches of a package's functions: whether they are bounded, and a way to empty them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

_CONTAINERS = (dict, list, set)


@dataclass(frozen=True, slots=True)
class Cache:
    """One `functools.lru_cache` or `cache`; maxsize: null where it may grow without bound."""

    name: str
    maxsize: int | None


def _modules(package: str) -> Iterator[ModuleType]:
    root = importlib.import_module(package)
    yield root
    for found in pkgutil.walk_packages(root.__path__, f"{package}."):
        yield importlib.import_module(found.name)


def _members(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """What the module itself defines, and what its classes do."""
    for name, value in vars(module).items():
        if getattr(value, "__module__", None) != module.__name__:
            continue
        yield f"{module.__name__}.{name}", value
        if isinstance(value, type):
            yield from ((f"{module.__name__}.{name}.{inner}", one) for inner, one in vars(value).items())


def _cached(package: str) -> Iterator[tuple[str, Any]]:
    for module in _modules(package):
        yield from ((name, value) for name, value in _members(module) if hasattr(value, "cache_parameters"))


def caches_of(package: str) -> list[Cache]:
    """The caches of functions and methods in `package`."""
    return [Cache(name, value.cache_parameters()["maxsize"]) for name, value in _cached(package)]


def empty_caches(package: str) -> None:
    """Forget what they hold, so that one measured pass cannot live on the one before."""
    for _, value in _cached(package):
        value.cache_clear()


def container_sizes(package: str) -> dict[str, int]:
    """How many items the dicts, lists and sets hold that stand in the modules of `package` by name."""
    return {
        f"{module.__name__}.{name}": len(value)
        for module in _modules(package)
        for name, value in vars(module).items()
        if isinstance(value, _CONTAINERS) and not name.startswith("__")
    }
