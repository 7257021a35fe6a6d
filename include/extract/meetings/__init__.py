"""Meetings as provincial news reports them: when, what kind, about what, with whom, and what was ordered."""

from include.extract.meetings.read import read_meetings

__all__ = ["read_meetings"]
