"""What Airflow loads from [core] plugins_folder: the guard before its API server."""

from __future__ import annotations

from typing import Any, ClassVar

from airflow.plugins_manager import AirflowPlugin

from include.operations.request_guard import LoopbackOnly


class LoopbackOnlyPlugin(AirflowPlugin):
    """Puts LoopbackOnly before everything else that the API server does."""

    name = "sotinh_loopback_only"
    fastapi_root_middlewares: ClassVar[list[Any]] = [{"name": "Loopback only", "middleware": LoopbackOnly}]
