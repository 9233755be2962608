"""What the work list narrows inquiries by."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.desk.lists import MomentFilter
from disperin.inquiries.models import Inquiry, InquiryQuerySet, Kind
from disperin.inquiries.workflow import ENDED, State
from disperin.regions.models import Regency

ALL = ("all", _("All"))


def _box(**options: Any) -> django_filters.BooleanFilter:
    return django_filters.BooleanFilter(widget=forms.CheckboxInput, **options)


class InquiryFilter(django_filters.FilterSet):
    """Narrows inquiries; whose they are at all is `within_reach`. Without a state only open ones are left."""

    q = django_filters.CharFilter(method="search", label=_("Tracking number, record or its name"), max_length=100)
    state = django_filters.ChoiceFilter(
        method="in_state", label=_("State"), choices=[*State.choices, ALL], empty_label=_("Not ended")
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Kind.choices, empty_label=_("All kinds"))
    regency = django_filters.ModelChoiceFilter(
        label=_("Regency/city"), queryset=Regency.objects.all(), empty_label=_("All, and the province")
    )
    overdue = _box(method="is_overdue", label=_("Overdue only"))
    mine = _box(method="is_mine", label=_("Handled by me"))
    received_after = MomentFilter(field_name="received_at", lookup_expr="gt", label=_("Received after"))
    ended_after = MomentFilter(field_name="ended_at", lookup_expr="gt", label=_("Ended after"))

    class Meta:
        model = Inquiry
        fields = ["q", "state", "kind", "regency", "overdue", "mine", "received_after", "ended_after"]

    def filter_queryset(self, queryset: InquiryQuerySet) -> InquiryQuerySet:
        """As Django's; what has ended is left out unless it is asked for."""
        inquiries = super().filter_queryset(queryset)
        return inquiries if self.form.cleaned_data["state"] in (*ENDED, ALL[0]) else inquiries.open()

    def search(self, queryset: InquiryQuerySet, _name: str, text: str) -> InquiryQuerySet:
        """A number from its beginning, or any part of the record's name."""
        text = text.strip()
        return queryset.filter(
            Q(number__istartswith=text) | Q(record_number__istartswith=text) | Q(record_title__icontains=text)
        )

    def in_state(self, queryset: InquiryQuerySet, _name: str, state: str) -> InquiryQuerySet:
        """One state, or all of them."""
        return queryset if state == ALL[0] else queryset.filter(state=state)

    def is_overdue(self, queryset: InquiryQuerySet, _name: str, wanted: bool) -> InquiryQuerySet:
        """Past its next day to act; an unticked box narrows nothing."""
        return queryset.overdue(timezone.localdate()) if wanted else queryset

    def is_mine(self, queryset: InquiryQuerySet, _name: str, wanted: bool) -> InquiryQuerySet:
        """Taken by the person at the screen; an unticked box narrows nothing."""
        return queryset.filter(handled_by=self.request.user.pk) if wanted else queryset
