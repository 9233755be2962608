"""Halal certification: the two schemes with their stages, and what a certificate must say (UU 33/2014, PP 42/2024)."""

import re
from datetime import date
from typing import Protocol

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from industries.rules.issuing import Certification, Faults, check_issuing, check_later, check_past

_NUMBER = re.compile(r"ID[0-9]{17}")  # what the digits mean is not published: they are never decoded


class HalalScheme(TextChoices):
    """Regular: an inspection body (LPH) looks. Self-declare: a companion of the process (pendamping PPH) does."""

    REGULAR = "reguler", _("Regular")
    SELF_DECLARE = "self_declare", _("Self-declare")


class HalalStage(TextChoices):
    """The states of SIHALAL. Who has not begun has no certification on record."""

    DRAFT = "draf", _("Application drafted")
    BPJPH = "verifikasi_bpjph", _("Verification by BPJPH")
    FEE = "penetapan_biaya", _("Fee set")
    PAYMENT = "pembayaran", _("Payment")
    RECEIVED = "sttd_terbit", _("Receipt issued (STTD)")
    INSPECTION = "pemeriksaan_lph", _("Inspection by the LPH")
    COMPANION = "verval_pendamping", _("Verification by the companion")
    FATWA = "sidang_fatwa", _("Fatwa session")
    ISSUED = "terbit_sh", _("Certificate issued")
    REJECTED = "ditolak", _("Rejected")
    REVOKED = "dicabut", _("Revoked")
    RENEWAL = "perlu_pembaruan", _("Renewal needed")


_STAGES = HalalStage
_ENDS = (_STAGES.ISSUED, _STAGES.REJECTED, _STAGES.REVOKED, _STAGES.RENEWAL)
# the order of SIHALAL; self-declare has the companion instead of inspection and payment
STAGES = {
    HalalScheme.REGULAR: (
        _STAGES.DRAFT, _STAGES.BPJPH, _STAGES.FEE, _STAGES.PAYMENT, _STAGES.RECEIVED, _STAGES.INSPECTION,
        _STAGES.FATWA, *_ENDS,
    ),
    HalalScheme.SELF_DECLARE: (
        _STAGES.DRAFT, _STAGES.BPJPH, _STAGES.RECEIVED, _STAGES.COMPANION, _STAGES.FATWA, *_ENDS,
    ),
}  # fmt: skip
STAGES_IN_PROCESS = tuple(stage for stage in HalalStage if stage not in _ENDS)
STAGES_WITH_NUMBER = (HalalStage.ISSUED, HalalStage.REVOKED, HalalStage.RENEWAL)


def check_certificate_number(value: str) -> str:
    """The number of a halal certificate without blanks, "ID" and 17 digits, or "". ValidationError code "number".

    A "KH" number is the fatwa alone: the process is not finished by it, and it is refused here.
    """
    number = re.sub(r"[\s.-]", "", value or "").upper()
    if number and not _NUMBER.fullmatch(number):
        raise ValidationError(
            _("“%(value)s” is no halal certificate number. It is ID and 17 digits, as printed on the certificate."),
            code="number",
            params={"value": (value or "")[:40]},
        )
    return number


def check_stage(faults: Faults, *, scheme: str, stage: str) -> None:
    """Tells of a stage that the scheme does not have, code "stage"."""
    if scheme in STAGES and stage and stage not in STAGES[HalalScheme(scheme)]:
        values = {"stage": HalalStage(stage).label, "scheme": HalalScheme(scheme).label}
        text = _("“%(stage)s” is no stage of the scheme “%(scheme)s”. Choose another stage, or the other scheme.")
        faults.tell("stage", text, "stage", **values)


class HalalCertification(Certification, Protocol):
    """One halal certification; `recomposed_on` is the day from which it is not what was certified any more."""

    scheme: str
    sehati: bool
    recomposed_on: date | None


def check_certificate(certification: HalalCertification, *, today: date) -> None:
    """What stage, number and dates of one certification ask of each other. Raises ValidationError by field.

    `recomposed_on` is the day from which the composition or the process differs from what was certified: the
    certificate asks for renewal from then on (PP 42/2024 Ps 51-52). An end (`valid_until`) may be missing.
    """
    faults = Faults()
    check_stage(faults, scheme=certification.scheme, stage=certification.stage)
    if certification.sehati and certification.scheme == HalalScheme.REGULAR:
        faults.tell("sehati", _("SEHATI is the free programme of the self-declare scheme."), "sehati")
    check_issuing(certification, faults, with_number=STAGES_WITH_NUMBER, revoked=HalalStage.REVOKED, today=today)
    check_past(faults, today, recomposed_on=certification.recomposed_on)
    check_later(faults, certification.issued_on, recomposed_on=certification.recomposed_on)
    if certification.stage == HalalStage.RENEWAL and certification.recomposed_on is None:
        text = _("Enter the day from which the composition or the process is another.")
        faults.tell("recomposed_on", text, "missing")
    if (
        certification.stage == HalalStage.ISSUED
        and certification.recomposed_on
        and certification.issued_on
        and certification.recomposed_on >= certification.issued_on
    ):
        text = _("The composition changed after the certificate was issued: choose “Renewal needed”.")
        faults.tell("stage", text, "renewal")
    faults.refuse()
