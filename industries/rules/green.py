"""Green industry: the way to a certificate (Permenperin 39/2018), what one must say, and what it is worth on a day."""

import re
from datetime import date
from typing import NamedTuple, Protocol

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from industries.rules.issuing import Certification, Faults, check_issuing

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


class GreenCertification(Certification, Protocol):
    """One certification by a standard: a number that `check_standard_number` gave, or ""."""

    standard_number: str


def check_green(certification: GreenCertification, *, today: date) -> None:
    """What stage, number and dates of one certification ask of each other. Raises ValidationError by field.

    An end (`valid_until`) may be missing: it is copied from the certificate, never computed, since no text was found
    that says how long a certificate lasts.
    """
    faults = Faults()
    standard = certification.standard_number
    if standard and not FIRST_STANDARDS <= read_standard_number(standard).year <= today.year:
        text = _("A standard of this year cannot be. Check the last four digits.")
        faults.tell("standard_number", text, "year")
    if certification.certificate_number and certification.stage in GREEN_STAGES_IN_PROCESS:
        text = _("This certification has a number: choose “Certificate issued” or a later stage.")
        faults.tell("stage", text, "issued")
    check_issuing(certification, faults, with_number=GREEN_STAGES_WITH_NUMBER, revoked=GreenStage.REVOKED, today=today)
    faults.refuse()


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
