"""Links of lists: the state of a list lives in its address, so every control is a link that changes one thing in it."""

from typing import Any, TypedDict
from urllib.parse import quote

from django.core.paginator import Page
from django.http import HttpRequest

from disperin.ui.texts import Text

WINDOW = 2  # pages shown on each side of the current one


class Chip(TypedDict):
    """A filter that is on, in words, and the address without it."""

    label: Text | None
    value: Any
    url: str


class PageLink(TypedDict):
    """A numbered page of a list."""

    number: int
    url: str
    current: bool


def with_query(request: HttpRequest, **changes: Any) -> str:
    """The address of this page with some query parameters changed; None removes one, a list gives it several times.

    What a person has typed otherwise stays; cursor and page are dropped unless they are named, since another order or
    filter begins at the first page.
    """
    query = request.GET.copy()
    for gone in ("cursor", "page"):
        query.pop(gone, None)
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query.setlist(name, [str(item) for item in value] if isinstance(value, (list, tuple)) else [str(value)])
    text = query.urlencode()
    return f"{request.path}?{text}" if text else request.path


def extended(address: str, name: str, value: str) -> str:
    """An address with one more parameter: for the many links of a list of choices, which share all the rest."""
    return f"{address}{'&' if '?' in address else '?'}{name}={quote(value)}"


def kept_parameters(request: HttpRequest, *without: str) -> list[tuple[str, str]]:
    """(name, value) pairs for hidden inputs: the query as it is, less what the form itself sets."""
    dropped = {*without, "cursor", "page"}
    return [(name, value) for name, values in request.GET.lists() if name not in dropped for value in values]


def sort_state(request: HttpRequest, name: str, param: str) -> tuple[str, str]:
    """How a list stands to one column: (aria-sort, address that turns it round)."""
    current = request.GET.get(param, "")
    if current == name:
        return "ascending", with_query(request, **{param: f"-{name}"})
    if current == f"-{name}":
        return "descending", with_query(request, **{param: name})
    return "none", with_query(request, **{param: name})


def numbered_pages(request: HttpRequest, page: Page) -> list[PageLink | None]:
    """The links of a Django `Page`; a gap is None."""
    last = page.paginator.num_pages
    near = {1, last, *range(max(1, page.number - WINDOW), min(last, page.number + WINDOW) + 1)}
    links: list[PageLink | None] = []
    before = 0
    for number in sorted(near):
        if number - before > 1:
            links.append(None)
        links.append({"number": number, "url": page_url(request, number), "current": number == page.number})
        before = number
    return links


def page_url(request: HttpRequest, number: int) -> str:
    """The address of one numbered page of this list."""
    return with_query(request, page=None if number == 1 else number)
