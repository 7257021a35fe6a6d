"""A release told by the number and the hash of every mart's rows; run as a program, a reader in a loop.

python -m tests.kills.fingerprint PUBLISHED STOP_FILE
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from pathlib import Path

import duckdb

from include.contract import MARTS

READ = " union all ".join(
    f"select '{mart}' as mart, count(*) as n, bit_xor(hash(t)) as h from marts.{mart} as t" for mart in MARTS
)
# Half of the time it reads: on two cores it must not keep the publishes waiting.
PAUSE_S = 0.2


def fingerprint(path: Path) -> str:
    """What a reader sees of the file when it reads every row of every mart."""
    with duckdb.connect(str(path), read_only=True, config={"threads": 1}) as connection:
        return repr(connection.execute(READ).fetchall())


def main() -> None:
    """Read until told to stop; print each fingerprint met with its count, and how many reads failed."""
    published, stop = Path(sys.argv[1]), Path(sys.argv[2])
    seen: Counter[str] = Counter()
    failed, progress = 0, stop.with_suffix(".reads")
    parent = os.getppid()
    print("reading", flush=True)
    # Not longer than who started it.
    while os.getppid() == parent and not stop.exists():
        try:
            seen[fingerprint(published)] += 1
        except (duckdb.Error, OSError) as error:
            failed += 1
            print(error, file=sys.stderr)
        progress.write_text(str(sum(seen.values()) + failed), encoding="ascii")
        time.sleep(PAUSE_S)
    print(json.dumps({"seen": seen, "failed": failed}))


if __name__ == "__main__":
    main()
