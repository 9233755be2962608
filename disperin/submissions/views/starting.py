"""The beginning of a submission: a new record, or what is to become of one that stands in a register."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from disperin.accounts.requests import UserRequest
from disperin.desk.pages import Desk
from disperin.desk.refusals import Refused
from disperin.inquiries.models import Inquiry
from disperin.registers.models import Record
from disperin.registers.record import directory
from disperin.registers.record.directory import Register
from disperin.submissions import actions
from disperin.submissions.draft_form import place_to_mend
from disperin.submissions.forms import StartForm
from disperin.submissions.models import Kind, Submission
from disperin.submissions.workflow import Status

LONGEST_FIELD = 80  # characters of a field's name


class Start(Desk):
    """`/usulan/baru/?daftar=&kabupaten=` for a new record, `?daftar=&data=<number>&jenis=` for one that is there.

    `&pertanyaan=<number>` names what a visitor reported of it, `&bidang=<field>` the field at which the draft opens.
    """

    def get(self, request: UserRequest) -> HttpResponse:
        self._refuse_readers()
        if "data" in request.GET:
            register, record, kind = self._asked(request.GET)
            return self._confirm(register, record, kind, self._inquiry(request.GET))
        known = {register.slug for register in directory.all_registers()}
        chosen = {"daftar": request.GET.get("daftar"), "kabupaten": request.GET.get("kabupaten")}
        if chosen["daftar"] not in known:
            chosen["daftar"] = next(iter(known)) if len(known) == 1 else None
        return self._choose(StartForm(initial=chosen, by=request.user))

    def post(self, request: UserRequest) -> HttpResponse:
        self._refuse_readers()
        if "data" in request.POST:
            register, record, kind = self._asked(request.POST)
            inquiry, own = self._inquiry(request.POST), self._own_draft(register, record)
            if inquiry and own and "tie" in request.POST:
                submission = actions.tie(own, inquiry, by=request.user)
            else:
                submission = actions.draft(register, {}, by=request.user, record=record, kind=kind, mends=inquiry)
            return redirect(edit_address(submission, request.POST.get("bidang", "")))
        form = StartForm(request.POST, by=request.user)
        if not form.is_valid():
            return self._choose(form, status=400)
        regency = form.cleaned_data.get("kabupaten")
        given = {"regency": regency.pk} if regency else {}
        try:
            submission = actions.draft(directory.get(form.cleaned_data["daftar"]), given, by=request.user)
        except ValidationError as refused:
            form.add_error(None, [error for errors in refused.error_dict.values() for error in errors])
            return self._choose(form, status=400)
        return redirect("submissions:edit", submission.number)

    def _refuse_readers(self) -> None:
        if not self.request.user.can_propose:
            raise Refused(_("Your role reads; it does not propose."))

    def _asked(self, query: Mapping[str, str]) -> tuple[Register, Record, Kind]:
        """The register, the record within reach, and the kind that the address names; 404 for any other."""
        try:
            register = directory.get(query.get("daftar"))
        except directory.UnknownRegister:
            raise Http404 from None
        number = query.get("data", "")
        reachable = register.model.objects.within_reach(self.request.user).select_related("regency")
        record = reachable.filter(number=number).first() if "\x00" not in number else None
        if record is None:
            raise Http404
        record.reader = self.request.user
        kind = query.get("jenis") or (Kind.REOPEN if record.closed_on else Kind.CHANGE)
        if kind not in (Kind.CHANGE, Kind.CLOSE, Kind.REOPEN, Kind.CONFIRM):
            raise Http404
        return register, record, Kind(kind)

    def _inquiry(self, query: Mapping[str, str]) -> Inquiry | None:
        """What a visitor reported, within reach, if the address names it; 404 for any other."""
        number = query.get("pertanyaan", "")
        inquiries = Inquiry.objects.within_reach(self.request.user)
        return get_object_or_404(inquiries, number=number.replace("\x00", "?")) if number else None

    def _own_draft(self, register: Register, record: Record) -> Submission | None:
        drafts = Submission.objects.within_reach(self.request.user).of_record(register.slug, record.pk)
        return drafts.filter(status=Status.DRAFT, proposed_by=self.request.user).first()

    def _choose(self, form: StartForm, status: int = 200) -> HttpResponse:
        return render(self.request, "submissions/start.html", {"form": form}, status=status)

    def _confirm(self, register: Register, record: Record, kind: Kind, inquiry: Inquiry | None) -> HttpResponse:
        others = Submission.objects.within_reach(self.request.user).of_record(register.slug, record.pk).open().shown()
        mine = [
            draft for draft in others if draft.status == Status.DRAFT and draft.proposed_by_id == self.request.user.pk
        ]
        waiting = [submission for submission in others if submission.status != Status.DRAFT]
        context = {"register": register, "record": record, "kind": kind, "mine": mine, "waiting": waiting}
        field = self.request.GET.get("bidang", "")[:LONGEST_FIELD]
        context |= {"inquiry": inquiry, "reports": [inquiry] if inquiry else [], "field": field}
        context["mine"] = [(draft, edit_address(draft, field)) for draft in mine]
        return render(self.request, "submissions/start_record.html", context)


def edit_address(submission: Submission, field: str = "") -> str:
    """The page of a draft, opened at a field where one is named."""
    place = place_to_mend(submission.form(), submission.values, field) if field else ""
    return reverse("submissions:edit", args=[submission.number]) + place
