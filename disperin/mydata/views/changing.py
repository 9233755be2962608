"""`/data/<register>/ubah/`: the same new value for many records: entered, read back, proposed as a batch."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from disperin.accounts.requests import UserRequest
from disperin.desk.refusals import NotNow, Refused
from disperin.mydata import actions
from disperin.mydata.views.tables import OfRegister, chosen_records, is_changeable
from disperin.registers.gate.forms import RecordForm
from disperin.registers.gate.in_bulk import Judged
from disperin.registers.lists.addresses import record_address, table_address
from disperin.registers.lists.columns import columns_of
from disperin.registers.lists.tables import table_of
from disperin.registers.record.directory import Register
from disperin.registers.values.posted import read
from disperin.submissions.models import Batch
from disperin.submissions.presentation import Words


class Change(OfRegister):
    """GET asks for the value; POST reads it back, and with `submit` proposes it. The address says of which records."""

    def get(self, request: UserRequest, slug: str) -> HttpResponse:
        register, form, field = self._asked(slug)
        return self._page(register, form, field)

    def post(self, request: UserRequest, slug: str) -> HttpResponse:
        register, form, field = self._asked(slug)
        values = {field: read(register.form, request.POST).get(field)}
        try:
            judged = actions.judge_change(register, self._records(register), values, by=request.user)
        except ValidationError as refused:
            return self._page(register, form, field, problems=refused.messages, status=400)
        if "submit" not in request.POST:
            return self._read_back(register, form, field, judged)
        try:
            made = actions.change_many(
                register, judged, field=field, by=request.user, acknowledged="acknowledged" in request.POST
            )
        except NotNow as refusal:
            return self._read_back(register, form, field, judged, problems=[str(refusal)], status=409)
        except ValidationError as refused:
            return self._read_back(register, form, field, judged, problems=refused.messages, status=400)
        return self._done(made)

    def _asked(self, slug: str) -> tuple[Register, RecordForm, str]:
        """The register, its form, and the field that the address names; 404 for one that is not changed so."""
        if not self.request.user.can_propose:
            raise Refused(_("Your role reads; it does not propose."))
        register, field = self.register(slug), self.request.GET.get("field", "")
        column = columns_of(register).get(field)
        if column is None or not is_changeable(column):
            raise Http404
        form = register.form()
        regency = self.request.user.regency_id or self.request.GET.get("regency")
        form.narrow(regency if regency and "\x00" not in regency else None)
        return register, form, field

    def _records(self, register: Register) -> Any:
        table = table_of(register)()
        table.setup(self.request)
        table.ask()
        return chosen_records(table, self.request.GET)

    def _page(
        self, register: Register, form: RecordForm, field: str, problems: list[str] | None = None, status: int = 200
    ) -> HttpResponse:
        context = self._context(register, form, field) | {"problems": problems}
        return render(self.request, "mydata/change.html", context, status=status)

    def _read_back(
        self,
        register: Register,
        form: RecordForm,
        field: str,
        judged: Sequence[Judged],
        problems: Sequence[str] = (),
        status: int = 200,
    ) -> HttpResponse:
        """What would become of each record: changed, as it is already, or refused and why."""
        words = Words(
            form, *(state for change in judged for state in (change.base, change.values)), reader=self.request.user
        )
        outcomes: dict[str, list[dict[str, Any]]] = {"changed": [], "unchanged": [], "bad": []}
        for change in judged:
            outcomes[change.outcome].append(
                {
                    "record": change.proposed.record,
                    "url": record_address(register, change.proposed.record.number),
                    "before": words.say(field, change.base.get(field)),
                    "after": words.say(field, change.values.get(field)),
                    "errors": [problem.message for some in change.errors.values() for problem in some],
                    "warnings": [problem.message for some in change.warnings.values() for problem in some],
                }
            )
        context = self._context(register, form, field) | outcomes | {"problems": problems, "kept": self._kept(field)}
        context["has_warnings"] = any(row["warnings"] for row in outcomes["changed"])
        return render(self.request, "mydata/change_read_back.html", context, status=status)

    def _kept(self, field: str) -> list[tuple[str, str]]:
        return [(field, value) for value in self.request.POST.getlist(field)]

    def _context(self, register: Register, form: RecordForm, field: str) -> dict[str, Any]:
        count = self._records(register).order_by()[: actions.MOST_CHANGED + 1].count()
        return {
            "register": register,
            "bound": form[field],
            "label": form.fields[field].label,
            "suggestions": form.suggestions(),
            "count": count,
            "most": actions.MOST_CHANGED,
            "back_url": table_address(register),
        }

    def _done(self, made: Sequence[Batch]) -> HttpResponse:
        number = sum(batch.submissions.count() for batch in made)
        text = ngettext(
            "%(number)s record waits for verification.", "%(number)s records wait for verification.", number
        )
        messages.success(self.request, text % {"number": number})
        return redirect("submissions:batch", made[0].number) if len(made) == 1 else redirect("submissions:batches")
