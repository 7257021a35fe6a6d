"""Where the system's Chromium is, and how it is started."""

from __future__ import annotations

import os
import shutil

SYSTEMS_OWN = ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome")
# No sandbox: it cannot start as root. The others keep the browser from asking its maker anything.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--disable-sync",
)


def chromium_path() -> str | None:
    """The system's browser, or the one that SOTINH_CHROMIUM names; None where there is none."""
    named = os.environ.get("SOTINH_CHROMIUM")
    names = [named] if named else SYSTEMS_OWN
    return next((found for name in names if (found := shutil.which(name))), None)
