"""How a zone stands against its frozen plan: the S-curve, its forecast, and what is late."""

import datetime
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from disperin.registers.lists.views import RecordDetail
from disperin.ui import charts
from zones import rules
from zones.filters import NOBODY
from zones.models import Zone, plans_of
from zones.rules import progress

from .figures import Figure


class ZoneProgress(RecordDetail):
    """`/kawasan/<slug>/kemajuan/`: plan and verified progress. Who is late and what contracts cost stays inside."""

    reads = ("milestones", "zones", "reference")
    template_name = "zones/zone_progress.html"
    knows_as_of = False  # it reads what was reported from versions, and has a time of its own
    queryset = Zone.objects.in_lists().select_related("regency")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        zone, today = self.object, timezone.localdate()
        milestones = zone.milestones.current()
        plan = plans_of(milestones, self.request.user).get(zone.pk, [])
        points = progress.s_curve(plan, today)
        late = progress.late(plan, today)
        context = super().get_context_data(
            today=today,
            standing=progress.standing(plan, today),
            points=points,
            chart=_chart(points, today),
            late=late,
            late_url=milestones_url(zone=zone.slug, state=rules.MilestoneState.LATE.value),
            milestones_url=milestones_url(zone=zone.slug),
            milestone_count=len(plan),
            weight=sum(milestone.weight for milestone in plan),
            reported=_newest(plan),
            **kwargs,
        )
        if self.inside:
            context["late_by"] = late_by(late, zone=zone.slug)
            context["contracts"] = milestones.aggregate(total=Sum("contract_value"))["total"]
        return context


def milestones_url(**asked: str) -> str:
    """The address of the list of milestones with these filters."""
    return f"{reverse('zones:milestone-list')}?{urlencode(asked)}"


def late_by(late: Sequence[progress.Late], **asked: str) -> list[dict[str, Any]]:
    """Late milestones by who is responsible, the most first, each with its list; `asked` narrows that list."""
    by_whom = sorted(late, key=_responsible)
    groups = [(who, list(some)) for who, some in groupby(by_whom, key=_responsible)]
    filters = {**asked, "state": rules.MilestoneState.LATE.value}
    return [
        {
            "who": who,
            "count": len(some),
            "longest": max(delay.days for delay in some),
            "url": milestones_url(**filters, responsible=who or NOBODY),
        }
        for who, some in sorted(groups, key=lambda group: (-len(group[1]), group[0]))
    ]


def _responsible(late: progress.Late) -> str:
    return late.milestone.responsible


def _newest(plan: Sequence[progress.Milestone]) -> Figure | None:
    """The newest report as a figure, whose day may be stale; None while nothing is reported."""
    days = [report.on for milestone in plan for report in milestone.reports]
    return Figure("", "", as_of=max(days)) if days else None


def _chart(points: Sequence[progress.Point], today: datetime.date) -> charts.LineChart:
    lines = [
        charts.Series("planned", _("Plan"), [point.planned for point in points]),
        charts.Series("actual", _("Verified progress"), [point.actual for point in points], has_dots=True),
    ]
    return charts.line_chart([point.on for point in points], lines, highest=100, today=today, unit="%")
