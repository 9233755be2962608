"""Records that may be one: the search for them, and the pairs that it finds."""
