"""The form that hands things to somebody."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from disperin.accounts.forms import ColleagueField
from disperin.accounts.models import Role, User
from disperin.registers.values.fields import Day
from disperin.registers.values.kept_texts import KeptText
from disperin.tasks.actions import NOTE_LENGTH


def may_be_given_by(by: User, regency: str | None = None) -> QuerySet[User]:
    """The people to whom `by` may give tasks, those of one regency where it is named: what the forms offer."""
    here = Q(role=Role.OFFICER)
    if regency or by.regency_id:
        here &= Q(regency=regency or by.regency_id)
    province = Q(role__in=[Role.VERIFIER, Role.ADMINISTRATOR]) if by.sees_all else Q(pk=by.pk)
    return User.objects.filter(here | province, is_active=True)


class AssignForm(forms.Form):
    """Who is to see to what was chosen, and by when. Of whom is not offered it is said why."""

    to = ColleagueField(
        label=_("Assign to"),
        error_messages={"invalid_choice": _("This person does not work here. Choose somebody of the list.")},
    )
    due_on = Day(label=_("To be done by"), lies_ahead=True)
    note = KeptText(
        required=False, max_length=NOTE_LENGTH, label=_("Note (optional)"), widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, by: User, regency: str | None = None) -> None:
        super().__init__(data)
        field = cast(ColleagueField, self.fields["to"])
        field.queryset = may_be_given_by(by, regency).select_related("regency").order_by("regency", "full_name")
        if not by.sees_all:  # who works elsewhere is not told
            field.among = User.objects.filter(Q(regency=by.regency_id) | Q(pk=by.pk))
