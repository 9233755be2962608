"""How ready the products within one's reach are to be proposed: the list, and one product with its next steps."""

import datetime
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Lower
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.accounts.requests import UserRequest
from disperin.desk.pages import Desk
from disperin.registers.lists import listing
from disperin.registers.lists.listing import Order
from disperin.registers.record.known_words import holding
from disperin.ui.listing import with_query
from industries.models import Product
from industries.models.standing import ProductQuerySet
from ovop import actions, rules
from ovop.forms import ReadinessForm
from ovop.models import FACT_COLUMNS, IS_FOOD, judged, readiness_of, standards_on, with_facts
from ovop.models.readiness import Standards
from ovop.rules.readiness import Judged, Readiness

BY_NAME = Order("name", _("Name A–Z"), Lower("name"))
BY_SCORE = Order("-score", _("Most ready first (within one regency)"), F("ready_score"))
COLUMNS = ("key", "name", "establishment__number", "establishment__name", "establishment__regency__name", *FACT_COLUMNS)


class ReadinessList(Desk):
    """`/ovop/kesiapan/`: the products within one's reach, each with its gates, its score and what to do first."""

    def get(self, request: UserRequest) -> HttpResponse:
        asked = ReadinessForm(request.GET, by=request.user)
        if not asked.is_valid():
            return render(request, "ovop/readiness_list.html", {"filter": asked, "problems": asked}, status=400)
        narrowed = asked.cleaned_data
        on = narrowed["on"] or timezone.localdate()
        standards = standards_on(on)
        products = with_facts(_products(request.user, narrowed, on, standards), on)
        order, cursor = BY_SCORE if narrowed["order"] == "-score" else BY_NAME, request.GET.get("cursor", "")
        try:
            page = listing.page_of(products, COLUMNS, order, cursor)
        except listing.BadCursor:
            page = listing.page_of(products, COLUMNS, order)
        context = {
            "filter": asked,
            "narrowed": any(value for name, value in narrowed.items() if name not in ("order", "on")),
            "on": on,
            "rows": [_row(row, readiness_of(row, on, standards=standards)) for row in page.rows],
            "has_standards": any(standards),
            "previous_url": page.previous and with_query(request, cursor=page.previous),
            "next_url": page.next and with_query(request, cursor=page.next),
        }
        return render(request, "ovop/readiness_list.html", context)


class ProductReadiness(Desk):
    """`/ovop/kesiapan/<key>/`: one product: gates, score and three next steps. POST begins its nomination."""

    def get(self, request: UserRequest, key: UUID) -> HttpResponse:
        product, on = self._product(key), timezone.localdate()
        readiness = readiness_of(product, on)
        context = {
            "product": product,
            "readiness": readiness,
            "gates": [_told(gate) for gate in readiness.gates],
            "weights": [_told(weight) for weight in readiness.weights],
            "steps": [_step(step, product.establishment.number) for step in readiness.steps],
            "nominations": product.nominations.current().select_related("round__scheme", "product"),
            "on": on,
        }
        return render(request, "ovop/readiness_detail.html", context)

    def post(self, request: UserRequest, key: UUID) -> HttpResponse:
        submission = actions.nominate(self._product(key), by=request.user)
        return redirect("submissions:edit", submission.number)

    def _product(self, key: UUID) -> Product:
        """The product of this key, if it lies within reach; 404 otherwise, as if it were not there."""
        reachable = Product.objects.filter(closed_on=None).within_reach(self.request.user)
        product = reachable.select_related("establishment__regency").filter(key=key).first()
        if product is None:
            raise Http404
        return product


def _products(user: User, narrowed: Mapping[str, Any], on: datetime.date, standards: Standards) -> ProductQuerySet:
    """The products within reach that fit; the standards are asked of all of them only where the list depends on it."""
    within = Product.objects.made().within_reach(user).alias(lower_name=Lower("name"))
    products: Any = holding(within, narrowed["q"], "lower_name")
    for name in ("regency", "district"):
        if narrowed.get(name):
            products = products.filter(**{f"establishment__{name}": narrowed[name]})
    if narrowed["food"]:
        products = products.filter(IS_FOOD if narrowed["food"] == "yes" else ~IS_FOOD)
    if narrowed["gates"] or narrowed["order"] == "-score":
        products = judged(products, on, standards=standards)
    if narrowed["gates"]:
        products = products.filter(Q(ready_passes=narrowed["gates"] == "open"))
    return products


def _row(row: dict[str, Any], readiness: Readiness) -> dict[str, Any]:
    first = _step(readiness.steps[0], row["establishment__number"]) if readiness.steps else None
    return {**row, "readiness": readiness, "first_step": first}


def _step(step: Judged, maker: str) -> dict[str, str]:
    """What is to be done, and where: the maker's proposal, but for what has a list of its own."""
    if step.fact == rules.Fact.HALAL:
        url = f"{reverse('industries:halal-work')}?{urlencode({'maker': maker})}#produk"
    else:
        url = f"{reverse('submissions:start')}?{urlencode({'daftar': 'establishments', 'data': maker})}"
    return {"text": rules.explain_step(step), "url": url}


def _told(fact: Any) -> dict[str, Any]:
    """A fact beside what is asked, as the page shows it."""
    return {"label": rules.Fact(fact.fact).label, "judged": fact, "is_number": fact.fact in rules.COUNTED}
