"""A night of new articles on histories of several sizes: what each step costs, and times the smallest."""
