"""How often somebody may ask the API: so many requests per window of time, counted with one number per person."""

import math
import time
from typing import Any, cast

from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import BaseThrottle, SimpleRateThrottle

_COUNT = """
    INSERT INTO registers_requestcount (key, number, ends_at) VALUES (%s, 1, to_timestamp(%s))
    ON CONFLICT (key) DO UPDATE SET number = registers_requestcount.number + 1
    RETURNING number
"""


class _PerWindow(BaseThrottle):
    """So many requests per window; the rates stand in the settings, an empty one means no limit."""

    scope = ""

    def ident(self, request: HttpRequest) -> str | None:
        """Who asks, as text; None if this throttle does not count them."""
        raise NotImplementedError

    def counted(self, key: str, ends_at: float) -> int:
        """How many requests this window has seen with this one: counted by the database, for all workers at once."""
        # nothing of the visitor is kept: the address goes in as a hash that nobody can turn around
        key = salted_hmac("requests", key, algorithm="sha256").hexdigest()
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [key, ends_at])
            return cursor.fetchone()[0]

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
        key = f"{type(self).__name__}-{ident}-{window:.0f}"
        return self.counted(key, (window + 1) * seconds) <= most

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


class KeptAnswerThrottle(_PerWindow):
    """Visitors again, before anything is looked up: counted in the worker's own memory, where kept answers lie too."""

    scope = "anon"

    def counted(self, key: str, ends_at: float) -> int:
        """As this worker's memory has it."""
        memory = caches["pages"]
        memory.add(key, 0, max(1, ends_at - time.time()))
        try:
            return memory.incr(key)
        except ValueError:  # dropped between the two lines, because the memory was full
            return 1

    def ident(self, request: HttpRequest) -> str:
        """The address; the caller has seen that nobody is signed in."""
        return self.get_ident(cast(Request, request))
