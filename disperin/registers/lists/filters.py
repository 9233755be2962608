"""What the filters of all registers share: one FilterSet for page and API. Only public columns are filtered."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import Any, ClassVar

import django_filters
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import IntegerField, Q, QuerySet, Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters.filters import QuerySetRequestMixin
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework.request import Request

from disperin.registers.lists.listing import BY_NAME, Order
from disperin.registers.lists.understood import Term, is_enough, narrowed, spelled_alone, understood, with_spellings
from disperin.registers.lists.whole_words import holds_words
from disperin.registers.record import known_words, reference
from disperin.registers.record.models import Origin, Record
from disperin.registers.values.fields import Day, Decimal, Reference

Box = tuple[float, float, float, float]  # west, south, east, north


class CodeField(Reference):
    """A row by its key; one of a whole table of reference data costs no query."""

    def to_python(self, value: Any) -> Any:
        model, narrowed = self.queryset.model, self.queryset.query.has_filters()
        known = reference.row_of(model, value) if value and reference.is_reference(model) and not narrowed else None
        return known or super().to_python(value)


@extend_schema_field(OpenApiTypes.STR)
class CodeFilter(QuerySetRequestMixin, django_filters.Filter):
    """A region, a class or a record by its code; an unknown one is an error that names it. At most one query.

    A record that whoever asks may not know of is as unknown as one that is not there.
    """

    field_class = CodeField

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput)
        super().__init__(*args, **options)

    def get_queryset(self, request: Any) -> QuerySet[Any]:
        queryset = super().get_queryset(request)
        if not issubclass(queryset.model, Record):
            return queryset
        return queryset.seen_by(request.user if request else AnonymousUser())


@extend_schema_field(OpenApiTypes.STR)
class ReachedFilter(QuerySetRequestMixin, django_filters.Filter):
    """A row by its number, of those within the reach of whoever asks; any other is an error that names it."""

    field_class = Reference

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput)
        super().__init__(*args, **options)


class FigureFilter(django_filters.NumberFilter):
    """A number; one that is none, or lies outside its limits, is named."""

    field_class = Decimal

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("widget", forms.NumberInput)
        invalid = gettext_lazy("“%(value)s” is not a number. Write only its digits.")
        super().__init__(*args, error_messages={"invalid": invalid}, **options)


class DayFilter(django_filters.DateFilter):
    """A day, as every form reads one; what is none is named."""

    field_class = Day


class YesNoFilter(django_filters.ChoiceFilter):
    """`true` or `false`; anything else is an error, not "unknown"."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("empty_label", "")
        super().__init__(*args, choices=[("true", gettext_lazy("yes")), ("false", gettext_lazy("no"))], **options)


class BoxField(forms.CharField):
    """`west,south,east,north` in degrees, as in GeoJSON (RFC 7946 § 5); cleaned to four floats or None."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            west, south, east, north = (float(degree) for degree in text.split(","))
        except ValueError:
            message = _("Write west,south,east,north in degrees, such as %(box)s.")
            raise ValidationError(message, "box", {"box": settings.PROVINCE.example.box}) from None
        if not (
            all(map(math.isfinite, (west, south, east, north)))
            and -180 <= west <= east <= 180
            and -90 <= south <= north <= 90
        ):
            raise ValidationError(
                _("Write west,south,east,north in degrees, west before east and south before north."), "box"
            )
        return west, south, east, north


@extend_schema_field(OpenApiTypes.STR)
class BoxFilter(django_filters.Filter):
    """Records whose public place lies in a part of the map. `field_name` is the pair of public columns."""

    field_class = BoxField

    def __init__(self, *args: Any, columns: tuple[str, str], **options: Any) -> None:
        self.columns = columns
        super().__init__(*args, max_length=100, **options)

    def filter(self, queryset: QuerySet[Any], value: Box | None) -> QuerySet[Any]:
        """Edges belong to the box."""
        if not value:
            return queryset
        west, south, east, north = value
        latitude, longitude = self.columns
        return queryset.filter(**{f"{latitude}__range": (south, north), f"{longitude}__range": (west, east)})


@dataclass(frozen=True)
class Nearest:
    """What comes nearest to a search that finds nothing: rows spelled like it, or with all its words but some."""

    rows: QuerySet[Any]
    left_out: tuple[str, ...] = ()


class SearchFilter(django_filters.FilterSet):
    """Filters of what is searched by its public words, a register or what belongs to one."""

    base_filters: dict[str, django_filters.Filter]
    searched = "search_text"  # lower-case text with a trigram index
    drawn: tuple[str, ...] = ()  # filters that the page draws as inputs, asked for or not
    orders: ClassVar[tuple[Order, ...]] = BY_NAME  # in which lists stand, the first where none is asked for
    placed: ClassVar[Mapping[str, str]] = {}  # look-ups of the region codes by which words that name a place find rows
    worded = ""  # the column whose words have an index of their own (`word_index`)
    words_of = ""  # the register whose words a misspelled search is likened to; none: it is likened to nothing

    q = django_filters.CharFilter(method="search", label=gettext_lazy("Search"), max_length=100)

    def __init__(self, data: Mapping[str, Any] | None = None, *args: Any, **options: Any) -> None:
        # only what is asked for is built: copies of all filters and their fields cost more than the search itself
        if data is not None:
            self.base_filters = {
                name: list_filter for name, list_filter in self.base_filters.items() if name in {*data, *self.drawn}
            }
        super().__init__(data, *args, **options)

    @cached_property
    def terms(self) -> list[Term]:
        """What is searched for."""
        return understood(self.form.cleaned_data.get("q") or "")

    def search(self, queryset: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        """Records that hold every word, in any place, or lie where it says."""
        return self.holding(queryset, self.terms)

    def holding(self, queryset: QuerySet[Any], terms: Sequence[Term], *, whole: bool = False) -> QuerySet[Any]:
        """The rows that hold all of these terms, `whole` as in `ways`; none where there is no term."""
        for term in terms:
            queryset = queryset.filter(self.holds(term, whole=whole))
        return queryset if terms else queryset.none()

    def ways(self, term: Term, *, whole: bool = False) -> list[Q]:
        """How a row may hold one term, each of them a condition that an index serves.

        `whole`: a thing by whole words of what is `worded`.
        """
        said = Q(holds_words(self.worded, [term])) if whole and not term.places else term.said(self.searched)
        return [said, *term.lying(self.placed)]

    def holds(self, term: Term, *, whole: bool = False) -> Q:
        """Whether a row holds one term."""
        return reduce(or_, self.ways(term, whole=whole))

    def ways_to_hold(
        self, queryset: QuerySet[Any], terms: Sequence[Term], *, whole: bool = False
    ) -> list[QuerySet[Any]]:
        """The rows that hold all of these terms (one at least), in parts that may overlap.

        The words of a place and the region of a record have an index each; asked for with “or”, neither serves.
        """
        place = next((term for term in terms if term.places), None)
        things = [term for term in terms if term is not place]
        rows = self.holding(queryset, things, whole=whole) if terms[1:] else queryset
        if place is None:
            return [self.holding(queryset, terms, whole=whole)]
        return [rows.filter(way) for way in self.ways(place, whole=whole)]

    def similar(self) -> Nearest | None:
        """What comes nearest to a search; None where nothing is searched for, or nothing comes near.

        To be tried only when the exact search finds nothing. At most three queries.
        """
        if not self.words_of or not is_enough(self.terms):
            return None
        queryset = self.queryset.all()
        for name, value in self.form.cleaned_data.items():
            if name != "q":
                queryset = self.filters[name].filter(queryset, value)
        return self.nearest(queryset.order_by("pk"), known_words.spellings([self.words_of], spelled_alone(self.terms)))

    def fitting(self, queryset: QuerySet[Any], parts: Sequence[Sequence[Term]]) -> list[int]:
        """Which of these parts of a search find any rows; one query."""
        held = [
            self.holding(queryset, part).order_by().annotate(part=Value(at, IntegerField())).values_list("part")[:1]
            for at, part in enumerate(parts)
            if part
        ]
        return [at for (at,) in (held[0].union(*held[1:], all=True) if held[1:] else held[0])] if held else []

    def nearest(self, queryset: QuerySet[Any], spellings: Mapping[str, Sequence[str]]) -> Nearest | None:
        """The rows that hold all terms as they may be spelled, else as many of them as are held together."""
        spelled = with_spellings(self.terms, spellings)
        parts = [spelled, *narrowed(spelled)]
        fitting = self.fitting(queryset, parts)
        if not fitting:
            return None
        best = parts[min(fitting)]
        return Nearest(self.holding(queryset, best), tuple(term.text for term in spelled if term not in best))


class RecordFilter(SearchFilter):
    """Filters of a register: what all records have, and what each register adds."""

    placed: ClassVar[Mapping[str, str]] = {"regency": "regency__in"}

    origin = django_filters.ChoiceFilter(
        choices=Origin.choices, empty_label="", label=gettext_lazy("Origin of the data")
    )


class PortalFilterBackend(DjangoFilterBackend):
    """A filter value that makes no sense is a 400 that names it, never ignored. The FilterSet stays on the view."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        """Narrow the queryset; raises ValidationError by parameter."""
        filterset = self.get_filterset(request, queryset, view)
        view.filterset = filterset
        if filterset is None:
            return queryset
        if not filterset.is_valid():
            raise ValidationError(filterset.errors.as_data())
        return filterset.qs
