"""The revision number of each register: what cached answers are kept under. Beside it, how often it lost something."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection
from django.http import HttpRequest, HttpResponse

from disperin.registers.record.moved_last import Kind, Order, Rows

REFERENCE = "reference"  # stands for regions and code lists, which are no registers
LESS = ":less"  # behind a register: counts how often the public may have come to see less of it
_RAISE = """
    INSERT INTO registers_revision (register, number) SELECT register, 1 FROM unnest(%s::text[]) AS raised (register)
    ON CONFLICT (register) DO UPDATE SET number = registers_revision.number + 1
"""
_LOSSES = "SELECT COALESCE(SUM(number), 0)::bigint FROM registers_revision WHERE register LIKE %s"
_READ = "SELECT register, number FROM registers_revision WHERE register = ANY(%s)"  # at every public read: no ORM

_read_now: ContextVar[dict[str, int] | None] = ContextVar("read_now", default=None)
_known: ContextVar[dict[str, int] | None] = ContextVar("known", default=None)  # while a request is answered


def raise_revision(slug: str, *, less: bool = True) -> None:
    """Every cached answer that reads this register is old from the end of this transaction.

    So is every file that visitors may fetch, unless the caller knows that they see nothing `less` than before.
    """
    _REVISIONS.move({(slug,): 1, **({(slug + LESS,): 1} if less else {})})


def _raised(rows: Rows) -> Iterator[Order]:
    slugs = [slug for (slug,), _times in rows]
    for slug in slugs:
        (_known.get() or {}).pop(slug, None)
    yield _RAISE, [slugs]


_REVISIONS = Kind(6, _raised)


def losses() -> int:
    """How often, in all registers, the public may have come to see less."""
    with connection.cursor() as cursor:
        cursor.execute(_LOSSES, [f"%{LESS}"])
        return cursor.fetchone()[0]


def revisions_of(slugs: Iterable[str]) -> dict[str, int]:
    """The present revisions, in one query; a register that never changed counts as 0. A request asks once."""
    revisions, known = dict.fromkeys(sorted(slugs), 0), _known.get()
    if known is not None and known.keys() >= revisions.keys():
        return {slug: known[slug] for slug in revisions}
    with connection.cursor() as cursor:
        cursor.execute(_READ, [list(revisions)])
        revisions.update(cursor.fetchall())
    if known is not None:
        known.update(revisions)
    return revisions


def asked_once(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: what a request has asked of revisions stays known until it is answered."""

    def answer(request: HttpRequest) -> HttpResponse:
        token = _known.set({})
        try:
            return get_response(request)
        finally:
            _known.reset(token)

    return answer


@contextmanager
def reading(revisions: dict[str, int]) -> Iterator[None]:
    """While a public answer is made: it may use what is kept under these revisions, asked for before it began."""
    token = _read_now.set(revisions)
    try:
        yield
    finally:
        _read_now.reset(token)


def read_now() -> dict[str, int] | None:
    """The revisions that the public answer now being made reads; None outside of one."""
    return _read_now.get()


def revision_of(slug: str) -> int:
    """The revision that the answer now being made reads, or else the present one."""
    known = _known.get() or {}
    return known[slug] if slug in known else revisions_of([slug])[slug]
