import stat

from include.operations.airflow_environment import airflow_environment
from include.operations.start_airflow import PROCESSES
from include.settings import Settings


def test_everything_stays_on_loopback_and_in_the_data_folder(tmp_path):
    settings = Settings(data_dir=tmp_path / "data", registry=tmp_path / "portals.yml")
    environment = airflow_environment(settings, port=8123)
    assert environment["AIRFLOW__API__HOST"] == "127.0.0.1"
    assert environment["AIRFLOW__API__PORT"] == "8123"
    assert "127.0.0.1:8123" in environment["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"]
    assert environment["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"].startswith(f"sqlite:///{tmp_path}")
    assert environment["AIRFLOW__CORE__LOAD_EXAMPLES"] == "False"


def test_secrets_are_made_once_and_kept_private(tmp_path):
    settings = Settings(data_dir=tmp_path, registry=tmp_path / "portals.yml")
    first, second = airflow_environment(settings), airflow_environment(settings)
    assert first["AIRFLOW__API_AUTH__JWT_SECRET"] == second["AIRFLOW__API_AUTH__JWT_SECRET"]
    assert first["AIRFLOW__API_AUTH__JWT_SECRET"] != first["AIRFLOW__API__SECRET_KEY"]
    mode = (tmp_path / "airflow" / "jwt_secret").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_what_airflow_keeps_is_its_owners_alone(tmp_path):
    """Airflow makes its database and logs for all to read; the folder is what closes them."""
    settings = Settings(data_dir=tmp_path, registry=tmp_path / "portals.yml")
    (tmp_path / "airflow").mkdir(mode=0o755)
    airflow_environment(settings)
    assert (tmp_path / "airflow").stat().st_mode & 0o077 == 0


def test_nobody_else_serves_logs_or_examples(tmp_path):
    """The log server of Airflow listens on every interface."""
    assert ("scheduler", "--skip-serve-logs") in PROCESSES
    assert not any("standalone" in words or "serve-logs" in words for words in PROCESSES)
