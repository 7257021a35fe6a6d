"""Running a night from the command line: driver, progress and summary."""
