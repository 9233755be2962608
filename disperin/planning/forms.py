"""What may be proposed about an indicator, its targets and realisations; which year is asked for."""

import hashlib
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from disperin.planning.models import Indicator, Realisation, TableTemplate, Target
from disperin.planning.models.counting import counted_list
from disperin.planning.models.templates import check_template
from disperin.planning.rules import indicators as rules
from disperin.registers.gate.columns import of_column
from disperin.registers.gate.forms import PartForm, RecordForm
from disperin.registers.record import past
from disperin.registers.values.fields import Reference, WholeNumber
from disperin.registers.values.in_files import InFiles
from disperin.registers.values.terms import Path
from disperin.ui.forms import YEAR_BOX
from disperin.ui.said import gettext as _
from disperin.units.models import Unit
from disperin.workbooks.files.filling import MOST_BYTES

_RUPIAH = {"prefix": "Rp"}


class TemplateForm(forms.ModelForm):
    """The admin's form of a workbook that a printed table is filled into: read when it is brought, never changed."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "An .xlsx of at most 1 MB. Names in braces are filled in on its first sheet: {hari}, {judul}, {tahun} "
            "once, {baris.indikator} and the like in one row, which is repeated. Begin with the one on the page of "
            "printed tables."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    class Meta:
        model = TableTemplate
        fields = ["key", "kind", "source", "valid_from", "valid_to"]

    def clean_file(self) -> Any:
        """Keeps the file and what it is called. Raises ValidationError with every flaw of it."""
        sent = self.cleaned_data["file"]
        content = sent.read(MOST_BYTES + 1)
        check_template(content, self.cleaned_data.get("kind", ""))
        self.instance.content, self.instance.name = content, sent.name[-150:]
        self.instance.digest = hashlib.sha256(content).hexdigest()
        return sent


class TargetForm(PartForm):
    """What is to be reached in a year, by a document."""

    year = of_column(example=2026, widget=YEAR_BOX)
    funds = of_column(**_RUPIAH)

    class Meta:
        model = Target
        fields = ["year", "value", "document", "document_name", "document_on", "funds"]

    in_files = InFiles(
        words={
            "year": ("tahun", "tahun target"),
            "value": ("target", "nilai target"),
            "funds": ("anggaran", "pagu", "rp"),
            "document": ("dokumen", "ditetapkan oleh"),
            "document_name": ("nomor dokumen", "judul dokumen", "dasar"),
            "document_on": ("tanggal dokumen",),
        },
        examples={
            "year": 2026,
            "value": 100,
            "document": "renstra",
            "document_name": "Renstra (contoh)",
            "document_on": "2025-09-01",
        },
    )


class RealisationForm(PartForm):
    """What was reached, and why."""

    year = of_column(example=2026, widget=YEAR_BOX)
    spent = of_column(**_RUPIAH)

    class Meta:
        model = Realisation
        fields = [
            "year", "period", "value", "certainty", "source", "told_on", "spent", "supporting", "hindering",
            "follow_up",
        ]  # fmt: skip
        widgets = {name: forms.Textarea({"rows": 2}) for name in ("supporting", "hindering", "follow_up")}

    seldom = ("spent", "supporting", "hindering", "follow_up")
    in_files = InFiles(
        words={
            "year": ("tahun",),
            "period": ("triwulan", "periode"),
            "value": ("realisasi", "capaian", "nilai"),
            "source": ("sumber", "sumber data"),
            "told_on": ("tanggal sumber",),
            "spent": ("realisasi anggaran", "anggaran", "rp"),
            "supporting": ("faktor pendukung", "faktor pendorong"),
            "hindering": ("faktor penghambat", "kendala"),
            "follow_up": ("tindak lanjut",),
        },
        examples={"year": 2026, "period": "tw1", "value": 25, "source": "Laporan triwulan (contoh)"},
    )


class IndicatorForm(RecordForm):
    """The form of the register `indicators`."""

    baseline_year = of_column(example=2024, widget=YEAR_BOX)

    class Meta:
        model = Indicator
        fields = [
            "regency", "name", "code", "reference_code", "level", "kind", "unit", "measure", "definition", "formula",
            "source", "frequency", "direction", "over_year", "counts", "baseline_year", "baseline", "goal", "objective",
            "programme_code", "programme", "place", "rpip", "rpjmd_mission", "asta_cita", "valid_from", "valid_to",
        ]  # fmt: skip
        help_texts = {"regency": gettext_lazy("Of the whole province: the seat of the office.")}
        widgets = {"definition": forms.Textarea({"rows": 3}), "formula": forms.Textarea({"rows": 2})}

    parts = {"targets": TargetForm, "realisations": RealisationForm}
    sections = (
        ("", ("name", "level", "kind", "measure", "unit", "regency", "code", "reference_code")),
        ("meaning", ("definition", "formula", "source", "frequency", "direction", "over_year", "counts")),
        ("baseline", ("baseline_year", "baseline", "valid_from", "valid_to")),
        ("plan", ("goal", "objective", "programme_code", "programme", "place", "rpip", "rpjmd_mission", "asta_cita")),
    )
    section_titles = {
        "": gettext_lazy("The indicator"),
        "meaning": gettext_lazy("How it is told"),
        "baseline": gettext_lazy("Where it began"),
        "plan": gettext_lazy("What of the plans it serves"),
    }
    in_files = InFiles(
        words={
            "name": ("nama indikator", "indikator kinerja"),
            "code": ("kode", "kode indikator"),
            "reference_code": ("kode referensi",),
            "level": ("tingkat",),
            "kind": ("jenis", "jenis indikator"),
            "unit": ("penanggung jawab", "bidang"),
            "measure": ("satuan",),
            "definition": ("definisi",),
            "formula": ("rumus", "formulasi"),
            "source": ("sumber data",),
            "baseline": ("data awal", "kondisi awal"),
            "baseline_year": ("tahun data awal",),
            "goal": ("tujuan",),
            "objective": ("sasaran",),
            "programme": ("program", "kegiatan", "sub kegiatan"),
            "programme_code": ("kode program", "kode rekening"),
            "place": ("lokasi",),
        },
        examples={
            "name": "Jumlah IKM yang terdata (contoh)",
            "level": "sasaran",
            "kind": "iku",
            "measure": "unit",
            "frequency": "triwulanan",
            "direction": "naik",
        },
    )

    def narrow(self, regency: str | None, *, district: str | None = None, options_url: str = "") -> None:
        """Units that stand today are offered, and the one that is chosen."""
        field = cast(Reference, self.fields["unit"])
        field.queryset = Unit.objects.offered(past.today(), chosen=self["unit"].value())

    def clean_counts(self) -> str:
        """The list as it is kept, without host, language and place in the list."""
        address: str = self.cleaned_data["counts"]
        return counted_list(address).address if address else ""

    def clean(self) -> dict[str, Any]:
        """Also: each realisation has a figure where none is counted, and none where one is; no target of a picture."""
        super().clean()
        cleaned = self.cleaned_data
        is_counted = bool(cleaned.get("counts"))
        for row in self.rows["realisations"]:
            value = row.cleaned_data.get("value") if row.is_valid() else None
            if not row.is_valid() or "counts" in self.errors:
                continue
            if is_counted and value is not None:
                text = _("This indicator counts a list: leave the figure empty.")
                row.add_error("value", ValidationError(text, "counted"))
            elif not is_counted and value is None:
                row.add_error("value", ValidationError(_("Say the figure that the source tells."), "required"))
        if cleaned.get("kind") == rules.Kind.STRUCTURE:
            for row in self.rows["realisations"]:
                if row.is_valid() and not row.cleaned_data.get("told_on"):
                    text = _("A figure of the economy has the day of its source.")
                    row.add_error("told_on", ValidationError(text, "required"))
            for row in self.rows["targets"]:
                if row.is_valid():
                    text = _("A figure of the economy has no target: take this row away.")
                    row.add_error("value", ValidationError(text, "no_target"))
        return cleaned

    def warnings(self) -> list[tuple[Path, str]]:
        """What is verified more easily with it: a definition, and targets that lead on from year to year."""
        remarks = super().warnings()
        if not self.instance.definition:
            remarks.append(("definition", _("Without a definition nobody can reckon it the same way again.")))
        return remarks


class YearForm(forms.Form):
    """Which year is read."""

    tahun = WholeNumber(
        required=False, min_value=2000, max_value=rules.LAST_YEAR, label=gettext_lazy("Year"), widget=YEAR_BOX
    )

    def clean_tahun(self) -> int:
        """This year, where none is asked for."""
        return self.cleaned_data["tahun"] or this_year()


def this_year() -> int:
    """The year of the day that is read, or the last one of the plans."""
    return min(past.today().year, rules.LAST_YEAR)
