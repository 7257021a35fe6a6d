"""How right and how fast the cleaner is on labelled pages beside trafilatura and other libraries."""
