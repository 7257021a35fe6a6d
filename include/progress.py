"""One line a step for whoever watches a run.

Stages call `report`; where SOTINH_PROGRESS names a file, each call appends one JSON line that
`make run` shows as it happens. Everywhere else the line goes to the log.
"""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

from include.untrusted import visible

log = logging.getLogger("sotinh")


def report(stage: str, message: str) -> None:
    """Say that `stage` ("fetch", "publish", …) has reached what `message` tells in a few words.

    What cannot be seen of a message is written out: words of an error may be those of a page.
    """
    told = visible(message)
    # A line that begins like one of the log's own would pass for one.
    log.info("%s: %s", stage, told.replace("\n", "\n    "))
    target = os.environ.get("SOTINH_PROGRESS")
    if target:
        with Path(target).open("a", encoding="utf-8") as stream:
            stream.write(json.dumps({"stage": stage, "message": told}, ensure_ascii=False) + "\n")
