"""What is asked when a quarter is closed, and when a correction is written."""

from django import forms
from django.utils.translation import gettext_lazy as _

from disperin.closes.actions import MOST_VALUE
from disperin.registers.values.fields import WholeNumber
from disperin.registers.values.kept_texts import KeptText


class CloseForm(forms.Form):
    """What the close is to say of itself."""

    note = KeptText(
        label=_("Note (optional)"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Kept with the close for ever, and public."),
    )


class CorrectionForm(forms.Form):
    """What is right, and why."""

    right_value = WholeNumber(label=_("Right value"), min_value=0, max_value=MOST_VALUE)
    reason = KeptText(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Public where the figure is. Name no business and no number of one."),
    )
