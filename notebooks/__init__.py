"""Notebooks over the published file; each in the environment of requirements-notebook.txt."""
