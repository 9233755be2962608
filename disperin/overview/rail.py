"""The rail of every signed-in page: where to go, in groups by task. The current group is open, and so is the first."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.desk import agenda
from disperin.desk.counting import Count, answers

MOST_COUNTED = 99  # a badge says "99+" beyond
MOST_DRAWN = 200  # rails that a worker keeps, of about 15 kB each: one for each role, page and state of the badges


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
        return sum(entry.badge for entry in self.entries)


@dataclass(frozen=True)
class Rail:
    """The whole, and its groups as HTML: a page has them twice, for wide and for narrow windows."""

    groups: list[Group]
    drawn: SafeString


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
            Place("zones:zoneissue-list", _("Issues of zones and projects"), "exclamation-triangle"),
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
            Place("industries:service-list", _("Industry services"), "shop"),
            Place("industries:cluster-list", _("Production centres"), "diagram-3"),
            Place("ovop:award-list", _("OVOP products"), "award"),
            Place("industries:halalcertification-list", _("Halal certificates"), "check-circle"),
            Place("industries:greencertification-list", _("Green industry"), "globe"),
            Place("zones:zone-list", _("Industrial zones"), "building"),
            Place("zones:project-list", _("National strategic projects"), "building"),
            Place("news:news-list", _("News"), "bell"),
            Place("commitments:forum-list", _("Forums of the office"), "people"),
            Place("zones:milestone-list", _("Milestones of zones and projects"), "calendar3"),
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
            Place("planning:units", _("Units and what each is responsible for"), "people"),
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
    """For every page: `rail` is that of somebody signed in, made once; `frame` is the one that a page stands in.

    Both are callables, so that public pages never ask the database.
    """
    user: Any = getattr(request, "user", None)
    return {
        "rail": cache(lambda: _rail(user, request.path)),
        "frame": lambda: "inside.html" if user is not None and user.is_authenticated else "base.html",
    }


def _rail(user: User, path: str) -> Rail:
    """That of this person, for a page at this path."""
    language = get_language() or ""
    views = tuple(place.view for _label, places in RAIL for place in places if place.is_for(user))
    addresses = _addresses(language)
    here = max(
        (view for view in views if path.startswith(addresses[view])), key=lambda it: len(addresses[it]), default=""
    )
    badges = agenda.badges()
    counts = answers([Count(of(user), MOST_COUNTED) for of in badges.values()])
    return _drawn(language, views, here, tuple(zip(badges, counts, strict=True)))


@lru_cache(maxsize=2)
def _addresses(_language: str) -> dict[str, str]:
    """Where the entries lead, in the language now active."""
    return {place.view: reverse(place.view) for _label, places in RAIL for place in places}


@lru_cache(maxsize=MOST_DRAWN)
def _drawn(language: str, views: tuple[str, ...], here: str, counts: tuple[tuple[str, int], ...]) -> Rail:
    """The rail with these entries and counts: all that it depends on, so that it is drawn again only for others."""
    addresses, counted, shown = _addresses(language), dict(counts), set(views)
    groups: list[Group] = []
    for label, places in RAIL:
        entries = [
            Entry(addresses[place.view], place.label, place.icon, counted.get(place.view, 0), place.view == here)
            for place in places
            if place.view in shown
        ]
        groups.append(Group(label, entries, is_open=not groups or any(entry.is_current for entry in entries)))
    return Rail(groups, render_to_string("_rail_groups.html", {"groups": groups}))
