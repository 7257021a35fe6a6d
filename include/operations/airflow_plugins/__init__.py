"""Airflow's [core] plugins_folder under `make up`; every module in it is loaded by each of its processes."""
