"""Write a letter to one or several regencies, mend it, and note that the data has come."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from disperin.accounts.models import Role, User
from disperin.desk.refusals import NotNow, Refused
from disperin.history.models import record as write_history
from disperin.letters.models import DataRequest
from disperin.notices.actions import mark_done, tell
from disperin.regions.models import Regency
from disperin.ui.formats import day

WRITTEN = (
    "number", "written_on", "nature", "enclosures", "subject", "basis", "variables", "period", "due_on", "contact",
    "register",
)  # fmt: skip


@transaction.atomic
def write(regencies: Iterable[Regency], values: Mapping[str, Any], *, by: User) -> list[DataRequest]:
    """Write the same letter to each of these regencies and tell their officers; gives the letters.

    `values` are those of WRITTEN, as the form cleans them. Raises Refused for whoever does not work for the whole
    province, ValidationError at `due_on` for a day before that of the letter.
    """
    _refuse_others(by)
    _check_days(values)
    made = []
    for regency in regencies:
        letter = DataRequest(regency=regency, made_by=by, **{name: values[name] for name in WRITTEN})
        letter.save()
        write_history("write_letter", letter, by=by)
        _tell_officers(letter)
        made.append(letter)
    return made


@transaction.atomic
def revise(letter: DataRequest, values: Mapping[str, Any], *, by: User) -> DataRequest:
    """Change what a letter says, such as its number. Raises as of `write`, NotNow once its data has come."""
    _refuse_others(by)
    letter = _held(letter)
    _check_days(values)
    for name in WRITTEN:
        setattr(letter, name, values[name])
    letter.save(update_fields=WRITTEN)
    write_history("revise_letter", letter, by=by)
    return letter


@transaction.atomic
def note_received(letter: DataRequest, on: datetime.date, *, by: User) -> DataRequest:
    """Note on which day the data came. Raises Refused, NotNow (it had come), ValidationError at `received_on`."""
    _refuse_others(by)
    letter = _held(letter)
    if on > timezone.localdate():
        raise ValidationError({"received_on": ValidationError(_("This day lies in the future."), "future")})
    if on < letter.written_on:
        text = _("This day lies before the letter.")
        raise ValidationError({"received_on": ValidationError(text, "before_the_letter")})
    letter.received_on = on
    letter.save(update_fields=["received_on"])
    write_history("note_received", letter, by=by, day=on.isoformat())
    mark_done(_page(letter))
    return letter


def _refuse_others(by: User) -> None:
    if not (by.can_propose and by.sees_all):
        raise Refused(_("Only the province writes letters that ask for data."))


def _check_days(values: Mapping[str, Any]) -> None:
    if values["due_on"] and values["due_on"] < values["written_on"]:
        raise ValidationError({"due_on": ValidationError(_("This day lies before the letter."), "before_the_letter")})


def _held(letter: DataRequest) -> DataRequest:
    letter = DataRequest.objects.select_for_update(of=["self"]).get(pk=letter.pk)
    if letter.received_on is not None:
        raise NotNow(_("The data of this letter came on %(day)s.") % {"day": day(letter.received_on)})
    return letter


def _page(letter: DataRequest) -> str:
    return reverse("letters:letter", args=[letter.pk])


def _tell_officers(letter: DataRequest) -> None:
    for officer in User.objects.filter(role=Role.OFFICER, regency=letter.regency_id, is_active=True):
        with override(officer.language):
            body = _("The province asks for data: %(subject)s.") % {"subject": letter.subject}
            if letter.due_on:
                body = f"{body} {_('Due on %(day)s.') % {'day': day(letter.due_on)}}"
            tell(
                officer,
                title=_("Data is asked for: %(subject)s") % {"subject": letter.subject},
                body=body,
                path=_page(letter),
            )
