"""One batch over several machines: given out by portal, worked on anywhere, gathered where it lands."""
