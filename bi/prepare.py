"""Makes Superset's own database ready: its tables, its roles, the user `admin`, the dashboard.

A program of its own (`python -m bi.prepare`), since Superset reads its configuration once and for good.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from typing import Any

from flask_migrate import upgrade
from superset.app import create_app

from bi.bundle import bundle_texts, bundle_zip, fingerprint
from bi.settings import BiSettings
from include.secret_files import kept_secret

ADMIN = "admin"
BUNDLE_FILE = "sotinh_dashboard.zip"


def state_wanted(settings: BiSettings) -> dict[str, str]:
    """What the metadata are prepared for: version of Superset, bundle, published file."""
    texts = bundle_texts(settings.database_uri)
    return {"superset": version("apache-superset"), "bundle": fingerprint(texts)}


def state_found(settings: BiSettings) -> dict[str, str]:
    """What they were prepared for last; empty before the first time, or where a try did not come through."""
    if not settings.prepared.exists() or not settings.metadata.exists():
        return {}
    found: dict[str, str] = json.loads(settings.prepared.read_text(encoding="utf-8"))
    return found


def prepare(settings: BiSettings) -> None:
    """Do what is missing. Charts of the bundle that somebody changed are put back where the bundle is new."""
    wanted, found = state_wanted(settings), state_found(settings)
    app = create_app()
    with app.app_context():
        if wanted["superset"] != found.get("superset"):
            upgrade()
            _make_roles()
        admin = _admin(settings)
        if wanted["bundle"] != found.get("bundle"):
            _import_bundle(settings, admin)
    settings.prepared.write_text(json.dumps(wanted), encoding="utf-8")


def _make_roles() -> None:
    from superset import appbuilder, db, security_manager

    appbuilder.add_permissions(update_perms=True)
    security_manager.sync_role_definitions()
    db.session.commit()


def _admin(settings: BiSettings) -> Any:
    from superset import security_manager

    found = security_manager.find_user(username=ADMIN)
    if found is not None:
        return found
    made = security_manager.add_user(
        ADMIN,
        "Sotinh",
        "Admin",
        "admin@localhost",
        security_manager.find_role("Admin"),
        password=kept_secret(settings.password),
    )
    if not made:
        raise RuntimeError("Superset did not make the user admin; its log above says why")
    return security_manager.find_user(username=ADMIN)


def _import_bundle(settings: BiSettings, admin: Any) -> None:
    """Import every part over what is there; other charts and dashboards stay as they are."""
    from superset.commands.importers.v1.assets import ImportAssetsCommand
    from superset.utils.core import override_user

    texts = bundle_texts(settings.database_uri)
    (settings.folder / BUNDLE_FILE).write_bytes(bundle_zip(texts))
    with override_user(admin):
        ImportAssetsCommand(texts).run()


if __name__ == "__main__":
    prepare(BiSettings.from_environment())
    sys.exit(0)
