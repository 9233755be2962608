"""Issues that stand in the way of zones, inside the office: list, map and one page each."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disperin.registers.lists.facets import Facet, regencies
from disperin.registers.lists.views import RecordList
from disperin.submissions.views.record_page import RecordPage
from zones import rules
from zones.filters import ZoneIssueFilter
from zones.models import ZoneIssue


class ZoneIssueList(RecordList):
    """`/isu/`: the issues within one's reach; `?zone=<slug>` narrows to one zone."""

    filterset_class = ZoneIssueFilter
    template_name = "zones/issue_list.html"
    facets = (
        Facet("regency", _("Regency/city"), "regency", regencies),
        Facet("kind", _("Class of the issue"), "kind"),
        Facet("light", _("Traffic light"), "light"),
        Facet("state", _("State"), "state"),
    )
    columns = (
        "number", "kind", "light", "state", "description", "agency", "opened_on", "due_on", "zone__name",
        "regency__name",
    )  # fmt: skip

    def cards(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [
            {
                **row,
                "url": reverse("zones:zoneissue-detail", args=[row["number"]]),
                "name": f"{rules.IssueKind(row['kind']).label}: {row['zone__name']}",
                "light_label": rules.Light(row["light"]).label,
                "state_label": rules.IssueState(row["state"]).label,
            }
            for row in rows
        ]


class ZoneIssueDetail(RecordPage):
    """`/isu/<number>/`: one issue."""

    template_name = "zones/issue_detail.html"
    queryset = ZoneIssue.objects.select_related("zone", "regency")
