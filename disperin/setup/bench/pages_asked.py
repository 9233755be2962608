"""Pages asked for in this process: how long each reading takes, and how much of it the database."""

import statistics
import time
from collections.abc import Callable, Sequence

from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from disperin.accounts.models import User
from disperin.embedded.demo import HOST

TIMES = 7  # that each page is asked for


def person(username: str, **values: object) -> User:
    """Somebody of this name, made where there is none."""
    return User.objects.get_or_create(username=username, defaults={"full_name": username, **values})[0]


def milliseconds(work: Callable[[], object]) -> float:
    """How long something takes."""
    begun = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begun)


def measure(
    say: Callable[[str], None], pages: Sequence[tuple[User | None, str]], *, anew: bool = False
) -> dict[str, float]:
    """Print a line for each page, as somebody (None: a visitor) reads it; gives the median by path, in milliseconds.

    `anew`: nothing that was kept is there, so that each reading is a first one.
    """
    say(f"\n{'page':60} {'first ms':>9} {'least':>7} {'median':>7} {'queries':>8} {'of it in the database':>22}")
    return {path: _measured(say, who, path, anew) for who, path in pages}


def _measured(say: Callable[[str], None], who: User | None, path: str, anew: bool) -> float:
    client = Client(SERVER_NAME=HOST)
    if who:
        client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    times, database = [], []
    for _time in range(TIMES):
        if anew:
            caches["pages"].clear()
        with CaptureQueriesContext(connection) as captured:
            times.append(milliseconds(lambda: client.get(path)))
        database.append(1000 * sum(float(query["time"]) for query in captured))
    figures = (
        f"{times[0]:9.0f} {min(times):7.0f} {statistics.median(times):7.0f} {len(captured):8} {min(database):19.0f} ms"
    )
    say(f"{path + (f' ({who.username})' if who else ''):60} {figures}")
    return statistics.median(times)
