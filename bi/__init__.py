"""Apache Superset on the published file: its configuration, its dashboard, and how both are started.

Runs in an environment of its own (requirements-bi.txt). `write_bundle` alone runs in the pipeline's, since it
reads the dbt project.
"""
