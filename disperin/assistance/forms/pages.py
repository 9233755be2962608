"""The small forms of the pages of assistance: what a report covers, and whom the list of the unhelped shows."""

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy

from disperin.accounts.models import User
from disperin.assistance.models.event import FIRST_YEAR, LAST_YEAR
from disperin.regions.models import Regency
from disperin.registers.values.fields import Reference, WholeNumber
from disperin.ui.forms import YEAR_BOX, Offered
from industries.forms.work import PlaceForm
from industries.rules import Branch, SourceOfFunds


class ReportForm(Offered):
    """Which budget year, whose and from which funds; an officer has one regency."""

    year = WholeNumber(
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        example=2026,
        label=gettext_lazy("Budget year"),
        widget=YEAR_BOX,
    )
    regency = Reference(Regency.objects.all(), required=False, label=gettext_lazy("Regency/city"))
    funds = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Source of funds"),
        choices=[("", gettext_lazy("All")), *SourceOfFunds.choices],
    )

    def __init__(self, data: QueryDict, *, by: User) -> None:
        super().__init__(data)
        if not by.sees_all:
            del self.fields["regency"]

    def clean_year(self) -> int:
        """This year, where none is asked for."""
        return self.cleaned_data["year"] or timezone.localdate().year


class NeverHelpedForm(PlaceForm):
    """Which of the makers that were never helped are shown."""

    field_order = ("q", "regency", "district", "branch")

    q = forms.CharField(required=False, max_length=100, label=gettext_lazy("Name or product"))
    branch = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Branch of industry"),
        choices=[("", gettext_lazy("All")), *Branch.choices],
    )
