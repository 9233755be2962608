"""`/daerah/`: the regencies, one page each, and the same on one sheet of paper."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.generic import TemplateView, View

from disperin.figures.league import League
from disperin.papers.regency import regency_pdf
from disperin.regency_pages.figures import figures_of
from disperin.regency_pages.inside import inside_of
from disperin.regency_pages.paper import sheet_of
from disperin.regions.models import Regency
from disperin.registers.api.drawing import drawn
from disperin.registers.lists.caching import Kept
from disperin.registers.lists.regency_names import code_named, slugs
from disperin.registers.lists.views import RecordList
from disperin.registers.models import RecordQuerySet
from disperin.registers.record import reference, rollup
from industries.models import Cluster
from industries.views import ClusterList
from ovop.models import Award
from ovop.views import AwardList
from zones.models import Partnership, Zone
from zones.views import PartnershipList, ZoneList

READS = ("establishments", "clusters", "awards", "halal", "green", "zones", "partnerships", "reference")
SHOWN = 4  # cards of a kind; the rest stands in its list


class RegencyList(Kept, TemplateView):
    """`/daerah/`: all regencies with their makers, production centres and awards."""

    reads = ("establishments", "clusters", "awards", "reference")
    template_name = "regency_pages/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counted = [rollup.counts_of(slug).get("regency", {}) for slug in ("establishments", "clusters", "awards")]
        named = slugs()
        rows = [
            {"regency": regency, "slug": named[regency.code], "numbers": [of.get(regency.code, 0) for of in counted]}
            for regency in Regency.objects.all()
        ]
        return super().get_context_data(rows=rows, day=timezone.localdate(), **kwargs)


class OfRegency(Kept):
    """A page of the regency that its address names; by its code, or by other letters, it leads to its name."""

    reads: ClassVar[tuple[str, ...]] = READS
    regency: Regency
    slug: str

    def dispatch(self, request: HttpRequest, *args: Any, slug: str, **kwargs: Any) -> HttpResponseBase:
        code = code_named(slug.lower())
        self.slug = slugs()[code]
        if slug != self.slug and request.resolver_match:
            return redirect(request.resolver_match.view_name, self.slug, permanent=True)
        regency = reference.row_of(Regency, code)
        if regency is None:
            raise Http404
        self.regency = regency
        return super().dispatch(request, *args, slug=slug, **kwargs)


class RegencyPage(OfRegency, TemplateView):
    """`/daerah/<slug>/`: what the registers hold of a regency, for everybody; what waits there, for the office."""

    template_name = "regency_pages/regency.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        regency, today = self.regency, timezone.localdate()
        awards = Award.objects.standing(today).described().filter(regency=regency)
        clusters, zones = (model.objects.current().filter(regency=regency) for model in (Cluster, Zone))
        partnerships = Partnership.objects.described().current().filter(regency=regency)
        league = League(today)
        return super().get_context_data(
            regency=regency,
            figures=figures_of(regency, today),
            leading=regency.leading_industries.all(),
            awards=_cards(AwardList, awards.order_by("-decree_on", "-id")),
            clusters=_cards(ClusterList, clusters.order_by("number")),
            zones=_cards(ZoneList, zones.order_by("number")),
            partnerships=_cards(PartnershipList, partnerships.order_by("-since", "-id")),
            league=league,
            quality=league.row_of(regency.code),
            months=league.months_of(regency.code),
            share_name=f"daerah-{self.slug}",
            inside=inside_of(regency, self.request.user, today),
            day=today,
            **kwargs,
        )


class RegencySheet(OfRegency, View):
    """`/daerah/<slug>/profil.pdf`: the same on one sheet of A4, in the language of the address."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        named = {"Content-Disposition": f'inline; filename="{self.slug}-{get_language()}.pdf"'}
        today = timezone.localdate()
        return drawn(
            request, lambda: regency_pdf(sheet_of(self.regency, self.slug, today)), "application/pdf", headers=named
        )


def _cards(listed: type[RecordList], records: RecordQuerySet) -> list[dict[str, Any]]:
    """The first few as their own list shows them."""
    page = listed()
    return page.cards(reference.rows(records[:SHOWN], ("id", *page.columns)))
