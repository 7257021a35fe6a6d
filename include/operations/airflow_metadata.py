"""Makes Airflow's own database ready, by the commands that its manual gives."""

from __future__ import annotations

from airflow.cli import cli_parser

from include.operations.dag_defaults import WAREHOUSE_POOL


def prepare_metadata() -> None:
    """Migrate the metadata database and make the one-slot pool. Safe to repeat."""
    _airflow("db", "migrate")
    _airflow("pools", "set", WAREHOUSE_POOL, "1", "Whatever writes the warehouse: one at a time")


def _airflow(*words: str) -> None:
    """Run an airflow command in this process: importing Airflow again would cost seconds each time."""
    arguments = cli_parser.get_parser().parse_args(list(words))
    arguments.func(arguments)


if __name__ == "__main__":
    prepare_metadata()
