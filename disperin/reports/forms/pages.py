"""The small forms of the pages of reports: which quarter is copied to, and a step in SIINas."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.regions.models import Regency
from disperin.registers.dated.quarters import Quarter
from disperin.registers.record import past
from disperin.registers.values.fields import Day, Reference, WholeNumber
from disperin.registers.values.kept_texts import KeptText
from disperin.reports import rules
from disperin.reports.models.report import FIRST_YEAR, LAST_YEAR
from disperin.ui.forms import YEAR_BOX, Offered, choice_field


class QuarterForm(forms.Form):
    """A quarter of a year."""

    year = WholeNumber(
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        example=2026,
        label=_("Year"),
        widget=YEAR_BOX,
    )
    quarter = forms.ChoiceField(choices=rules.Period, label=_("Quarter"))

    @property
    def asked(self) -> Quarter:
        """The quarter of a valid form."""
        return rules.quarter_of(self.cleaned_data["year"], self.cleaned_data["quarter"])

    @classmethod
    def beginning_with(cls, quarter: Quarter) -> "QuarterForm":
        """The form that offers a quarter."""
        return cls(initial={"year": quarter.year, "quarter": rules.period_of(quarter)})


class ComplianceForm(Offered):
    """Which quarter; where none is asked for the one that had ended last on the day that is read."""

    year = WholeNumber(
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        example=2026,
        label=_("Year"),
        widget=YEAR_BOX,
    )
    quarter = forms.ChoiceField(
        required=False, choices=[("", _("The one that ended last")), *rules.Period.choices], label=_("Quarter")
    )

    def clean(self) -> dict[str, Any]:
        """The quarter has begun."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            rules.check_quarter(self.asked, today=past.today())
        return cleaned

    @property
    def asked(self) -> Quarter:
        """The quarter of a valid form."""
        last = Quarter.last_over(past.today())
        year, period = self.cleaned_data["year"], self.cleaned_data["quarter"]
        return rules.quarter_of(year or last.year, period or rules.period_of(last))


class ObligedForm(ComplianceForm):
    """Which of the obliged makers are shown; an officer has one regency."""

    q = forms.CharField(required=False, max_length=100, label=_("Name or product"))
    regency = Reference(Regency.objects.all(), required=False, label=_("Regency/city"))
    form = forms.ChoiceField(
        required=False, choices=[("", _("All")), *rules.Group.choices], label=_("Form of the report")
    )
    outcome = forms.ChoiceField(
        required=False, choices=[("", _("All")), *rules.Outcome.choices], label=_("How it stands")
    )
    unsent = forms.BooleanField(required=False, label=_("Only those who have to send still"))

    missing = forms.BooleanField(required=False, label=_("Only those without a report on record"))

    def __init__(self, data: QueryDict, *, by: User) -> None:
        super().__init__(data)
        if not by.sees_all:
            del self.fields["regency"]
            self.own = {"regency": by.regency_id}


class StepForm(forms.Form):
    """The next step of a report in SIINas."""

    state = forms.ChoiceField(label=_("What happened"), widget=forms.RadioSelect)
    on = Day(label=_("On which day"))
    reason = KeptText(
        label=capfirst(_("reason of the return")),
        help_text=_("Only where SIINas returned it."),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10_000)

    def __init__(self, data: Any = None, *, before: str, seen: int) -> None:
        """`before` is where the report stands; `seen`, how many steps it has."""
        offered = rules.NEXT[before]
        first = {"on": timezone.localdate(), "seen": seen, "state": offered[0].value}
        super().__init__(data, initial=first)
        choice_field(self, "state").choices = [(state.value, state.label) for state in offered]
        if rules.State.RETURNED not in offered:
            del self.fields["reason"]

    def hold(self, seen: int) -> None:
        """Let a form that is asked again hold how many steps there are now, beside all that was typed."""
        self.data = {**dict(self.data.items()), "seen": seen}
