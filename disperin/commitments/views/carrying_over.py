"""Carry what is open of a forum over to a later one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from disperin.accounts.requests import UserRequest
from disperin.commitments import actions
from disperin.commitments.forms import CarryOverForm
from disperin.commitments.models import Forum
from disperin.desk.pages import Desk
from disperin.desk.refusals import Refused


class CarryOver(Desk):
    """`/forum/<number>/bawa/`: GET asks for the next forum, POST proposes it for all that is open."""

    def get(self, request: UserRequest, number: str) -> HttpResponse:
        forum = self._forum(number)
        return self._page(forum, CarryOverForm(forum=forum))

    def post(self, request: UserRequest, number: str) -> HttpResponse:
        forum = self._forum(number)
        form = CarryOverForm(request.POST, forum=forum)
        if not form.is_valid():
            return self._page(forum, form, status=400)
        try:
            carried = actions.carry_over(forum, form.cleaned_data["next_forum"], by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
            return self._page(forum, form, status=400)
        values = {"number": carried.number, "batches": ", ".join(batch.number for batch in carried.batches)}
        text = ngettext(
            "%(number)s commitment is proposed for the next forum. A colleague verifies it in: %(batches)s.",
            "%(number)s commitments are proposed for the next forum. A colleague verifies them in: %(batches)s.",
            carried.number,
        )
        messages.success(request, text % values)
        for commitment, why in carried.left:
            messages.warning(request, _("%(number)s was left: %(why)s") % {"number": commitment.number, "why": why})
        return redirect("commitments:forum-detail", forum.number)

    def _forum(self, number: str) -> Forum:
        """The forum of this number; 404 for none. Raises Refused for whoever does not propose for the province."""
        if "\x00" in number:
            raise Http404
        forum = get_object_or_404(Forum.objects.within_reach(self.request.user), number=number)
        if not (self.request.user.can_propose and self.request.user.sees_all):
            raise Refused(_("Only the province carries commitments over to the next forum."))
        return forum

    def _page(self, forum: Forum, form: CarryOverForm, status: int = 200) -> HttpResponse:
        context = {"forum": forum, "form": form, "number": actions.to_carry_over(forum).count()}
        return render(self.request, "commitments/carry_over.html", context, status=status)
