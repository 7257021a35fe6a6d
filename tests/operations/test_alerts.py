import json
from types import SimpleNamespace

from include.operations.alerts import record_failure


def test_a_failed_task_leaves_its_line(tmp_path, monkeypatch):
    monkeypatch.setenv("SOTINH_DATA_DIR", str(tmp_path / "data"))
    instance = SimpleNamespace(dag_id="build_marts", run_id="r1", task_id="judge_marts", try_number=3)
    for _ in range(2):
        record_failure({"task_instance": instance, "exception": ValueError("3 rows: a1, a2, a3")})
    lines = (tmp_path / "data" / "failures.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2
    said = json.loads(lines[0])
    assert (said["dag_id"], said["task_id"], said["try_number"]) == ("build_marts", "judge_marts", 3)
    assert said["error"] == "ValueError: 3 rows: a1, a2, a3"
