"""The rail of every signed-in page: where to go, in groups by task. The current group is open, and so is the first."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.desk import agenda
from disperin.desk.counting import Count, answers

MOST_COUNTED = 99  # a badge says "99+" beyond


@dataclass(frozen=True)
class Place:
    """Where an entry of the rail leads, and whom it is for."""

    view: str
    label: agenda.Text
    icon: str
    is_for: Callable[[User], bool] = lambda _user: True


@dataclass(frozen=True)
class Entry:
    """An entry as it is drawn; `badge` is what waits there."""

    url: str
    label: agenda.Text
    icon: str
    badge: int
    is_current: bool


@dataclass(frozen=True)
class Group:
    """A group as it is drawn."""

    label: agenda.Text
    entries: list[Entry]
    is_open: bool

    @property
    def badge(self) -> int:
        """What waits in all of it."""
        return sum(one.badge for one in self.entries)


RAIL: tuple[tuple[agenda.Text, tuple[Place, ...]], ...] = (
    (
        _("My work"),
        (
            Place("head:page", _("How things stand"), "clipboard-check", lambda user: user.sees_all),
            Place("overview:summary", _("Summary"), "grid"),
            Place("overview:days", _("Due days"), "calendar3"),
            Place("submissions:inbox", _("Submissions"), "inbox"),
            Place("inquiries:list", _("Inquiries"), "question-circle"),
            Place("notices:list", _("Notices"), "bell"),
            Place("handbook:contents", _("Handbook"), "file-earmark-text"),
        ),
    ),
    (
        _("Check and follow up"),
        (
            Place("submissions:batches", _("Batches"), "list-ul"),
            Place("duplicates:pairs", _("Duplicates"), "copy"),
            Place("industries:halal-work", _("Halal work list"), "clipboard-check"),
            Place("industries:quality-work", _("Data to make better"), "clipboard-check"),
            Place("industries:kbli-work", _("KBLI codes to settle"), "tag"),
            Place("ovop:readiness", _("OVOP readiness"), "award"),
            Place("ovop:nomination-list", _("Nominations for OVOP"), "send"),
            Place("ovop:due", _("Stars to assess again"), "arrow-counterclockwise"),
            Place("zones:zoneissue-list", _("Issues of zones"), "exclamation-triangle"),
            Place("commitments:commitment-list", _("Commitments of forums"), "check-circle"),
            Place("supervision:inspection-list", _("Inspections"), "search"),
            Place("letters:list", _("Letters that ask for data"), "send"),
            Place("coverage:lists", _("Lists of other offices"), "list-ul"),
            Place("submissions:hidden", _("Hidden from the public"), "shield-lock"),
        ),
    ),
    (
        _("Data"),
        (
            Place("mydata:registers", _("My data"), "list-ul"),
            Place("workbooks:index", _("Import from Excel"), "upload", lambda user: user.can_propose),
            Place("industries:establishment-list", _("Small industries"), "shop"),
            Place("industries:cluster-list", _("Production centres"), "diagram-3"),
            Place("ovop:award-list", _("OVOP products"), "award"),
            Place("industries:halalcertification-list", _("Halal certificates"), "check-circle"),
            Place("industries:greencertification-list", _("Green industry"), "globe"),
            Place("zones:zone-list", _("Industrial zones"), "building"),
            Place("news:news-list", _("News"), "bell"),
            Place("commitments:forum-list", _("Forums of the office"), "people"),
            Place("zones:milestone-list", _("Milestones of zones"), "calendar3"),
            Place("zones:partnership-list", _("Partnerships"), "people"),
            Place("assistance:assistance-list", _("Assistance"), "people"),
            Place("reports:quarterlyreport-list", _("Quarterly reports"), "file-earmark-text"),
            Place("front:open-data", _("Open data"), "download"),
        ),
    ),
    (
        _("Reports"),
        (
            Place("planning:indicator-list", _("Indicators and targets"), "clipboard-check"),
            Place("planning:tables", _("Printed tables of plans"), "file-earmark-text"),
            Place("planning:economy", _("Structure of the economy"), "diagram-3"),
            Place("commitments:last-forum", _("Promises of the last forum"), "check-circle"),
            Place("zones:zone-portfolio", _("Portfolio of zones"), "building"),
            Place("industries:halal-progress", _("Progress of the halal campaign"), "clipboard-check"),
            Place("industries:halal-figures", _("Halal by regency"), "geo-alt"),
            Place("industries:green-figures", _("Green industry by regency"), "globe"),
            Place("ovop:statistics", _("OVOP in figures"), "award"),
            Place("industries:downstream", _("Downstream processing"), "diagram-3"),
            Place("figures:statistics", _("Statistics"), "list-ul"),
            Place("figures:quality", _("Quality of the data"), "check-circle"),
            Place("assistance:report", _("Assistance by sub-activity"), "people"),
            Place("assistance:never-helped", _("Makers never helped"), "people"),
            Place("reports:compliance", _("Who kept the deadline"), "calendar3"),
            Place("figures:sums", _("Workers and money"), "people"),
            Place("figures:reported", _("Reported by quarter"), "calendar3"),
            Place("closes:list", _("Quarter closes"), "shield-lock"),
            Place("regency_pages:list", _("Regencies and cities"), "geo-alt"),
        ),
    ),
    (
        _("Office"),
        (
            Place("accounts:profile", _("My account"), "person"),
            Place("admin:index", _("Administration"), "gear", lambda user: user.is_staff),
        ),
    ),
)


def rail(request: HttpRequest) -> dict[str, Any]:
    """For every page: `rail` draws the groups of somebody signed in, once; `frame` is the one that a page stands in.

    Both are callables, so that public pages never ask the database.
    """
    user: Any = getattr(request, "user", None)
    return {
        "rail": cache(lambda: _groups(user, request.path)),
        "frame": lambda: "inside.html" if user is not None and user.is_authenticated else "base.html",
    }


def _groups(user: User, path: str) -> list[Group]:
    """The groups of this person, for a page at this path."""
    chosen = [(label, [one for one in places if one.is_for(user)]) for label, places in RAIL]
    addresses = {one.view: reverse(one.view) for _label, places in chosen for one in places}
    here = max((url for url in addresses.values() if path.startswith(url)), key=len, default="")
    found = agenda.badges()
    counts = dict(zip(found, answers([Count(of(user), MOST_COUNTED) for of in found.values()], by=user), strict=True))
    groups: list[Group] = []
    for label, places in chosen:
        entries = [
            Entry(addresses[one.view], one.label, one.icon, counts.get(one.view, 0), addresses[one.view] == here)
            for one in places
        ]
        groups.append(Group(label, entries, is_open=not groups or any(one.is_current for one in entries)))
    return groups
