"""Assistance within one's reach: the list, and one event or delivery with what has become of it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from disperin.assistance import rules
from disperin.assistance.filters import AssistanceFilter
from disperin.assistance.models import Assistance, Beneficiary, RepeatSpan
from disperin.assistance.models.since import standings
from disperin.registers.dated.validity import in_force
from disperin.registers.lists.facets import Facet, regencies
from disperin.registers.lists.views import RecordList
from disperin.registers.record import past
from disperin.submissions.views.record_page import PlainPage
from disperin.ui.addresses import addresses
from disperin.ui.formats import day


class AssistanceList(RecordList):
    """`/pembinaan/`: assistance within one's reach."""

    filterset_class = AssistanceFilter
    template_name = "assistance/assistance_list.html"
    facets = (
        Facet("regency", _("Regency/city"), "regency", regencies),
        Facet("kind", _("Kind of assistance"), "kind"),
        Facet("funds", _("Source of funds"), "funds"),
        Facet("state", _("State"), "state"),
    )
    columns = ("number", "name", "kind", "year", "state", "organiser", "handover_on", "regency__name")

    def cards(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        address = addresses("assistance:assistance-detail")
        return [
            {
                **row,
                "url": address(row["number"]),
                "regency": row["regency__name"],
                "kind_label": rules.Kind(row["kind"]).label,
                "state_label": rules.State(row["state"]).label,
                "given_on": day(row["handover_on"]) if row["handover_on"] else "",
            }
            for row in rows
        ]


class AssistanceDetail(PlainPage):
    """`/pembinaan/<number>/`: one event or delivery."""

    template_name = "assistance/assistance_detail.html"
    queryset = Assistance.objects.select_related("handover")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assistance = self.object
        return super().get_context_data(
            span=rules.span_for(assistance.kind, in_force(RepeatSpan.objects.all(), past.today())),
            since=[] if past.day() else _since(assistance),  # what a past day knows of is no "since"
            **kwargs,
        )


def _since(assistance: Assistance) -> list[dict[str, Any]]:
    """Each maker that has had it, as it stood on the day and as it stands now; eleven queries, however many.

    How a maker stood, or stands, in another regency is read there.
    """
    if assistance.state not in rules.GIVEN or assistance.handover_on is None:
        return []
    rows = Beneficiary.open_of(assistance).exclude(establishment=None).select_related("establishment")
    makers = [row.establishment for row in rows]
    keys = [maker.pk for maker in makers]
    then, now = standings(keys, assistance.handover_on), standings(keys, past.today())
    return [
        {
            "maker": maker,
            "then": then[maker.pk].told_in(assistance.regency_id),
            "now": now[maker.pk].told_in(assistance.regency_id),
            "is_elsewhere": maker.regency_id != assistance.regency_id,
        }
        for maker in makers
    ]
