"""What all pages of the workbench share: signed in, never cached, and a refusal that says why and what to do."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import View

from disperin.accounts.requests import UserRequest
from disperin.desk.refusals import NotNow
from disperin.registers.models import Record
from disperin.registers.record import directory
from disperin.registers.record.directory import Register


@method_decorator(never_cache, name="dispatch")
class Desk(LoginRequiredMixin, View):
    """A page for people with an account. Visitors sign in first; `NotNow` becomes a page with status 409."""

    request: UserRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except NotNow as refusal:
            return self.not_now(refusal)

    def record(self, slug: str, number: str) -> tuple[Register, Record]:
        """A register and its record of this number, if it lies within reach; 404 otherwise."""
        try:
            register = directory.get(slug)
        except directory.UnknownRegister:
            raise Http404 from None
        reachable = register.model.objects.within_reach(self.request.user)
        return register, get_object_or_404(reachable.select_related("regency"), number=number)

    def not_now(self, refusal: NotNow) -> HttpResponse:
        """The page of a step that is not possible now."""
        return not_now(self.request, refusal)


def not_now(request: HttpRequest, refusal: NotNow, *, submission: Model | None = None, kept: str = "") -> HttpResponse:
    """The page of a step that is not possible now: why, how the submission stands, where to go on (409).

    `kept` is what was typed, to be copied from there.
    """
    context = {"reason": str(refusal), "submission": submission, "kept": kept}
    return render(request, "submissions/not_now.html", context, status=409)


def whole_number(text: str | None) -> int:
    """The number that a page carries, such as a revision or version; 0, older than all, for one that says none."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0
