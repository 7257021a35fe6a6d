"""The published file, a release or a manifest is gone or is not what was written."""

from __future__ import annotations

import shutil

import pytest

import include.operations.stages as stages
from include.operations.checks.data import manifests
from include.operations.checks.data import published as look_at_published
from include.operations.runbook import page_of_error
from include.settings import Settings
from include.warehouse.manifest import ManifestError
from include.warehouse.publish import RollbackError, read_manifest, roll_back
from include.warehouse.releases import kept_releases
from include.warehouse.restore import restore_published
from tests.storage.every import cases
from tests.storage.folders import articles_read, publish_articles
from tests.warehouse.samples import NIGHT


@pytest.mark.fault(
    "the published file is deleted, cut short or overwritten",
    "`make doctor` tells; `make restore` or the next build puts a whole one in place",
)
@pytest.mark.parametrize("fault", cases("cut", "deleted", "overwritten"))
def test_a_published_file_that_is_gone_or_another_is_put_back(folder: Settings, fault: str) -> None:
    if fault == "deleted":
        folder.published.unlink()
    else:
        data = folder.published.read_bytes()
        folder.published.write_bytes(data[: len(data) // 2] if fault == "cut" else data[::-1])
    found = look_at_published(folder)
    assert (found.state, found.page) == ("fail", "published_file_missing")
    work = stages.open_build(folder, full_refresh=False)
    assert work is not None
    assert work["batch_ids"] == []
    restored = restore_published(folder.data_dir, NIGHT)
    assert restored is not None
    assert restored.run_id == "r5"
    assert articles_read(folder) == 5
    folder.published.unlink()
    publish_articles(folder, "r6", 6)
    assert articles_read(folder) == 6
    assert look_at_published(folder).state == "ok"


@pytest.mark.fault("a release folder is deleted", "a roll-back is refused and says why; publishing goes on")
def test_without_the_release_before_a_roll_back_says_why(folder: Settings) -> None:
    (before,) = [one for one in kept_releases(folder.releases) if one.manifest.run_id == "r3"]
    shutil.rmtree(before.folder)
    with pytest.raises(RollbackError, match=r"r3, the release before r5, is no longer in .*releases"):
        roll_back(folder.data_dir)
    assert articles_read(folder) == 5
    shutil.rmtree(folder.releases)
    publish_articles(folder, "r6", 6)
    assert articles_read(folder) == 6
    with pytest.raises(RollbackError, match="r5, the release before r6, is no longer"):
        roll_back(folder.data_dir)


@pytest.mark.fault("a file of a release is cut short", "`make doctor` names it; it is never put back")
def test_a_release_that_was_cut_short_is_never_put_back(folder: Settings) -> None:
    (before,) = [one for one in kept_releases(folder.releases) if one.manifest.run_id == "r3"]
    with (before.folder / folder.published.name).open("r+b") as stream:
        stream.truncate(5000)
    assert before.folder.name in manifests(folder).told
    with pytest.raises(RollbackError, match="was changed after it was published: not put back"):
        roll_back(folder.data_dir)
    assert articles_read(folder) == 5


@pytest.mark.fault("manifest.json is corrupted", "nights stop and name it; once it is deleted they go on")
@pytest.mark.parametrize("where", cases("beside", "release"))
@pytest.mark.parametrize("text", cases("{", "", '{"run_id": "r5"}', "\ufffd"))
def test_a_manifest_that_cannot_be_read_is_named_and_its_removal_mends_it(
    folder: Settings, where: str, text: str
) -> None:
    (newest, *_) = kept_releases(folder.releases)
    broken = (folder.data_dir if where == "beside" else newest.folder) / "manifest.json"
    broken.write_text(text, encoding="utf-8")
    with pytest.raises(ManifestError, match=r"is not a manifest .*: delete it and publish again") as told:
        publish_articles(folder, "r6", 6)
    assert str(broken) in str(told.value)
    assert page_of_error("ManifestError") == "published_file_missing"
    broken.unlink()
    assert articles_read(folder) == 5
    publish_articles(folder, "r6", 6)
    assert articles_read(folder) == 6
    manifest = read_manifest(folder.data_dir)
    assert manifest is not None
    assert manifest.replaces == "r5"
