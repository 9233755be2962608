"""Why a file is not read, in words that say what to do."""


class Refused(Exception):
    """A file as a whole. `code` is lasting and in English; the message names what is wrong, and the remedy."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(str(message))
        self.code = code
