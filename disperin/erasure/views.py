"""The page on which an administrator erases what the portal keeps of a person."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from disperin.accounts.requests import UserRequest
from disperin.desk.pages import Desk
from disperin.desk.refusals import NotNow, Refused
from disperin.erasure.actions import erase, why_not_erase
from disperin.erasure.forms import EraseForm
from disperin.registers.hiding.erasing import personal_of
from disperin.registers.lists.addresses import record_address
from disperin.registers.models import Record
from disperin.registers.record.directory import Register


class Erase(Desk):
    """`/usulan/data/<slug>/<number>/data-pribadi/`: for administrators; what is wrong is said on the page (400)."""

    def get(self, request: UserRequest, slug: str, number: str) -> HttpResponse:
        return self._page(*self._record(slug, number))

    def post(self, request: UserRequest, slug: str, number: str) -> HttpResponse:
        register, target = self._record(slug, number)
        form = EraseForm(request.POST, personal=personal_of(register))
        if form.is_valid():
            asked = form.cleaned_data
            options = {name: asked[name] for name in ("current", "reason", "request")}
            try:
                target = erase(register, target, asked["fields_chosen"], by=request.user, **options)
            except ValidationError as refused:
                form.add_error(None, [text for texts in refused.message_dict.values() for text in texts])
            else:
                messages.success(
                    request, _("Erased. The history says what, when, why and by whom; the regency was told.")
                )
                return redirect(record_address(register, getattr(target, target.named_by)))
        return self._page(register, target, form=form, status=400)

    def _record(self, slug: str, number: str) -> tuple[Register, Record]:
        """The register and the record, if it lies within reach; others than administrators are refused."""
        register, record = self.record(slug, number)
        if refusal := why_not_erase(self.request.user):
            raise Refused(refusal)
        if not list(personal_of(register)):
            raise NotNow(_("Nothing of this register is said of a person."))
        return register, record

    def _page(
        self, register: Register, record: Record, *, form: EraseForm | None = None, status: int = 200
    ) -> HttpResponse:
        context = {
            "register": register,
            "record": record,
            "record_url": record_address(register, getattr(record, record.named_by)),
            "form": form or EraseForm(personal=personal_of(register), initial={"current": True}),
        }
        return render(self.request, "erasure/erase.html", context, status=status)
