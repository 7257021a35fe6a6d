"""`make audit`: the locks, known advisories, secrets in the project, licences. It looks and changes nothing.

Exit codes: 0 everything was looked at and nothing found; 1 something was found; 3 nothing was found, and no
advisory service could be asked, so that nobody knows (OFFLINE=1 says that this is meant, and is then 0).
"""

from __future__ import annotations

import argparse
import sys
import sysconfig
import tomllib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import yaml

from audit.advisories import advisories_for
from audit.finding import CouldNotAskError, Finding
from audit.ignored import FILE, IgnoredFileError, read_ignored, without_ignored
from audit.licences import licences_in
from audit.locks import Locked, read_locks
from audit.sbom import bill_of
from audit.secret_words import project_files, secrets_in

ROOT: Final = Path(__file__).resolve().parent.parent
CLEAN, FOUND, NOT_ASKED = 0, 1, 3


def main(words: Sequence[str] | None = None) -> int:
    """Look at everything, print what was found, and say by the exit code how sure that is."""
    parser = argparse.ArgumentParser(prog="make audit", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--offline", action="store_true", help="ask no advisory service")
    parser.add_argument("--sbom", type=Path, metavar="FILE", help="write what is locked as CycloneDX JSON")
    given = parser.parse_args(words)
    pins, findings = read_locks(ROOT)
    if given.sbom:
        given.sbom.write_text(bill_of(pins, _version()), encoding="utf-8")
    files = project_files(ROOT)
    findings += secrets_in(files, ROOT)
    findings += licences_in(Path(sysconfig.get_path("purelib")))
    doubt = None if given.offline else _ask(pins, findings)
    try:
        told = list(without_ignored(findings, read_ignored(FILE), datetime.now(UTC).date()))
    except (IgnoredFileError, yaml.YAMLError) as problem:
        print(problem, file=sys.stderr)
        return FOUND
    return _verdict(told, pins, len(files), doubt, is_offline=given.offline)


def _ask(pins: Sequence[Locked], findings: list[Finding]) -> str | None:
    """Add what an advisory service knows; returns why none could be asked, null where one was."""
    try:
        service, known = advisories_for(pins)
    except CouldNotAskError as problem:
        return str(problem)
    findings += known
    print(f"{service} was asked of {len({(pin.name, pin.version) for pin in pins})} releases.")
    return None


def _verdict(
    told: Sequence[Finding], pins: Sequence[Locked], files: int, doubt: str | None, *, is_offline: bool
) -> int:
    locks = {pin.where.partition(":")[0] for pin in pins}
    releases = {(pin.name, pin.version) for pin in pins}
    print(f"{len(releases)} releases in {len(locks)} locks, {files} files looked through.")
    for finding in sorted(told):
        print(finding)
    if doubt:
        print(
            "NOT ASKED: whether these releases have known weaknesses, nobody could be asked here.\n"
            f"  {doubt}\n"
            "  Run `make audit` where api.osv.dev or pypi.org's JSON API can be reached.",
            file=sys.stderr,
        )
    elif is_offline:
        print("No advisory service was asked, as told.")
    if told:
        print(f"{len(told)} findings; mend them, or pass over them for a time in {FILE.relative_to(ROOT)}.")
        return FOUND
    print("Nothing was found in what could be looked at." if doubt or is_offline else "Nothing was found.")
    return NOT_ASKED if doubt else CLEAN


def _version() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


if __name__ == "__main__":
    sys.exit(main())
