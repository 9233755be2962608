"""The page by which an administrator hands on what somebody has in hand who leaves or moves."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from disperin.accounts.actions import refuse_others
from disperin.accounts.holdings import Holding, in_hand
from disperin.accounts.models import User
from disperin.accounts.requests import UserRequest
from disperin.desk.pages import Desk
from disperin.desk.refusals import NotNow, add_refused
from disperin.history.views import timeline
from disperin.regions.models import Regency
from disperin.submissions import actions
from disperin.submissions.forms import HandOverForm

MOST = 50  # things of one kind that are named


class HandOver(Desk):
    """`/usulan/serah-terima/<id>/`: what is open in the hands of a person, to whom it goes, and why; it asks twice."""

    def get(self, request: UserRequest, pk: int) -> HttpResponse:
        refuse_others(request.user)
        return self._page(get_object_or_404(User, pk=pk))

    def post(self, request: UserRequest, pk: int) -> HttpResponse:
        refuse_others(request.user)
        user = get_object_or_404(User, pk=pk)
        form = HandOverForm(request.POST, user=user, found=in_hand(user, outside=_moves_to(request.POST)))
        if not form.is_valid():
            return self._page(user, form, status=400)
        if request.POST.get("sure") != form.outcome:
            return self._page(user, form, sure=form.outcome)
        try:
            handed_on = actions.hand_over(user, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            add_refused(form, refused)
            return self._page(user, form, status=400)
        except NotNow as refused:
            form.add_error(None, str(refused))
            return self._page(user, form, status=409)
        summary = ", ".join(f"{label}: {number}" for label, number in handed_on) or _("nothing was in hand")
        messages.success(request, _("Handed over: %(told)s.") % {"told": summary})
        return redirect("submissions:hand-over", pk)

    def _page(self, user: User, form: HandOverForm | None = None, *, sure: str = "", status: int = 200) -> HttpResponse:
        """The page; `sure` is what a form would do that was not confirmed yet."""
        form = form or HandOverForm(user=user, found=in_hand(user))
        held = form.found
        context = {
            "person": user,
            "groups": [_group(*entry) for entry in held],
            "total": sum(number for _holding, _things, number in held),
            "form": form,
            "sure": sure,
            "may_move": "what" in form.fields,
            "moves_to": _moves_to(self.request.POST),
            "is_own": user.pk == self.request.user.pk,
            "events": timeline(user),
        }
        return render(self.request, "submissions/hand_over.html", context, status=status)


def _moves_to(post: Mapping[str, str]) -> Regency | None:
    """The regency to which somebody is to move, whose things stay; None for whoever leaves."""
    code = post.get("moves_to", "") if post.get("what") == "moves" else ""
    return Regency.objects.filter(pk=code).first() if "\x00" not in code else None


def _group(holding: Holding, things: QuerySet[Any], number: int) -> dict[str, Any]:
    named = [(str(thing), holding.url(thing)) for thing in things[:MOST]]
    return {"label": holding.label, "number": number, "things": named, "more": number - len(named)}
