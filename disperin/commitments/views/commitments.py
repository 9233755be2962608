"""Commitments: the list, and one page each."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from disperin.commitments import rules
from disperin.commitments.filters import CommitmentFilter
from disperin.commitments.models import Commitment
from disperin.registers.lists.facets import Facet, regencies
from disperin.registers.lists.views import RecordList
from disperin.registers.record import past
from disperin.submissions.views.record_page import RecordPage
from disperin.ui.addresses import addresses
from disperin.units.filters import names

TONES = {rules.State.OPEN: "", rules.State.RUNNING: "info", rules.State.KEPT: "success", rules.State.DROPPED: "warning"}


class CommitmentList(RecordList):
    """`/komitmen/`: the commitments within one's reach; `?forum=<number>` narrows to one forum."""

    filterset_class = CommitmentFilter
    template_name = "commitments/commitment_list.html"
    facets = (
        Facet("regency", _("Regency/city"), "regency", regencies),
        Facet("state", _("State"), "state"),
        Facet("unit", _("Responsible unit"), "unit", names),
    )
    columns = (
        "number", "name", "item", "state", "due_on", "settled_on", "unit__name", "responsible", "forum__name",
        "regency__name",
    )  # fmt: skip

    def cards(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        address, today = addresses("commitments:commitment-detail"), past.today()
        return [
            {
                **row,
                "url": address(row["number"]),
                "forum": row["forum__name"],
                "who": rules.who(row["unit__name"] or "", row["responsible"]),
                "regency": row["regency__name"],
                "state_label": rules.State(row["state"]).label,
                "tone": TONES[rules.State(row["state"])],
                "is_late": rules.is_late(due_on=row["due_on"], settled_on=row["settled_on"], on=today),
            }
            for row in rows
        ]


class CommitmentPage(RecordPage):
    """`/komitmen/<number>/`: one commitment."""

    template_name = "commitments/commitment_detail.html"
    queryset = Commitment.objects.select_related("regency", "forum", "next_forum", "evidence", "unit")
    reads = ("commitments", "forums", "reference")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(tone=TONES[rules.State(self.object.state)], **kwargs)
