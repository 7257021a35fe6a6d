"""Licences of what is installed, as the packages' own metadata tell them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from email.message import Message
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Final, cast

from audit.finding import Finding
from audit.locks import normal_name

# Of a licence of several to choose from (OR) one that binds nobody is enough.
_PERMISSIVE: Final = re.compile(
    r"\b(?:MIT|BSD|Apache|ISC|PSF|Python Software Foundation|0BSD|Unlicense|CC0|Zlib|MPL|Mozilla|LGPL"
    r"|Lesser General Public|Artistic|CNRI)",
    re.IGNORECASE,
)
_BINDING: Final = re.compile(
    r"AGPL|Affero|(?<!L)GPL|(?<!Lesser )General Public|CC.BY.NC|Commons.Clause|SSPL|BUSL|Elastic-2"
    r"|Proprietary",
    re.IGNORECASE,
)


def licences_in(site_packages: Path) -> Iterator[Finding]:
    """A finding for each installed package whose licence binds whoever passes it on, or that names none."""
    yield from _judged(distributions(path=[str(site_packages)]), site_packages)


def _judged(found: Iterable[Distribution], site_packages: Path) -> Iterator[Finding]:
    for one in found:
        name, licence = normal_name(one.metadata["Name"]), licence_of(one)
        if not licence:
            yield Finding("licence", name, site_packages.name, f"{name} names no licence")
        elif binds(licence):
            yield Finding("licence", name, site_packages.name, f"{name} is under {licence}")


def licence_of(one: Distribution) -> str:
    """The SPDX expression, else the classifiers, else the first line of what stands under License."""
    metadata = cast(Message, one.metadata)
    expression = metadata.get("License-Expression")
    classifiers = [
        text.rpartition("::")[2].strip()
        for text in metadata.get_all("Classifier") or []
        if text.startswith("License ::")
    ]
    free = (metadata.get("License") or "").strip().partition("\n")[0]
    return expression or " OR ".join(classifiers) or free[:80]


def binds(licence: str) -> bool:
    """Whether every one of the licences to choose from binds whoever passes the package on."""
    return all(_BINDING.search(one) and not _PERMISSIVE.search(one) for one in licence.split(" OR "))
