"""What pages say of the classification, and whose class is gone from the KBLI in force or means something else."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from disperin.accounts.requests import UserRequest
from disperin.desk.pages import Desk
from industries.models import Establishment, KbliVersion, Product

PAGE_SIZE = 25
DEEPEST = 50  # pages; what is settled makes room for the others


@dataclass(frozen=True)
class OldClass:
    """A class of an earlier version, and what its number means in the one in force ("" where it is gone)."""

    version: int
    code: str
    title: str
    means_now: str


class KbliWork(Desk):
    """`/industri/kbli/`: nothing is recoded; the office proposes the class of today for each maker and product."""

    def get(self, request: UserRequest) -> HttpResponse:
        old = _old_classes()
        products = Product.objects.filter(closed_on=None, kbli__in=old).order_by("position", "id")
        of_maker = Q(kbli__in=old) | Q(other_kbli__overlap=[*old]) | Q(pk__in=products.values("establishment"))
        makers = Establishment.objects.within_reach(request.user).current().filter(of_maker)
        makers = makers.select_related("regency").prefetch_related(Prefetch("products", products, "old_products"))
        makers = makers.order_by(Lower("name"), "id")[: DEEPEST * PAGE_SIZE]
        page = Paginator(makers, PAGE_SIZE).get_page(request.GET.get("page"))
        for maker in cast("list[Any]", page.object_list):
            maker.to_settle = [(old[key], names) for key, names in _classes_of(maker).items() if key in old]
        context = {"page": page, "version": KbliVersion.of_bare_codes()}
        return render(request, "industries/kbli_work.html", context)


def _classes_of(maker: Any) -> dict[str | None, list[str]]:
    """`{key: [name of a product, …]}` of the classes of a maker and of its `old_products`."""
    names: dict[str | None, list[str]] = {key: [] for key in (maker.kbli_id, *maker.other_kbli)}
    for product in maker.old_products:
        names.setdefault(product.kbli_id, []).append(product.name)
    return names


def classification(request: HttpRequest) -> dict[str, Callable[[], str]]:
    """For every page: the KBLI in force, and those that earlier entries keep, in words; only the footer asks."""
    return {"kbli_in_force": lambda: _named(slice(1)), "kbli_earlier": lambda: _named(slice(1, None))}


def _named(some: slice) -> str:
    return ", ".join(f"KBLI {version}" for version in KbliVersion.loaded()[some])


def _old_classes() -> dict[str, OldClass]:
    """`{key: OldClass}` of the numbers that no longer say what they said."""
    today = KbliVersion.of_bare_codes()
    return {
        f"{version}-{code}": OldClass(version, code, title, titles.get(today or 0, ""))
        for code, titles in KbliVersion.unclear().items()
        for version, title in titles.items()
        if version != today
    }
