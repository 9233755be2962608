"""What a letter that asks for data says, and when its data came."""

import secrets
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.letters import rules
from disperin.letters.models import DataRequest
from disperin.regions.models import Regency
from disperin.registers.record import directory
from disperin.registers.values.fields import Day
from disperin.registers.values.kept_texts import KeptText
from disperin.ui.forms import choice_field
from disperin.units.models import Unit


def _text(name: str, *, rows: int = 0, required: bool = False) -> KeptText:
    column: Any = DataRequest._meta.get_field(name)
    return KeptText(
        label=capfirst(column.verbose_name),
        help_text=column.help_text,
        max_length=column.max_length,
        required=required,
        widget=forms.Textarea({"rows": rows}) if rows else None,
    )


class LetterForm(forms.Form):
    """A letter; `regencies` is asked for only where it is not written yet, then `office` of its regency."""

    regencies = forms.ModelMultipleChoiceField(
        queryset=Regency.objects.order_by("pk"), label=_("To the regencies"), widget=forms.CheckboxSelectMultiple
    )
    office = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        required=False,
        label=_("Addressed to"),
        help_text=_("An office of the regency, from the list. Empty: a line to write on."),
    )
    subject = _text("subject", required=True)
    register = forms.ChoiceField(
        label=capfirst(_("register that takes the data in")), help_text=_("The letter leads to its import.")
    )
    variables = _text("variables", rows=6, required=True)
    period = _text("period")
    due_on = Day(label=capfirst(_("due on")), required=False, lies_ahead=True)
    contact = _text("contact")
    basis = _text("basis", rows=4)
    number = _text("number")
    written_on = Day(label=capfirst(_("day of the letter")))
    nature = _text("nature")
    enclosures = _text("enclosures")

    stamp = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)  # of the opened form

    def __init__(self, data: Any = None, *, by: User, letter: DataRequest | None = None) -> None:
        known = {name: getattr(letter, name) for name in self.base_fields if hasattr(letter, name)} if letter else {}
        first = {
            "stamp": secrets.token_urlsafe(12),
            "basis": "\n".join(rules.BASIS),
            "written_on": timezone.localdate(),
        }
        super().__init__(data, initial=known if letter else first)
        offered = [register for register in directory.all_registers() if not register.model.of_province]
        choice_field(self, "register").choices = [(register.slug, capfirst(register.label)) for register in offered]
        if letter:
            del self.fields["regencies"], self.fields["stamp"]
            offices = Unit.objects.offered(letter.written_on, chosen=letter.office_id).filter(regency=letter.regency_id)
            cast(forms.ModelChoiceField, self.fields["office"]).queryset = offices
        else:
            del self.fields["office"]

    def clean_variables(self) -> str:
        """At least one line names a variable."""
        text: str = self.cleaned_data["variables"]
        if not rules.variables_of(text):
            raise forms.ValidationError(_("Name at least one variable."), "required")
        return text


class ReceivedForm(forms.Form):
    """The day on which the data came."""

    received_on = Day(label=capfirst(_("data received on")))
