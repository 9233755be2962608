"""Write a letter to one or several regencies, mend it, withdraw it, and note that the data has come."""

import datetime
from collections.abc import Callable, Iterable, Mapping
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
from disperin.jobs.locks import take_turns
from disperin.letters.models import DataRequest
from disperin.notices.actions import mark_done, tell
from disperin.regions.models import Regency
from disperin.ui.formats import day
from disperin.units.models import Unit

WRITTEN = (
    "number", "written_on", "nature", "enclosures", "subject", "basis", "variables", "period", "due_on", "contact",
    "register",
)  # fmt: skip
ASKED = ("subject", "variables", "period", "due_on", "register")  # what officers act on


@transaction.atomic
def write(regencies: Iterable[Regency], values: Mapping[str, Any], *, by: User, stamp: str = "") -> list[DataRequest]:
    """Write the same letter to each of these regencies and tell their officers; gives the letters.

    Each is addressed to the office that takes the letters of its regency on the day of the letter, where one is laid
    down.

    `values` are those of WRITTEN, as the form cleans them. `stamp` names the opened form: the same letter from it again
    gives the one that was written, and nobody is told twice. Raises Refused for whoever does not work for the whole
    province, ValidationError at `due_on` for a day before that of the letter.
    """
    _refuse_others(by)
    _check_days(values)
    written = {name: values[name] for name in WRITTEN}
    known: dict[str, DataRequest] = {}
    if stamp:
        take_turns("letters")
        before = DataRequest.objects.filter(stamp=stamp, made_by=by, withdrawn_on=None, **written)
        known = {letter.regency_id: letter for letter in before}
    offices = Unit.objects.that_take_letters(values["written_on"])
    made = []
    for regency in regencies:
        letter = known.get(regency.pk) or DataRequest(
            regency=regency, office=offices.get(regency.pk), made_by=by, stamp=stamp, **written
        )
        if letter.pk is None:
            letter.save()
            write_history("write_letter", letter, by=by)
            _tell_officers(letter, _asked)
        made.append(letter)
    return made


@transaction.atomic
def revise(letter: DataRequest, values: Mapping[str, Any], *, by: User) -> DataRequest:
    """Change what a letter says, such as its number; officers are told again where what they are to do changes.

    `values` may also name the `office` it is addressed to. Raises as of `write`, ValidationError at `office` for one of
    another regency, NotNow once its data has come or it was withdrawn.
    """
    _refuse_others(by)
    letter = _held(letter)
    _check_days(values)
    office: Unit | None = values.get("office", letter.office)
    if office is not None and office.regency_id != letter.regency_id:
        text = _("“%(unit)s” is no office of this regency.")
        raise ValidationError({"office": ValidationError(text, "elsewhere", {"unit": office})})
    is_other = any(getattr(letter, name) != values[name] for name in ASKED)
    for name in WRITTEN:
        setattr(letter, name, values[name])
    letter.office = office
    letter.save(update_fields=[*WRITTEN, "office"])
    write_history("revise_letter", letter, by=by)
    if is_other:
        mark_done(_page(letter))
        _tell_officers(letter, _changed)
    return letter


@transaction.atomic
def withdraw(letter: DataRequest, *, by: User) -> DataRequest:
    """Take back a letter that was written in error: it waits for nothing any more, and its officers are told.

    Raises Refused as of `write`, NotNow once its data has come or it was withdrawn.
    """
    _refuse_others(by)
    letter = _held(letter)
    letter.withdrawn_on = timezone.localdate()
    letter.save(update_fields=["withdrawn_on"])
    write_history("withdraw_letter", letter, by=by)
    mark_done(_page(letter))
    _tell_officers(letter, _withdrawn)
    return letter


@transaction.atomic
def note_received(letter: DataRequest, on: datetime.date, *, by: User) -> DataRequest:
    """Note on which day the data came.

    Raises Refused, NotNow (it had come, or was withdrawn), ValidationError at `received_on`.
    """
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
    if letter.withdrawn_on is not None:
        raise NotNow(_("This letter was withdrawn on %(day)s.") % {"day": day(letter.withdrawn_on)})
    return letter


def _page(letter: DataRequest) -> str:
    return reverse("letters:letter", args=[letter.pk])


def _tell_officers(letter: DataRequest, words_for: Callable[[DataRequest], tuple[str, str]]) -> None:
    """Tell each of the regency, by title and body in the language of each."""
    for officer in User.objects.filter(role=Role.OFFICER, regency=letter.regency_id, is_active=True):
        with override(officer.language):
            title, body = words_for(letter)
            tell(officer, title=title, body=body, path=_page(letter))


def _asked(letter: DataRequest) -> tuple[str, str]:
    body = _("The province asks for data: %(subject)s.") % {"subject": letter.subject}
    return _("Data is asked for: %(subject)s") % {"subject": letter.subject}, _with_day(body, letter)


def _changed(letter: DataRequest) -> tuple[str, str]:
    body = _("The province changed what it asks for: %(subject)s.") % {"subject": letter.subject}
    return _("A letter changed: %(subject)s") % {"subject": letter.subject}, _with_day(body, letter)


def _withdrawn(letter: DataRequest) -> tuple[str, str]:
    body = _("The province does not ask for this data any more: %(subject)s.") % {"subject": letter.subject}
    return _("A letter is withdrawn: %(subject)s") % {"subject": letter.subject}, body


def _with_day(body: str, letter: DataRequest) -> str:
    return f"{body} {_('Due on %(day)s.') % {'day': day(letter.due_on)}}" if letter.due_on else body
