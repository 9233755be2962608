"""Green-industry certificates (SIH) for everyone: look one up, read one, and how many makers of a regency hold one."""

import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from disperin.maps.choropleth import choropleth
from disperin.regions.models import Regency
from disperin.registers.lists.caching import Kept
from disperin.registers.lists.facets import Facet, regencies, unchecked_of
from disperin.registers.lists.views import RecordList
from disperin.registers.record import past, rollup
from disperin.submissions.views.record_page import RecordPage
from disperin.ui.findings import leaders
from disperin.ui.formats import number, percent
from disperin.ui.listing import with_query
from disperin.ui.texts import Text
from industries import rules
from industries.filters import GreenCertificationFilter
from industries.models import GreenCertification

from .regency_file import regency_file

COLUMNS = ("code", "label", "makers", "certified", "as_of")  # of the file
TONES = {rules.GreenState.VALID: "success", rules.GreenState.ENDED: "warning", rules.GreenState.REVOKED: "danger"}


class GreenList(RecordList):
    """`/industri-hijau/`: issued certificates by number, standard or maker."""

    filterset_class = GreenCertificationFilter
    template_name = "industries/green_list.html"
    facets = (Facet("regency", _("Regency/city"), "regency", regencies),)
    columns = (
        "number", "establishment__name", "regency__name", "standard_number", "certificate_number", "issued_on",
        "valid_until", "revoked_on", "verified_at",
    )  # fmt: skip

    def cards(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return _cards(rows)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = past.today().isoformat()
        return super().get_context_data(valid_url=with_query(self.request, valid_on=today, cursor=None), **kwargs)


class GreenDetail(RecordPage):
    """`/industri-hijau/<number>/`: one green-industry certificate. Before it is issued only those within reach know."""

    template_name = "industries/green_detail.html"
    queryset = GreenCertification.objects.select_related("regency", "establishment__district", "establishment__village")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(state=shown_state(self.object, past.today()), **kwargs)


class OfGreenFigures(Kept):
    """What shows the regencies by their makers with a valid certificate."""

    reads = ("green", "establishments", "reference")
    knows_as_of = True

    def lines(self, today: datetime.date) -> tuple[list[dict[str, Any]], dict[str, Any], int]:
        """The regencies, the greatest share first; all of them; and how many makers nobody has checked."""
        certified = GreenCertification.objects.makers_by_regency(today)
        counts = rollup.counts_of("establishments")
        makers = counts.get("regency", {})
        listed = f"{reverse('industries:establishment-list')}?green_on={today.isoformat()}"
        rows = [
            _line(certified.get(regency.code, 0), makers.get(regency.code, 0))
            | {"code": regency.code, "name": regency.name, "url": f"{listed}&regency={regency.code}"}
            for regency in Regency.objects.order_by("code")
        ]
        rows.sort(key=lambda row: row["share"] or 0, reverse=True)
        sums = [sum(row[name] for row in rows) for name in ("certified", "makers")]
        return rows, _line(*sums) | {"code": "", "name": str(settings.PROVINCE), "url": listed}, unchecked_of(counts)


class GreenFigures(OfGreenFigures, TemplateView):
    """`/industri-hijau/angka/`: the share of establishments with a valid certificate, by regency.

    Certificates are public by name, so small numbers hide nothing; each number opens its list.
    """

    template_name = "industries/green_figures.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = past.today()
        rows, total, unchecked = self.lines(today)
        return super().get_context_data(
            rows=rows,
            total=total,
            finding=finding_of(rows, total),
            map=choropleth({row["code"]: row["certified"] for row in rows}),
            unchecked=unchecked,
            day=today,
            **kwargs,
        )


class GreenFiguresFile(OfGreenFigures, View):
    """`/industri-hijau/angka.csv`: the same rows as CSV, its header first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        today = past.today()
        rows, total, _unchecked = self.lines(today)
        file_rows = [
            (row["code"], row["name"], row["makers"], row["certified"], today.isoformat()) for row in [*rows, total]
        ]
        return regency_file(f"industri-hijau-kabupaten-kota-{today.isoformat()}.csv", COLUMNS, file_rows)


def finding_of(rows: list[dict[str, Any]], total: dict[str, Any]) -> str:
    """How many makers hold one and where most of them are; "" where none does."""
    top = leaders((row["name"], row["certified"]) for row in rows)
    if top is None or not total["makers"]:
        return ""
    words = {"number": number(total["certified"]), "whole": number(total["makers"]), "share": percent(total["share"])}
    first = gettext("%(number)s of %(whole)s makers (%(share)s%%) hold a valid certificate.") % words
    most = {"name": top.names, "number": number(top.most)}
    if top.several:
        return f"{first} {gettext('Most: %(name)s, %(number)s each') % most}."
    return f"{first} {gettext('Most: %(name)s, %(number)s') % most}."


def shown_state(certificate: GreenCertification, on: datetime.date) -> tuple[Text, str]:
    """What everyone may know of a certification on a day: (text, tone of its pill)."""
    state = rules.green_state(certificate, on)
    return state.label, TONES.get(state, "info")


def _line(certified: int, makers: int) -> dict[str, Any]:
    """How many makers hold a certificate, and their share in percent; None where there are no makers."""
    return {"makers": makers, "certified": certified, "share": 100 * certified / makers if makers else None}


def _cards(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Cards for the template."""
    today = past.today()
    dates = ("issued_on", "valid_until", "revoked_on")
    return [
        {
            "number": row["number"],
            "name": row["establishment__name"],
            "url": reverse("industries:greencertification-detail", args=[row["number"]]),
            "certificate_number": row["certificate_number"],
            "standard_number": row["standard_number"],
            "issued_on": row["issued_on"],
            "valid_until": row["valid_until"],
            "regency": row["regency__name"],
            "state": shown_state(GreenCertification(**{name: row[name] for name in dates}), today),
        }
        for row in rows
    ]
