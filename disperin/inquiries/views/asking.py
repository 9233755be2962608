"""What visitors see: the form of a report or question, and how it stands, by its tracking number."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.generic import View

from disperin.inquiries import actions, rules
from disperin.inquiries.forms import NumberForm, VisitorForm
from disperin.inquiries.models import Inquiry, Kind
from disperin.inquiries.subjects import UnknownSubject, public_record, shown_now
from disperin.inquiries.throttling import InquiryThrottle
from disperin.registers.models import Record
from disperin.ui.texts import Text


@method_decorator(never_cache, name="dispatch")
class Report(View):
    """`/lapor/?register=<slug>&record=<number>`: wrong data of one record, or in general. Holds a stamp: never kept."""

    kind = Kind.REPORT
    title: Text = gettext_lazy("Report wrong data")

    def get(self, request: HttpRequest) -> HttpResponse:
        record = self._record()
        named = {"plot": record.plot_named(request.GET.get("kaveling", "")[:40])} if record else {}
        return self._page(VisitorForm(kind=self.kind, record=record, initial=named), record)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store it and lead to its state; a refusal shows the form again with all that was typed (400, 429)."""
        record = self._record()
        form = VisitorForm(request.POST, kind=self.kind, record=record)
        if not form.is_valid():
            return self._page(form, record, status=400)
        throttle = InquiryThrottle()
        if not throttle.allow_request(request, self):
            return self._too_many(form, record, throttle.wait())
        values = {name: value for name, value in form.cleaned_data.items() if name != "website"}
        try:
            inquiry = actions.receive(
                kind=self.kind, record=record, by=request.user if request.user.is_authenticated else None, **values
            )
        except ValidationError as refused:
            form.add_error(None, refused)
            return self._page(form, record, status=400)
        messages.success(request, _("Thank you. It has been received. Keep the number: with it you see how it stands."))
        return redirect("inquiries:state", inquiry.number)

    def _record(self) -> Record | None:
        """The record that the address names, None if it names none; 404 for one that is not public."""
        register, number = (self.request.GET.get(name, "") for name in ("register", "record"))
        if not register and not number:
            return None
        try:
            return public_record(register, number)
        except UnknownSubject:
            raise Http404 from None

    def _too_many(self, form: VisitorForm, record: Record | None, seconds: int) -> HttpResponse:
        minutes = -(-seconds // 60)
        text = ngettext(
            "Too much was sent from your network. Your text is still here: send it again in %(minutes)d minute.",
            "Too much was sent from your network. Your text is still here: send it again in %(minutes)d minutes.",
            minutes,
        )
        form.add_error(None, ValidationError(text, "throttled", {"minutes": minutes}))
        response = self._page(form, record, status=429)
        response["Retry-After"] = str(seconds)
        return response

    def _page(self, form: VisitorForm, record: Record | None, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "record": record,
            "title": self.title,
            "is_personal": self.kind == Kind.PERSONAL,
            "reply_within": rules.REPLY_WITHIN,
            "answer_within": rules.ANSWER_WITHIN,
            "kept_days": settings.INQUIRY_SENDERS_KEPT_FOR.days,
        }
        return render(self.request, "inquiries/form.html", context, status=status)


class Ask(Report):
    """`/tanya/?register=zones&record=<number>`: a question about one record, such as a zone, or in general.

    Of a zone, `kaveling` names the plot that is asked for.
    """

    kind = Kind.QUESTION
    title = gettext_lazy("Ask a question")


class RequestPersonal(Report):
    """`/privasi/permintaan/`: to be told what is kept of oneself, to have it corrected or erased, or to object.

    What it answers is the same for everybody: it tells nobody whether anything is kept of them.
    """

    kind = Kind.PERSONAL
    title = gettext_lazy("Ask about your personal data")


@method_decorator(never_cache, name="dispatch")
class Track(View):
    """`/lacak/?nomor=`: the way from a tracking number to its page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if "nomor" not in request.GET:
            return _lookup(request, NumberForm())
        form = NumberForm(request.GET)
        if not form.is_valid():
            return _lookup(request, form, status=400)
        return redirect("inquiries:state", form.cleaned_data["nomor"])


@method_decorator(never_cache, name="dispatch")
class PublicState(View):
    """`/lacak/<number>/`: how an inquiry stands. Nothing here tells who sent it, or what."""

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        number_read = rules.read_tracking_number(number)
        if number_read and number_read != number:
            return redirect("inquiries:state", number_read)
        inquiry = Inquiry.objects.select_related("regency").filter(number=number_read).first() if number_read else None
        if inquiry is None:
            form = NumberForm({"nomor": number[:40]})
            if form.is_valid():
                text = _("Nothing with the number %(number)s was received. Compare each letter with your confirmation.")
                form.add_error("nomor", ValidationError(text, "unknown", {"number": number_read}))
            return _lookup(request, form, status=404)
        title, url = shown_now(inquiry)
        return render(request, "inquiries/state.html", {"inquiry": inquiry, "record_title": title, "record_url": url})


def _lookup(request: HttpRequest, form: NumberForm, status: int = 200) -> HttpResponse:
    return render(request, "inquiries/track.html", {"form": form}, status=status)
