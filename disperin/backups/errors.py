"""What can go wrong, said so that the operator knows what to do next."""


class BackupError(Exception):
    """A backup cannot be taken or restored; the text names the remedy, and nothing of what people entered."""
