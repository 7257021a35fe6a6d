"""How long the site takes to build, how heavy its pages are, and what it looks like."""
