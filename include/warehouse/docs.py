"""dbt's documentation of the project as one page that stands alone.

The page is `dbt docs generate --static`: models, columns, tests, lineage. It is made anew only when the
project has changed, because it holds definitions and no rows: a plain night pays for a copy.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Final

from include.contract import MARTS, MARTS_SCHEMA, WAREHOUSE_FILE
from include.warehouse.build import artifacts, last_words, log_file, start_dbt
from include.warehouse.files import write_whole

DOCS_FILE: Final = "docs.html"  # of a release
# Without compiling: the pages show the models as written, and the night's run results stay.
GENERATE: Final = ("docs", "generate", "--static", "--no-compile")
# The page's code is able to load a tracker and looks for fonts and an icon beside itself. A browser that
# reads this policy asks nobody for anything. The code is inline and builds functions from strings.
POLICY: Final = (
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline';"
    " img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
)
_HEAD: Final = '<meta charset="utf-8">'
_BROKEN_LINKS: Final = re.compile(r'<link rel="(?:canonical|shortcut icon)"[^>]*>')
# Where the project and what dbt made of it are on this machine.
_PLACES: Final = re.compile(r'"(compiled_path|build_path|root_path)": "(?:[^"\\]|\\.)*"')
_NOT_PROJECT: Final = {"target", "logs", "__pycache__", ".user.yml"}


class DocsError(RuntimeError):
    """The page was not written: dbt failed, the marts are not built, or the page would tell too much."""


def write_docs(*, project: Path, data_dir: Path, target_file: Path) -> bool:
    """Write the documentation of `project`, built in data_dir's warehouse, to `target_file`, whole.

    Returns whether dbt had to make it anew; then dbt opens the warehouse, so that no other process
    may have it open. Raises DocsError; `target_file` is then as it was.
    """
    kept = data_dir / "dbt" / "docs" / f"{_key(project)}.html"
    made = not kept.exists()
    if made:
        page = _generate(project, data_dir)
        kept.parent.mkdir(parents=True, exist_ok=True)
        for older in kept.parent.glob("*.html"):
            older.unlink()
        write_whole(kept, page)
    target_file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target_file, kept.read_text(encoding="utf-8"))
    return made


def _generate(project: Path, data_dir: Path) -> str:
    if not (data_dir / WAREHOUSE_FILE).exists():
        raise DocsError(f"{data_dir / WAREHOUSE_FILE} does not exist: build the marts first")
    target = artifacts(data_dir)
    page = target / "static_index.html"
    page.unlink(missing_ok=True)
    done = start_dbt(GENERATE, project=project, data_dir=data_dir)
    if done.returncode != 0 or not page.exists():
        raise DocsError(f"dbt docs generate failed:\n{last_words(done)}\nThe whole log: {log_file(data_dir)}")
    catalog = (target / "catalog.json").read_text(encoding="utf-8")
    manifest = (target / "manifest.json").read_text(encoding="utf-8")
    require_built(catalog)
    require_no_places((without_places(manifest), catalog), (project.parent, data_dir, Path(sys.prefix)))
    return standing_alone(page.read_text(encoding="utf-8"))


def require_built(catalog: str) -> None:
    """Raise DocsError unless every mart is in the catalog (JSON text) of the warehouse."""
    nodes = json.loads(catalog)["nodes"].values()
    found = {node["metadata"]["name"] for node in nodes if node["metadata"]["schema"] == MARTS_SCHEMA}
    missing = sorted(set(MARTS) - found)
    if missing:
        raise DocsError(f"{', '.join(missing)} not in the warehouse: build the marts first")


def require_no_places(texts: Iterable[str], places: Iterable[Path]) -> None:
    """Raise DocsError where one of the JSON texts names a place on this machine."""
    for place in places:
        written = json.dumps(str(place.resolve()))[1:-1]
        if any(re.search(rf"{re.escape(written)}(?![\w.-])", text) for text in texts):
            raise DocsError(f"the documentation would tell where {place} is: not written")


def without_places(text: str) -> str:
    """The text of dbt's manifest, or a page that holds it, without the paths of what dbt wrote."""
    return _PLACES.sub(r'"\1": null', text)


def standing_alone(page: str) -> str:
    """dbt's page so that it names no place on this machine and loads nothing from anywhere.

    Raises DocsError where the page is not laid out as known, so that the policy has no place.
    """
    if page.count(_HEAD) != 1:
        raise DocsError(f"dbt's page has not one {_HEAD}: dbt has changed, see include/warehouse/docs.py")
    policy = f'{_HEAD}<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    return without_places(_BROKEN_LINKS.sub("", page).replace(_HEAD, policy))


def _key(project: Path) -> str:
    """A hash of all that the page is made from: the project's files, dbt, and these rules."""
    digest = hashlib.sha256(version("dbt-core").encode())
    digest.update(Path(__file__).read_bytes())
    for path in _files(project):
        digest.update(path.relative_to(project).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _files(project: Path) -> Iterator[Path]:
    for path in sorted(project.rglob("*")):
        if path.is_file() and not _NOT_PROJECT & set(path.relative_to(project).parts):
            yield path
