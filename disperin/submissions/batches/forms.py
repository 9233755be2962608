"""The small forms of the pages of batches."""

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.regions.models import Regency
from disperin.registers.record import directory
from disperin.registers.record.directory import Register
from disperin.registers.values.kept_texts import KeptText
from disperin.submissions.batches.actions import to_confirm
from disperin.submissions.batches.actions.confirming import registers_with_unchecked
from disperin.ui.forms import Offered, choice_field


class OldStockForm(Offered):
    """Which part of the old stock is looked at: a register that has some, and a regency."""

    daftar = forms.ChoiceField(label=_("Register"), required=False)
    kabupaten = forms.ModelChoiceField(
        label=_("Regency/city"), queryset=Regency.objects.all(), required=False, empty_label=_("All regencies/cities")
    )

    def __init__(self, data: QueryDict, *, by: User) -> None:
        super().__init__(data)
        self.by, slugs = by, registers_with_unchecked()
        asked = data.get("daftar")  # what has been checked by now is still a register that can be asked for
        offered = [
            register for register in directory.all_registers() if register.slug in slugs or register.slug == asked
        ]
        self.registers = {register.slug: register for register in offered}
        choice_field(self, "daftar").choices = [(register.slug, capfirst(register.label)) for register in offered]
        if by.regency_id:
            del self.fields["kabupaten"]
            self.own = {"kabupaten": by.regency_id}

    def chosen(self) -> tuple[Register | None, Regency | None]:
        """`(Register, Regency)` that are asked for: the first register that has any, the officer's regency or None."""
        answers = self.cleaned_data if self.is_valid() else {}
        register = self.registers.get(answers.get("daftar", ""))
        if register is None:
            register = next(
                (register for register in self.registers.values() if to_confirm(register, self.by).exists()), None
            )
        return register, self.by.regency or answers.get("kabupaten")


class BatchNoteForm(forms.Form):
    """What is said to the proposer about all rows of a batch: the reason, where they are returned."""

    note = KeptText(
        label=_("Reason, for all rows"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3})
    )
