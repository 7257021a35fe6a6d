"""`python -m notebooks`: opens the notebook on 127.0.0.1, or writes it as a page (`--export FILE`)."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

NOTEBOOK = Path(__file__).with_name("questions.py")


def main() -> int:
    """Start marimo and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m notebooks", description=__doc__)
    parser.add_argument(
        "--export", type=Path, metavar="FILE", help="write the answers as an HTML page and end"
    )
    parser.add_argument("--port", type=int, default=2718)
    arguments = parser.parse_args()
    command = [sys.executable, "-m", "marimo", "--yes", "--quiet"]
    if arguments.export:
        command += ["export", "html", str(NOTEBOOK), "--output", str(arguments.export)]
        command += ["--force", "--no-include-code"]
    else:
        command += ["run", str(NOTEBOOK), "--host", "127.0.0.1", "--port", str(arguments.port), "--no-token"]
    return subprocess.run(command, check=False).returncode  # noqa: S603 - our own interpreter and arguments


if __name__ == "__main__":
    sys.exit(main())
