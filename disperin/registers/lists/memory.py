"""The memory of each worker in which answers and parts of them are kept: bound by what it holds, whoever asks for what.

What was asked for longest ago makes room, so many addresses that one stranger invents push out what nobody else reads.
"""

from collections import OrderedDict
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache

MOST = 24 * 1024 * 1024  # bytes


class BoundMemory(LocMemCache):
    """As Django's memory, and never more than `MOST` bytes of values."""

    _cache: OrderedDict[str, bytes]  # of all threads, what was asked for last first; the stubs leave out how it works

    def _set(self, key: str, value: bytes, timeout: Any = DEFAULT_TIMEOUT) -> None:
        super()._set(key, value, timeout)  # type: ignore[misc]
        held = sum(map(len, self._cache.values()))
        while held > MOST:
            oldest = next(reversed(self._cache))
            held -= len(self._cache[oldest])
            self._delete(oldest)  # type: ignore[attr-defined]
