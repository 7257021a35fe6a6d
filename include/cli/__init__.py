"""The command `sotinh`: what is published, asked from a terminal. One module a subcommand."""
