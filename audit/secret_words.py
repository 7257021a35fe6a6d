"""Secrets that stand in the project's files: known forms of keys, and values given to secret names."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from audit.finding import Finding

# Forms that the issuers document; the letters after the beginning are what makes a key of it.
_KEYS: Final = {
    "private key": r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----",
    "AWS access key": r"(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "GitHub token": r"(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})",
    "GitLab token": r"glpat-[A-Za-z0-9_-]{20,}",
    "Slack token": r"xox[abeoprs]-[A-Za-z0-9-]{10,}",
    "address of a webhook": r"https://(?:hooks\.slack\.com/(?:services|workflows)/[A-Za-z0-9/]{20,}"
    r"|(?:ptb\.|canary\.)?discord(?:app)?\.com/api/webhooks/\d+/[\w-]{20,}"
    r"|[\w-]+\.webhook\.office\.com/webhookb2/[\w@/-]{20,})",
    "Google API key": r"AIza[0-9A-Za-z_-]{35}",
    "Stripe key": r"[rs]k_live_[0-9A-Za-z]{16,}",
    "PyPI token": r"pypi-AgEIcHlwaS5vcmc[\w-]{40,}",
    "npm token": r"npm_[A-Za-z0-9]{36}\b",
    "JSON web token": r"eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}",
    "password in an address": r"://[^\s/:@{}$<>\"']*:(?P<value>[^\s/@{}$<>\"'`]+)@[\w.\[]",
    "value of a secret": r"(?i:password|passwd|secret(?!s)|fernet_key|api_?key|token)\w*[\"']?\s*(?:=|:)"
    r"\s*[\"']?(?P<value>[A-Za-z0-9+/_-]{20,}={0,2})[\"']?\s*(?:,|;|#|$)",
}
_PATTERNS: Final = {kind: re.compile(text, re.M) for kind, text in _KEYS.items()}
# What a name has to hold; looked for first, since most files hold none and the pattern is slow.
_NAMES: Final = ("password", "passwd", "secret", "fernet", "apikey", "api_key", "token")
# A secret is random: letters of both cases and digits. Names and words of prose are not.
_RANDOM: Final = (re.compile("[a-z]"), re.compile("[A-Z]"), re.compile("[0-9]"))
# What documents and tests write for a password; shorter ones are no passwords either.
_PLACEHOLDERS: Final = frozenset({"password", "mat-khau"})
_SHORTEST: Final = 6
_LARGEST: Final = 2 * 2**20
_NOT_TEXT: Final = frozenset({".png", ".gz", ".warc", ".wacz", ".parquet", ".duckdb", ".ico", ".pdf"})


def project_files(root: Path) -> list[Path]:
    """What the project is published with: what git has; all but hidden files where there is no git."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 - the git of whoever works on the project
        cwd=root,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        names = [name for name in listed.stdout.decode("utf-8", "surrogateescape").split("\0") if name]
        return [root / name for name in names]
    return [path for path in sorted(root.rglob("*")) if not _is_hidden(path.relative_to(root))]


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") and part not in (".ci", ".env.example") for part in path.parts)


def secrets_in(files: Iterable[Path], root: Path) -> Iterator[Finding]:
    """A finding for each thing that looks like a secret; its value is not told, only where it stands."""
    for path in files:
        if not path.is_file() or path.suffix.lower() in _NOT_TEXT or path.suffix == ".lock":
            continue
        if path.stat().st_size > _LARGEST:
            continue
        name = path.relative_to(root).as_posix()
        if path.name == ".env" or path.suffix in (".pem", ".key"):
            yield Finding("secret", name, name, "such a file is no part of the project; add it to .gitignore")
        text = path.read_bytes().decode("utf-8", "replace")
        for number, kind in secrets_of(text):
            yield Finding("secret", name, f"{name}:{number}", f"looks like a secret ({kind})")


def secrets_of(text: str) -> Iterator[tuple[int, str]]:
    """Line (from 1) and kind of each thing in `text` that looks like a secret."""
    small = text.lower()
    for kind, pattern in _PATTERNS.items():
        if kind == "value of a secret" and not any(word in small for word in _NAMES):
            continue
        for match in pattern.finditer(text):
            groups = match.groupdict()
            if not _is_harmless(kind, groups.get("value") or ""):
                yield text.count("\n", 0, match.start("value" if groups else 0)) + 1, kind


def _is_harmless(kind: str, value: str) -> bool:
    if kind == "password in an address":
        return len(value) < _SHORTEST or value.lower() in _PLACEHOLDERS
    return kind == "value of a secret" and not all(one.search(value) for one in _RANDOM)
