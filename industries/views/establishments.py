"""Establishments: list, map and one page each."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat, NullIf
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from disperin.accounts.requests import UserRequest
from disperin.regions.models import District
from disperin.registers.lists import additions
from disperin.registers.lists.apart import ApartList, way_to_apart
from disperin.registers.lists.facets import Facet, regencies
from disperin.registers.lists.views import RecordList
from disperin.registers.record import actions, past, reference
from disperin.registers.values.audience import mask
from disperin.registers.values.columns import column
from disperin.submissions.views.record_page import RecordPage
from industries import rules
from industries.filters import EstablishmentFilter, ServiceFilter
from industries.models import Commodity, Establishment, KbliClass, Product, quality_panel, with_certificates

from . import cards
from .commodities import commodities
from .json_ld import maker_data
from .pictures import picture_of
from .reaching import ways_to, ways_to_share, whole_address


def _districts(active: dict[str, Any]) -> QuerySet[District]:
    return District.objects.filter(regency=active.get("regency")).annotate(label=F("name"))


def _groups(active: dict[str, Any]) -> QuerySet[KbliClass]:
    return _titled(KbliClass.objects.filter(level=3))


def _titled(classes: QuerySet[KbliClass]) -> QuerySet[KbliClass]:
    """Classes or groups, each with the words that a facet shows of it."""
    title = Coalesce(NullIf("title_en", Value("")), "title_id") if get_language() == "en" else F("title_id")
    label = Concat("code", Value(" "), title, Value(" (KBLI "), Cast("version", CharField()), Value(")"))
    return classes.annotate(label=label)


def _language_of_class(key: str) -> str:
    kbli_class = reference.row_of(KbliClass, key)
    return kbli_class.title_language if kbli_class else ""


def _services(_active: dict[str, Any]) -> QuerySet[KbliClass]:
    """The classes beyond section C: they are few, since somebody typed each."""
    return _titled(KbliClass.objects.classes().exclude(pk__in=KbliClass.objects.of_industry().values("pk")))


FACETS = (
    Facet("regency", _("Regency/city"), "regency", regencies, drops=("district", "village")),
    Facet("district", _("District"), "district", _districts, drops=("village",), within="regency"),
    Facet("branch", _("Branch of industry"), "branch"),
    Facet("industry_scale", _("Scale of the industry"), "industry_scale"),
    Facet("commodities", _("Commodity"), "commodity", commodities, by_count=True),
    Facet("kbli_group", _("KBLI group"), "kbli_group", _groups, by_count=True, language_of=_language_of_class),
)


class EstablishmentList(RecordList):
    """`/industri/`: the makers."""

    filterset_class = EstablishmentFilter
    template_name = "industries/establishment_list.html"
    facets = FACETS
    columns = cards.COLUMNS
    reads = ("establishments", "clusters", "green", "reference")  # they are narrowed by the certificates that they hold

    def cards(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return cards.cards(rows)


class ServiceList(ApartList):
    """`/industri/jasa/`: industry services. They are records of the register of makers, and in none of its lists."""

    filterset_class = ServiceFilter
    template_name = "industries/service_list.html"
    facets = (
        Facet("regency", _("Regency/city"), "regency", regencies),
        Facet("kbli", _("KBLI"), "kbli", _services, by_count=True, language_of=_language_of_class),
    )
    columns = cards.COLUMNS

    def cards(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return cards.cards(rows)


class EstablishmentDetail(RecordPage):
    """`/industri/<number>/`: one maker."""

    # what floors above add to it and its products is read from their registers, so these are named too
    reads = ("establishments", "clusters", "halal", "green", "awards", "partnerships", "zones", "reference")
    template_name = "industries/establishment_detail.html"
    queryset = Establishment.objects.select_related("cluster", "photo")
    revealed = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record = self.object
        products = self._products()
        added = additions.of(products, inside=self.inside)
        page = whole_address(self.request)
        context = super().get_context_data(
            added=additions.of([record], inside=False)[record.pk],
            photo=picture_of(record),
            products=[
                {"record": product, "photo": picture_of(product), "added": added[product.pk]} for product in products
            ],
            green=record.green_certifications.current().valid_on(past.today()).order_by("-issued_on", "id"),
            commodities=[commodity.name for commodity in reference.rows_of(Commodity, record.commodities)],
            other_kbli=reference.rows_of(KbliClass, record.other_kbli),
            story=record.story_en or record.story_id if get_language() == "en" else record.story_id or record.story_en,
            story_language="id" if get_language() == "en" and not record.story_en else "",
            ways=ways_to(record, "", page),
            share=ways_to_share(record.name, page),
            page=page,
            linked_data=maker_data(self.request, record, products, picture_of(record)),
            **kwargs,
        )
        if record.apart and record.stands_apart and record.is_public:
            context["trail"] = way_to_apart(self.request, record.apart, record)
        return context | self._inside_context() if self.inside else context

    def _products(self) -> list[Product]:
        products = self.object.products.filter(closed_on=None).select_related("photo")
        shown = with_certificates(products, past.today())
        reference.attach(shown)
        return shown

    def _inside_context(self) -> dict[str, Any]:
        record = self.object
        return {
            "added_inside": additions.inside_of(record),
            "npwp": self.revealed or mask(record.npwp),
            "npwp_revealed": bool(self.revealed),
            "quality": quality_panel(record),
            "documents": record.documents.filter(closed_on=None).select_related("file"),
            "scales": [
                {
                    "label": column(Establishment, name).verbose_name,
                    "value": getattr(record, f"get_{name}_display")(),
                    "rules": getattr(record, f"{name}_rules"),
                    "reason": rules.explain(getattr(record, f"{name}_reason")),
                }
                for name in ("industry_scale", "business_scale", "statistical_scale")
            ],
        }


class EstablishmentReveal(EstablishmentDetail):
    """`/industri/<number>/npwp/`: the page with the NPWP unmasked, only by POST; the history remembers who asked."""

    knows_as_of = False

    def get(self, request: HttpRequest, *args: Any, number: str, **kwargs: Any) -> HttpResponse:
        return redirect("industries:establishment-detail", number=number)

    def post(self, request: UserRequest, number: str) -> HttpResponse:
        """Show the page once with the NPWP; 404 for those whose reach does not include the record."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        self.object = self.get_object()
        if not self.inside:
            raise Http404
        self.revealed = actions.reveal(self.object, "npwp", by=request.user)
        response = self.render_to_response(self.get_context_data())
        response["Cache-Control"] = "private, no-store"
        return response
