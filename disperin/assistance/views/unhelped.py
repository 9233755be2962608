"""Who was never helped: the makers within reach, with counts that open their lists."""

from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.accounts.requests import UserRequest
from disperin.assistance.forms.pages import NeverHelpedForm
from disperin.assistance.models.helped import helped_by, never_helped
from disperin.desk import agenda
from disperin.desk.lists import COUNTED
from disperin.desk.pages import Desk
from disperin.regions.models import Regency
from disperin.registers.lists import listing
from disperin.registers.lists.listing import Order
from disperin.registers.record import rollup
from disperin.registers.record.known_words import holding
from disperin.ui import formats
from disperin.ui.listing import with_query
from industries.rules import Branch

SLUG = "establishments"
ORDER = Order("name", _("Name A–Z"), Lower("name"))
COLUMNS = ("number", "name", "branch", "industry_scale", "regency__name", "village__name", "cluster__name")


class NeverHelped(Desk):
    """`/pembinaan/belum-dibantu/`: the makers to which nothing was ever handed over."""

    def get(self, request: UserRequest) -> HttpResponse:
        asked = NeverHelpedForm(request.GET, by=request.user)
        if not asked.is_valid():
            return render(request, "assistance/never_helped.html", {"filter": asked, "problems": asked}, status=400)
        narrowed = asked.cleaned_data
        makers = never_helped(request.user)
        for name in ("regency", "district", "branch"):
            if narrowed.get(name):
                makers = makers.filter(**{name: narrowed[name]})
        makers = holding(makers, narrowed["q"])
        try:
            page = listing.page_of(makers, COLUMNS, ORDER, request.GET.get("cursor", ""))
        except listing.BadCursor:
            page = listing.page_of(makers, COLUMNS, ORDER)
        regency = request.user.regency_id or getattr(narrowed.get("regency"), "pk", None)
        context = {
            "filter": asked,
            "narrowed": any(narrowed.values()),
            "rows": [{**row, "branch": Branch(row["branch"]).label} for row in page.rows],
            "total": formats.capped(makers.order_by()[: COUNTED + 1].count(), COUNTED),
            "by_regency": _by_regency(request.user),
            "by_branch": _by_branch(request.user, regency),
            "previous_url": page.previous and with_query(request, cursor=page.previous),
            "next_url": page.next and with_query(request, cursor=page.next),
        }
        return render(request, "assistance/never_helped.html", context)


def _by_regency(user: User) -> list[dict[str, Any]]:
    """By regency, for whoever sees them all."""
    if not user.sees_all:
        return []
    names = dict(Regency.objects.order_by("code").values_list("code", "name"))
    return _shares(rollup.counts_of(SLUG).get("regency", {}), helped_by(user, "regency"), names, {}, "regency")


def _by_branch(user: User, regency: str | None) -> list[dict[str, Any]]:
    """By branch, within one regency where one is looked at."""
    counted = rollup.crossed_counts(SLUG, "regency", regency) if regency else rollup.counts_of(SLUG)
    helped = helped_by(user, "branch", within=Q(regency=regency) if regency else None)
    kept = {"regency": regency} if regency and user.sees_all else {}
    return _shares(counted.get("branch", {}), helped, dict(Branch.choices), kept, "branch")


def _shares(
    all_of: dict[str, int], helped: dict[str, int], names: dict[str, Any], kept: dict[str, str], name: str
) -> list[dict[str, Any]]:
    """A row for each value that has makers: how many, how many were helped, how many never."""
    return [
        {
            "label": label,
            "all": all_of[key],
            "helped": helped.get(key, 0),
            "never": all_of[key] - helped.get(key, 0),
            "url": agenda.address("assistance:never-helped", **kept, **{name: key}) + "#daftar",
        }
        for key, label in names.items()
        if all_of.get(key)
    ]
