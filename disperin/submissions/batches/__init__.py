"""Many submissions that go their way together: the rows of a file, or of the old stock."""
