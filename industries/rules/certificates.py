"""Halal certification: the two schemes with their stages, and what a certificate must say (UU 33/2014, PP 42/2024)."""

import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from disperin.ui.texts import Text

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


def check_stage(*, scheme: str, stage: str) -> None:
    """Refuses a stage that the scheme does not have. Plain ValidationError, code "stage"."""
    if scheme in STAGES and stage and stage not in STAGES[HalalScheme(scheme)]:
        told = {"stage": HalalStage(stage).label, "scheme": HalalScheme(scheme).label}
        raise ValidationError(
            _("“%(stage)s” is no stage of the scheme “%(scheme)s”. Choose another stage, or the other scheme."),
            code="stage",
            params=told,
        )


def check_certificate(
    *,
    scheme: str,
    sehati: bool,
    stage: str,
    stage_on: date | None,
    number: str,
    issued_on: date | None,
    valid_until: date | None,
    revoked_on: date | None,
    revoked_reason: str,
    recomposed_on: date | None,
    today: date,
) -> None:
    """What stage, number and dates of one certification ask of each other. Raises ValidationError by field.

    `recomposed_on` is the day from which the composition or the process differs from what was certified: the
    certificate asks for renewal from then on (PP 42/2024 Ps 51-52). An end (`valid_until`) may be missing.
    """
    found: dict[str, ValidationError] = {}

    def tell(field: str, text: Text, code: str, **params: Any) -> None:
        found.setdefault(field, ValidationError(text, code=code, params=params))

    try:
        check_stage(scheme=scheme, stage=stage)
    except ValidationError as error:
        found["stage"] = error
    if sehati and scheme == HalalScheme.REGULAR:
        tell("sehati", _("SEHATI is the free programme of the self-declare scheme."), "sehati")
    if stage in STAGES_WITH_NUMBER:
        if not number:
            tell("certificate_number", _("Enter the number of the certificate: it has been issued."), "missing")
        if issued_on is None:
            tell("issued_on", _("Enter the day on which the certificate was issued."), "missing")
    if number and issued_on is None:
        tell("issued_on", _("Enter the day on which the certificate was issued."), "missing")
    if issued_on is not None and not number:
        tell("certificate_number", _("Enter the number of the certificate: it has been issued."), "missing")
    for field, day in (
        ("stage_on", stage_on),
        ("issued_on", issued_on),
        ("revoked_on", revoked_on),
        ("recomposed_on", recomposed_on),
    ):
        if day is not None and day > today:
            tell(field, _("This day lies in the future. Enter today or an earlier day."), "future")
    for field, day in (("valid_until", valid_until), ("revoked_on", revoked_on), ("recomposed_on", recomposed_on)):
        if day is not None and issued_on is None:
            tell(field, _("Leave this empty until the certificate is issued."), "not_issued")
    if issued_on and valid_until and valid_until < issued_on:
        tell("valid_until", _("A certificate cannot end before it is issued."), "order")
    if issued_on and revoked_on and revoked_on < issued_on:
        tell("revoked_on", _("A certificate cannot be revoked before it is issued."), "order")
    if stage == HalalStage.REVOKED and revoked_on is None:
        tell("revoked_on", _("Enter the day of the revocation."), "missing")
    if revoked_on is not None and stage and stage != HalalStage.REVOKED:
        tell("stage", _("A revoked certificate stands at the stage “Revoked”."), "revoked")
    if revoked_on is not None and not revoked_reason.strip():
        tell("revoked_reason", _("Say why it was revoked."), "missing")
    if revoked_reason.strip() and revoked_on is None:
        tell("revoked_on", _("Enter the day of the revocation."), "missing")
    if stage == HalalStage.RENEWAL and recomposed_on is None:
        tell("recomposed_on", _("Enter the day from which the composition or the process is another."), "missing")
    if stage == HalalStage.ISSUED and recomposed_on and issued_on and recomposed_on >= issued_on:
        text = _("The composition changed after the certificate was issued: choose “Renewal needed”.")
        tell("stage", text, "renewal")
    if found:
        raise ValidationError(found)
