"""One or several of the queue: set aside for oneself, handed to a colleague, and then one after another."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from disperin.accounts.models import Role, User
from disperin.accounts.requests import UserRequest
from disperin.desk.lists import PAGE_SIZE
from disperin.desk.pages import Desk, not_now, whole_number
from disperin.desk.refusals import NotNow, Refused
from disperin.submissions import actions
from disperin.submissions.models import Submission


class Chosen(Desk):
    """`/usulan/terpilih/`: what is to become of the ticked ones: take, hand (to a colleague); or next, of all."""

    def post(self, request: UserRequest) -> HttpResponse:
        return deal_with_chosen(request, back=reverse("submissions:inbox"))

    def not_now(self, refusal: NotNow) -> HttpResponse:
        """As of every desk, with the word to the colleague, so that it need not be typed again."""
        return not_now(self.request, refusal, kept=_note(self.request))


def deal_with_chosen(request: UserRequest, *, back: str) -> HttpResponse:
    """Do what was asked for the ticked ones; once they are handed on, the page `back` follows. Raises NotNow."""
    if not request.user.can_decide:
        raise Refused(_("Only a provincial verifier may do this."))
    deed = request.POST.get("deed", "")
    if deed in ("take", "hand"):
        _set_aside(request, deed)
    return redirect(back) if deed == "hand" else review_next(request)


def chosen_numbers(request: UserRequest) -> list[str]:
    """The numbers that are ticked."""
    return [number for number in request.POST.getlist("chosen")[:PAGE_SIZE] if "\x00" not in number]


def _note(request: UserRequest) -> str:
    return request.POST.get("hand_note", "").replace("\r\n", "\n")


def _set_aside(request: UserRequest, deed: str) -> None:
    by = request.user
    chosen = list(Submission.objects.within_reach(by).filter(number__in=chosen_numbers(request)))
    if not chosen:
        raise NotNow(_("Tick at least one submission."))
    to = by if deed == "take" else fellow_verifiers(by).filter(pk=whole_number(request.POST.get("to"))).first()
    if to is None:
        raise NotNow(_("Choose the colleague who is to review it."))
    try:
        done, left = actions.set_aside(chosen, to=to, by=by, note=_note(request))
    except ValidationError as refused:
        raise NotNow(" ".join(refused.messages)) from None
    for submission, reason in left:
        messages.warning(request, f"{submission}: {reason}")
    if done and to != by:
        text = ngettext(
            "%(number)d submission is handed to %(to)s.", "%(number)d submissions are handed to %(to)s.", len(done)
        )
        messages.success(request, text % {"number": len(done), "to": to})


def review_next(request: UserRequest, after: Submission | None = None) -> HttpResponse:
    """Opens the next one that this verifier may decide, or the desk where nothing waits."""
    following = actions.claim_next(by=request.user, after=after)
    if following is None:
        messages.info(request, _("Nothing else waits for review."))
        return redirect("submissions:inbox")
    return redirect("submissions:review", following.number)


def fellow_verifiers(user: User) -> QuerySet[User]:
    """To whom a verifier may hand on what waits; whether they may decide on it is asked of each."""
    return User.objects.filter(role=Role.VERIFIER, is_active=True).exclude(pk=user.pk).order_by("full_name", "pk")
