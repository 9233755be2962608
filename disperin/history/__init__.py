"""What was done: the append-only history."""
