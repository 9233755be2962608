"""What may be proposed about an inspection. The regency is never chosen: it follows the maker or the zone."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from disperin.registers.gate.columns import of_column
from disperin.registers.gate.forms import PartForm
from disperin.registers.gate.placed_by import FollowingForm
from disperin.registers.values.asking import AskedIf
from disperin.registers.values.code_input import CodeInput
from disperin.registers.values.fields import Degrees, Reference
from disperin.registers.values.in_files import InFiles
from disperin.registers.values.terms import Path
from disperin.supervision import rules
from disperin.supervision.models import DocumentCheck, Finding, Inspection, InspectionPhoto
from disperin.ui.said import gettext as _
from industries.forms.maker import ESTABLISHMENT_LIST, MakerReference, makers_of
from industries.models import Establishment
from zones.models import Zone


class DocumentCheckForm(PartForm):
    """One document that was looked at."""

    seldom = ("note",)

    class Meta:
        model = DocumentCheck
        fields = ["kind", "answer", "number", "valid_until", "note"]

    asked_if = {
        "number": AskedIf("answer", values=(rules.Answer.THERE,)),
        "valid_until": AskedIf("answer", values=(rules.Answer.THERE,)),
    }
    in_files = InFiles(  # the words of SIPPINDA
        words={
            "kind": ("jenis dokumen", "nama dokumen", "dokumen"),
            "answer": ("status dokumen", "ketersediaan", "kepemilikan", "ada/tidak"),
            "number": ("nomor dokumen", "no dokumen"),
            "valid_until": ("masa berlaku", "berlaku sampai"),
            "note": ("keterangan", "catatan"),
        },
        examples={"number": "503/127/2024", "valid_until": "2029-01-14"},
        choices={"kind": rules.CALLED, "answer": rules.ANSWERED},
    )


class FindingForm(PartForm):
    """One finding and what is to be done about it."""

    class Meta:
        model = Finding
        fields = ["found", "follow_up", "due_on", "state", "done_on", "note"]

    asked_if = {
        "due_on": AskedIf("follow_up"),
        "done_on": AskedIf("state", values=(rules.FollowUp.DONE,), needed=True),
        "note": AskedIf("state", values=(rules.FollowUp.DONE,)),
    }
    in_files = InFiles(
        words={
            "found": ("temuan", "hasil pengawasan"),
            "follow_up": ("tindak lanjut", "rekomendasi"),
            "due_on": ("tenggat", "batas waktu"),
        },
        examples={
            "found": "Limbah cair belum diolah.",
            "follow_up": "Memasang bak pengolahan.",
            "due_on": "2026-06-30",
        },
    )


class InspectionPhotoForm(PartForm):
    """One photograph."""

    photo_in = "photo"
    photo = of_column(kind="photo")

    class Meta:
        model = InspectionPhoto
        fields = ["photo", "caption"]

    in_files = InFiles(examples={"caption": "Bak pengolahan limbah"})


class InspectionForm(FollowingForm):
    """The form of the register `inspections`."""

    establishment = of_column(
        MakerReference,
        queryset=Establishment.objects.select_related("regency"),
        help_text=format_lazy(
            gettext_lazy("Its register number, such as {number}. In files also its NIB, or its name and village."),
            number=settings.PROVINCE.example.number,
        ),
        widget=CodeInput(ESTABLISHMENT_LIST),
    )
    zone = of_column(queryset=Zone.objects.select_related("regency"))
    latitude = of_column(Degrees, min_value=-90, max_value=90)
    longitude = of_column(Degrees, min_value=-180, max_value=180)

    class Meta:
        model = Inspection
        fields = [
            "regency", "establishment", "zone", "planned_on", "visited_on", "inspectors", "latitude", "longitude",
            "summary", "minutes_number", "minutes",
        ]  # fmt: skip
        widgets = {"summary": forms.Textarea({"rows": 3})}

    parts = {"documents": DocumentCheckForm, "findings": FindingForm, "photos": InspectionPhotoForm}
    sections = (
        ("", ("regency", "establishment", "zone", "planned_on")),
        ("visit", ("visited_on", "inspectors", "summary")),
        ("place", ("latitude", "longitude")),
        ("minutes", ("minutes_number", "minutes")),
    )
    section_titles = {
        "": gettext_lazy("What is inspected"),
        "visit": gettext_lazy("The visit"),
        "place": gettext_lazy("Where it was"),
        "minutes": gettext_lazy("Minutes"),
    }
    in_files = InFiles(  # the words of SIPPINDA among them
        words={
            "establishment": ("nomor register ikm", "nama ikm", "perusahaan", "nama perusahaan", "unit usaha", "nib"),
            "zone": ("kawasan industri",),
            "planned_on": ("rencana", "tanggal rencana"),
            "visited_on": ("tanggal pengawasan", "tanggal kunjungan", "tgl pengawasan"),
            "inspectors": ("pengawas", "petugas pengawas", "tim pengawas"),
            "summary": ("hasil kunjungan", "uraian"),
            "minutes_number": ("nomor berita acara", "nomor ba"),
        },
        by_heading={"documents": ("kind", "answer")},
        examples={
            "zone": "",
            "planned_on": "2026-03-10",
            "visited_on": "2026-03-12",
            "inspectors": "Tim pengawas bidang agro",
        },
    )
    regency_shown: str | None = None  # whose makers and zones are suggested on a page

    def clean(self) -> dict[str, Any]:
        """As of FollowingForm; also what a visit needs, and that there is one where something was found."""
        cleaned = super().clean()
        try:
            rules.check_visit(
                visited_on=cleaned.get("visited_on"),
                inspectors=cleaned.get("inspectors", ""),
                documents=len(self.rows["documents"]),
                findings=len(self.rows["findings"]),
                today=timezone.localdate(),
            )
        except ValidationError as refused:
            for name, errors in refused.error_dict.items():
                if name not in self.errors:
                    self.add_error(name, errors)
        return cleaned

    def narrow(self, regency: str | None, *, district: str | None = None, options_url: str = "") -> None:
        """Makers of the regency are suggested, and known by other words than their number; its zones are offered."""
        self.regency_shown = regency
        cast(MakerReference, self.fields["establishment"]).within = regency
        zone = cast(Reference, self.fields["zone"])
        chosen = zone.queryset.filter(number=str(self["zone"].value() or ""))
        zone.queryset = (zone.queryset.filter(regency=regency, closed_on=None) | chosen).order_by("name")

    def suggestions(self) -> dict[str, Any]:
        """The makers of the regency, by their number."""
        return makers_of(self.regency_shown)

    def warnings(self) -> list[tuple[Path, str]]:
        """A visit without a photograph."""
        warnings = super().warnings()
        if self.instance.visited_on is not None and not self.rows["photos"]:
            warnings.append(("visited_on", _("There is no photograph of this visit.")))
        return warnings
