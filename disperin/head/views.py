"""The head's page, the history of its alerts, and whether one gets the mail of Mondays."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from disperin.accounts.requests import UserRequest
from disperin.desk.lists import COUNTED, DEEPEST, PAGE_SIZE, page_number
from disperin.desk.pages import Desk
from disperin.desk.refusals import Refused
from disperin.head import actions, text
from disperin.head.alerts import in_words
from disperin.head.models import Alert
from disperin.head.moved import LOOKED_AT, Moved
from disperin.head.readers import is_reader, may_choose
from disperin.ui.listing import with_query


class OfTheProvince(Desk):
    """What only those read whose reach is the province; others are led to their own summary."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user: Any = request.user
        if user.is_authenticated and not user.sees_all:
            raise Refused(_("This page shows the whole province. What waits in your regency stands in your summary."))
        return super().dispatch(request, *args, **kwargs)


class HeadPage(OfTheProvince):
    """`/pimpinan/`: what is late, what has moved, which thresholds are passed, and the same as a text."""

    def get(self, request: UserRequest) -> HttpResponse:
        report = text.report_of()
        moved, further = _signed(report.movement.moved), _signed(report.movement.further)
        context = {
            "report": report,
            "late_in_all": text.in_all(report.standing.late),
            "ended_in_all": text.in_all(report.standing.ended),
            "waiting_in_all": text.in_all(report.standing.waiting),
            "moved": moved,
            "further": further,
            "looked_at": LOOKED_AT,
            "counted": COUNTED,
            "text": text.text_of(report),
            "gets_mail": is_reader(request.user),
        }
        return render(request, "head/page.html", context)


def _signed(some: Iterable[Moved]) -> list[dict[str, Any]]:
    """What moved, with its numbers in words."""
    return [
        {
            "moved": moved,
            "change": text.signed(moved.change, is_money=moved.is_money),
            "parts": [(part, text.signed(part.moved) if part.moved else "") for part in moved.parts],
            "records": [
                (who, "" if who.moved is None else text.signed(who.moved, is_money=moved.is_money))
                for who in moved.records
            ],
        }
        for moved in some
    ]


class Alerts(OfTheProvince):
    """`/pimpinan/peringatan/`: when which threshold was passed, the latest first."""

    def get(self, request: UserRequest) -> HttpResponse:
        page = page_number(request)
        alerts = Alert.objects.select_related("rule__regency")[(page - 1) * PAGE_SIZE : page * PAGE_SIZE + 1]
        rows = list(alerts)
        context = {
            "rows": [(alert, in_words(alert.rule, alert.value, alert.threshold)) for alert in rows[:PAGE_SIZE]],
            "previous_url": with_query(request, page=page - 1 if page > 2 else None) if page > 1 else "",
            "next_url": with_query(request, page=page + 1) if len(rows) > PAGE_SIZE and page < DEEPEST else "",
        }
        return render(request, "head/alerts.html", context)


class Mail(OfTheProvince):
    """`/pimpinan/surel/`: get the mail of Mondays, or get it no more."""

    def get(self, request: UserRequest) -> HttpResponse:
        context = {
            "gets_mail": is_reader(request.user),
            "may_choose": may_choose(request.user),
            "hour": actions.MORNING.hour,
        }
        return render(request, "head/mail.html", context)

    def post(self, request: UserRequest) -> HttpResponse:
        wanted = "want" in request.POST
        actions.choose_monday_mail(request.user, wanted=wanted, by=request.user)
        message = _("You get the mail of Mondays.") if wanted else _("You get the mail of Mondays no more.")
        messages.success(request, message)
        return redirect("head:mail")
