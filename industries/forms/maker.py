"""What is entered about a maker that is on record already: it names the maker, and lies where the maker lies."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models.functions import Lower
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from disperin.registers.gate.columns import of_column
from disperin.registers.gate.placed_by import FollowingForm
from disperin.registers.record.numbers import NUMBER
from disperin.registers.values.code_input import CodeInput
from disperin.registers.values.fields import Reference
from disperin.ui.abilities import KnowsWords
from disperin.ui.said import gettext as _
from industries.models import Establishment

ESTABLISHMENT_LIST = "establishment-list"  # the list of makers that the input suggests from
MOST_SUGGESTED = 500
MOST_MEANT = 5  # makers of one name that a message tells
NIB_DIGITS = 13
_MARKS = re.compile(r"[\s.\-]")
_KINDS_OF_VILLAGE = re.compile(r"^(kelurahan|kel|desa|ds)\b\.? *")


class MakerReference(Reference, KnowsWords):
    """A maker by its register number; in files of one regency (`within`) also by its NIB, or by its name.

    As templates offer it, its name follows the number; another name than its own speaks against the number. Where
    several have the same name, the village behind it says which: “Dapur Ulin, Mandingin”.
    """

    within: str | None = None

    def keys_meant(self, texts: Iterable[str]) -> dict[str, list[str]]:
        """As of KnowsWords; at most four queries. Without `within` it knows nobody: nor what lies elsewhere."""
        meant: dict[str, list[str]] = {text: [] for text in texts}
        said = {text: " ".join(text.split()) for text in meant}
        said = {text: words for text, words in said.items() if self.within and words and not NUMBER.fullmatch(words)}
        digits = {text: _MARKS.sub("", words) for text, words in said.items()}
        nibs = {text: nib for text, nib in digits.items() if nib.isascii() and nib.isdigit()}
        numbered = {text: _number_and_name(words) for text, words in said.items()}
        meant |= self._named({text: words for text, words in numbered.items() if words}, "number", "lower")
        names = {text: words.lower() for text, words in said.items() if text not in nibs and not meant[text]}
        meant |= self._named({text: (nib,) for text, nib in nibs.items() if len(nib) == NIB_DIGITS}, "nib")
        meant |= self._named({text: (words,) for text, words in names.items()}, "lower")
        placed = {text: _name_and_village(words) for text, words in names.items() if not meant[text] and "," in words}
        return meant | self._named(placed, "lower", "lies_in")

    def _named(self, said: Mapping[str, tuple[str, ...]], *columns: str) -> dict[str, list[str]]:
        """`{text: numbers}` of the makers whose columns hold what each text says; one query."""
        numbers: dict[tuple[str, ...], list[str]] = {}
        if said:
            makers = Establishment.objects.unclosed().in_lists().filter(regency=self.within)
            makers = makers.annotate(lower=Lower("name"), lies_in=Lower("village__name"))
            makers = makers.filter(**{f"{columns[0]}__in": {words[0] for words in said.values()}})
            for number, *held in makers.order_by("number").values_list("number", *columns):
                numbers.setdefault(tuple(held), []).append(number)
        return {text: numbers.get(words, [])[:MOST_MEANT] for text, words in said.items()}

    def unknown_words(self, text: str) -> str:
        """As of KnowsWords."""
        message = _(
            "No maker of this regency is known as “%(value)s”. Write its register number, its NIB, or its name as it "
            "is registered, with a comma and its village where several have it; or register it first."
        )
        return message % {"value": text[:60]}


def _number_and_name(words: str) -> tuple[str, ...]:
    number, _blank, name = words.partition(" ")
    return (number, name.lower()) if NUMBER.fullmatch(number) else ()


def _name_and_village(words: str) -> tuple[str, str]:
    name, _comma, village = words.rpartition(",")
    return name.strip(), _KINDS_OF_VILLAGE.sub("", village.strip())


def makers_of(regency: str | None) -> dict[str, list[tuple[str, str]]]:
    """The list of makers of a regency (None: of none), by their number."""
    makers = Establishment.objects.unclosed().in_lists().filter(regency=regency).order_by("name", "id")
    return {ESTABLISHMENT_LIST: list(makers.values_list("number", "name")[:MOST_SUGGESTED])}


class OfMakers(FollowingForm):
    """The form of a register of what only makers have: who is named in `never_apart` is no industry service."""

    never_apart: ClassVar[tuple[str, ...]] = ("establishment",)

    def clean(self) -> dict[str, Any]:
        """As of FollowingForm; one that was named as a maker stays named where it has become a service since."""
        super().clean()
        for name in self.never_apart:
            maker = self.cleaned_data.get(name)
            if maker and maker.stands_apart and maker.pk != getattr(self.instance, f"{name}_id"):
                text = _("%(number)s is an industry service, no maker. Name the maker by its register number.")
                self.add_error(name, ValidationError(text, "a_service", {"number": maker.number}))
        return self.cleaned_data


class MakerForm(OfMakers):
    """The form of a register whose records belong to an establishment. The regency is never chosen: it follows."""

    establishment = of_column(
        MakerReference,
        queryset=Establishment.objects.unclosed().select_related("regency"),
        help_text=format_lazy(
            gettext_lazy("Its register number, such as {number}."), number=settings.PROVINCE.example.number
        ),
        widget=CodeInput(ESTABLISHMENT_LIST),
    )
    regency_shown: str | None = None  # whose makers are suggested on a page

    def narrow(self, regency: str | None, *, district: str | None = None, options_url: str = "") -> None:
        """Makers of the regency are suggested, and known by other words than their number."""
        self.regency_shown = regency
        cast(MakerReference, self.fields["establishment"]).within = regency

    def suggestions(self) -> dict[str, Any]:
        """The makers of the regency, by their number."""
        return makers_of(self.regency_shown)
