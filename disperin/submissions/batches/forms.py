"""The small forms of the pages of batches."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from disperin.regions.models import Regency
from disperin.registers.record import directory
from disperin.submissions.batches.actions import to_confirm
from disperin.ui import formats


class OldStockForm(forms.Form):
    """Which part of the old stock is looked at: a register that has some, and a regency."""

    daftar = forms.ChoiceField(label=_("Register"), required=False)
    kabupaten = forms.ModelChoiceField(
        label=_("Regency/city"), queryset=Regency.objects.all(), required=False, empty_label=_("All regencies/cities")
    )

    def __init__(self, data=None, *, by):
        super().__init__(data)
        self.by = by
        known = [(one, to_confirm(one, by).count()) for one in directory.all_registers()]
        self.registers = {one.slug: one for one, number in known if number}
        self.fields["daftar"].choices = [
            (one.slug, f"{capfirst(one.label)} ({formats.number(number)})") for one, number in known if number
        ]
        if by.regency_id:
            del self.fields["kabupaten"]

    def chosen(self):
        """`(Register, Regency)` that are asked for: the first register that has any, the officer's regency or None."""
        told = self.cleaned_data if self.is_valid() else {}
        first = next(iter(self.registers.values()), None)
        return self.registers.get(told.get("daftar"), first), self.by.regency or told.get("kabupaten")


class BatchNoteForm(forms.Form):
    """What is said to the proposer about all rows of a batch: the reason, where they are returned."""

    note = forms.CharField(
        label=_("Reason, for all rows"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3})
    )
