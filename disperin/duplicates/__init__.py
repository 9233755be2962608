"""Records that may be one: the search, what people decide about a pair, and merging, which can be undone."""
