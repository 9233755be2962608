"""Who kept the deadline of a quarter: counts by regency and form that open their lists, and reminder letters."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Lower
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from disperin.accounts.requests import UserRequest
from disperin.desk import agenda
from disperin.desk.lists import COUNTED, chips_of, order_asked
from disperin.desk.pages import Desk
from disperin.papers.official import official_pdf
from disperin.regions.models import Regency
from disperin.registers.api.drawing import drawn
from disperin.registers.dated.quarters import Quarter
from disperin.registers.lists import listing
from disperin.registers.lists.listing import Order
from disperin.registers.record.known_words import holding
from disperin.reports import rules
from disperin.reports.forms.pages import ComplianceForm, ObligedForm
from disperin.reports.models import QuarterlyReport
from disperin.reports.models.compliance import UNSENT, counted, deadline_of, duties_in, may_remind, obliged_within
from disperin.reports.papers import reminder_paper
from disperin.reports.rules import Group, Outcome
from disperin.ui import formats
from disperin.ui.addresses import addresses
from disperin.ui.listing import with_query

ORDERS = (
    Order("name", _("Name A–Z"), Lower("name")),
    Order("-name", _("Name Z–A"), Lower("name")),
    Order("regency", _("By regency"), F("regency")),
)
COLUMNS = (
    "number",
    "name",
    "regency__name",
    "form",
    "outcome",
    "report_number",
    "filing_state",
    "filing_since",
    "earlier",
)
OF_REPORT = {
    "report_number": F("of_quarter__number"),
    "filing_state": F("of_quarter__filing__state"),
    "filing_since": F("of_quarter__filing__since"),
}


def _last_before(quarter: Quarter) -> Subquery:
    """The number of a maker's newest report before a quarter: what a report of that quarter can begin with."""
    year, period = quarter.year, rules.period_of(quarter)
    earlier = QuarterlyReport.objects.current().filter(Q(year__lt=year) | Q(year=year, quarter__lt=period))
    newest = earlier.filter(establishment=OuterRef("pk")).order_by("-year", "-quarter")
    return Subquery(newest.values("number")[:1])


class Compliance(Desk):
    """`/laporan-triwulan/kepatuhan/`: how the obliged makers within reach stand in a quarter."""

    def get(self, request: UserRequest) -> HttpResponse:
        asked = ComplianceForm(request.GET)
        if not asked.is_valid():
            return render(request, "reports/compliance.html", {"filter": asked, "problems": asked}, status=400)
        quarter = asked.asked
        duties, deadline = duties_in(quarter), deadline_of(quarter)
        numbers = counted(obliged_within(request.user, quarter, duties)) if duties else {"regency": {}, "form": {}}
        kept: dict[str, str | int] = {"year": quarter.year, "quarter": rules.period_of(quarter)}
        outcomes = [outcome for outcome in Outcome if _is_told(outcome, has_day=deadline is not None)]
        regencies = dict(Regency.objects.order_by("code").values_list("code", "name"))
        context = {
            "filter": asked,
            "quarter": quarter,
            "kept": urlencode(kept),
            "duties": duties,
            "deadline": deadline,
            "outcomes": outcomes,
            "by_regency": _lines(numbers["regency"], regencies, outcomes, "regency", kept),
            "by_form": _lines(numbers["form"], dict(Group.choices), outcomes, "form", kept),
            "total": _line(_("In all"), _summed(numbers["form"]), outcomes, kept),
        }
        return render(request, "reports/compliance.html", context)


def _is_told(outcome: Outcome, *, has_day: bool) -> bool:
    """With a due day nobody is sent without one; without it nobody is in time or late."""
    return outcome != Outcome.SENT if has_day else outcome not in (Outcome.IN_TIME, Outcome.LATE)


def _summed(numbers: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    return {outcome.value: sum(some.get(outcome.value, 0) for some in numbers.values()) for outcome in Outcome}


def _lines(
    numbers: Mapping[str, Mapping[str, int]],
    names: Mapping[str, Any],
    outcomes: list[Outcome],
    name: str,
    kept: dict[str, Any],
) -> list[dict[str, Any]]:
    """A line for each value that has obliged makers, in the order of `names`."""
    return [
        _line(label, numbers[key], outcomes, {**kept, name: key}) for key, label in names.items() if numbers.get(key)
    ]  # fmt: skip


def _line(label: Any, numbers: Mapping[str, int], outcomes: list[Outcome], kept: dict[str, Any]) -> dict[str, Any]:
    cells = [
        (numbers.get(outcome.value, 0), _list(**kept, outcome=outcome.value), outcome.label) for outcome in outcomes
    ]
    asked = urlencode(kept)
    return {"label": label, "all": sum(numbers.values()), "url": _list(**kept), "cells": cells, "asked": asked}


def _list(**kept: Any) -> str:
    return agenda.address("reports:obliged", **kept)


class Obliged(Desk):
    """`/laporan-triwulan/kepatuhan/daftar/`: the obliged makers of a quarter, narrowed as the page of counts says."""

    def get(self, request: UserRequest) -> HttpResponse:
        asked = ObligedForm(request.GET, by=request.user)
        if not asked.is_valid():
            return render(request, "reports/obliged.html", {"filter": asked, "problems": asked}, status=400)
        quarter = asked.asked
        duties = duties_in(quarter)
        makers = _narrowed(obliged_within(request.user, quarter, duties), asked.cleaned_data)
        listed = makers.annotate(**OF_REPORT, earlier=_last_before(quarter))
        order = order_asked(request, ORDERS)
        try:
            page = listing.page_of(listed, COLUMNS, order, request.GET.get("cursor", ""))
        except listing.BadCursor:
            page = listing.page_of(listed, COLUMNS, order)
        kept: dict[str, str | int] = {"year": quarter.year, "quarter": rules.period_of(quarter)}
        may_write = may_remind(quarter, deadline_of(quarter))
        context = {
            "filter": asked,
            "quarter": quarter,
            "duties": duties,
            "chips": [chip for chip in chips_of(request, asked) if chip["label"] not in (_("Year"), _("Quarter"))],
            "rows": [_row(row, kept, may_write=may_write, may_propose=request.user.can_propose) for row in page.rows],
            "orders": [(choice.value, choice.label) for choice in ORDERS],
            "order": order.value,
            "period": rules.period_of(quarter),
            "total": formats.capped(makers.order_by()[: COUNTED + 1].count(), COUNTED),
            "compliance_url": agenda.address("reports:compliance", **kept),
            "previous_url": page.previous and with_query(request, cursor=page.previous),
            "next_url": page.next and with_query(request, cursor=page.next),
        }
        return render(request, "reports/obliged.html", context)


def _narrowed(makers: Any, asked: Mapping[str, Any]) -> Any:
    if asked.get("regency"):
        makers = makers.filter(regency=asked["regency"])
    for name in ("form", "outcome"):
        if asked.get(name):
            makers = makers.filter(**{name: asked[name]})
    if asked.get("unsent"):
        makers = makers.filter(outcome__in=UNSENT)
    if asked.get("missing"):
        makers = makers.filter(of_quarter=None)
    return holding(makers, asked["q"]) if asked.get("q") else makers


def _row(row: dict[str, Any], kept: dict[str, Any], *, may_write: bool, may_propose: bool) -> dict[str, Any]:
    state = row["filing_state"]
    report = addresses("reports:quarterlyreport-detail")
    return {
        **row,
        "form_label": Group(row["form"]).label,
        "outcome_label": Outcome(row["outcome"]).label,
        "state_label": rules.State(state).label if state else "",
        "since": row["filing_since"],
        "url": addresses("industries:establishment-detail")(row["number"]),
        "report_url": report(row["report_number"]) if row["report_number"] else "",
        "copy_url": addresses("reports:copy-forward")(row["earlier"])
        if may_propose and row["earlier"] and not row["report_number"]
        else "",
        "letter_query": agenda.address("reports:reminder", **kept, maker=row["number"])
        if may_write and row["outcome"] in UNSENT
        else "",
    }


class ReminderLetter(Desk):
    """`/laporan-triwulan/kepatuhan/surat.pdf?year=&quarter=&maker=`: a letter that reminds one maker of its report."""

    def get(self, request: UserRequest) -> HttpResponse:
        asked = ObligedForm(request.GET, by=request.user)
        if not asked.is_valid():
            raise Http404
        quarter: Quarter = asked.asked
        deadline = deadline_of(quarter)
        if not may_remind(quarter, deadline):
            raise Http404
        number = request.GET.get("maker", "").replace("\x00", "?")
        duties = duties_in(quarter)
        makers = obliged_within(request.user, quarter, duties).select_related("regency", "village", "district")
        maker = get_object_or_404(makers.filter(outcome__in=UNSENT), number=number)
        paper = reminder_paper(maker, quarter, deadline, duties, timezone.localdate())
        named = {"Content-Disposition": f'inline; filename="pengingat-{maker.number}-{quarter.key}.pdf"'}
        return drawn(request, lambda: official_pdf(paper), "application/pdf", headers=named)
