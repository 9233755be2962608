"""A figure as others show it: on a card of another web site, and on the picture of a link that was shared.

Cuts of the registers are told alike. What is judged by the day, or hides small groups, has a figure of its own; another
such figure is one more line of `OWN`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from disperin.figures.cuts import MOST_BARS, Figure
from disperin.ui.findings import leaders
from disperin.ui.formats import day, number, percent
from disperin.ui.texts import Text
from industries.views import green, halal_figures
from ovop import rules
from ovop.models import Award

SOURCE = gettext_lazy("Registered and open on %(day)s. Source: the registers of this portal.")


class NoSuchFigure(LookupError):
    """No figure of its own has this name."""


@dataclass(frozen=True)
class Row:
    """One line: what is counted, how long its bar is in percent, and what stands beside it."""

    label: Text
    part: int
    shown: str
    language: str = ""


@dataclass(frozen=True)
class FigureCard:
    """What it counts, what it finds ("" for nothing), its rows, its notes and source, and its page with all of it."""

    title: str
    finding: str
    rows: Sequence[Row]
    notes: Sequence[str]
    source: str
    address: str
    heading: str = ""  # where nothing is found; by default the title
    whole: str = ""
    unchecked: str = ""  # how many nobody has checked, in words
    further: int = 0


def of_cut(figure: Figure) -> FigureCard:
    """A register counted by one of its facets, as it stands now."""
    most = max((row.number for row in figure.rows), default=1)
    return FigureCard(
        title=figure.cut.title,
        finding=figure.finding,
        heading=capfirst(str(figure.cut.register.label)),
        whole=number(figure.whole),
        rows=[
            Row(row.label, 100 * row.number // most, number(row.number), row.language)
            for row in figure.rows[:MOST_BARS]
        ],
        further=max(len(figure.rows) - MOST_BARS, 0),
        notes=_told([figure.cut.facet.scales if figure.has_scales else ""]),
        unchecked=figure.unchecked_in_words,
        source=str(SOURCE) % {"day": day(timezone.localdate())},
        address=reverse("figures:figure", args=[figure.cut.register.slug, figure.cut.facet.name]),
    )


def own_figure(name: str) -> FigureCard:
    """The figure of its own of this name, as it stands today. Raises NoSuchFigure."""
    if name not in OWN:
        raise NoSuchFigure(name)
    return OWN[name]()


def _halal() -> FigureCard:
    """The share of makers past the deadline by regency; what the page hides is hidden here too."""
    rows, total = halal_figures.OfHalalFigures().standings()
    source = _(
        "Unit: makers. As of %(day)s. Source: halal certificates in the register of the provincial Department of "
        "Industry, deadlines of PP 42/2024 art. 160-161."
    )
    hides = _("Groups of fewer than three makers are hidden, and as many others that they cannot be computed.")
    return FigureCard(
        title=_("Makers past the halal deadline by regency"),
        finding=halal_figures.finding_of(total),
        rows=[Row(row.name, halal_figures.whole_percent(row) or 0, _share_in_words(row)) for row in rows],
        notes=_told([_("In percent of the makers asked."), hides if any(row.past is None for row in rows) else ""]),
        source=source % {"day": day(timezone.localdate())},
        address=reverse("industries:halal-figures"),
    )


def _share_in_words(row: halal_figures.Standing) -> str:
    if not row.asked:
        return _("nobody asked yet")
    return _("hidden") if row.share is None else f"{percent(row.share)}%"


def _green() -> FigureCard:
    """The makers with a valid green-industry certificate by regency."""
    today = timezone.localdate()
    rows, total, unchecked = green.OfGreenFigures().lines(today)
    most = max((row["certified"] for row in rows), default=0) or 1
    old = ngettext(
        "%(number)s maker was brought from an older system and is not checked yet.",
        "%(number)s makers were brought from an older system and are not checked yet.",
        unchecked,
    ) % {"number": number(unchecked)}
    source = _(
        "Unit: makers. As of %(day)s. Source: green-industry certificates in the register of the provincial "
        "Department of Industry."
    )
    return FigureCard(
        title=_("Certified makers by regency"),
        finding=green.finding_of(rows, total),
        heading=_("Green industry by regency"),
        rows=[Row(row["name"], 100 * row["certified"] // most, number(row["certified"])) for row in rows],
        notes=(),
        unchecked=old if unchecked else "",
        source=source % {"day": day(today)},
        address=reverse("industries:green-figures"),
    )


def _award_states() -> FigureCard:
    """The awards by how their star stands today."""
    today = timezone.localdate()
    counted = Award.objects.current().counted_by_state(today)
    rows = [(str(label), counted[state]) for state, label in rules.AwardState.choices if counted.get(state)]
    top, most = leaders(rows), max(counted.values(), default=1)
    words = {"name": top.names, "number": number(top.most)} if top else {}
    finding = _("Most: %(name)s, %(number)s each") if top and top.several else _("Most: %(name)s, %(number)s")
    source = _(
        "Unit: awards in the register, in every state. Source: register of OVOP awards of the provincial Department of "
        "Industry, %(day)s."
    )
    return FigureCard(
        title=_("OVOP awards by state"),
        finding=finding % words if top else "",
        whole=number(sum(counted.values())),
        rows=[Row(label, 100 * count // most, number(count)) for label, count in rows],
        notes=(),
        source=source % {"day": day(today)},
        address=reverse("ovop:statistics"),
    )


def _told(notes: Sequence[Text]) -> list[str]:
    return [str(note) for note in notes if note]


OWN: dict[str, Callable[[], FigureCard]] = {
    "halal": _halal,
    "industri-hijau": _green,
    "keadaan-bintang": _award_states,
}
