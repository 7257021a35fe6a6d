"""`python -m include.cli`, which is what `.venv/bin/sotinh` runs."""

from __future__ import annotations

from include.cli.app import main

main()
