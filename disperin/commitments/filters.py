"""What the lists of forums and commitments are narrowed by, on the page and over the API."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat, Lower
from django.utils.translation import gettext_lazy as _

from disperin.commitments import rules
from disperin.commitments.models import Commitment, CommitmentQuerySet, Forum
from disperin.regions.models import Regency
from disperin.registers.lists.filters import CodeFilter, RecordFilter, YesNoFilter
from disperin.registers.lists.listing import Order
from disperin.registers.record import past
from disperin.units.models import Unit


class ForumFilter(RecordFilter):
    """Filters of the register `forums`."""

    searched = "words"
    words_of = "establishments"  # what regencies promise is about makers and their goods
    orders = (
        Order("-day", _("Newest first"), F("day")),
        Order("day", _("Oldest first"), F("day")),
        Order("name", _("Name A–Z"), Lower("name")),
        Order("-name", _("Name Z–A"), Lower("name")),
        Order("-verified_at", _("Newest versions first"), F("verified_at")),
        Order("number", _("Register number"), F("number")),
    )

    regency = CodeFilter(queryset=Regency.objects.all(), label=_("regency/city"))
    kind = django_filters.ChoiceFilter(choices=rules.ForumKind, empty_label="", label=_("kind of meeting"))

    class Meta:
        model = Forum
        fields = ["q", "regency", "kind"]

    def __init__(self, data: Mapping[str, Any] | None = None, queryset: Any = None, **options: Any) -> None:
        """The words that are searched are those of name, place and the number of the minutes."""
        super().__init__(data, _with_words(Forum, queryset, "name", "place", "minutes_number"), **options)


class ForumByNumber(CodeFilter):
    """A forum, by its register number."""


class CommitmentFilter(RecordFilter):
    """Filters of the register `commitments`, which only those see whose reach includes them."""

    searched = "words"
    words_of = "establishments"  # what regencies promise is about makers and their goods
    orders = (
        Order("due_on", _("Due first"), F("due_on")),
        Order("-due_on", _("Due last"), F("due_on")),
        Order("item", _("As in the minutes"), F("item")),
        Order("name", _("Name A–Z"), Lower("name")),
        Order("-name", _("Name Z–A"), Lower("name")),
        Order("-verified_at", _("Newest versions first"), F("verified_at")),
        Order("number", _("Register number"), F("number")),
    )

    regency = CodeFilter(queryset=Regency.objects.all(), label=_("regency/city"))
    forum = ForumByNumber(method="spoken_of_at", queryset=Forum.objects.all(), to_field_name="number", label=_("forum"))
    unit = CodeFilter(queryset=Unit.objects.all(), label=_("responsible unit"))
    state = django_filters.ChoiceFilter(choices=rules.State, empty_label="", label=_("state"))
    open = YesNoFilter(method="is_open", label=_("neither kept nor dropped"))
    late = YesNoFilter(method="is_late", label=_("past its due day"))
    undated = YesNoFilter(method="is_undated", label=_("without a due day"))

    class Meta:
        model = Commitment
        fields = ["q", "regency", "forum", "unit", "state", "open", "late", "undated"]

    def __init__(self, data: Mapping[str, Any] | None = None, queryset: Any = None, **options: Any) -> None:
        """The words that are searched are those of the promise, who is responsible, and the forum."""
        words = _with_words(Commitment, queryset, "name", "unit__name", "responsible", "forum__name")
        super().__init__(data, words, **options)

    def spoken_of_at(self, queryset: CommitmentQuerySet, _name: str, forum: Forum) -> CommitmentQuerySet:
        """Those made at a forum, or carried over to it."""
        return queryset.spoken_of_at(forum)

    def is_open(self, queryset: QuerySet[Any], _name: str, answer: str) -> QuerySet[Any]:
        """Those that are neither kept nor dropped."""
        return _either(queryset, Q(settled_on=None), answer)

    def is_late(self, queryset: QuerySet[Any], _name: str, answer: str) -> QuerySet[Any]:
        """Those past their due day; the same question as `rules.is_late`."""
        late = Q(settled_on=None, due_on__isnull=False, due_on__lt=past.today())
        return _either(queryset, late, answer)

    def is_undated(self, queryset: QuerySet[Any], _name: str, answer: str) -> QuerySet[Any]:
        """Those for which no day was agreed."""
        return _either(queryset, Q(due_on=None), answer)


def _with_words(model: Any, queryset: Any, *columns: str) -> Any:
    """The records with `words`: these columns in lower case."""
    said = [part for name in columns for part in (F(name), Value(" "))]
    words = Lower(Concat(*said, output_field=TextField()))
    return (model.objects.all() if queryset is None else queryset).alias(words=words)


def _either(queryset: QuerySet[Any], condition: Q, answer: str) -> QuerySet[Any]:
    return queryset.filter(condition) if answer == "true" else queryset.exclude(condition)
