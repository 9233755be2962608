"""Who is away, who stands in, and what waits in the place of whoever is away."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.accounts import actions
from disperin.accounts.holdings import in_hand
from disperin.accounts.models import Absence, User, represented_by
from disperin.accounts.requests import UserRequest
from disperin.desk.pages import Desk, whole_number
from disperin.overview import due_days
from disperin.overview.due_days import Asked
from disperin.overview.forms import AbsenceForm

MOST = 50  # things of one kind that are named


class Absences(Desk):
    """`/ringkasan/cuti/`: one's own leave with who stands in, and what waits for those for whom one stands in."""

    def get(self, request: UserRequest) -> HttpResponse:
        return self._page(AbsenceForm(by=request.user))

    def post(self, request: UserRequest) -> HttpResponse:
        """Say that one is away, or call it off (`end`)."""
        if "end" in request.POST:
            own = Absence.objects.filter(user=request.user)
            actions.call_off(get_object_or_404(own, pk=whole_number(request.POST["end"])), by=request.user)
            messages.success(request, _("It is called off. Nobody stands in for you."))
            return redirect("overview:absences")
        form = AbsenceForm(request.POST, by=request.user)
        if form.is_valid():
            try:
                absence = actions.be_away(request.user, by=request.user, **form.cleaned_data)
            except ValidationError as refused:
                form.add_error(None, refused)
            else:
                messages.success(request, _("%(who)s stands in for you.") % {"who": absence.stand_in})
                return redirect("overview:absences")
        return self._page(form, status=400)

    def _page(self, form: AbsenceForm, status: int = 200) -> HttpResponse:
        user, today = self.request.user, timezone.localdate()
        own = Absence.objects.standing().filter(user=user, last_day__gte=today).select_related("stand_in")
        context = {
            "form": form,
            "own": own,
            "places": [_place_of(absence, user) for absence in represented_by(user, today)],
        }
        return render(self.request, "overview/absences.html", context, status=status)


def _place_of(absence: Absence, user: User) -> dict[str, Any]:
    """What waits in the place of somebody who is away, as far as `user` reaches it."""
    today, groups = timezone.localdate(), []
    for holding, things, _number in in_hand(absence.user):
        within = things if user.sees_all else things.filter(regency=user.regency_id)
        if number := within.order_by().count():
            named = [(str(thing), holding.url(thing)) for thing in within[:MOST]]
            groups.append({"label": holding.label, "number": number, "things": named, "more": number - len(named)})
    asked = Asked(mine=True, whose=absence.user)
    return {"absence": absence, "groups": groups, "days": due_days.items(user, asked, today, start=0, stop=MOST)}
