"""What the lines of a list are narrowed by."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from disperin.coverage.models import OutsideLine, OutsideList, OutsideTask
from disperin.coverage.rules import Kind, MatchedBy, Outcome
from disperin.regions.models import Regency
from disperin.registers.lists.filters import CodeFilter
from disperin.tasks.filters import OF_EVERY_TASK, TaskFilter

ASSIGNED = [("mine", _("To me")), ("some", _("To somebody")), ("none", _("To nobody"))]


class LineFilter(django_filters.FilterSet):
    """Narrows the lines of one list; which of them are seen at all is `within_reach`."""

    q = django_filters.CharFilter(method="holding", label=_("Name or number"), max_length=100)
    outcome = django_filters.ChoiceFilter(choices=Outcome.choices, empty_label=_("All"), label=_("Outcome"))
    matched_by = django_filters.ChoiceFilter(
        method="found_by", choices=MatchedBy.choices, empty_label=_("All"), label=_("Found by")
    )
    regency = CodeFilter(queryset=Regency.objects.all(), label=_("Regency/city"), widget=forms.Select)
    assigned = django_filters.ChoiceFilter(
        method="in_hand", choices=ASSIGNED, empty_label=_("All"), label=_("Assigned")
    )
    line = django_filters.NumberFilter(
        field_name="pk", label=_("Line"), widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1
    )

    class Meta:
        model = OutsideLine
        fields = ["q", "outcome", "matched_by", "regency", "assigned", "line"]

    def holding(self, queryset: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        """A number from its beginning, that of a record only within reach, or any part of a name."""
        text = text.strip()
        numbers = Q(nib__startswith=text) | Q(certificate__istartswith=text)
        numbers |= Q(record_number__istartswith=text) & self._within_reach()
        return queryset.filter(numbers | Q(name__icontains=text))

    def found_by(self, queryset: QuerySet[Any], _name: str, how: str) -> QuerySet[Any]:
        """Lines found so; of a record elsewhere it is not told how."""
        return queryset.filter(self._within_reach(), matched_by=how)

    def _within_reach(self) -> Q:
        """Lines about no record, or one within reach."""
        user = self.request.user
        return Q() if user.sees_all else Q(record_number="") | Q(record_regency=user.regency_id)

    def in_hand(self, queryset: QuerySet[Any], _name: str, whose: str) -> QuerySet[Any]:
        """Lines that the reader, anybody or nobody is to see to."""
        tasks = OutsideTask.objects.unended()
        if whose == "mine":
            return queryset.filter(pk__in=tasks.filter(assigned_to=self.request.user).values("line"))
        held = tasks.values("line")
        return queryset.filter(pk__in=held) if whose == "some" else queryset.exclude(pk__in=held)


class OutsideLineFilter(LineFilter):
    """As on the page of a list, over the lines of all of them."""

    list = django_filters.NumberFilter(field_name="outside_list", label=_("List"), min_value=1, max_value=2**63 - 1)
    line = None  # each has an address of its own

    class Meta:
        model = OutsideLine
        fields = ["list", "q", "outcome", "matched_by", "regency", "assigned"]


class OutsideListFilter(django_filters.FilterSet):
    """By what a list is of, and what it covers."""

    kind = django_filters.ChoiceFilter(choices=Kind.choices, label=_("kind of list"))
    regency = CodeFilter(queryset=Regency.objects.all(), label=_("Regency/city"))

    class Meta:
        model = OutsideList
        fields = ["kind", "regency"]


class OutsideTaskFilter(TaskFilter):
    """As of every task, and by the list or the line."""

    list = django_filters.NumberFilter(
        field_name="line__outside_list", label=_("List"), min_value=1, max_value=2**63 - 1
    )
    line = django_filters.NumberFilter(label=_("Line"), min_value=1, max_value=2**63 - 1)

    class Meta:
        model = OutsideTask
        fields = [*OF_EVERY_TASK, "list", "line"]
