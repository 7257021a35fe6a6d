"""The templates compile to the same code in both languages, so that one compilation serves both."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from include.site.build import ENTRY
from include.site.marts import Marts
from include.site.render import COMPILED, TEMPLATES, Renderer
from include.site.words import LANGUAGES
from include.warehouse.manifest import MANIFEST_FILE, load_manifest
from tests.site.samples import published


@pytest.fixture(scope="module")
def environments(tmp_path_factory: pytest.TempPathFactory):
    folder = published(tmp_path_factory.mktemp("templates"))
    manifest = load_manifest(folder / MANIFEST_FILE)
    assert manifest is not None
    with duckdb.connect(str(folder / "sotinh.duckdb"), read_only=True) as connection:
        yield Renderer(Marts(connection, manifest), frozenset()).__dict__["_environments"]


@pytest.mark.parametrize("template", sorted(path.name for path in TEMPLATES.iterdir()))
def test_the_code_of_a_template_does_not_depend_on_the_language(environments, template: str) -> None:
    source = (Path(TEMPLATES) / template).read_text(encoding="utf-8")
    codes = {environments[language].compile(source, template, template, raw=True) for language in LANGUAGES}
    assert len(codes) == 1


def test_a_constant_given_to_a_filter_would_be_seen(environments) -> None:
    codes = {environments[language].compile("{{ 1234.5 | number }}", raw=True) for language in LANGUAGES}
    assert len(codes) == 2


def test_what_is_compiled_is_kept_and_no_other_source_taken_for_it(environments) -> None:
    first, second = environments["vi"], environments["en"]
    for name in ("search.html.jinja", "base.html.jinja"):
        first.get_template(name)
        source, filename, _ = second.loader.get_source(second, name)
        kept = COMPILED.get_bucket(second, name, filename, source)
        assert kept.code is not None
        assert COMPILED.get_bucket(second, name, filename, f"{source} ").code is None


def test_whether_a_page_is_there_is_not_kept_with_the_code_of_the_first_site(environments) -> None:
    code = environments["vi"].compile("{% if 'search.html' is a_page %}a{% endif %}", raw=True)
    assert "(context, 'search.html')" in code


def test_every_page_has_an_icon_so_that_no_browser_asks_the_server_for_one() -> None:
    base = TEMPLATES.joinpath("base.html.jinja").read_text(encoding="utf-8")
    for page in (base, ENTRY):
        assert '<link rel="icon" href="data:,">' in page
    others = [path.name for path in TEMPLATES.iterdir() if "<head>" in path.read_text(encoding="utf-8")]
    assert others == ["base.html.jinja"]
