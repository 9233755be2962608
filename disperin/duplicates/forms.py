"""The small forms of the pages of likely duplicates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from disperin.registers.values.kept_texts import KeptText


class DismissForm(forms.Form):
    """Why two records that look alike are two."""

    note = KeptText(
        label=_("Why these are two different records"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
    )


class PairForm(forms.Form):
    """Which two records a person knows to be one, and how. `found` is one of those that the words `searched` led to."""

    first = forms.CharField(label=_("Register number of the first record"), max_length=20)
    second = forms.CharField(
        label=_("Register number or name of the second record"),
        max_length=100,
        help_text=_("A name leads to the records that have it, to choose one."),
    )
    found = forms.CharField(required=False, max_length=20)
    searched = forms.CharField(required=False, max_length=100)
    why = KeptText(label=_("How you know that they are one"), max_length=1000, widget=forms.Textarea({"rows": 3}))

    def clean(self) -> dict[str, Any]:
        """The two numbers and the reason. What was found counts for the words that led to it, no others."""
        super().clean()
        asked = self.cleaned_data
        number, searched = asked.pop("found", ""), asked.pop("searched", "")
        if number and searched == asked.get("second"):
            asked["second"] = number
        return asked
