"""Periods named in the text: what is said of time, and what it means where it stands."""

from include.extract.mentions.find import find_mentions
from include.extract.mentions.mention import RANKINGS, Mention
from include.extract.mentions.resolve import Now, resolve

__all__ = ["RANKINGS", "Mention", "Now", "find_mentions", "resolve"]
