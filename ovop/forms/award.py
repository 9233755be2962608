"""What may be proposed about an award."""

from django.utils.translation import gettext_lazy

from disperin.registers.gate.columns import of_column
from disperin.registers.values.in_files import InFiles
from disperin.registers.values.terms import Path
from disperin.ui.said import gettext as _
from ovop.forms.makers import OfProductForm
from ovop.models import Award
from ovop.models.schemes import MOST_STARS


class AwardForm(OfProductForm):
    """The form of the register `awards`. The regency is never chosen: it follows the maker."""

    stars = of_column(
        min_value=1, max_value=MOST_STARS, example=MOST_STARS, help_text=gettext_lazy("As the decree says.")
    )

    class Meta:
        model = Award
        fields = [
            "regency", "establishment", "product", "group", "round", "stars", "decree_number", "decree_on", "decree",
            "certificate_number", "valid_until", "state", "state_on", "state_reason",
        ]  # fmt: skip

    in_files = InFiles(
        same_by=("certificate_number",),
        words={"establishment": ("nomor ikm",), "decree_number": ("nomor sk",)},
        examples={"stars": 3, "decree_number": "1234 Tahun 2025", "decree_on": "2025-11-20"},
    )
    sections = (
        ("", ("regency", "establishment", "product", "group")),
        ("star", ("round", "stars", "decree_number", "decree_on", "decree", "certificate_number", "valid_until")),
        ("state", ("state", "state_on", "state_reason")),
    )
    section_titles = {
        "": gettext_lazy("The product"),
        "star": gettext_lazy("The star"),
        "state": gettext_lazy("How the star stands"),
    }

    def warnings(self) -> list[tuple[Path, str]]:
        """Says when the gallery has no photograph to show."""
        award = self.instance
        if award.product.photo_id or award.establishment.photo_id:
            return []
        return [
            ("product", _("Neither the product nor its maker has a photograph. Add one: the gallery lives by them."))
        ]
