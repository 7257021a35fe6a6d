"""Article text to claims, meetings and directives: pure functions, no I/O."""
