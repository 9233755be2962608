"""What is entered about a maker that is on record already: it names the maker, and lies where the maker lies."""

from typing import Any

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from disperin.registers.gate.columns import of_column
from disperin.registers.gate.placed_by import FollowingForm
from disperin.registers.values.code_input import CodeInput
from industries.models import Establishment

ESTABLISHMENT_LIST = "establishment-list"  # the list of makers that the input suggests from
MOST_SUGGESTED = 500


def makers_of(regency: str | None) -> dict[str, list[tuple[str, str]]]:
    """The list of makers of a regency (None: of none), by their number."""
    makers = Establishment.objects.unclosed().filter(regency=regency).order_by("name", "id")
    return {ESTABLISHMENT_LIST: list(makers.values_list("number", "name")[:MOST_SUGGESTED])}


class MakerForm(FollowingForm):
    """The form of a register whose records belong to an establishment. The regency is never chosen: it follows."""

    establishment = of_column(
        queryset=Establishment.objects.unclosed().select_related("regency"),
        help_text=format_lazy(
            gettext_lazy("Its register number, such as {number}."), number=settings.PROVINCE.example.number
        ),
        widget=CodeInput(ESTABLISHMENT_LIST),
    )
    regency_shown: str | None = None  # whose makers are suggested on a page

    def narrow(self, regency: str | None, *, district: str | None = None, options_url: str = "") -> None:
        """Makers of the regency are suggested."""
        self.regency_shown = regency

    def suggestions(self) -> dict[str, Any]:
        """The makers of the regency, by their number."""
        return makers_of(self.regency_shown)
