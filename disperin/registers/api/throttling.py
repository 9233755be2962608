"""How often somebody may ask: so many requests per window of time, counted with one number per person.

A wide limit is counted in batches: a worker tells the database of some requests at once, which then tells it how many
all workers have seen. Nobody is refused before the limit; whoever asks several workers at the same time may have up to
a twentieth of it more from each. A narrow limit (below 40) is told one by one, and holds to the request.
"""

import math
import time
from dataclasses import dataclass
from threading import Lock
from typing import Any, ClassVar, cast

from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import BaseThrottle, SimpleRateThrottle

LARGEST_BATCH = 20  # requests
MOST_REMEMBERED = 20_000  # counts of one window in a worker's memory
_COUNT = """
    INSERT INTO registers_requestcount (key, number, ends_at) VALUES (%s, %s, to_timestamp(%s))
    ON CONFLICT (key) DO UPDATE SET number = registers_requestcount.number + EXCLUDED.number
    RETURNING number
"""


@dataclass
class _Count:
    """What a worker knows of one window of somebody: what the database has told, and what it has yet to be told."""

    told: int = 0
    untold: int = 0


class Counts:
    """The counts of one worker, by window and person. Where there is no room for one more, the database counts it."""

    def __init__(self) -> None:
        self.windows: dict[float, dict[str, _Count]] = {}
        self.lock = Lock()

    def counted(self, key: str, ends_at: float, batch: int) -> int:
        """How many requests this window has seen, with this one, as far as this worker can know: never too many."""
        with self.lock:
            count = self._count(key, ends_at)
            if count is not None:
                count.untold += 1
                if count.untold < batch:
                    return count.told + count.untold
                telling, count.untold = count.untold, 0
                count.told += telling
        if count is None:
            return _tell(key, ends_at, 1)
        seen = _tell(key, ends_at, telling)
        with self.lock:
            count.told = max(count.told, seen)
        return seen

    def _count(self, key: str, ends_at: float) -> _Count | None:
        """What is known of this one; None if there is no room to remember it."""
        if ends_at not in self.windows:
            self.windows = {end: counts for end, counts in self.windows.items() if end > time.time()}
        window = self.windows.setdefault(ends_at, {})
        if key not in window and len(window) >= MOST_REMEMBERED:
            return None
        return window.setdefault(key, _Count())


def _tell(key: str, ends_at: float, number: int) -> int:
    """Add requests to what the database has counted for all workers; gives the sum."""
    # nothing of the visitor is kept: the address goes in as a hash that nobody can turn around
    key = salted_hmac("requests", key, algorithm="sha256").hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [key, number, ends_at])
        return cursor.fetchone()[0]


class _PerWindow(BaseThrottle):
    """So many requests per window; the rates stand in the settings, an empty one means no limit."""

    scope = ""
    counts: ClassVar = Counts()

    def ident(self, request: HttpRequest) -> str | None:
        """Who asks, as text; None if this throttle does not count them."""
        raise NotImplementedError

    def counted(self, key: str, ends_at: float, most: int) -> int:
        """How many requests this window has seen with this one, by all workers."""
        batch = min(most // 20, LARGEST_BATCH)
        return self.counts.counted(key, ends_at, batch) if batch > 1 else _tell(key, ends_at, 1)

    def allow_request(self, request: HttpRequest, view: Any) -> bool:
        """Whether this request still fits into the window."""
        rate = api_settings.DEFAULT_THROTTLE_RATES.get(self.scope)
        ident = self.ident(request) if rate else None
        if ident is None:
            return True
        most, seconds = cast(
            "tuple[int, int]", SimpleRateThrottle.parse_rate(cast(SimpleRateThrottle, self), cast(str, rate))
        )
        window, passed = divmod(time.time(), seconds)
        self.left = seconds - passed
        return self.counted(f"{self.scope}-{ident}-{window:.0f}", (window + 1) * seconds, most) <= most

    def wait(self) -> int:
        """Seconds until the next window begins."""
        return math.ceil(self.left)


class VisitorThrottle(_PerWindow):
    """Visitors, by network address."""

    scope = "anon"

    def ident(self, request: HttpRequest) -> str | None:
        """The address of whoever did not sign in."""
        return None if request.user and request.user.is_authenticated else self.get_ident(cast(Request, request))


class PersonThrottle(_PerWindow):
    """Everybody signed in, by account."""

    scope = "user"

    def ident(self, request: HttpRequest) -> str | None:
        """The account."""
        return str(request.user.pk) if request.user and request.user.is_authenticated else None


class AddressThrottle(VisitorThrottle):
    """Visitors again, before anything is looked up."""

    def ident(self, request: HttpRequest) -> str:
        """The address; the caller has seen that nobody is signed in."""
        return self.get_ident(cast(Request, request))


class MemoryThrottle(AddressThrottle):
    """Counted in the worker's own memory alone, for what is not worth a row."""

    def counted(self, key: str, ends_at: float, most: int) -> int:
        """As this worker's memory has it."""
        memory = caches["pages"]
        memory.add(key, 0, max(1, ends_at - time.time()))
        try:
            return memory.incr(key)
        except ValueError:  # dropped between the two lines, because the memory was full
            return 1
