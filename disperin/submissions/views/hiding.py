"""What is hidden from the public: the list, and the page on which an administrator hides and shows again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disperin.accounts.requests import UserRequest
from disperin.desk.pages import Desk, whole_number
from disperin.desk.refusals import NotNow, Refused
from disperin.registers.hiding.hidden import hidden_in, places_of, what_at
from disperin.registers.lists import listing
from disperin.registers.lists.addresses import record_address
from disperin.registers.models import Hidden, Record
from disperin.registers.record import directory
from disperin.registers.record.directory import Register
from disperin.submissions import actions
from disperin.submissions.actions.hiding import why_not_hide
from disperin.submissions.forms import HideForm, LiftForm
from disperin.ui.listing import with_query

NEWEST = listing.Order("-id", gettext_lazy("Newest first"), F("id"))
COLUMNS = ("register", "record_number", "path", "reason", "by__full_name", "at", "regency__name")


class HiddenList(Desk):
    """`/usulan/tersembunyi/`: what is hidden from the public now, within reach, the newest first."""

    def get(self, request: UserRequest) -> HttpResponse:
        reachable = Hidden.objects.live().within_reach(request.user)
        try:
            page = listing.page_of(reachable, COLUMNS, NEWEST, request.GET.get("cursor", ""))
        except listing.BadCursor:
            page = listing.page_of(reachable, COLUMNS, NEWEST)
        context = {
            "rows": [_row(row) for row in page.rows],
            "previous_url": page.previous and with_query(request, cursor=page.previous),
            "next_url": page.next and with_query(request, cursor=page.next),
        }
        return render(request, "submissions/hidden.html", context)


class Hide(Desk):
    """`/usulan/data/<slug>/<number>/sembunyikan/`: for administrators; the record's own page tells the others."""

    def get(self, request: UserRequest, slug: str, number: str) -> HttpResponse:
        return self._page(*self._record(slug, number))

    def post(self, request: UserRequest, slug: str, number: str) -> HttpResponse:
        """Hide what was chosen, or show again what the button names (`lift`); says on the page what is wrong (400)."""
        register, record = self._record(slug, number)
        lifted = request.POST.get("lift", "")
        form = LiftForm(request.POST) if lifted else self._form(register, record, request.POST)
        if form.is_valid():
            try:
                if lifted:
                    self._lift(register, record, lifted, form.cleaned_data["reason"])
                else:
                    asked = form.cleaned_data
                    actions.hide(register, record, asked["path"], reason=asked["reason"], by=request.user)
                    messages.success(request, _("Hidden from the public. The regency was told."))
            except ValidationError as refused:
                form.add_error(None, [text for texts in refused.message_dict.values() for text in texts])
            else:
                return redirect("submissions:hide", slug, record.number)
        return self._page(register, record, form=form, lifted=whole_number(lifted), status=400)

    def _lift(self, register: Register, record: Record, lifted: str, reason: str) -> None:
        of_record = Hidden.objects.of_record(register.slug, record.pk)
        actions.lift(get_object_or_404(of_record, pk=whole_number(lifted)), reason=reason, by=self.request.user)
        messages.success(self.request, _("The public sees it again. The regency was told."))

    def _record(self, slug: str, number: str) -> tuple[Register, Record]:
        """The register and the record, if it lies within reach; others than administrators are refused."""
        register, record = self.record(slug, number)
        if refusal := why_not_hide(self.request.user):
            raise Refused(refusal)
        if not register.model.audience.is_public:
            raise NotNow(_("Nothing of this register is public."))
        return register, record

    def _form(self, register: Register, record: Record, post: QueryDict | None = None) -> HideForm:
        places = [place for place in places_of(register, record) if place.can_be_hidden]
        return HideForm(post, places=places)

    def _page(
        self, register: Register, record: Record, *, form: LiftForm | None = None, lifted: int = 0, status: int = 200
    ) -> HttpResponse:
        context = {
            "register": register,
            "record": record,
            "record_url": record_address(register, getattr(record, record.named_by)),
            "hidden": hidden_in(register, record),
            "form": form if form and not lifted else self._form(register, record),
            "lift_form": form if lifted else LiftForm(),
            "lifted": lifted,
        }
        return render(self.request, "submissions/hide.html", context, status=status)


def _row(row: dict[str, Any]) -> dict[str, Any]:
    register = directory.get(row["register"])
    return {
        **row,
        "label": register.label_of_one,
        "what": what_at(register.form, row["path"]),
        "url": record_address(register, row["record_number"]),
    }
