"""How the halal campaign goes, month by month, with a line chart made on the server."""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from disperin.accounts.requests import UserRequest
from disperin.desk.pages import Desk
from disperin.ui.charts import LineChart, Series, line_chart
from industries import rules
from industries.forms.work import WorkForm
from industries.models import HalalDuty, halal_counts, judged_classes

MONTHS = 12


class HalalProgress(Desk):
    """`/halal/kemajuan/`: certified products, those past the deadline and those not known, month by month."""

    def get(self, request: UserRequest) -> HttpResponse:
        asked = WorkForm(request.GET, by=request.user)
        if not asked.is_valid():
            return render(request, "industries/halal_progress.html", {"problems": asked}, status=400)
        regency, days = asked.cleaned_data.get("regency"), month_ends(timezone.localdate())
        counted = halal_counts(days, by="regency", user=request.user, **({"regency": regency} if regency else {}))
        duties = list(HalalDuty.objects.all())
        months = [_month(day, here, judged_classes(day, duties)) for day, here in zip(days, counted, strict=True)]
        context = {"months": months, "chart": chart(months), "regency": regency or request.user.regency}
        if request.user.sees_all:
            context["filter"] = asked
        return render(request, "industries/halal_progress.html", context)


def _month(day: datetime.date, counted: Counter[tuple[str, ...]], judged: Mapping[Any, Any]) -> dict[str, Any]:
    """How the campaign stands on a day."""
    totals = dict.fromkeys(("certified", "past", "unknown"), 0)
    for (_place, *of), number in counted.items():
        state, overdue_days = judged[tuple(of)]
        totals["certified"] += number * (state == rules.HalalState.CERTIFIED)
        totals["past"] += number * (overdue_days > 0)
        totals["unknown"] += number * (state == rules.HalalState.UNKNOWN)
    return {"day": day, **totals}


def month_ends(today: datetime.date) -> list[datetime.date]:
    """The last days of the eleven months before, and today."""
    ends, first = [today], today.replace(day=1)
    while len(ends) < MONTHS:
        last = first - datetime.timedelta(days=1)
        ends.append(last)
        first = last.replace(day=1)
    return ends[::-1]


def chart(months: Sequence[dict[str, Any]]) -> LineChart:
    """Two lines over `[{"day", "certified", "past"}]`, in products."""
    lines = [
        Series(style, label, [month[name] for month in months], has_dots=style == "actual")
        for name, style, label in (
            ("certified", "actual", gettext("Certified")),
            ("past", "alarm", gettext("Past the deadline")),
        )
    ]
    return line_chart([month["day"] for month in months], lines)
