"""Sotinh's rooms: portals, crawl, clean, extract, warehouse, quality, operations."""
