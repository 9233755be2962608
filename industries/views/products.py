"""One product: what it is, who makes it, how to get it, who makes the like."""

from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from disperin.regions.reach import reaches
from disperin.registers.lists import additions
from disperin.registers.lists.caching import Kept
from disperin.registers.models import ClosedReason
from disperin.registers.pairing.pairs import successor_of, successor_of_row
from disperin.registers.record import past, reference
from disperin.registers.record.numbers import NUMBER
from disperin.ui.json_ld import linked_block, trail
from industries import rules
from industries.models import Establishment, Product, with_certificates

from . import cards
from .json_ld import product_said
from .pictures import picture_of
from .product_cards import COLUMNS, product_cards
from .reaching import ways_to, ways_to_share, whole_address

MOST_ALIKE, MOST_NEARBY, MOST_OF_MAKER = 6, 4, 12


class ProductDetail(Kept, TemplateView):
    """`/produk/<number>/`: one product. What was removed is gone (410), with the reason; a merged one leads on."""

    reads = ("establishments", "clusters", "halal", "awards", "reference")
    template_name = "industries/product_detail.html"
    knows_as_of = True

    def get(self, request: HttpRequest, *args: Any, number: str, **kwargs: Any) -> HttpResponse:
        written = number.strip().upper()
        if written != number and NUMBER.fullmatch(written):
            return redirect("industries:product-detail", number=written, permanent=True)
        self.product = self._product(number)
        if self.product.closed_on or self.product.establishment.closed_on:
            return self._left()
        self.inside = reaches(request.user, self.product.establishment)
        response = super().get(request, *args, **kwargs)
        if self.inside:
            response["Cache-Control"] = "private, no-store"
        return response

    def _product(self, number: str) -> Product:
        """The product of this number; Http404 for one that is hidden, or whose maker is, and for none."""
        products = Product.objects.select_related("photo", "establishment__photo", "establishment__cluster")
        seen = products.filter(hidden=False, establishment__hidden=False)
        product = seen.filter(number=number).first() if NUMBER.fullmatch(number) else None
        if product is None:
            raise Http404(_("There is no product %(number)s.") % {"number": number[:40]})
        return product

    def _left(self) -> HttpResponse:
        """Where a product leads that is not entered any more: to the one that stands instead, or to the reason."""
        product, maker = self.product, self.product.establishment
        key = successor_of_row(maker.number, product.key) if maker.closed_on else None
        if key and (instead := Product.objects.filter(key=key, hidden=False).first()):
            moved = redirect("industries:product-detail", number=instead.number, permanent=True)
            moved["Cache-Control"] = "no-cache"  # a merge can be undone
            return moved
        merged = maker.closed_reason == ClosedReason.DUPLICATE
        context = {
            "product": product,
            "maker": maker,
            "maker_number": (merged and successor_of(maker.number)) or maker.number,
            "removed_on": product.closed_on,
        }
        return render(self.request, "industries/product_gone.html", context, status=410)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        product, maker, english = self.product, self.product.establishment, get_language() == "en"
        reference.attach([product, maker])
        with_certificates([product], past.today())
        own, other = (product.description_en, product.description_id)[:: 1 if english else -1]
        siblings = maker.products.filter(closed_on=None, active=True).exclude(pk=product.pk)
        page = whole_address(self.request)
        alike, nearby = _makers_beside(product, maker)
        picture = picture_of(product)
        said = product_said(self.request, product)
        home, products = reverse("front:home"), reverse("ovop:product-list")
        steps = ((_("Home"), home), (_("Products"), products), (product.name, self.request.path))
        if picture:
            said["image"] = self.request.build_absolute_uri(picture["large"])
        return super().get_context_data(
            product=product,
            maker=maker,
            picture=picture,
            description=own or other,
            description_language=("id" if english else "en") if other and not own else "",
            added=additions.of([product], inside=self.inside)[product.pk],
            siblings=product_cards(reference.rows(siblings.order_by("position", "id")[:MOST_OF_MAKER], COLUMNS)),
            alike=alike,
            nearby=nearby,
            ways=ways_to(maker, product.name, page),
            share=ways_to_share(f"{product.name} – {maker.name}", page),
            page=page,
            linked_data=linked_block(said),
            trail=trail(self.request, steps),
            inside=self.inside,
            **kwargs,
        )


def _makers_beside(product: Product, maker: Establishment) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Cards of others who make the same thing, the nearest first, and of more makers in the district.

    At most five queries, each through an index of its place or class, however many makers there are.
    """
    kbli = product.kbli_id or maker.kbli_id
    same = Q(kbli=kbli) | Q(commodities__overlap=maker.commodities)
    others = Establishment.objects.current().exclude(pk=maker.pk).exclude(activity=rules.Activity.CLOSED)
    there = others.filter(district=maker.district_id)
    alike: list[dict[str, Any]] = []
    for ring in (there.filter(same), others.filter(same, regency=maker.regency_id), others.filter(kbli=kbli)):
        if len(alike) < MOST_ALIKE:
            alike += _rows(ring.exclude(pk__in=[row["id"] for row in alike]), MOST_ALIKE - len(alike))
    nearby = _rows(there.exclude(pk__in=[row["id"] for row in alike]), MOST_NEARBY)
    shown = cards.cards([*alike, *nearby])
    return shown[: len(alike)], shown[len(alike) :]


def _rows(makers: Any, most: int) -> list[dict[str, Any]]:
    return reference.rows(makers.order_by(Lower("name"), "id")[:most], ("id", *cards.COLUMNS))
