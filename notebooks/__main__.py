"""`python -m notebooks`: opens the notebook on 127.0.0.1, or writes it as a page (`--export FILE`)."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from notebooks import published_file

NOTEBOOK = Path(__file__).with_name("questions.py")


def main() -> None:
    """Become marimo, so that its signals and exit code are this process's."""
    parser = argparse.ArgumentParser(prog="python -m notebooks", description=__doc__)
    parser.add_argument("--export", type=Path, metavar="FILE", help="write the answers as HTML and end")
    parser.add_argument("--port", type=int, default=2718)
    arguments = parser.parse_args()
    if not published_file().exists():
        sys.exit(f"{published_file()} does not exist: name another DATA_DIR, or load one with `make run`")
    command = [sys.executable, "-m", "marimo", "--yes", "--quiet"]
    if arguments.export:
        command += ["export", "html", str(NOTEBOOK), "--output", str(arguments.export)]
        command += ["--force", "--no-include-code"]
    else:
        command += ["run", str(NOTEBOOK), "--host", "127.0.0.1", "--port", str(arguments.port), "--no-token"]
        print(f"http://127.0.0.1:{arguments.port} (Ctrl-C ends it)", flush=True)
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter and arguments, no shell


if __name__ == "__main__":
    main()
