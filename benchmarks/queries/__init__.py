"""The analysts' questions asked of a published file of a million claims: milliseconds, and times one scan."""
