"""What an inspection looks at, and what must be said of a visit and of what was found. Pure.

The kinds of documents are those of SIPPINDA, the province's own system of supervision.
"""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Checked(models.TextChoices):
    """What is looked at, in the order of SIPPINDA."""

    KKPR = "kkpr", _("Conformity of land use (KKPR)")
    ENVIRONMENT = "persetujuan_lingkungan", _("Environmental approval")
    SLF = "slf", _("Certificate of building worthiness (SLF)")
    PBG = "pbg", _("Building approval (PBG)")
    NIB = "nib", _("Business identification number (NIB)")
    NPWP = "npwp", _("Tax number where the business lies (NPWP)")
    STANDARD = "sertifikat_standar", _("Licence of the industry sector, or standard certificate")
    HALAL = "halal", _("Halal certificate")
    TKDN = "tkdn", _("Local content certificate (TKDN)")
    SNI = "sni", _("National standard certificate (SNI)")
    ISO = "iso", _("ISO certificate")
    GREEN = "sih", _("Green industry certificate (SIH)")
    REPORTS = "pelaporan_siinas", _("Reports to SIINas")
    ACCOUNT = "akun_siinas", _("Account in SIINas")
    ACTIVITY = "kesesuaian_kegiatan", _("Activity as licensed")
    CAPACITY = "kesesuaian_fasilitas", _("Facilities and capacity as licensed")
    IUI = "iui", _("Industrial business licence (IUI)")
    IUI_EXPANSION = "iui_perluasan", _("Expansion licence (IUI)")
    IUKI = "iuki", _("Industrial estate licence (IUKI)")
    IPKI = "ipki", _("Industrial estate expansion licence (IPKI)")
    BPOM = "izin_edar_bpom", _("Marketing authorisation (BPOM)")


class Answer(models.TextChoices):
    """Whether what is looked at is there."""

    THERE = "ada", _("There")
    MISSING = "tidak", _("Not there")
    NOT_NEEDED = "tidak_wajib", _("Not required")


# What SIPPINDA, and offices, call these in their files.
CALLED: dict[str, tuple[str, ...]] = {
    Checked.KKPR.value: ("KKPR", "PKKPR"),
    Checked.ENVIRONMENT.value: ("Persetujuan lingkungan",),
    Checked.SLF.value: ("SLF", "Sertifikat laik fungsi"),
    Checked.PBG.value: ("PBG", "Persetujuan bangunan gedung"),
    Checked.NIB.value: ("NIB",),
    Checked.NPWP.value: ("NPWP", "NPWP (sesuai domisili)"),
    Checked.STANDARD.value: (
        "Perizinan usaha sektor industri/Sertifikat Standar",
        "Perizinan usaha sektor industri",
        "Sertifikat Standar",
    ),
    Checked.HALAL.value: ("Sertifikat halal", "Halal"),
    Checked.TKDN.value: ("TKDN", "Sertifikat TKDN"),
    Checked.SNI.value: ("SNI", "Sertifikat SNI"),
    Checked.ISO.value: ("ISO", "Sertifikat ISO"),
    Checked.GREEN.value: ("Sertifikat industri hijau", "SIH"),
    Checked.REPORTS.value: ("Pelaporan SIINas", "Pelaporan SIINas berkala"),
    Checked.ACCOUNT.value: ("Kepemilikan akun SIINas", "Akun SIINas"),
    Checked.ACTIVITY.value: (
        "Kesesuaian kegiatan usaha dgn perizinan",
        "Kesesuaian kegiatan usaha dengan perizinan",
        "Kesesuaian kegiatan usaha",
    ),
    Checked.CAPACITY.value: ("Kesesuaian fasilitas & kapasitas", "Kesesuaian fasilitas dan kapasitas"),
    Checked.IUI.value: ("IUI", "Izin usaha industri"),
    Checked.IUI_EXPANSION.value: ("Izin perluasan", "Izin perluasan industri"),
    Checked.IUKI.value: ("IUKI", "Izin usaha kawasan industri"),
    Checked.IPKI.value: ("IPKI", "Izin perluasan kawasan industri"),
    Checked.BPOM.value: ("Izin edar (BPOM)", "Izin edar BPOM", "Izin edar"),
}
ANSWERED: dict[str, tuple[str, ...]] = {
    Answer.THERE.value: ("Ya", "Memiliki", "Punya", "Sudah ada"),
    Answer.MISSING.value: ("Tidak ada", "Tdk ada", "Belum ada", "Belum", "Tidak memiliki", "Tidak punya"),
    Answer.NOT_NEEDED.value: ("Tidak diwajibkan", "Tidak perlu", "Tdk wajib"),
}


class FollowUp(models.TextChoices):
    """How a finding stands."""

    OPEN = "terbuka", _("Not done yet")
    DONE = "selesai", _("Done")


def check_visit(
    *,
    visited_on: datetime.date | None,
    inspectors: str,
    documents: int,
    findings: int,
    today: datetime.date,
) -> None:
    """Raises ValidationError by field: a visit lies behind us and names who went; without one nothing was found."""
    problems: dict[str, ValidationError] = {}
    if visited_on is not None and visited_on > today:
        problems["visited_on"] = ValidationError(_("This day lies in the future."), "future")
    if visited_on is not None and not inspectors:
        problems["inspectors"] = ValidationError(_("Say who went there."), "required")
    if visited_on is None and (documents or findings):
        text = _("Say on which day the visit was: documents and findings come from one.")
        problems["visited_on"] = ValidationError(text, "required")
    if problems:
        raise ValidationError(problems)


def check_document(*, answer: str, number: str, valid_until: datetime.date | None) -> None:
    """Raises ValidationError by field: only what is there has a number or a last day."""
    if answer != Answer.THERE:
        given = {"number": number, "valid_until": valid_until}
        text = _("Only what is there has a number and a last day.")
        if problems := {name: ValidationError(text, "not_there") for name, value in given.items() if value}:
            raise ValidationError(problems)


def check_finding(*, follow_up: str, due_on: datetime.date | None, state: str, done_on: datetime.date | None) -> None:
    """Raises ValidationError by field: a due day is that of something to be done, and what is done says since when."""
    problems: dict[str, ValidationError] = {}
    if due_on is not None and not follow_up:
        problems["follow_up"] = ValidationError(_("Say what is to be done by this day."), "required")
    if state == FollowUp.DONE and done_on is None:
        problems["done_on"] = ValidationError(_("Say on which day it was done."), "required")
    if state != FollowUp.DONE and done_on is not None:
        problems["done_on"] = ValidationError(_("Leave the day empty while it is open."), "open")
    if problems:
        raise ValidationError(problems)


def late_days(*, due_on: datetime.date | None, done_on: datetime.date | None, on: datetime.date) -> int:
    """Days past the due day of a follow-up; 0 up to it, without one, and once it is done."""
    return 0 if due_on is None or done_on is not None else max((on - due_on).days, 0)
