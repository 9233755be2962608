"""The small forms beside a table."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.regions.models import Regency
from disperin.registers.values.fields import Reference
from disperin.registers.values.kept_texts import KeptText
from disperin.ui.forms import Offered


class ViewForm(Offered):
    """What a view is called, who sees it, and whether it comes first."""

    name = KeptText(max_length=60, label=_("Name of the view"))
    is_shared = forms.BooleanField(required=False, label=_("Share it with all whose reach is the same"))
    is_first = forms.BooleanField(required=False, label=_("Show it first when I open this table"))

    def __init__(self, data: Mapping[str, Any] | None = None, *, by: User, **options: Any) -> None:
        super().__init__(data, **options)
        if not by.can_share:
            del self.fields["is_shared"]


class PlaceForm(Offered):
    """Where somebody of the province looks; an officer has one regency."""

    regency = Reference(Regency.objects.all(), required=False, label=_("Regency/city"))

    def __init__(self, data: Mapping[str, Any] | None, *, by: User) -> None:
        super().__init__(data)
        if not by.sees_all:
            del self.fields["regency"]
            self.own = {"regency": by.regency_id}
