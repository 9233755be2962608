"""What may be proposed about a nomination, with the papers of its checklist."""

from django.utils import timezone
from django.utils.translation import gettext_lazy

from disperin.registers.gate.forms import PartForm
from disperin.registers.values.in_files import InFiles
from disperin.registers.values.terms import Path
from disperin.ui.said import gettext as _
from ovop import rules
from ovop.forms.makers import OfProductForm
from ovop.models import AwardRound, Nomination, NominationPaper, readiness_of


class NominationPaperForm(PartForm):
    """One paper of the checklist."""

    class Meta:
        model = NominationPaper
        fields = ["item", "number", "file"]

    in_files = InFiles(examples={"number": "503/127/2024"})


class NominationForm(OfProductForm):
    """The form of the register `nominations`."""

    class Meta:
        model = Nomination
        fields = ["regency", "establishment", "product", "group", "round", "uniqueness", "materials", "continuity"]

    parts = {"papers": NominationPaperForm}
    in_files = InFiles(
        examples={
            "uniqueness": "Motif turun-temurun, diwarnai dengan bahan alam setempat.",
            "materials": "Bahan baku dari tiga desa di kecamatan yang sama.",
            "continuity": "Terjual di dua toko dan satu lokapasar; pasokan tetap sepanjang tahun.",
        }
    )
    sections = (
        ("", ("regency", "establishment", "product", "group", "round")),
        ("reasons", ("uniqueness", "materials", "continuity")),
    )
    section_titles = {"": gettext_lazy("The product"), "reasons": gettext_lazy("Why it deserves stars")}

    def warnings(self) -> list[tuple[Path, str]]:
        """Says which gates are closed, which papers are missing, and that the round takes no proposals today."""
        nomination, today = self.instance, timezone.localdate()
        notes = [
            ("product", rules.explain_step(gate))
            for gate in readiness_of(nomination.product, today).gates
            if not gate.met
        ]
        given = {row.cleaned_data["item"].pk for row in self.rows["papers"]}
        missing = [item.name for item in nomination.checklist(today) if item.pk not in given]
        if missing:
            notes.append(("papers", _("Missing of the checklist: %(papers)s.") % {"papers": ", ".join(missing)}))
        if not AwardRound.objects.taking_proposals(today).filter(pk=nomination.round_id).exists():
            notes.append(("round", _("By its dates this round takes no proposals today.")))
        return notes
