"""Answers to visitors, kept in each worker's memory under the revisions of the registers that they read.

Here views say what may be kept, and for how long; `disperin.front.door` keeps it, and gives it again. An unchanged
answer costs one tiny query; a reader who has it already is told so (304). Only the verbs raise a revision, so nothing
ever has to be thrown away.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Any, ClassVar, TypeGuard, TypeVar, cast

from django.conf import settings
from django.core.cache import caches
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language
from django.views.generic import View

from disperin.registers.record import directory, past
from disperin.registers.record.models import Part, Record
from disperin.registers.record.revisions import REFERENCE, read_now, reading, revisions_of
from disperin.registers.values.columns import column

KEPT_FOR = 60 * 60  # seconds; the revisions in the key make it true, this only makes room
A_MINUTE = 60  # seconds within which what is taken down is gone wherever it was kept (docs/decisions/0018)
LARGEST = 1024 * 1024  # bytes of an answer that is worth keeping
_SHOWN = "_revisions_shown"
_VARIES = ("Cookie", "Authorization", "Accept-Language", "HX-Request")

Made = TypeVar("Made")


class Kept(View):
    """A view that shows every visitor the same, kept under the revisions of the registers that it `reads`.

    Name every register that the answer depends on; `reference` stands for regions and code lists
    (`tests/house/test_reads.py` looks). `max_age` (seconds) lets browsers and proxies not even ask again: no longer
    than A_MINUTE, but for what tells of no record.
    """

    max_age: ClassVar[int] = 0

    @property
    def reads(self) -> tuple[str, ...]:
        """The slugs of the registers; most views simply have them."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """As of the view, or what was answered before."""
        make = partial(super().dispatch, request, *args, **kwargs)
        return kept_answer(request, self.reads, make, max_age=self.max_age)


class KeptOfAll(Kept):
    """A view that reads every public register."""

    @property
    def reads(self) -> tuple[str, ...]:
        return (*(register.slug for register in directory.public_registers()), REFERENCE)


def kept_answer(
    request: HttpRequest, registers: Iterable[str], make: Callable[[], HttpResponseBase], *, max_age: int = 0
) -> HttpResponseBase:
    """What `make()` answers, marked with the revisions of these registers: the door keeps it. Or that nothing changed.

    Requests of anybody signed in, by session or token, pass through untouched, and so do answers other than 200, those
    that set a cookie or hold a CSRF token.
    """
    if not is_anonymous(request):
        return make()
    # asked for before the view reads, so that an answer is never kept as newer than it is
    revisions = revisions_of(registers) if registers else {}
    key = _key("answer", [get_language(), *_asked(request)], revisions)
    etag = f'W/"{key[:32]}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return _with_headers(HttpResponseNotModified(), etag, max_age)
    with reading(revisions):
        response = make()
        if not _may_be_kept(response, request):
            return response
    setattr(response, _SHOWN, revisions)
    return _with_headers(response, etag, max_age)


def revisions_shown(response: HttpResponseBase) -> dict[str, int] | None:
    """The revisions that a view's answer may be kept under; None if it may not be kept."""
    return getattr(response, _SHOWN, None)


def key_of_request(request: HttpRequest, language: str, *, is_compressed: bool) -> str:
    """Under what a whole answer is kept: all that it depends on but the revisions, which are kept with it.

    `language` is empty where the path says it. Raises SuspiciousOperation for what the portal refuses to read.
    """
    return _key("whole", [language, is_compressed, *_asked(request)])


@cache
def reads_of(model: type[Record]) -> tuple[str, ...]:
    """What the pages of a register read where they read nothing besides: itself, what it names, regions and codes."""
    named = [cast("type[Model]", field.related_model) for field in model._meta.concrete_fields if field.is_relation]
    leaders = [
        column(related, related.parent).related_model if issubclass(related, Part) else related for related in named
    ]
    records = [model, *(leader for leader in leaders if leader and issubclass(leader, Record))]
    return (*dict.fromkeys(directory.of(record).slug for record in records), REFERENCE)


def kept(name: Any, make: Callable[[], Made]) -> Made:
    """What `make()` gives, kept as answers are, for parts that many answers share; `name` (JSON) tells it from others.

    Only for what every visitor sees alike. Outside of a visitor's read through `Kept` it is made anew.
    """
    revisions = read_now()
    if revisions is None:
        return make()
    key = _key("part", [get_language(), name], revisions)
    made = caches["pages"].get(key)
    if made is None:
        made = make()
        caches["pages"].set(key, made, KEPT_FOR)
    return made


def is_anonymous(request: HttpRequest) -> bool:
    """A visitor's read: no session, no token, and no message waiting to be shown to this one browser."""
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
        and "Authorization" not in request.headers
    )


def _asked(request: HttpRequest) -> list[Any]:
    """What of a request the answer depends on."""
    where = [request.scheme, request.get_host(), request.path, request.path_info]
    return [*where, sorted(request.GET.lists()), request.headers.get("HX-Request", "")]


def _key(kind: str, name: Any, revisions: dict[str, int] | None = None) -> str:
    """The name and whatever else it depends on: where the portal stands, release, days, revisions."""
    place, days = get_script_prefix(), [str(timezone.localdate()), str(past.day() or "")]
    parts = [kind, name, place, settings.RELEASE, days, revisions]  # links begin with the place
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _may_be_kept(response: HttpResponseBase, request: HttpRequest) -> TypeGuard[HttpResponse]:
    if response.status_code != 200 or response.streaming or response.cookies:
        return False
    if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
        response.render()
    return "CSRF_COOKIE_NEEDS_UPDATE" not in request.META and "no-store" not in response.get("Cache-Control", "")


def _with_headers(response: HttpResponse, etag: str, max_age: int) -> HttpResponse:
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={max_age}" if max_age else "no-cache"
    patch_vary_headers(response, _VARIES)
    return response
