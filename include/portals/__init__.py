"""Which portals are read and how: the registry and the CMS families."""
