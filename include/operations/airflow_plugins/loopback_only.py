"""What Airflow loads from [core] plugins_folder: the guard before its API server."""

from __future__ import annotations

from airflow.plugins_manager import AirflowPlugin

from include.operations.request_guard import LoopbackOnly


class LoopbackOnlyPlugin(AirflowPlugin):
    """Puts LoopbackOnly before everything else that the API server does."""

    name = "sotinh_loopback_only"
    # As Airflow declares it, which is no class variable to mypy.
    fastapi_root_middlewares = [{"name": "Loopback only", "middleware": LoopbackOnly}]  # noqa: RUF012
