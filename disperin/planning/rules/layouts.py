"""Layouts of the printed tables: their columns in order, each a heading and the name of what stands below it.

The columns of `USUAL` are those that public e-planning applications print (Permendagri 86/2017); the tables of
Inmendagri 2/2025 were not seen. The office lays down its own by a dated row when a circular changes them. Pure.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

_LINE = re.compile(r"(?P<heading>.+?)\s*=\s*(?P<name>[a-z0-9_]+)")
_NAMED = re.compile(r"\{([a-z0-9_]*)\}")
MOST_COLUMNS = 40


class Kind(models.TextChoices):
    """The tables that are printed."""

    REVIEW = "tc23", _("T-C.23: performance of the services")
    PLAN = "tc27", _("T-C.27: goals, programmes and funds")
    QUARTERS = "evaluasi", _("Evaluation of the Renja by quarter")
    AGREEMENT = "pk", _("Performance agreement: objectives")
    PROGRAMMES = "pk_program", _("Performance agreement: programmes")
    ACHIEVEMENT = "lkjip", _("LKjIP, chapter III: achievement of the IKU")
    BUDGET = "lkjip_anggaran", _("LKjIP, chapter III: budget")


_FIVE = range(1, 6)
NAMES = frozenset(
    (
        "no", "indikator", "indikator_sasaran", "indikator_program", "satuan", "kode", "tujuan", "sasaran", "program",
        "data_awal", "penanggung_jawab", "lokasi", "target_nspk", "target_ikk", "target_lain", "target", "realisasi",
        "capaian", "target_pk", "anggaran_pk", "anggaran", "realisasi_rp", "serapan", "pendukung", "penghambat",
        "tindak_lanjut",
        "tahun_akhir", "target_akhir", "rp_akhir", "capaian_akhir", "realisasi_sebelumnya", "rp_sebelumnya",
        "rp_sampai_ini",
        *(f"{name}_{at}" for name in ("target", "rp", "realisasi", "rasio") for at in _FIVE),
        *(f"{name}_tw{at}" for name in ("realisasi", "rp") for at in range(1, 5)),
    )
)  # fmt: skip
IN_HEADINGS = frozenset(("tahun", *(f"tahun_{at}" for at in _FIVE)))


def years_numbered(kind: str) -> int:
    """How many years a table numbers: five, in LKjIP the four before its own."""
    return 4 if kind == Kind.ACHIEVEMENT else 5


def known_in(kind: str, names: Collection[str]) -> frozenset[str]:
    """Those of the names that a table fills: none of a year that it does not number. "" is any table."""
    return frozenset(names) - {name for name in names if name.endswith(tuple(f"_{at}" for at in _beyond(kind)))}


def _beyond(kind: str) -> range:
    return range(years_numbered(kind) + 1, max(_FIVE) + 1)


@dataclass(frozen=True)
class Layout:
    """A table: what it is called, and its columns."""

    kind: str
    title: str
    columns: tuple[tuple[str, str], ...]  # heading, name

    @property
    def names(self) -> list[str]:
        """What stands in its columns."""
        return [name for _heading, name in self.columns]

    def headings_of(self, years: Mapping[str, str]) -> list[str]:
        """Its headings, with years put in."""
        return [_filled(heading, years) for heading, _name in self.columns]

    def title_of(self, years: Mapping[str, str]) -> str:
        """Its title, with years put in."""
        return _filled(self.title, years)


def columns_of(text: str, kind: str = "") -> tuple[tuple[str, str], ...]:
    """The columns of a layout as the office types them: `Heading = name`, one on each line.

    Raises ValidationError that names the line, for one without a name and for a name that its table does not know.
    """
    columns, known = [], known_in(kind, NAMES)
    for at, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        read = _LINE.fullmatch(line.strip())
        params = {"line": at, "text": line.strip()[:80], "names": ", ".join(sorted(known))}
        if read is None:
            raise ValidationError(_("Line %(line)s, “%(text)s”: write Heading = name."), "no_column", params)
        if read["name"] not in known:
            params["name"] = read["name"]
            raise ValidationError(_("Line %(line)s: “%(name)s” is not known. Known are: %(names)s."), "unknown", params)
        check_heading(read["heading"], kind)
        columns.append((read["heading"], read["name"]))
    if not columns:
        raise ValidationError(_("Write at least one column."), "empty")
    if len(columns) > MOST_COLUMNS:
        raise ValidationError(_("A table has at most %(most)s columns."), "too_many", {"most": MOST_COLUMNS})
    return tuple(columns)


def check_heading(text: str, kind: str = "") -> None:
    """Raises ValidationError for a heading or title with a {name} that is none of the years of its table."""
    known = known_in(kind, IN_HEADINGS)
    for name in _NAMED.findall(text):
        if name not in known:
            params = {"name": name, "names": ", ".join(sorted(known))}
            raise ValidationError(_("“{%(name)s}” is not known in headings. Known are: %(names)s."), "unknown", params)


def _filled(text: str, years: Mapping[str, str]) -> str:
    return _NAMED.sub(lambda match: years.get(match[1], match[0]), text)


def _usual(kind: Kind, title: str, columns: str) -> tuple[str, Layout]:
    return kind.value, Layout(kind.value, title, columns_of(columns))


def _five(*lines: str) -> str:
    return "\n".join(line.replace("#", str(at)) for line in lines for at in _FIVE)


USUAL = dict(
    (
        _usual(
            Kind.REVIEW,
            "Tabel T-C.23 Pencapaian Kinerja Pelayanan {tahun_1}–{tahun_5}",
            "No = no\nIndikator = indikator\nTarget NSPK = target_nspk\nTarget IKK = target_ikk\n"
            "Target indikator lainnya = target_lain\n"
            + _five(
                "Target Renstra {tahun_#} = target_#",
                "Realisasi {tahun_#} = realisasi_#",
                "Rasio {tahun_#} (%) = rasio_#",
            ),
        ),
        _usual(
            Kind.PLAN,
            "Tabel T-C.27 Rencana Program, Kegiatan, dan Pendanaan {tahun_1}–{tahun_5}",
            "Tujuan = tujuan\nSasaran = sasaran\nIndikator = indikator_sasaran\nKode = kode\n"
            "Program/Kegiatan/Sub-kegiatan = program\nIndikator = indikator_program\nData awal = data_awal\n"
            + "\n".join(f"Target {{tahun_{at}}} = target_{at}\nRp {{tahun_{at}}} = rp_{at}" for at in _FIVE)
            + "\nKondisi akhir: tahun = tahun_akhir\nKondisi akhir: target = target_akhir\n"
            "Kondisi akhir: Rp seluruh Renstra = rp_akhir\nPenanggung jawab = penanggung_jawab\nLokasi = lokasi",
        ),
        _usual(
            Kind.QUARTERS,
            "Evaluasi Renja per Triwulan {tahun}",
            "No = no\nProgram/Kegiatan = program\nIndikator = indikator\nTarget Renstra: tahun = tahun_akhir\n"
            "Target Renstra: K = target_akhir\nTarget Renstra: Rp = rp_akhir\n"
            "Realisasi tahun lalu: K = realisasi_sebelumnya\nRealisasi s.d. tahun lalu: Rp = rp_sebelumnya\n"
            "Target {tahun}: K = target\nTarget {tahun}: Rp = anggaran\n"
            + "\n".join(
                f"TW {roman}: K = realisasi_tw{at}\nTW {roman}: Rp = rp_tw{at}"
                for at, roman in enumerate(("I", "II", "III", "IV"), start=1)
            )
            + "\nCapaian {tahun}: K = realisasi\nCapaian {tahun}: Rp = realisasi_rp\nCapaian (%) = capaian\n"
            "Realisasi {tahun}: K = realisasi\nRenstra s.d. {tahun}: Rp = rp_sampai_ini\n"
            "Capaian Renstra (%) = capaian_akhir",
        ),
        _usual(
            Kind.AGREEMENT,
            "Perjanjian Kinerja {tahun}: Sasaran",
            "No = no\nSasaran = sasaran\nIndikator = indikator\nSatuan = satuan\nTarget = target_pk",
        ),
        _usual(
            Kind.PROGRAMMES,
            "Perjanjian Kinerja {tahun}: Program",
            "No = no\nKode = kode\nProgram = program\nAnggaran (Rp) = anggaran_pk",
        ),
        _usual(
            Kind.ACHIEVEMENT,
            "LKjIP {tahun}, Bab III: Capaian Indikator Kinerja Utama",
            "No = no\nIndikator = indikator\nSatuan = satuan\nTarget {tahun} = target\nRealisasi {tahun} = realisasi\n"
            "Capaian (%) = capaian\n"
            + "\n".join(f"Realisasi {{tahun_{at}}} = realisasi_{at}" for at in range(1, 5))
            + "\nTarget akhir Renstra: tahun = tahun_akhir\nTarget akhir Renstra = target_akhir\n"
            "Capaian akhir Renstra (%) = capaian_akhir\nTarget NSPK = target_nspk\n"
            "Faktor pendukung = pendukung\nFaktor penghambat = penghambat\n"
            "Tindak lanjut = tindak_lanjut\nProgram = program",
        ),
        _usual(
            Kind.BUDGET,
            "LKjIP {tahun}, Bab III: Anggaran",
            "No = no\nKode = kode\nProgram = program\nAnggaran (Rp) = anggaran\nRealisasi (Rp) = realisasi_rp\n"
            "Realisasi (%) = serapan",
        ),
    )
)
