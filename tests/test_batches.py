"""The seam for scale: order kept, and one bad row never takes its neighbours with it."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pyarrow as pa
import pytest

from include.batches import BrokenRow, map_batches
from include.settings import PROJECT_ROOT

ROOM = 2 * 1024**3


def batch(*numbers: int) -> pa.RecordBatch:
    return pa.record_batch({"n": pa.array(numbers, pa.int64())})


def double(rows: pa.RecordBatch) -> pa.RecordBatch:
    """Doubles; 13 kills the process, 14 hangs, 15 eats memory, 16 raises."""
    for number in rows.column("n").to_pylist():
        if number == 13:
            os._exit(9)
        if number == 14:
            time.sleep(60)
        if number == 15:
            bytearray(8 * 1024**3)
        if number == 16:
            raise ValueError("sixteen")
    return pa.record_batch({"n": pa.array([2 * n for n in rows.column("n").to_pylist()], pa.int64())})


def test_a_task_of_a_celery_worker_may_have_workers_and_stays_what_it_was():
    ran = subprocess.run([sys.executable, "-c", CELERYS], cwd=PROJECT_ROOT, capture_output=True, text=True)
    assert ran.stdout.split() == ["[2,", "4]", "Key"], ran.stderr


# What billiard leaves in multiprocessing: a daemon, whose key only billiard may send on.
CELERYS = """
from multiprocessing import current_process, process
from tests.test_batches import answers, batch

class Key(bytes):
    def __reduce__(self):
        raise TypeError("Pickling an AuthenticationString object is disallowed for security reasons")

class Celerys(process.BaseProcess):
    def __init__(self):
        self._config = {"daemon": True, "authkey": Key(b"key"), "semprefix": "/mp"}
        self._identity, self._name, self._parent_pid, self._popen = (), "ForkPoolWorker-1", None, None
        self._children, self._closed = set(), False

process._current_process = Celerys()
print(*answers(batch(1, 2)), type(current_process().authkey).__name__)
"""


def has_pandas(rows: pa.RecordBatch) -> pa.RecordBatch:
    return pa.record_batch({"n": pa.array(["pandas" in sys.modules] * rows.num_rows)})


def answers(*batches: pa.RecordBatch) -> list:
    return [
        (answer.row.column("n").to_pylist(), answer.reason)
        if isinstance(answer, BrokenRow)
        else answer.column("n").to_pylist()
        for answer in map_batches(
            double, batches, workers=2, seconds_per_batch=6, seconds_per_row=3, max_bytes=ROOM
        )
    ]


def test_a_worker_does_not_spend_its_first_seconds_on_pandas():
    (answer,) = map_batches(
        has_pandas, [batch(1)], workers=1, seconds_per_batch=6, seconds_per_row=3, max_bytes=ROOM
    )
    assert answer.column("n").to_pylist() == [False]


def test_answers_come_in_the_order_of_the_batches():
    assert answers(batch(1, 2), batch(3), batch(4, 5)) == [[2, 4], [6], [8, 10]]


def test_a_main_module_that_cannot_be_imported_again_does_not_matter(tmp_path):
    """As Airflow's console script inside a task, which has no database to connect to."""
    script = tmp_path / "script.py"
    script.write_text(
        "import sys\n"
        "if __name__ != '__main__':\n"
        "    raise RuntimeError('imported again')\n"
        "from tests.test_batches import answers, batch\n"
        "print(answers(batch(1), batch(2)))\n"
    )
    run = subprocess.run(
        [sys.executable, str(script)],
        cwd=PROJECT_ROOT,
        env=os.environ | {"PYTHONPATH": str(PROJECT_ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.stdout == "[[2], [4]]\n", run.stderr


def test_no_batches_start_no_workers():
    assert answers() == []


@pytest.mark.parametrize(
    ("number", "reason"),
    [(13, "worker_died"), (14, "worker_timeout"), (15, "worker_out_of_memory"), (16, "worker_error")],
)
def test_only_the_guilty_row_is_lost_and_it_says_why(number, reason):
    assert answers(batch(1, number, 3), batch(4)) == [[2], ([number], reason), [6], [8]]
