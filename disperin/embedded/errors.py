"""What can go wrong, said so that the reader knows what to do next."""


class EmbeddedError(Exception):
    """The embedded PostgreSQL cannot do what was asked; the text names the remedy."""
