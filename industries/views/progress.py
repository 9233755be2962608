"""How the halal campaign goes, month by month, with a line chart made on the server."""

import datetime

from django.shortcuts import render
from django.utils import timezone

from disperin.submissions.views.desk import Desk
from industries import rules
from industries.forms.work import WorkForm
from industries.models import HalalDuty, halal_counts, judged_classes

WIDTH, HEIGHT = 720, 260  # of the drawing, in its own units
LEFT, RIGHT, TOP, BOTTOM = 56, 40, 16, 36
MONTHS = 12


class HalalProgress(Desk):
    """`/halal/kemajuan/`: certified products and those past the deadline, month by month."""

    def get(self, request):
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


def _month(day, counted, judged):
    """How the campaign stands on a day."""
    totals = dict.fromkeys(("certified", "past"), 0)
    for (_place, cover, *of), number in counted.items():
        totals["certified"] += number * (cover == rules.HalalState.CERTIFIED)
        totals["past"] += number * (judged[cover, *of][1] > 0)
    return {"day": day, **totals}


def month_ends(today):
    """The last days of the eleven months before, and today."""
    ends, first = [today], today.replace(day=1)
    while len(ends) < MONTHS:
        last = first - datetime.timedelta(days=1)
        ends.append(last)
        first = last.replace(day=1)
    return ends[::-1]


def chart(months):
    """What the template draws of `[{"day", "certified", "past"}]`: two lines on one scale from 0, and a few marks."""
    top = _round_up(max([1, *(month[name] for month in months for name in ("certified", "past"))]))
    across = (WIDTH - LEFT - RIGHT) / max(1, len(months) - 1)

    def place(at, value):
        return round(LEFT + at * across, 1), round(HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM), 1)

    def line(name):
        dots = [place(at, month[name]) for at, month in enumerate(months)]
        # ready for the drawing, whatever language writes its decimals with a comma
        return {"points": " ".join(f"{x},{y}" for x, y in dots), "dots": [(str(x), str(y)) for x, y in dots]}

    marks = [{"value": value, "y": str(place(0, value)[1])} for value in (0, top // 2, top)] if top > 1 else [
        {"value": value, "y": str(place(0, value)[1])} for value in (0, 1)
    ]  # fmt: skip
    days = [{"day": month["day"], "x": str(place(at, 0)[0])} for at, month in enumerate(months) if at % 3 == 2]
    return {
        "width": WIDTH, "height": HEIGHT, "left": LEFT, "right": WIDTH - RIGHT, "bottom": HEIGHT - 12,
        "certified": line("certified"), "past": line("past"), "marks": marks, "days": days,
    }  # fmt: skip


def _round_up(value):
    """The next of 1, 2, 4, 10, 20, 40, 100, …: half of it is a whole number too."""
    size = 1
    while True:
        for step in (1, 2, 4):
            if step * size >= value:
                return step * size
        size *= 10
