"""What is counted: each public register by each facet of its list. A new register is counted without a word here.

The counts are those that the verbs keep, so a figure costs the same for a thousand records and for a million, and each
number is that of the list which it opens.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from disperin.registers.lists.addresses import list_address, list_view
from disperin.registers.lists.caching import kept
from disperin.registers.lists.facets import Facet, names_of, unchecked_of
from disperin.registers.record import directory, rollup
from disperin.registers.record.directory import Register
from disperin.registers.values.columns import column
from disperin.ui.findings import leaders
from disperin.ui.formats import number, percent
from disperin.ui.texts import Text

REGENCY = "regency"
MOST_BARS = 20  # of a figure on another web site; its page has all


class NoSuchCut(LookupError):
    """No public register is counted by this."""


@dataclass(frozen=True)
class Cut:
    """A register, and the facet of its list that it is counted by."""

    register: Register
    facet: Facet

    @property
    def name(self) -> str:
        """In addresses of the API: establishments.branch."""
        return f"{self.register.slug}.{self.facet.name}"

    @property
    def title(self) -> str:
        """What is counted by what, in words."""
        values = {"records": capfirst(str(self.register.label)), "facet": _lowered(str(self.facet.title))}
        return _("%(records)s by %(facet)s") % values

    @property
    def is_by_regency(self) -> bool:
        """Whether a map can show it."""
        return self.facet.name == REGENCY


@dataclass(frozen=True)
class Row:
    """How many records have one value, of how many; `language` where the label is in another one.

    The `whole` is all of them, or of values on several scales all that are counted by the same one.
    """

    code: str
    label: Text
    language: str
    number: int
    whole: int
    url: str

    @property
    def share(self) -> float:
        """In percent."""
        return 100 * self.number / self.whole


@dataclass(frozen=True)
class Figure:
    """A cut as it stands now: the rows that count anything, all records, and those of them that nobody has checked."""

    cut: Cut
    rows: list[Row]
    whole: int
    unchecked: int

    @property
    def url(self) -> str:
        """The list of all that it counts."""
        return list_address(self.cut.register)

    @property
    def has_scales(self) -> bool:
        """Whether its rows are of several scales, which are not compared."""
        return not self.cut.facet.is_of_one_scale({row.code: row.number for row in self.rows})

    @property
    def unchecked_in_words(self) -> str:
        """How many nobody has checked; "" where all were. It stands wherever the numbers stand."""
        if not self.unchecked:
            return ""
        sentence = ngettext(
            "%(number)s of all was brought from an older system and is not checked yet.",
            "%(number)s of all were brought from an older system and are not checked yet.",
            self.unchecked,
        )
        return sentence % {"number": number(self.unchecked)}

    @cached_property
    def finding(self) -> str:
        """What the figure says, in a sentence; "" where it counts nothing, or on scales that are not compared."""
        top = leaders((str(row.label), row.number) for row in self.rows)
        if top is None or self.has_scales:
            return ""
        words = {"name": top.names, "number": number(top.most), "whole": number(self.whole)}
        if top.several:
            return _("Most: %(name)s, %(number)s each of %(whole)s") % words
        share = percent(100 * top.most / self.whole)
        return _("Most: %(name)s, %(number)s of %(whole)s (%(share)s%%)") % {**words, "share": share}


def cuts() -> list[Cut]:
    """Every cut, by register in the order of the directory, then as the list offers its facets."""
    return [
        Cut(register, facet)
        for register in directory.public_registers()
        for facet in list_view(register)().facets
        if not facet.within
    ]


def cut_named(register: str, facet: str) -> Cut:
    """The cut of these names. Raises NoSuchCut."""
    for cut in cuts():
        if (cut.register.slug, cut.facet.name) == (register, facet):
            return cut
    raise NoSuchCut(f"{register}.{facet}")


def figure_of(cut: Cut) -> Figure:
    """A cut as it stands now; as of `figures_of`."""
    return figures_of([cut])[0]


def figures_of(some: Sequence[Cut]) -> list[Figure]:
    """Cuts of one register as they stand now; two queries, counts that were made under the same revisions none."""
    slug = some[0].register.slug
    counts = kept(["rollup", slug], lambda: rollup.counts_of(slug))
    whole = counts.get(rollup.ALL[0], {}).get(rollup.ALL[1], 0)
    names = names_of([cut.facet for cut in some], {})
    return [
        Figure(
            cut, _rows(cut, counts.get(cut.facet.name, {}), whole, names[cut.facet.name]), whole, unchecked_of(counts)
        )
        for cut in some
    ]


def _rows(cut: Cut, counted: Mapping[str, int], whole: int, names: Mapping[str, Text]) -> list[Row]:
    facet = cut.facet
    labels = names if facet.names else _choices(cut)
    page = list_address(cut.register)
    wholes = facet.wholes(counted, whole)
    rows = [
        Row(
            code=value,
            label=label,
            language=facet.language_of(value),
            number=counted[value],
            whole=wholes[value],
            url=f"{page}?{urlencode({facet.parameter: value})}",
        )
        for value, label in labels.items()
        if counted.get(value)
    ]
    # what has an order of its own, such as stages, scales and years, keeps it
    return sorted(rows, key=lambda row: -row.number) if facet.by_count or cut.is_by_regency else rows


def _choices(cut: Cut) -> Mapping[str, Text]:
    return dict(column(cut.register.model, cut.facet.name).flatchoices)


def _lowered(text: str) -> str:
    """A title in the middle of a sentence; an abbreviation keeps its capitals."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
