"""The form of the page on which personal data are erased."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from disperin.registers.hiding.erasing import Personal
from disperin.registers.values.kept_texts import KeptText
from disperin.ui.forms import choice_field


class EraseForm(forms.Form):
    """What is erased, where, why, and on whose request. `personal` are the Personal of the register."""

    fields_chosen = forms.MultipleChoiceField(label=_("What is to be erased"), widget=forms.CheckboxSelectMultiple)
    current = forms.BooleanField(
        label=_("Also in the record as it stands now"),
        required=False,
        help_text=_("Without this, only what differs from it is erased, such as the data of a former owner."),
    )
    request = KeptText(
        label=_("Reference of the request"),
        max_length=200,
        help_text=_("Number and day of the letter by which the person asked. No name, no personal number."),
    )
    reason = KeptText(label=_("Reason (never what is erased)"), max_length=1000, widget=forms.Textarea({"rows": 2}))
    understood = forms.BooleanField(label=_("I know that this cannot be undone"))

    def __init__(self, *args: Any, personal: Iterable[Personal], **options: Any) -> None:
        super().__init__(*args, **options)
        choice_field(self, "fields_chosen").choices = [(datum.path, datum.label) for datum in personal]
