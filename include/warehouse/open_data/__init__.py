"""The open data of a release: every mart as Parquet and CSV, described by a datapackage.json."""
