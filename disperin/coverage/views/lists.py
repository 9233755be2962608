"""The lists that were brought, and bringing one."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from disperin.accounts.requests import UserRequest
from disperin.coverage import actions
from disperin.coverage.forms import BringForm
from disperin.coverage.models import OutsideList
from disperin.coverage.rules import Outcome
from disperin.desk.lists import DEEPEST
from disperin.desk.pages import Desk
from disperin.desk.refusals import Refused

PAGE_SIZE = 25


class Lists(Desk):
    """`/cakupan/`: lists of other offices within reach, the newest first, with what their lines turned out to be."""

    def get(self, request: UserRequest) -> HttpResponse:
        outside_lists = OutsideList.objects.readable_by(request.user).select_related("regency", "workbook")
        page = Paginator(outside_lists[: DEEPEST * PAGE_SIZE], PAGE_SIZE).get_page(request.GET.get("page"))
        rows = [self._row(outside_list) for outside_list in page.object_list]
        context = {"page": page, "rows": rows, "may_bring": request.user.can_propose}
        return render(request, "coverage/lists.html", context)

    def _row(self, outside_list: OutsideList) -> dict[str, Any]:
        counts = outside_list.counted(self.request.user)
        shown = (Outcome.FOUND, Outcome.CONTRADICTING, Outcome.NEW, Outcome.DOUBTFUL, Outcome.MISSING)
        return {"list": outside_list, "counts": [(each.label, counts[each]) for each in shown]}


class Bring(Desk):
    """`/cakupan/baru/`: a file of another office, with its day, its source and what it covers."""

    def get(self, request: UserRequest) -> HttpResponse:
        _refuse_readers(request)
        return self._page(BringForm(by=request.user))

    def post(self, request: UserRequest) -> HttpResponse:
        _refuse_readers(request)
        form = BringForm(request.POST, request.FILES, by=request.user)
        if not form.is_valid():
            return self._page(form, status=400)
        cleaned = form.cleaned_data
        try:
            made = actions.bring(
                cleaned["kind"],
                cleaned["file"],
                regency=request.user.regency or cleaned["regency"],
                listed_on=cleaned["listed_on"],
                source=cleaned["source"],
                branch=cleaned["branch"],
                by=request.user,
            )
        except ValidationError as refused:
            form.add_error(None, refused)
            return self._page(form, status=400)
        return redirect(made.workbook)

    def _page(self, form: BringForm, status: int = 200) -> HttpResponse:
        return render(self.request, "coverage/bring.html", {"form": form}, status=status)


def _refuse_readers(request: UserRequest) -> None:
    if not request.user.can_propose:
        raise Refused(_("Your role reads; it brings no lists."))
