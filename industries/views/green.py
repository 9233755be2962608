"""Green-industry certificates (SIH) for everyone: look one up, read one, and how many makers of a regency hold one."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from disperin.regions.models import Regency
from disperin.registers.lists.caching import Kept
from disperin.registers.lists.facets import Facet, regencies, unchecked_of
from disperin.registers.lists.views import RecordList
from disperin.registers.record import past, rollup
from disperin.submissions.views.record_page import RecordPage
from disperin.ui.listing import with_query
from disperin.ui.texts import Text
from industries import rules
from industries.filters import GreenCertificationFilter
from industries.models import GreenCertification

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


class GreenFigures(Kept, TemplateView):
    """`/industri-hijau/angka/`: the share of establishments with a valid certificate, by regency.

    Certificates are public by name, so small numbers hide nothing; each number opens its list.
    """

    reads = ("green", "establishments", "reference")
    template_name = "industries/green_figures.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = past.today()
        certified = GreenCertification.objects.makers_by_regency(today)
        counts = rollup.counts_of("establishments")
        makers = counts.get("regency", {})
        listed = f"{reverse('industries:greencertification-list')}?valid_on={today.isoformat()}"
        rows = [
            _line(certified.get(regency.code, 0), makers.get(regency.code, 0))
            | {"name": regency.name, "url": f"{listed}&regency={regency.code}"}
            for regency in Regency.objects.order_by("code")
        ]
        sums = [sum(row[name] for row in rows) for name in ("certified", "makers")]
        return super().get_context_data(
            rows=rows,
            total=_line(*sums) | {"url": listed},
            unchecked=unchecked_of(counts),
            day=today,
            **kwargs,
        )


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
