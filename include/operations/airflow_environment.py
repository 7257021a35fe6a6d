"""How Airflow is configured here: everything of a run lies in its data folder."""

from __future__ import annotations

from typing import Final

from include.secret_files import kept_secret
from include.settings import PROJECT_ROOT, Settings

PLUGINS: Final = PROJECT_ROOT / "include" / "operations" / "airflow_plugins"


def airflow_environment(settings: Settings, *, port: int = 8080) -> dict[str, str]:
    """Environment variables for every Airflow process of this installation.

    Bound to 127.0.0.1 and without a login, so whoever can open the port is the machine's user, and a
    page of another host in that user's browser is refused (PLUGINS); anything that others can reach
    wants the compose file's settings instead. Set before the first import of airflow, which reads its
    configuration once.
    """
    home = settings.data_dir / "airflow"
    home.mkdir(parents=True, exist_ok=True)
    # Its metadata, logs and generated configuration are nobody else's: Airflow makes files for all to read.
    home.chmod(0o700)
    return {
        "AIRFLOW_HOME": str(home),
        "PYTHONPATH": str(PROJECT_ROOT),
        "SOTINH_DATA_DIR": str(settings.data_dir),
        "SOTINH_PORTALS": str(settings.registry),
        "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT_ROOT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(PLUGINS),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{port}",
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__API__SECRET_KEY": kept_secret(home / "api_secret"),
        "AIRFLOW__API_AUTH__JWT_SECRET": kept_secret(home / "jwt_secret"),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home / 'airflow.db'}",
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(home / "logs"),
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK": "False",
        "GX_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
