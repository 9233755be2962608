"""What a cell raises that cannot be understood."""


class NotUnderstood(Exception):
    """Words that say what to do, and a lasting code."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.message, self.code = message, code
