"""The small form of the halal work list: what is looked at."""

import datetime
from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.regions.models import District, Regency
from disperin.registers.values.fields import Day, Reference
from disperin.ui.forms import Offered, row_field
from industries import rules
from industries.models import Establishment

EARLIEST = datetime.date(2000, 1, 1)
LATEST = datetime.date(2099, 12, 31)


class PlaceForm(Offered):
    """Where a person of the office looks; an officer has one regency (`regency_code`)."""

    regency = Reference(Regency.objects.all(), required=False, label=_("Regency/city"))
    district = Reference(District.objects.none(), required=False, label=_("District"))

    def __init__(self, data: QueryDict | None, *, by: User) -> None:
        super().__init__(data)
        if not by.sees_all:
            del self.fields["regency"]
            self.own = {"regency": by.regency_id}
        asked: Mapping[str, str] = data or {}
        self.regency_code = by.regency_id or asked.get("regency")
        if self.regency_code and "\x00" not in self.regency_code:
            row_field(self, "district").queryset = District.objects.filter(regency=self.regency_code)
        elif not asked.get("district"):
            del self.fields["district"]


class PlaceAndDayForm(PlaceForm):
    """The same, and on which day."""

    field_order: tuple[str, ...] = ("on", "regency", "district")

    on = Day(required=False, label=_("As of"))

    def clean_on(self) -> datetime.date | None:
        day = self.cleaned_data["on"]
        if day and not EARLIEST <= day <= LATEST:
            raise ValidationError(_("Choose a day between 2000 and 2099."), "range")
        return day


class WorkForm(PlaceAndDayForm):
    """What the work list shows: products of a place or of one maker, in a state, on a day."""

    state = forms.ChoiceField(
        required=False, label=_("State"), choices=[("", _("All states")), *rules.HalalState.choices]
    )
    past = forms.BooleanField(required=False, label=_("Only past the deadline"))
    task = forms.ChoiceField(
        required=False,
        label=_("Assigned"),
        choices=[("", _("All")), ("mine", _("To me")), ("some", _("To somebody")), ("none", _("To nobody"))],
    )
    maker = Reference(
        Establishment.objects.none(),
        to_field_name="number",
        required=False,
        label=_("Register number of the maker"),
        widget=forms.TextInput,
    )

    def __init__(self, data: QueryDict | None, *, by: User) -> None:
        super().__init__(data, by=by)
        row_field(self, "maker").queryset = Establishment.objects.within_reach(by)
