"""Green industry: the way to a certificate (Permenperin 39/2018), what one must say, and what it is worth on a day."""

import re
from datetime import date
from typing import NamedTuple, Protocol

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from disperin.ui.texts import Text

_STANDARD = re.compile(r"SIH [0-9]{5,6}\.[0-9]+:[0-9]{4}")
FIRST_STANDARDS = 2014  # the year of UU 3/2014, whose art. 77-83 speak of green-industry standards


class GreenStage(TextChoices):
    """The steps of a certification (Permenperin 39/2018), and what follows on the certificate."""

    REGISTERED = "pendaftaran", _("Registration")
    PAYMENT = "pembayaran", _("Payment")
    PAPERS = "cek_dokumen", _("Check of the documents")
    AUDITORS = "penunjukan_auditor", _("Appointment of the auditors")
    ADEQUACY = "audit_kecukupan", _("Adequacy audit")
    CONFORMITY = "audit_kesesuaian", _("Conformity audit")
    EVALUATION = "evaluasi", _("Evaluation")
    ISSUED = "terbit", _("Certificate issued")
    SURVEILLANCE = "surveilans", _("Surveillance")
    REVOKED = "dicabut", _("Revoked")


GREEN_STAGES_WITH_NUMBER = (GreenStage.ISSUED, GreenStage.SURVEILLANCE, GreenStage.REVOKED)
GREEN_STAGES_IN_PROCESS = tuple(stage for stage in GreenStage if stage not in GREEN_STAGES_WITH_NUMBER)


class GreenState(TextChoices):
    """What a certification is on a day."""

    VALID = "berlaku", _("Valid")
    IN_PROCESS = "proses", _("In process")
    ENDED = "berakhir", _("Ended")
    REVOKED = "dicabut", _("Revoked")
    NOT_YET = "belum", _("Not yet")


class GreenCertificate(Protocol):
    """One certification as it stands in the register."""

    stage_on: date
    issued_on: date | None
    valid_until: date | None
    revoked_on: date | None


class Standard(NamedTuple):
    """What the number of a standard says: the class of KBLI ("" if it names none), its running number, the year."""

    kbli: str
    sequence: int
    year: int


def check_standard_number(value: str) -> str:
    """The number of a green-industry standard as it is printed, `SIH 23929.1:2022`. ValidationError code "standard".

    Five digits of KBLI, a running number, the year (Balai Besar Keramik, list of standards); six digits are found too
    (Balai Besar Tekstil: SIH 293000.2:2020). Small letters and blanks that people add are mended; anything else is
    refused.
    """
    text = re.sub(r"\s+", "", (value or "").upper())
    number = f"SIH {text.removeprefix('SIH')}"
    if not _STANDARD.fullmatch(number):
        raise ValidationError(
            _("“%(value)s” is no number of a standard. Write it as on the certificate, such as SIH 23929.1:2022."),
            code="standard",
            params={"value": (value or "")[:40]},
        )
    return number


def read_standard_number(number: str) -> Standard:
    """The parts of a number that `check_standard_number` gave."""
    kbli, sequence, year = re.split(r"[.:]", number.removeprefix("SIH "))
    return Standard(kbli if len(kbli) == 5 else "", int(sequence), int(year))


def check_green(
    *,
    standard_number: str,
    stage: str,
    stage_on: date | None,
    number: str,
    issued_on: date | None,
    valid_until: date | None,
    revoked_on: date | None,
    revoked_reason: str,
    today: date,
) -> None:
    """What stage, number and dates of one certification ask of each other. Raises ValidationError by field.

    `standard_number` is one that `check_standard_number` gave, or "". An end (`valid_until`) may be missing: it is
    copied from the certificate, never computed, since no text was found that says how long a certificate lasts.
    """
    found: dict[str, ValidationError] = {}

    def tell(field: str, text: Text, code: str) -> None:
        found.setdefault(field, ValidationError(text, code=code))

    if standard_number and not FIRST_STANDARDS <= read_standard_number(standard_number).year <= today.year:
        tell("standard_number", _("A standard of this year cannot be. Check the last four digits."), "year")
    if (stage in GREEN_STAGES_WITH_NUMBER or issued_on is not None) and not number:
        tell("certificate_number", _("Enter the number of the certificate: it has been issued."), "missing")
    if (stage in GREEN_STAGES_WITH_NUMBER or number) and issued_on is None:
        tell("issued_on", _("Enter the day on which the certificate was issued."), "missing")
    if number and stage in GREEN_STAGES_IN_PROCESS:
        tell("stage", _("This certification has a number: choose “Certificate issued” or a later stage."), "issued")
    for field, day in (("stage_on", stage_on), ("issued_on", issued_on), ("revoked_on", revoked_on)):
        if day is not None and day > today:
            tell(field, _("This day lies in the future. Enter today or an earlier day."), "future")
    for field, day in (("valid_until", valid_until), ("revoked_on", revoked_on)):
        if day is not None and issued_on is None:
            tell(field, _("Leave this empty until the certificate is issued."), "not_issued")
    if issued_on and valid_until and valid_until < issued_on:
        tell("valid_until", _("A certificate cannot end before it is issued."), "order")
    if issued_on and revoked_on and revoked_on < issued_on:
        tell("revoked_on", _("A certificate cannot be revoked before it is issued."), "order")
    if (stage == GreenStage.REVOKED or revoked_reason.strip()) and revoked_on is None:
        tell("revoked_on", _("Enter the day of the revocation."), "missing")
    if revoked_on is not None and stage and stage != GreenStage.REVOKED:
        tell("stage", _("A revoked certificate stands at the stage “Revoked”."), "revoked")
    if revoked_on is not None and not revoked_reason.strip():
        tell("revoked_reason", _("Say why it was revoked."), "missing")
    if found:
        raise ValidationError(found)


def is_green_on(certificate: GreenCertificate, on: date) -> bool:
    """Is the certificate valid on this day? `valid_until` is the last day with it, a revocation the first without.

    A certificate without an end on record counts until it is revoked.
    """
    return green_state(certificate, on) == GreenState.VALID


def green_state(certificate: GreenCertificate, on: date) -> GreenState:
    """What a certification is on a day: valid, in process, ended, revoked, or not yet begun."""
    if certificate.issued_on is None:
        return GreenState.IN_PROCESS if certificate.stage_on <= on else GreenState.NOT_YET
    if certificate.issued_on > on:
        return GreenState.NOT_YET
    if certificate.revoked_on and certificate.revoked_on <= on:
        return GreenState.REVOKED
    if certificate.valid_until and certificate.valid_until < on:
        return GreenState.ENDED
    return GreenState.VALID
