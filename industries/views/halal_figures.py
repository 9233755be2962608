"""How the regencies stand before the halal deadline, for everyone: counted, never named, small groups hidden."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from disperin.maps.choropleth import choropleth
from disperin.regions.models import Regency
from disperin.registers.lists.caching import Kept, kept
from disperin.registers.record import past
from disperin.ui.formats import number, percent
from industries import rules
from industries.models import halal_makers

from .regency_file import regency_file

COLUMNS = ("code", "label", "makers", "asked", "past_deadline", "hidden", "as_of")


@dataclass(frozen=True)
class Standing:
    """A regency or all of them: makers with products, those asked, those past the deadline (None: hidden)."""

    code: str
    name: str
    makers: int
    asked: int
    past: int | None

    @property
    def share(self) -> float | None:
        """Of those asked in percent; None where nobody was, or it is hidden."""
        return None if self.past is None or not self.asked else 100 * self.past / self.asked


class OfHalalFigures(Kept):
    """What shows them: worked out once for a state of the registers, whatever the address asks besides."""

    reads = ("halal", "establishments", "reference")

    def standings(self) -> tuple[list[Standing], Standing]:
        """The regencies, the greatest share first and what is hidden last; and all of them."""
        today = past.today()
        groups = kept(["halal makers"], lambda: halal_makers(today))
        hidden = rules.hide_small({code: (late, asked) for code, (late, asked, _makers) in groups.items()})
        rows = [
            _standing(regency.code, regency.name, groups.get(regency.code, (0, 0, 0)), regency.code in hidden.groups)
            for regency in Regency.objects.order_by("code")
        ]
        sums = [sum(numbers) for numbers in zip(*groups.values(), strict=True)] or (0, 0, 0)
        rows.sort(key=lambda row: -1 if row.share is None else row.share, reverse=True)
        return rows, _standing("", str(settings.PROVINCE), sums, hidden.total)


class HalalFigures(OfHalalFigures, TemplateView):
    """`/halal/angka/`: makers past the deadline, of how many asked, by regency, on a map and as a table."""

    template_name = "industries/halal_figures.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows, total = self.standings()
        return super().get_context_data(
            rows=[*rows, total],
            finding=finding_of(total),
            map=choropleth({row.code: whole_percent(row) for row in rows}, "%"),
            any_hidden=any(row.past is None for row in rows),
            untold=_untold(rows),
            day=past.today(),
            **kwargs,
        )


class HalalFiguresFile(OfHalalFigures, View):
    """`/halal/angka.csv`: the same rows as CSV, its header first; a hidden number is empty, and says so."""

    def get(self, request: HttpRequest) -> HttpResponse:
        rows, total = self.standings()
        day = past.today().isoformat()
        file_rows = [
            (row.code, row.name, row.makers, row.asked, row.past, "yes" if row.past is None else "no", day)
            for row in [*rows, total]
        ]
        return regency_file(f"halal-kabupaten-kota-{day}.csv", COLUMNS, file_rows)


def _standing(code: str, name: str, group: Sequence[int], is_hidden: bool) -> Standing:
    late, asked, makers = group
    return Standing(code, name, makers, asked, None if is_hidden else late)


def finding_of(total: Standing) -> str:
    """What the whole says in a sentence; "" where it is hidden or nobody was asked."""
    if total.past is None or total.share is None:
        return ""
    return _("%(number)s of the %(asked)s makers asked (%(share)s%%) have a product past its halal deadline.") % {
        "number": number(total.past),
        "asked": number(total.asked),
        "share": percent(total.share),
    }


def whole_percent(row: Standing) -> int | None:
    """As the map shows it, half up: what is more than nothing is never 0, what is less than all never 100."""
    if row.share is None:
        return None
    if row.past in (0, row.asked):
        return 100 if row.past else 0
    return min(max(math.floor(row.share + 0.5), 1), 99)


def _untold(rows: Sequence[Standing]) -> str:
    """What a regency without a share on the map is; "" where all have one."""
    hides, waits = any(row.past is None for row in rows), any(not row.asked for row in rows)
    if hides and waits:
        return _("hidden, or nobody asked yet")
    return _("hidden") if hides else _("nobody asked yet") if waits else ""
