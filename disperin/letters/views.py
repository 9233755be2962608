"""Letters that ask the regencies for data: the list, one page each, writing, and the paper."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disperin.accounts.requests import UserRequest
from disperin.desk.lists import DeskList
from disperin.desk.pages import Desk
from disperin.desk.refusals import Refused
from disperin.history.views import timeline
from disperin.letters import actions
from disperin.letters.filters import LetterFilter
from disperin.letters.forms import LetterForm, ReceivedForm
from disperin.letters.models import DataRequest
from disperin.letters.papers import letter_paper, upload_address
from disperin.notices.actions import mark_read_about
from disperin.papers.official import official_pdf
from disperin.registers.api.drawing import drawn
from disperin.registers.lists.listing import Order
from disperin.registers.record import directory

ORDERS = (
    Order("-id", gettext_lazy("Newest first"), F("id")),
    Order("id", gettext_lazy("Oldest first"), F("id")),
    Order("due_on", gettext_lazy("Earliest due day first"), F("due_on")),
    Order("regency", gettext_lazy("By regency"), F("regency")),
)


class LetterList(DeskList):
    """`/surat-permintaan/`: the letters within reach, the newest first."""

    filterset_class = LetterFilter
    columns = (
        "id", "number", "subject", "written_on", "due_on", "received_on", "withdrawn_on", "regency__name",
        "office__name",
    )  # fmt: skip

    def get(self, request: UserRequest) -> HttpResponse:
        context = self.narrowed(DataRequest.objects.within_reach(request.user), *ORDERS)
        context |= {"today": timezone.localdate(), "may_write": _may_write(request)}
        return render(request, "letters/list.html", context, status=400 if context["problems"] else 200)


class WriteLetter(Desk):
    """`/surat-permintaan/baru/`: one letter to one or several regencies."""

    def get(self, request: UserRequest) -> HttpResponse:
        _refuse_others(request)
        return self._page(LetterForm(by=request.user))

    def post(self, request: UserRequest) -> HttpResponse:
        _refuse_others(request)
        form = LetterForm(request.POST, by=request.user)
        if not form.is_valid():
            return self._page(form, status=400)
        regencies = list(form.cleaned_data.pop("regencies"))
        stamp = form.cleaned_data.pop("stamp")
        try:
            made = actions.write(regencies, form.cleaned_data, by=request.user, stamp=stamp)
        except ValidationError as refused:
            form.add_error(None, refused)
            return self._page(form, status=400)
        messages.success(request, _("The letter is written. Print it from its page."))
        return redirect("letters:letter", made[0].pk) if len(made) == 1 else redirect("letters:list")

    def _page(self, form: LetterForm, status: int = 200) -> HttpResponse:
        return render(self.request, "letters/write.html", {"form": form}, status=status)


class OfLetter(Desk):
    """A page of one letter within reach."""

    def letter(self, pk: int) -> DataRequest:
        """The letter; 404 where it lies out of reach, as if it were not there."""
        reachable = DataRequest.objects.within_reach(self.request.user).select_related("regency", "office", "made_by")
        return get_object_or_404(reachable, pk=min(pk, 2**63 - 1))


class LetterPage(OfLetter):
    """`/surat-permintaan/<pk>/`: what it asks for and where the data is sent in; POST notes that it came."""

    def get(self, request: UserRequest, pk: int) -> HttpResponse:
        mark_read_about(request.user, request.path)
        return self._page(self.letter(pk), ReceivedForm(initial={"received_on": timezone.localdate()}))

    def post(self, request: UserRequest, pk: int) -> HttpResponse:
        letter = self.letter(pk)
        _refuse_others(request)
        form = ReceivedForm(request.POST)
        if not form.is_valid():
            return self._page(letter, form, status=400)
        try:
            actions.note_received(letter, form.cleaned_data["received_on"], by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
            return self._page(letter, form, status=400)
        messages.success(request, _("It is noted that the data came."))
        return redirect("letters:letter", letter.pk)

    def _page(self, letter: DataRequest, form: ReceivedForm, status: int = 200) -> HttpResponse:
        register = directory.find(letter.register)
        context: dict[str, Any] = {
            "letter": letter,
            "form": form,
            "register": register,
            "upload_url": upload_address(letter),
            "may_write": _may_write(self.request),
            "is_late": letter.is_waiting and letter.due_on is not None and letter.due_on < timezone.localdate(),
            "events": timeline(letter),
        }
        return render(self.request, "letters/letter.html", context, status=status)


class ReviseLetter(OfLetter):
    """`/surat-permintaan/<pk>/ubah/`: change what it says, such as its number."""

    def get(self, request: UserRequest, pk: int) -> HttpResponse:
        letter = self.letter(pk)
        _refuse_others(request)
        return self._page(letter, LetterForm(by=request.user, letter=letter))

    def post(self, request: UserRequest, pk: int) -> HttpResponse:
        letter = self.letter(pk)
        _refuse_others(request)
        form = LetterForm(request.POST, by=request.user, letter=letter)
        if not form.is_valid():
            return self._page(letter, form, status=400)
        try:
            actions.revise(letter, form.cleaned_data, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
            return self._page(letter, form, status=400)
        return redirect("letters:letter", letter.pk)

    def _page(self, letter: DataRequest, form: LetterForm, status: int = 200) -> HttpResponse:
        return render(self.request, "letters/write.html", {"form": form, "letter": letter}, status=status)


class WithdrawLetter(OfLetter):
    """`/surat-permintaan/<pk>/cabut/`: POST takes back a letter that was written in error."""

    def post(self, request: UserRequest, pk: int) -> HttpResponse:
        letter = self.letter(pk)
        actions.withdraw(letter, by=request.user)
        messages.success(request, _("The letter is withdrawn. Its officers are told."))
        return redirect("letters:letter", letter.pk)


class LetterFile(OfLetter):
    """`/surat-permintaan/<pk>/surat.pdf`: the letter as it is sent."""

    def get(self, request: UserRequest, pk: int) -> HttpResponse:
        letter = self.letter(pk)
        paper = letter_paper(letter)
        named = {"Content-Disposition": f'inline; filename="surat-permintaan-data-{letter.pk}.pdf"'}
        return drawn(request, lambda: official_pdf(paper), "application/pdf", headers=named)


def _may_write(request: UserRequest) -> bool:
    return request.user.can_propose and request.user.sees_all


def _refuse_others(request: UserRequest) -> None:
    if not _may_write(request):
        raise Refused(_("Only the province writes letters that ask for data."))
