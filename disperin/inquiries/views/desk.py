"""`/pertanyaan/…`: the work list of the office, and one inquiry with what can be done about it."""

import datetime
from collections.abc import Iterator
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.core.exceptions import BadRequest, ValidationError
from django.db.models import F
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disperin.accounts.models import User
from disperin.accounts.requests import UserRequest
from disperin.desk.lists import COUNTED, DeskList
from disperin.desk.pages import Desk
from disperin.desk.refusals import NotNow
from disperin.history.views import timeline
from disperin.inquiries import actions
from disperin.inquiries.filters import ALL, InquiryFilter
from disperin.inquiries.forms import AnswerForm, CloseForm, ReassignForm
from disperin.inquiries.models import Holiday, Inquiry, InquiryQuerySet, Investment, Kind, Topic
from disperin.inquiries.subjects import address_of, called_now, correction_address, erasure_address, ready_answer
from disperin.inquiries.workflow import ENDED, State, Step, open_steps
from disperin.notices.actions import mark_read_about
from disperin.regions.reach import reaches
from disperin.registers.lists import listing
from disperin.ui import formats
from disperin.ui.forms import choices_of
from disperin.ui.listing import Chip, with_query

BY_DUE_DAY = listing.Order("due_on", gettext_lazy("Due first"), F("due_on"))
NEWEST = listing.Order("-id", gettext_lazy("Newest first"), F("id"))


class WorkList(DeskList):
    """`/pertanyaan/`: what is open within reach, the next due first; what has ended, the newest first."""

    filterset_class = InquiryFilter
    columns = (
        "number", "kind", "register", "record_number", "topic", "state", "regency__name", "received_at", "due_on",
        "handled_by__full_name",
    )  # fmt: skip

    def get(self, request: UserRequest) -> HttpResponse:
        reachable, today = Inquiry.objects.within_reach(request.user), timezone.localdate()
        order = NEWEST if request.GET.get("state") in (*ENDED, ALL[0]) else BY_DUE_DAY
        context = self.narrowed(reachable, order)
        titles = called_now([(row["register"], row["record_number"]) for row in context["rows"]], request.user)
        context |= {
            "rows": [_row(row, today, titles) for row in context["rows"]],
            "tiles": list(_tiles(request.user, reachable, today)),
            "lacks_holidays": request.user.can_publish and not Holiday.objects.filter(day__year=today.year).exists(),
            "today": today,
        }
        return render(request, "inquiries/work_list.html", context, status=400 if context["problems"] else 200)

    def chips(self, form: Form) -> Iterator[Chip]:
        """As of DeskList; a ticked box says yes."""
        for name, value in form.cleaned_data.items():
            if value:
                text = choices_of(form.fields[name]).get(value) if name in ("state", "kind") else value
                text = _("Yes") if value is True else formats.moment(value) if name.endswith("_after") else text
                yield {"label": form.fields[name].label, "value": text, "url": with_query(self.request, **{name: None})}


def _tiles(user: User, reachable: InquiryQuerySet, today: datetime.date) -> Iterator[dict[str, Any]]:
    untaken, mine = reachable.open().filter(state=State.RECEIVED), reachable.open().filter(handled_by=user)
    for label, query, inquiries, icon, tone in (
        (_("Overdue"), {"overdue": "on"}, reachable.overdue(today), "exclamation-triangle", "danger"),
        (_("Not taken yet"), {"state": State.RECEIVED.value}, untaken, "inbox", "info"),
        (_("Handled by me"), {"mine": "on"}, mine, "person", ""),
    ):
        number = formats.capped(inquiries.order_by()[: COUNTED + 1].count(), COUNTED)
        url = f"{reverse('inquiries:list')}?{urlencode(query)}"
        yield {"number": number, "label": label, "url": url, "icon": icon, "tone": tone}


def _row(row: dict[str, Any], today: datetime.date, titles: dict[tuple[str, str], str]) -> dict[str, Any]:
    return {
        **row,
        "about": titles.get((row["register"], row["record_number"])) or _("Nothing in particular"),
        "kind_label": Kind(row["kind"]).label,
        "topic": Topic(row["topic"]).label if row["topic"] else "",
        "state_label": State(row["state"]).label,
        "regency": row["regency__name"] or _("The province"),
        "is_overdue": row["due_on"] is not None and row["due_on"] < today,
    }


class Detail(Desk):
    """`/pertanyaan/<number>/`: what was written, by whom, and the steps. 409 says what is not possible any more."""

    forms: ClassVar[dict[str, type[Form]]] = {
        Step.ANSWER: AnswerForm,
        Step.CLOSE: CloseForm,
        Step.REASSIGN: ReassignForm,
    }

    def get(self, request: UserRequest, number: str) -> HttpResponse:
        """The page; notices that lead here have now been read."""
        inquiry = self._inquiry(number)
        mark_read_about(request.user, request.path)
        return self._page(inquiry)

    def post(self, request: UserRequest, number: str) -> HttpResponse:
        """Take the step that the button names; what was typed stays on the page if it is refused (400, 409)."""
        inquiry, step = self._inquiry(number), request.POST.get("step", "")
        if step not in Step.values:
            raise BadRequest(_("“%(step)s” is no step.") % {"step": step[:20]})
        form = self.forms[step](request.POST) if step in self.forms else None
        if form is not None and not form.is_valid():
            return self._page(inquiry, form, status=400)
        try:
            moved = getattr(actions, step)(inquiry, by=request.user, **(form.cleaned_data if form else {}))
        except ValidationError as refused:
            if form is None:
                raise
            form.add_error(None, refused)
            return self._page(inquiry, form, status=400)
        except NotNow as refused:
            return self._page(self._inquiry(number), form, refused=str(refused), status=409)
        return redirect("inquiries:detail", number) if reaches(request.user, moved) else redirect("inquiries:list")

    def _inquiry(self, number: str) -> Inquiry:
        reachable = Inquiry.objects.within_reach(self.request.user).select_related("regency", "handled_by", "ended_by")
        return get_object_or_404(reachable, number=number)

    def _page(
        self, inquiry: Inquiry, form: Form | None = None, *, refused: str = "", status: int = 200
    ) -> HttpResponse:
        steps = open_steps(inquiry, self.request.user)
        titles = called_now([(inquiry.register, inquiry.record_number)], self.request.user)
        forms = {step: form if isinstance(form, kind) else kind() for step, kind in self.forms.items()}
        if not forms[Step.ANSWER].is_bound:
            forms[Step.ANSWER].initial["text"] = ready_answer(inquiry)
        context = {
            "inquiry": inquiry,
            "is_overdue": inquiry.due_on is not None and inquiry.due_on < timezone.localdate(),
            "steps": steps,
            "forms": {str(step): step_form for step, step_form in forms.items()},
            "problems": form,
            "refused": refused,
            "kept": next(iter(form.cleaned_data.values())) if refused and form else "",
            "record_title": titles.get((inquiry.register, inquiry.record_number), ""),
            "record_url": address_of(inquiry),
            "correction_url": correction_address(inquiry, by=self.request.user),
            "erasure_url": erasure_address(inquiry, by=self.request.user),
            "is_personal": inquiry.kind == Kind.PERSONAL,
            "repairs": inquiry.repairs.seen_by(self.request.user),
            "events": timeline(inquiry),
            "investment": Investment.objects.filter(inquiry=inquiry).first(),
        }
        return render(self.request, "inquiries/detail.html", context, status=status)
