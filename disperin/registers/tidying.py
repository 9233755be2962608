"""How often Python looks for what it can forget, while thousands of records are judged."""

import gc
from contextlib import contextmanager

_USUAL = gc.get_threshold()
_RARE = (50_000, 50, 100)


@contextmanager
def rarely_tidied():
    """Let Python look once in 50,000 new objects, not in 700.

    The thousands of forms of a chunk live until all are judged: looking through them again and again finds nothing,
    and took a sixth of the time.
    """
    gc.set_threshold(*_RARE)
    try:
        yield
    finally:
        gc.set_threshold(*_USUAL)
