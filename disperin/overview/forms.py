"""What the list of days is narrowed by."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User, stand_ins_for
from disperin.desk import agenda
from disperin.overview.due_days import PROVINCE, Asked, State
from disperin.regions.models import Regency
from disperin.registers.values.fields import Day
from disperin.ui.forms import Offered, PlainText


def _kinds() -> list[tuple[str, agenda.Text]]:
    return [(kind.key, kind.label) for kind in agenda.dated()]


def _places() -> list[tuple[str, agenda.Text]]:
    return [*((regency.code, str(regency)) for regency in Regency.objects.all()), (PROVINCE, _("The province"))]


class DaysForm(Offered):
    """Of what, when, where, and whether it is one's own; an officer has one regency."""

    group = forms.ChoiceField(required=False, label=_("Group"), choices=agenda.Group.choices)
    kind = forms.ChoiceField(required=False, label=_("Kind"), choices=_kinds)
    state = forms.ChoiceField(required=False, label=_("When"), choices=State.choices)
    regency = forms.ChoiceField(required=False, label=_("Regency/city"), choices=_places)
    who = PlainText(required=False, label=_("Who"), max_length=200, widget=forms.HiddenInput)
    mine = forms.BooleanField(required=False, label=_("Only mine"))

    def __init__(self, data: Any, *, by: User) -> None:
        super().__init__(data)
        if not by.sees_all:
            del self.fields["regency"]
            self.own = {"regency": by.regency_id}

    @property
    def asked(self) -> Asked:
        """What a valid form asks for."""
        return Asked(**self.cleaned_data)


class AbsenceForm(forms.Form):
    """From when to when one is away, and who stands in."""

    first_day = Day(label=_("First day away"), lies_ahead=True)
    last_day = Day(label=_("Last day away"), lies_ahead=True)
    stand_in = forms.ModelChoiceField(
        label=_("Who stands in"),
        queryset=User.objects.none(),
        empty_label=_("Not chosen"),
        help_text=_("Colleagues with the same rights and regency: standing in gives nobody more."),
    )

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        able = [person.pk for person in stand_ins_for(by)]
        cast(forms.ModelChoiceField, self.fields["stand_in"]).queryset = User.objects.filter(pk__in=able)
