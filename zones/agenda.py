"""What has a day here, and what waits: milestones and issues; papers that end; figures that become old."""

from collections import Counter
from typing import Any

from django.db.models import DateField, F, Func
from django.db.models.expressions import Combinable
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.desk import agenda
from disperin.desk.agenda import Dated, Figure, Group, Waiting
from zones import rules
from zones.models import Milestone, Utility, Zone, ZoneArea, ZoneDocument, ZoneIssue, plans_of
from zones.rules import progress


class _AYearLater(Func):
    """The last day on which a figure of a day is fresh; as `rules.age_of`."""

    template = "(%(expressions)s + interval '1 year')::date"
    output_field = DateField()


def _issues(user: User) -> agenda.Found:
    return ZoneIssue.objects.within_reach(user).current().filter(settled_on=None)


def _red(user: User) -> agenda.Found:
    return _issues(user).filter(light=rules.Light.RED)


def _behind(user: User) -> Figure | None:
    """How many zones lie more than ten points behind their plan; a view of the whole province."""
    if not user.sees_all:
        return None
    today = timezone.localdate()
    zones = dict(Zone.objects.current().values_list("pk", "regency"))
    plans: dict[int, list[progress.Milestone]] = plans_of(Milestone.objects.current(), user)
    standings = {zone: progress.standing(plan, today) for zone, plan in plans.items() if zone in zones}
    places = Counter(zones[zone] for zone, standing in standings.items() if standing is not None and standing.is_red)
    return Figure(places.total(), places=places)


def _zone(slug: str) -> str:
    return reverse("zones:zone-detail", args=[slug])


def _zones(user: User) -> agenda.Found:
    return Zone.objects.within_reach(user).current()


def _of_zones(model: type[Any], column: str, user: User) -> agenda.Found:
    """The open rows of a part of zones within reach that name a day."""
    return model.objects.filter(closed_on=None, zone__in=_zones(user), **{f"{column}__isnull": False})


def _old(
    key: str, label: agenda.Text, of_one: agenda.Text, model: type[Any], column: str, notes: dict[str, Any]
) -> Dated:
    """The figures of a part of zones: each becomes old a year after its day."""
    return Dated(
        key,
        label,
        Group.EXPIRY,
        of_one=of_one,
        of=lambda user: _of_zones(model, column, user),
        day=_AYearLater(F(column)),
        number="zone__number",
        place="zone__slug",
        name="zone__name",
        note="kind" if model is Utility else "basis",
        notes=notes,
        regency="zone__regency",
        desk=_("The managers of the zones"),
        icon="clock-history",
        url=_zone,
    )


def _old_of_zone(key: str, label: agenda.Text, of_one: agenda.Text, column: str) -> Dated:
    """The same for what a zone says of all its rows at once."""
    return Dated(
        key,
        label,
        Group.EXPIRY,
        of_one=of_one,
        of=lambda user: _zones(user).filter(**{f"{column}__isnull": False}),
        day=_AYearLater(F(column)),
        place="slug",
        name="name",
        desk=_("The managers of the zones"),
        icon="clock-history",
        url=_zone,
    )


def _milestone(number: str) -> str:
    return reverse("zones:milestone-detail", args=[number])


def _issue(number: str) -> str:
    return reverse("zones:zoneissue-detail", args=[number])


_ZONE_NAME: str | Combinable = "zone__name"

agenda.add(
    Dated(
        "milestone",
        _("Milestones of zones and projects"),
        Group.WORK,
        of_one=_("Milestone of a zone or project"),
        of=lambda user: Milestone.objects.within_reach(user).current().filter(actual_finish=None),
        day="planned_finish",
        name="name",
        note=_ZONE_NAME,
        who="responsible",
        url=_milestone,
    ),
    Dated(
        "issue",
        _("Issues of zones and projects"),
        Group.WORK,
        of_one=_("Issue of a zone or project"),
        of=lambda user: _issues(user).filter(due_on__isnull=False),
        day="due_on",
        name=_ZONE_NAME,
        note="kind",
        notes=dict(rules.IssueKind.choices),
        who="agency",
        icon="exclamation-triangle",
        url=_issue,
    ),
    Dated(
        "zone-document",
        _("Permits and documents of zones"),
        Group.EXPIRY,
        of_one=_("Permit or document of a zone"),
        of=lambda user: _of_zones(ZoneDocument, "valid_until", user),
        day="valid_until",
        number="zone__number",
        place="zone__slug",
        name=_ZONE_NAME,
        note="kind",
        notes=dict(rules.ZoneDocumentKind.choices),
        regency="zone__regency",
        desk=_("The managers of the zones"),
        icon="file-earmark-text",
        url=_zone,
    ),
    _old(
        "zone-area",
        _("Areas of zones, a year old"),
        _("Area of a zone, a year old"),
        ZoneArea,
        "source_date",
        dict(rules.AreaBasis.choices),
    ),
    _old(
        "zone-utility",
        _("Utilities of zones, a year old"),
        _("Utility of a zone, a year old"),
        Utility,
        "as_of",
        dict(rules.UtilityKind.choices),
    ),
    _old_of_zone("zone-plots", _("Plots of zones, a year old"), _("Plots of a zone, a year old"), "plots_as_of"),
    _old_of_zone(
        "zone-tenants", _("Tenants of zones, a year old"), _("Tenants of a zone, a year old"), "tenants_as_of"
    ),
    _old_of_zone(
        "zone-outline", _("Outlines of zones, a year old"), _("Outline of a zone, a year old"), "outline_as_of"
    ),
    Waiting(
        "issue-red",
        _("Issues with a red light"),
        of_one=_("Issue with a red light"),
        of=_red,
        url=lambda _user: agenda.address("zones:zoneissue-list", open="true", light=rules.Light.RED.value),
        action=_("See the issues"),
        since="opened_on",
        who="agency",
        icon="exclamation-triangle",
        is_late=True,
    ),
    Waiting(
        "zone-behind",
        _("Zones more than 10 points behind"),
        of_one=_("Zone more than 10 points behind"),
        of=_behind,
        url=lambda _user: f"{agenda.address('zones:zone-portfolio', behind='true')}#kawasan",
        action=_("See the zones"),
        narrows=False,
        desk=_("The managers of the zones"),
        icon="building",
        is_late=True,
    ),
)
