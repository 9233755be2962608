"""All products of makers, whoever made them: the shop window, with stars, and the same as a file."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from disperin.registers.lists.caching import kept
from disperin.registers.lists.facets import MOST_COUNTED, Counts, Facet, names_of, regencies, shown_facet
from disperin.registers.lists.views import RecordList
from disperin.registers.record import past
from disperin.ui.json_ld import trail
from disperin.ui.listing import kept_parameters, with_query
from disperin.ui.views import too_many
from disperin.workbooks.throttling import ExportThrottle
from industries import rules
from industries.models import Product
from industries.views.commodities import commodities
from industries.views.product_cards import COLUMNS, product_cards
from industries.views.product_file import product_file
from ovop.filters import StarredProductFilter
from ovop.models import standing_awards

OF_ROWS = (
    Facet("regency", _("Regency/city"), "regency", regencies),
    Facet("commodity", _("Commodity"), "commodity", commodities, by_count=True),
)
OF_CHOICES = (
    (Facet("starred", _("OVOP stars"), "starred"), {"true": _("With OVOP stars")}),
    (Facet("halal", _("Halal"), "halal"), {"true": _("Halal certified")}),
    (Facet("halal_category", _("Kind of goods"), "halal_category", by_count=True), dict(rules.HalalCategory.choices)),
)


class ProductList(RecordList):
    """`/produk/`: what is made, photographs first. Not counted by facet: no register keeps counts of its products."""

    reads = ("establishments", "clusters", "halal", "awards", "reference")
    filterset_class = StarredProductFilter
    template_name = "ovop/product_list.html"
    facets = OF_ROWS
    columns = COLUMNS

    @property
    def offered(self) -> tuple[Facet, ...]:
        """What the list is narrowed by, in the order of the page."""
        place, commodity = OF_ROWS
        starred, halal, kind = (facet for facet, _choices in OF_CHOICES)
        return place, starred, halal, commodity, kind

    def records(self) -> QuerySet[Product]:  # type: ignore[override]
        """Products that are made today."""
        return Product.objects.made().alias(lower_name=Lower("name"))

    def cards(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        shown, stars = product_cards(rows), standing_awards([row["id"] for row in rows])
        for card in shown:
            if award := stars.get(card["id"]):
                card["grade"] = str(award.grade)
        return shown

    def names(self) -> dict[str, dict[str, str]]:
        """As of every list, with the choices that never change."""
        of_rows = kept(["product names"], lambda: names_of(OF_ROWS, self.active))
        return of_rows | {
            facet.name: {key: str(label) for key, label in choices.items()} for facet, choices in OF_CHOICES
        }

    def counts(self) -> Counts:
        """How many fit, up to a thousand, and which these are."""
        of_matches = self.matches.order_by().values_list("pk", flat=True)[: MOST_COUNTED + 1]
        keys = kept(["products", sorted(self.active.items())], lambda: tuple(of_matches))
        exact = len(keys) <= MOST_COUNTED
        return Counts(len(keys), exact, {}, {}, keys if exact else None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.ask()
        counts = self.counts()
        if counts.few is not None:  # rare matches are sorted by themselves: cheaper than looking for them in order
            self.matches = Product.objects.filter(pk__in=counts.few)
        page, names = self.page(), self.names()
        list_url = with_query(self.request)
        return super(RecordList, self).get_context_data(
            records=self.cards(page.rows),
            counts=counts,
            facets=[facet for offered in self.offered for facet in self._facet(offered, names[offered.name])],
            chips=[self.chip(name, value, names) for name, value in self.active.items()],
            clear_url=with_query(self.request, **dict.fromkeys(self.asked.filters)),
            problems=self.problems,
            trail=trail(
                self.request, ((gettext("Home"), reverse("front:home")), (gettext("Products"), self.request.path))
            ),
            kept=kept_parameters(self.request, "q"),
            search=self.request.GET.get("q", "").strip(),
            orders=[(order.value, order.label) for order in self.orders],
            order=self.order.value,
            download_query=list_url.partition("?")[2],
            previous_url=page.previous and with_query(self.request, cursor=page.previous),
            next_url=page.next and with_query(self.request, cursor=page.next),
            **kwargs,
        )

    def _facet(self, facet: Facet, labels: dict[str, str]) -> list[dict[str, Any]]:
        """A facet with all its choices, none of them counted."""
        return shown_facet(self.request, facet, labels, {}, self.active, more=labels)


class ProductFile(View):
    """`/produk/products.csv?…`: the rows of that list, all that is public of them."""

    knows_as_of = True

    def get(self, request: HttpRequest) -> HttpResponseBase:
        listed = ProductList()
        listed.setup(request)
        listed.ask()
        if listed.problems:  # the list says what was not understood
            return redirect(f"{reverse('ovop:product-list')}?{request.GET.urlencode()}")
        throttle = ExportThrottle()
        if not throttle.allow_request(request, self):
            return too_many(request, throttle.wait())
        file = product_file(listed.matches.order_by("number"))
        answer = FileResponse(file, as_attachment=True, filename=_file_name(), content_type="text/csv; charset=utf-8")
        answer["Cache-Control"] = "private, no-store"
        return answer


def _file_name() -> str:
    asked = past.day()
    return f"products-as-of-{asked.isoformat()}.csv" if asked else "products.csv"
