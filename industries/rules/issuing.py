"""What every certification asks of its stage, its number and its days, whoever certifies."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from disperin.ui.texts import Text


class Certification(Protocol):
    """One certification, from the application to the certificate and what became of it."""

    stage: str
    certificate_number: str
    issued_on: date | None
    valid_until: date | None
    revoked_on: date | None
    revoked_reason: str

    @property
    def stage_on(self) -> date | None:
        """Since when it stands at its stage; a form may not have heard yet."""


class Faults:
    """What was found wrong, the first of each field."""

    def __init__(self) -> None:
        self._found: dict[str, ValidationError] = {}

    def tell(self, field: str, text: Text, code: str, **params: Any) -> None:
        """Note what is wrong with a field, unless something is already."""
        self._found.setdefault(field, ValidationError(text, code=code, params=params))

    def refuse(self) -> None:
        """Raises ValidationError by field, where anything was found."""
        if self._found:
            raise ValidationError(self._found)


def check_issuing(
    certification: Certification, faults: Faults, *, with_number: Iterable[str], revoked: str, today: date
) -> None:
    """Number, days and revocation against the stage: `with_number` are those of an issued certificate."""
    is_issued = certification.stage in with_number
    if (is_issued or certification.issued_on is not None) and not certification.certificate_number:
        faults.tell("certificate_number", _("Enter the number of the certificate: it has been issued."), "missing")
    if (is_issued or certification.certificate_number) and certification.issued_on is None:
        faults.tell("issued_on", _("Enter the day on which the certificate was issued."), "missing")
    check_past(
        faults,
        today,
        stage_on=certification.stage_on,
        issued_on=certification.issued_on,
        revoked_on=certification.revoked_on,
    )
    check_later(
        faults, certification.issued_on, valid_until=certification.valid_until, revoked_on=certification.revoked_on
    )
    if certification.issued_on and certification.valid_until and certification.valid_until < certification.issued_on:
        faults.tell("valid_until", _("A certificate cannot end before it is issued."), "order")
    if certification.issued_on and certification.revoked_on and certification.revoked_on < certification.issued_on:
        faults.tell("revoked_on", _("A certificate cannot be revoked before it is issued."), "order")
    has_reason = bool(certification.revoked_reason.strip())
    if (certification.stage == revoked or has_reason) and certification.revoked_on is None:
        faults.tell("revoked_on", _("Enter the day of the revocation."), "missing")
    if certification.revoked_on is not None and certification.stage and certification.stage != revoked:
        faults.tell("stage", _("A revoked certificate stands at the stage “Revoked”."), "revoked")
    if certification.revoked_on is not None and not has_reason:
        faults.tell("revoked_reason", _("Say why it was revoked."), "missing")


def check_past(faults: Faults, today: date, **days: date | None) -> None:
    """None of these days lies in the future."""
    for field, day in days.items():
        if day is not None and day > today:
            faults.tell(field, _("This day lies in the future. Enter today or an earlier day."), "future")


def check_later(faults: Faults, issued_on: date | None, **days: date | None) -> None:
    """None of these days is known before the certificate is issued."""
    for field, day in days.items():
        if day is not None and issued_on is None:
            faults.tell(field, _("Leave this empty until the certificate is issued."), "not_issued")
