"""What may be proposed about a forum and a commitment, and to which forum what is open is carried over."""

from typing import cast

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from disperin.commitments.models import Commitment, Forum
from disperin.registers.gate.columns import of_column
from disperin.registers.gate.forms import RecordForm
from disperin.registers.record import past
from disperin.registers.values.fields import Reference
from disperin.registers.values.in_files import InFiles
from disperin.registers.values.terms import Path
from disperin.ui.said import gettext as _
from disperin.units.models import Unit

MOST_FORUMS = 200  # offered on a page, the newest; any other is taken by its number


class ForumForm(RecordForm):
    """The form of the register `forums`."""

    class Meta:
        model = Forum
        fields = ["regency", "kind", "name", "day", "last_day", "place", "minutes_number", "minutes"]
        help_texts = {"regency": gettext_lazy("Where it takes place; of the whole province, the seat of the office.")}

    sections = (
        ("", ("kind", "name", "day", "last_day", "regency", "place")),
        ("minutes", ("minutes_number", "minutes")),
    )
    section_titles = {"": gettext_lazy("The forum"), "minutes": gettext_lazy("Minutes")}
    in_files = InFiles(
        words={
            "kind": ("jenis rapat", "jenis forum"),
            "name": ("nama rapat", "acara"),
            "day": ("tanggal", "hari/tanggal"),
            "place": ("tempat", "lokasi"),
            "minutes_number": ("nomor ba", "nomor berita acara"),
        },
        examples={
            "name": "Forum Perangkat Daerah bidang perindustrian",
            "day": "2026-02-12",
            "place": "Aula kantor dinas",
            "minutes_number": "050/12/BA/2026",
        },
    )


class CommitmentForm(RecordForm):
    """The form of the register `commitments`."""

    forum = of_column(queryset=Forum.objects.all())
    next_forum = of_column(queryset=Forum.objects.all())

    class Meta:
        model = Commitment
        fields = [
            "regency", "forum", "item", "name", "unit", "responsible", "support_from", "support_asked", "due_on",
            "state", "report", "evidence", "settled_on", "next_forum",
        ]  # fmt: skip
        widgets = {
            "name": forms.Textarea({"rows": 3}),
            "support_asked": forms.Textarea({"rows": 2}),
            "report": forms.Textarea({"rows": 3}),
        }

    sections = (
        ("", ("regency", "forum", "item", "name", "unit", "responsible", "due_on")),
        ("support", ("support_from", "support_asked")),
        ("state", ("state", "report", "evidence", "settled_on", "next_forum")),
    )
    section_titles = {
        "": gettext_lazy("What was promised"),
        "support": gettext_lazy("Support that the regency asks for"),
        "state": gettext_lazy("What came of it"),
    }
    in_files = InFiles(
        same_by=(),
        words={
            "item": ("nomor", "no butir", "butir"),
            "name": ("komitmen", "uraian komitmen", "kesepakatan", "rencana tindak lanjut"),
            "unit": ("unit penanggung jawab", "bidang penanggung jawab", "perangkat daerah penanggung jawab"),
            "responsible": ("penanggung jawab", "pic"),
            "support_asked": ("dukungan", "dukungan yang diminta"),
            "due_on": ("tenggat", "batas waktu", "target waktu"),
            "state": ("status", "keterangan status"),
            "report": ("capaian", "tindak lanjut", "realisasi"),
        },
        examples={
            "item": 1,
            "name": "Mengusulkan dua sentra IKM untuk ditetapkan dengan keputusan bupati.",
            "responsible": "Bidang Perindustrian",
            "due_on": "2026-06-30",
        },
    )

    def narrow(self, regency: str | None, *, district: str | None = None, options_url: str = "") -> None:
        """The newest forums are offered, units that may answer for the regency, and those that are chosen."""
        unit = cast(Reference, self.fields["unit"])
        unit.queryset = Unit.objects.offered(past.today(), regency=regency, chosen=self["unit"].value())
        newest = Forum.objects.current().order_by("-day", "-id")
        offered = [forum.pk for forum in newest.only("pk")[:MOST_FORUMS]]
        for name in ("forum", "next_forum"):
            field = cast(Reference, self.fields[name])
            chosen = Forum.objects.filter(number=str(self[name].value() or ""))
            field.queryset = (Forum.objects.filter(pk__in=offered) | chosen).order_by("-day", "-id")

    def warnings(self) -> list[tuple[Path, str]]:
        """A promise that is said to be kept without anything that shows it."""
        warnings = super().warnings()
        if self.instance.state == "dipenuhi" and self.instance.evidence_id is None:
            warnings.append(
                ("evidence", _("There is no evidence. That a promise was kept is verified by what shows it."))
            )
        return warnings


class CarryOverForm(forms.Form):
    """To which later forum the open commitments of one are carried over."""

    next_forum = Reference(
        Forum.objects.none(),
        to_field_name="number",
        label=capfirst(gettext_lazy("next forum")),
        empty_label=gettext_lazy("Choose"),
    )

    def __init__(self, *args: object, forum: Forum, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        later = Forum.objects.current().filter(day__gte=forum.day).exclude(pk=forum.pk)
        cast(Reference, self.fields["next_forum"]).queryset = later.order_by("-day", "-id")
