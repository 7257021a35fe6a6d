"""Discover, fetch and archive pages, politely; every attempt is an outcome."""
