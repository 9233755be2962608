"""All zones in one view for the head of office; visitors see the same without agencies, issues and contracts."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Sum
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from disperin.accounts.models import User
from disperin.registers.lists.caching import Kept
from disperin.ui.texts import Text
from zones import rules
from zones.filters import OF_PROJECT
from zones.models import Milestone, Zone, ZoneIssue, plans_of
from zones.rules import progress
from zones.rules.issues import AGES, Standing, band_of, by_group

from .progress import late_by, milestones_url

OF_ZONES = {"project": "false"}  # narrows lists of milestones and issues to those of zones, which are summed here

COLOURS = (rules.Light.RED, rules.Light.YELLOW, rules.Light.GREEN)


class Portfolio(Kept, TemplateView):
    """`/kawasan/portofolio/`, `?behind=true`: plan, progress and forecast of every zone. Each number opens its list.

    Whoever has an account also reads, within reach, who is late, what stands in the way and what contracts cost.
    """

    reads = ("milestones", "zones", "reference")
    template_name = "zones/portfolio.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, today = self.request.user, timezone.localdate()
        inside = user.is_authenticated
        plans = plans_of(Milestone.objects.current(), user)
        zones = Zone.objects.current().select_related("regency").order_by("name", "id")
        rows = [_row(zone, plans.get(zone.pk, []), today) for zone in zones]
        only_behind = self.request.GET.get("behind") == "true"
        context = super().get_context_data(
            inside=inside,
            today=today,
            only_behind=only_behind,
            rows=[row for row in rows if _is_behind(row)] if only_behind else rows,
            **kwargs,
        )
        return context | _inside(user, rows, plans, today) if user.is_authenticated else context

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        response = super().render_to_response(context, **options)
        if context["inside"]:
            response["Cache-Control"] = "private, no-store"
        return response


def _is_behind(row: Mapping[str, Any]) -> bool:
    return bool(row["standing"] and row["standing"].is_red)


def _row(zone: Zone, plan: Sequence[progress.Milestone], today: datetime.date) -> dict[str, Any]:
    """How one zone stands; `standing` is None without milestones."""
    return {
        "zone": zone,
        "url": reverse("zones:zone-progress", args=[zone.slug]),
        "standing": progress.standing(plan, today),
        "late": len(progress.late(plan, today)),
        "late_url": milestones_url(zone=zone.slug, state=rules.MilestoneState.LATE.value),
    }


def _inside(
    user: User, rows: Sequence[dict[str, Any]], plans: Mapping[int, list[progress.Milestone]], today: datetime.date
) -> dict[str, Any]:
    """What only those read whose reach includes it; also completes the rows of the zones."""
    reached = Milestone.objects.current().within_reach(user).exclude(OF_PROJECT).order_by()
    contracts = dict(reached.values_list("zone").annotate(Sum("contract_value")))
    issues = list(ZoneIssue.objects.current().within_reach(user).exclude(OF_PROJECT).select_related("zone"))
    by_zone = by_group(issues, today, lambda issue: issue.zone.slug)
    for row in rows:
        slug = row["zone"].slug
        row["contracts"] = contracts.get(row["zone"].pk)
        row["issues"] = by_zone[slug].open if slug in by_zone else 0
        row["issues_url"] = _issues_url(zone=slug)
    late = [delay for key in contracts for delay in progress.late(plans[key], today)]
    whole = by_group(issues, today, lambda _one: "")
    by_kind = by_group(issues, today, lambda issue: issue.kind, rules.IssueKind.values)
    by_agency = by_group(issues, today, lambda issue: issue.agency)
    by_age = by_group(issues, today, lambda issue: band_of(issue, today), AGES)
    return {
        "tiles": _tiles(rows, late, whole.get("")),
        "late_by": late_by(late, **OF_ZONES),
        "colours": [light.label for light in COLOURS],
        "tables": [
            (
                _("Class of the issue"),
                [_line(rules.IssueKind(kind).label, by_kind[kind], kind=kind) for kind in by_kind],
            ),
            (
                _("Agency responsible"),
                [
                    _line(agency, standing, agency=agency)
                    for agency, standing in sorted(by_agency.items(), key=lambda pair: (-pair[1].open, pair[0]))
                ],
            ),
            (_("Age"), [_line(_aged(*band), by_age[band], **_opened(*band, today)) for band in AGES]),
        ],
    }


def _tiles(
    rows: Sequence[dict[str, Any]], late: Sequence[progress.Late], issues: Standing | None
) -> list[tuple[int, str, str, str, str]]:
    """What the head of office looks at first: `[(number, label, address, icon, tone)]`."""
    behind = sum(1 for row in rows if _is_behind(row))
    red, overdue = (issues.lights[rules.Light.RED], issues.overdue) if issues else (0, 0)
    late_url = milestones_url(state=rules.MilestoneState.LATE.value, **OF_ZONES)
    red_url = _issues_url(light=rules.Light.RED.value)
    return [
        (behind, _("Zones more than 10 points behind"), "?behind=true#kawasan", "exclamation-circle", "danger"),
        (len(late), _("Late milestones"), late_url, "calendar3", "warning"),
        (red, _("Open issues with a red light"), red_url, "exclamation-triangle", "danger"),
        (overdue, _("Overdue issues"), _issues_url(overdue="true"), "clock-history", "warning"),
    ]


def _issues_url(**asked: str) -> str:
    """The address of the list of open issues with these filters."""
    return f"{reverse('zones:zoneissue-list')}?{urlencode({'open': 'true', **OF_ZONES, **asked})}"


def _line(label: Text, standing: Standing, **asked: str) -> dict[str, Any]:
    """A line of a table of issues: its numbers, each with the list behind it."""
    colours = [(light.label, standing.lights[light], _issues_url(**asked, light=light.value)) for light in COLOURS]
    return {
        "label": label,
        "numbers": [
            (_("Open issues"), standing.open, _issues_url(**asked)),
            *colours,
            (_("Past due"), standing.overdue, _issues_url(**asked, overdue="true")),
        ],
        "oldest": standing.oldest,
    }


def _aged(least: int, most: int | None) -> str:
    """A band of ages in words."""
    if most is None:
        return _("more than %(days)d days") % {"days": least - 1}
    if not least:
        return ngettext("up to %(days)d day", "up to %(days)d days", most) % {"days": most}
    return _("%(least)d to %(most)d days") % {"least": least, "most": most}


def _opened(least: int, most: int | None, today: datetime.date) -> dict[str, str]:
    """The filters of the list for issues of an age: between which days they were opened."""
    until = {"opened_until": (today - datetime.timedelta(days=least)).isoformat()} if least else {}
    return until if most is None else until | {"opened_from": (today - datetime.timedelta(days=most)).isoformat()}
