"""What may be proposed about a cluster."""

from django.utils.translation import gettext_lazy

from disperin.regions.models import Village
from disperin.registers.gate.columns import of_column
from disperin.registers.gate.forms import PartForm, RecordForm
from disperin.registers.values.in_files import InFiles
from disperin.registers.values.terms import Path
from disperin.ui.forms import YEAR_BOX
from industries import rules
from industries.forms.places import narrow_places
from industries.models import Cluster, Coaching
from industries.rules.choices import FUNDS_CALLED


class CoachingForm(PartForm):
    """What was done for it in one year."""

    year = of_column(
        example=2026,
        widget=YEAR_BOX,
    )
    value = of_column(prefix="Rp")

    class Meta:
        model = Coaching
        fields = ["year", "kind", "what", "funds", "value", "result"]

    in_files = InFiles(
        words={
            "kind": ("jenis pembinaan",),
            "what": ("kegiatan", "uraian", "bentuk pembinaan"),
            "funds": ("sumber dana", "dana"),
            "value": ("nilai", "anggaran"),
        },
        choices={"funds": FUNDS_CALLED},
        examples={
            "year": 2026,
            "kind": "sarana",
            "what": "Rumah produksi bersama",
            "funds": "dak_fisik",
            "value": 750_000_000,
        },
    )


class ClusterForm(RecordForm):
    """The form of the register `clusters`."""

    village = of_column(queryset=Village.objects.select_related("district"))

    class Meta:
        model = Cluster
        fields = ["name", "commodity", "regency", "village", "status", "decree_number", "decree_on"]

    parts = {"coaching": CoachingForm}
    in_files = InFiles(
        words={"name": ("sentra", "nama sentra"), "commodity": ("komoditi",), "village": ("desa", "kelurahan")},
        examples={"name": "Sentra Anyaman Melati", "decree_number": "188.45/127/2024", "decree_on": "2024-01-15"},
    )
    sections = (
        ("", ("name", "commodity", "status")),
        ("place", ("regency", "village")),
        ("decree", ("decree_number", "decree_on")),
    )

    section_titles = {
        "": gettext_lazy("The cluster"),
        "place": gettext_lazy("Where it lies"),
        "decree": gettext_lazy("Decree"),
    }

    def narrow(self, regency: str | None, *, district: str | None = None, options_url: str = "") -> None:
        """Villages of the regency, by district."""
        narrow_places(self.fields, regency, district=district, options_url=options_url)

    def warnings(self) -> list[tuple[Path, str]]:
        """As of every register, and an active cluster of fewer than five members (PP 29/2018 art. 1)."""
        text = rules.cluster_warning(status=self.instance.status, members=self.instance.member_count())
        return [*super().warnings(), *([("status", text)] if text else [])]
