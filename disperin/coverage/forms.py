"""What is said of a list when it is brought, and the word that it counts industry alone."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.coverage.models import OutsideList
from disperin.coverage.rules import Kind
from disperin.regions.models import Regency
from disperin.registers.values.fields import Day
from disperin.registers.values.kept_texts import KeptText
from disperin.ui.forms import Offered
from disperin.workbooks.forms import ACCEPTED
from industries.rules import Branch

_SOURCE: Any = OutsideList._meta.get_field("source")


class BringForm(Offered):
    """A list of another office. Whoever has but one regency brings lists of it alone."""

    kind = forms.ChoiceField(label=capfirst(_("kind of list")), choices=[("", _("Please choose")), *Kind.choices])
    listed_on = Day(label=capfirst(_("as of")), help_text=_("The day of which the list itself is."))
    source = KeptText(label=capfirst(_SOURCE.verbose_name), help_text=_SOURCE.help_text, max_length=_SOURCE.max_length)
    regency = forms.ModelChoiceField(
        label=_("It covers"), queryset=Regency.objects.all(), required=False, empty_label=_("the whole province")
    )
    branch = forms.ChoiceField(
        label=capfirst(_("branch of industry")), choices=[("", _("all of them")), *Branch.choices], required=False
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel (.xlsx, .xls), OpenDocument (.ods) or CSV; at most 50 MB and 200,000 rows."),
        widget=forms.FileInput({"accept": ACCEPTED}),
        allow_empty_file=True,
    )

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        if by.regency_id:
            del self.fields["regency"]
            self.own = {"regency": by.regency_id}


class CountForm(forms.Form):
    """The word of an administrator that a list counts industry alone."""

    only_industry = forms.BooleanField(
        label=_("This list counts industry alone, and all of it in the places that it names."), required=False
    )
