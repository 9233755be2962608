"""What the inbox and the API narrow submissions by."""

import datetime
from collections.abc import Sequence

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.accounts.requests import UserRequest
from disperin.desk.lists import MomentFilter
from disperin.regions.models import Regency
from disperin.registers.lists.filters import DayFilter, ReachedFilter, YesNoFilter
from disperin.registers.record import directory
from disperin.registers.record.numbers import NUMBER
from disperin.submissions.models import Batch, Kind, Submission
from disperin.submissions.models.batch import BatchQuerySet
from disperin.submissions.models.submission import SubmissionQuerySet
from disperin.submissions.workflow import UNCLAIMED, UNDER_REVIEW, Status
from disperin.ui.texts import Text


class Part(models.TextChoices):
    """What "mine" may mean."""

    PROPOSED = "proposed", _("proposed by me")
    HELD = "held", _("held by me")
    MEANT = "meant", _("meant for me")
    DECIDED = "decided", _("decided by me")


ORDERS = [
    ("-id", _("Newest first")),
    ("id", _("Oldest first")),
    ("submitted_at", _("Waiting longest")),
    ("-submitted_at", _("Submitted last")),
    ("-revised_at", _("Edited last")),
    ("-decided_at", _("Decided last")),
]
_NULLABLE = {"submitted_at", "decided_at"}


def registers() -> list[tuple[str, Text]]:
    """`(slug, label)` of every register, to choose one."""
    return [(register.slug, register.label_alone) for register in directory.all_registers()]


def _begin_of(day: datetime.date) -> datetime.datetime:
    """The first moment of a day of the portal's time zone."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def waiting_since(submissions: SubmissionQuerySet, day: datetime.date) -> SubmissionQuerySet:
    """Those that were submitted on that day or before, and still wait."""
    tomorrow = _begin_of(day + datetime.timedelta(days=1)) if day < datetime.date.max else _begin_of(day)
    return submissions.filter(status=Status.SUBMITTED, submitted_at__lt=tomorrow)


def _refuse_no_number(text: str) -> None:
    if not NUMBER.fullmatch(text):
        params = {"value": text[:40]}
        raise ValidationError(
            _("“%(value)s” is no register number. Copy it from the page of its record."), "invalid", params
        )


def _reached_batches(request: UserRequest) -> BatchQuerySet:
    return Batch.objects.within_reach(request.user)


class SubmissionFilter(django_filters.FilterSet):
    """Narrows submissions; whose they are at all is `within_reach`. Needs `request` for "mine"."""

    q = django_filters.CharFilter(method="search", label=_("Number or title"), max_length=100)
    status = django_filters.MultipleChoiceFilter(
        method="in_status",
        label=_("Status"),
        choices=[*Status.choices, UNCLAIMED, UNDER_REVIEW],
        widget=forms.CheckboxSelectMultiple,
    )
    register = django_filters.ChoiceFilter(label=_("Register"), choices=registers, empty_label=_("All registers"))
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Kind.choices, empty_label=_("All kinds"))
    regency = django_filters.ModelChoiceFilter(
        label=_("Regency/city"), queryset=Regency.objects.all(), empty_label=_("All regencies/cities")
    )
    mine = django_filters.ChoiceFilter(
        method="of_mine", label=_("Mine"), choices=Part.choices, empty_label=_("Of everybody")
    )
    record = django_filters.CharFilter(
        field_name="record_number", label=_("Register number"), max_length=20, validators=[_refuse_no_number]
    )
    batch = ReachedFilter(queryset=_reached_batches, to_field_name="number", label=_("Batch"))
    waiting_since = DayFilter(
        method="waits_since",
        label=_("Waiting since this day or longer"),
    )
    decided_since = DayFilter(
        method="was_decided_since",
        label=_("Decided since"),
    )
    decided_after = MomentFilter(field_name="decided_at", lookup_expr="gt", label=_("Decided after"))
    submitted_after = MomentFilter(field_name="submitted_at", lookup_expr="gt", label=_("Submitted after"))
    listed = YesNoFilter(method="of_lists", label=_("About what the register counts"))
    order = django_filters.ChoiceFilter(
        method="in_order", label=_("Order"), choices=ORDERS, empty_label=_("What to do first")
    )

    class Meta:
        model = Submission
        fields = [
            "q",
            "status",
            "register",
            "kind",
            "regency",
            "mine",
            "record",
            "batch",
            "waiting_since",
            "decided_since",
            "decided_after",
            "submitted_after",
            "listed",
            "order",
        ]

    def search(self, queryset: SubmissionQuerySet, _name: str, text: str) -> SubmissionQuerySet:
        """A number from its beginning, or words of a title."""
        return queryset.filter(number__istartswith=text.strip()) | queryset.called(text)

    def in_status(self, queryset: SubmissionQuerySet, _name: str, chosen: Sequence[str]) -> SubmissionQuerySet:
        """Any of the states; a submitted one is "reviewing" while somebody holds it, else "unclaimed"."""
        if not chosen:
            return queryset
        matched = queryset.filter(status__in=[status for status in chosen if status in Status.values])
        matched = matched | queryset.claimed_now() if UNDER_REVIEW[0] in chosen else matched
        return matched | queryset.unclaimed() if UNCLAIMED[0] in chosen else matched

    def of_mine(self, queryset: SubmissionQuerySet, _name: str, part: str) -> SubmissionQuerySet:
        """What the person at the screen proposed, holds or decided."""
        me = self.request.user.pk
        return {
            Part.PROPOSED: lambda: queryset.filter(proposed_by=me),
            Part.HELD: lambda: queryset.claimed_now().filter(claimed_by=me),
            Part.MEANT: lambda: queryset.filter(status=Status.SUBMITTED, meant_for=me),
            Part.DECIDED: lambda: queryset.filter(decided_by=me),
        }[Part(part)]()

    def waits_since(self, queryset: SubmissionQuerySet, _name: str, day: datetime.date) -> SubmissionQuerySet:
        """Submitted on that day or before, and still waiting."""
        return waiting_since(queryset, day)

    def was_decided_since(self, queryset: SubmissionQuerySet, _name: str, day: datetime.date) -> SubmissionQuerySet:
        """Decided on that day or later."""
        return queryset.filter(decided_at__gte=_begin_of(day))

    def of_lists(self, queryset: SubmissionQuerySet, _name: str, answer: str) -> SubmissionQuerySet:
        """About records that lists and counts of their register may hold, or about those that stand apart."""
        return queryset.about_listed(listed=answer == "true")

    def in_order(self, queryset: SubmissionQuerySet, _name: str, order: str) -> SubmissionQuerySet:
        """One of the orders; the id settles ties, and what has no such date comes last."""
        name = order.removeprefix("-")
        column = models.F(name)
        nulls = {"nulls_last": True} if name in _NULLABLE else {}
        turned = column.desc(**nulls) if order.startswith("-") else column.asc(**nulls)
        tie = "-id" if order.startswith("-") else "id"
        return queryset.order_by(turned) if name == "id" else queryset.order_by(turned, tie)
