"""Which pages search engines may list: an index, the pages of the portal, each register and the products by their keys.

A range is one run of the primary key, so that the last file of a million records costs as much as the first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import chain
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override

from disperin.figures.cuts import cuts, figure_of
from disperin.registers.lists.addresses import list_address
from disperin.registers.lists.caching import A_MINUTE, KeptOfAll
from disperin.registers.lists.regency_names import regency_address, slugs
from disperin.registers.models import Origin
from disperin.registers.record import directory
from disperin.ui.addresses import addresses
from disperin.ui.context import X_DEFAULT
from industries.models import Product

RANGE = 2_000  # keys of a file; with both languages about 2 MB, a twenty-fifth of what a sitemap may have
CHECKED = (Origin.VERIFIED, Origin.DIRECT)  # what the office itself stands for; the rest nobody has looked at yet
PAGES = (
    "front:home", "front:open-data", "front:about", "front:privacy", "front:accessibility", "front:help",
    "ovop:product-list", "regency_pages:list", "figures:statistics", "industries:halal-figures",
    "industries:green-figures", "industries:downstream", "ovop:statistics", "zones:zone-portfolio",
    "zones:project-list", "industries:service-list",
)  # fmt: skip
LANGUAGES = [code for code, _name in settings.LANGUAGES]
NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'  # names, no links
)


class _Map(KeptOfAll):
    max_age = A_MINUTE


@dataclass(frozen=True)
class _Listed:
    """Rows of one table that each have a page of their own: the page, and what stands in its address."""

    slug: str
    page: str
    rows: QuerySet[Any]
    named_by: str
    verified_at: str = "verified_at"
    are_few: bool = False  # of those of the table, so that most ranges of its keys hold none

    def files(self) -> list[str]:
        """The addresses of its files, one for each range up to its last key; of few, where there are any."""
        if self.are_few:
            ranges = sorted({(key - 1) // RANGE for key in self.rows.order_by().values_list("pk", flat=True)})
        else:
            last = self.rows.model._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0
            ranges = [*range(-(-last // RANGE))]
        return [self.file(at + 1) for at in ranges]

    def file(self, number: int) -> str:
        """The address of one of them."""
        return reverse("sitemap-records", args=[self.slug, number])


class Index(_Map):
    """`/sitemap.xml`: the files, as many for a register as its last key asks for."""

    def get(self, request: HttpRequest) -> HttpResponse:
        files = [reverse("sitemap-pages"), *chain.from_iterable(entry.files() for entry in _listed())]
        places = "".join(
            f"<sitemap><loc>{escape(request.build_absolute_uri(address))}</loc></sitemap>" for address in files
        )
        return _xml(f"<sitemapindex {NAMESPACES.split(' xmlns:')[0]}>{places}</sitemapindex>")


class Pages(_Map):
    """`/sitemap-halaman.xml`: the pages that are no record: home, lists, regions, figures, what an office owes."""

    def get(self, request: HttpRequest) -> HttpResponse:
        places = []
        for language in LANGUAGES:
            with override(language):
                lists, regencies = map(list_address, directory.public_registers()), map(regency_address, slugs())
                places.append([*map(reverse, PAGES), *lists, *regencies, *figures()])
        return _xml(_set(request, ((both, "") for both in zip(*places, strict=True))))


class Records(_Map):
    """`/sitemap-<slug>-<number>.xml`: the checked records of one range of keys, in both languages, with their day."""

    def get(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        listed = next((entry for entry in _listed() if entry.slug == slug), None)
        if listed is None or listed.file(number) not in listed.files():
            raise Http404
        within = listed.rows.filter(pk__gt=(number - 1) * RANGE, pk__lte=number * RANGE)
        rows = within.order_by("pk").values_list(listed.named_by, listed.verified_at)
        at = []
        for language in LANGUAGES:
            with override(language):
                at.append(addresses(listed.page))
        return _xml(
            _set(request, (([address_of(name) for address_of in at], day.date().isoformat()) for name, day in rows))
        )


def figures() -> list[str]:
    """The pages of the figures that count anything."""
    counted = [cut for cut in cuts() if figure_of(cut).rows]
    return [reverse("figures:figure", args=[cut.register.slug, cut.facet.name]) for cut in counted]


def _listed() -> Iterator[_Listed]:
    """The open records of every public register, and the products of makers, that the office has looked at."""
    for register in directory.public_registers():
        model, meta = register.model, register.model._meta
        rows = model.objects.current().filter(origin__in=CHECKED)
        yield _Listed(register.slug, f"{meta.app_label}:{meta.model_name}-detail", rows, model.named_by)
        if model.apart:
            rows = model.objects.apart().shown().filter(origin__in=CHECKED)
            yield _Listed(model.apart.slug, model.apart.page, rows, model.named_by, are_few=True)
    made = Product.objects.listed().filter(establishment__origin__in=CHECKED)
    yield _Listed("products", "industries:product-detail", made, "number", "establishment__verified_at")


def _set(request: HttpRequest, pages: Iterable[tuple[Any, str]]) -> str:
    """Each page as often as there are languages, every time with all its addresses."""
    return f"<urlset {NAMESPACES}>{''.join(_urls(request, pages))}</urlset>"


def _urls(request: HttpRequest, pages: Iterable[tuple[Any, str]]) -> Iterator[str]:
    host = request.build_absolute_uri("/").rstrip("/")
    for both, day in pages:
        places = [escape(host + path) for path in both]
        named = zip([*LANGUAGES, X_DEFAULT], [*places, places[0]], strict=True)
        twins = "".join(f'<xhtml:link rel="alternate" hreflang="{code}" href="{place}"/>' for code, place in named)
        changed = f"<lastmod>{day}</lastmod>" if day else ""
        for place in places:
            yield f"<url><loc>{place}</loc>{changed}{twins}</url>"


def _xml(body: str) -> HttpResponse:
    return HttpResponse(f'<?xml version="1.0" encoding="UTF-8"?>{body}', content_type="application/xml")
