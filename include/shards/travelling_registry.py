"""The registry of portals on its way to workers: one file of the store, named by what is in it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Final

from include.portals.registry import Registry, load_registry
from include.shards.store import Store, StoreError
from include.vocabulary import load_vocabulary

_REGISTRY_FILE: Final = "portals.yml"


def send_registry(store: Store, registry: Registry) -> str:
    """Put the registry, and the certificates that it names beside it, into the store; returns its key.

    A `ca_file` that is named by an absolute path stays where it is: a worker needs it there as well.
    """
    home = registry.path.parent.resolve()
    texts = {_REGISTRY_FILE: registry.path.read_text(encoding="utf-8")}
    for portal in registry.portals:
        if portal.ca_file is not None and portal.ca_file.resolve().is_relative_to(home):
            name = portal.ca_file.resolve().relative_to(home).as_posix()
            texts[name] = portal.ca_file.read_text(encoding="ascii")
    data = json.dumps(texts, ensure_ascii=False, sort_keys=True).encode()
    key = f"registries/{hashlib.sha256(data).hexdigest()}.json"
    store.put(key, data)
    return key


def receive_registry(store: Store, key: str, folder: Path) -> Registry:
    """The registry under `key`, its files laid out below `folder`. Raises StoreError, RegistryError."""
    data = store.get(key)
    if data is None:
        raise StoreError(f"the store has no {key}, which its order names: run the task give_out again")
    home = folder / Path(key).stem
    for name, text in json.loads(data).items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load_registry(home / _REGISTRY_FILE, load_vocabulary().provinces)
