"""`python -m benchmarks.load.baseline <data_dir> <half>`: trafilatura alone on half of the archived pages.

Prints the processor seconds of `trafilatura.extract` with its defaults and the number of pages as JSON;
reading the archive is not counted.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import trafilatura

from benchmarks.load.archive import archived_pages, settings_of


def main(data_dir: Path, half: int) -> int:
    """Measure the pages of even (half 0) or odd (half 1) number."""
    seconds, pages = 0.0, 0
    for number, page in enumerate(archived_pages(settings_of(data_dir, 1))):
        if number == 0:
            trafilatura.extract(page)  # what is set up at the first page is not the page's
        if number % 2 == half:
            begun = time.process_time()
            trafilatura.extract(page)
            seconds += time.process_time() - begun
            pages += 1
    print(json.dumps({"seconds": seconds, "pages": pages}))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
