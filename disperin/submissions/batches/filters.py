"""What the list of batches is narrowed by, on its page and in the API."""

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from disperin.regions.models import Regency
from disperin.registers.record import directory
from disperin.submissions import own_words
from disperin.submissions.filters import registers
from disperin.submissions.models import Batch
from disperin.submissions.models.batch import BatchQuerySet


class BatchFilter(django_filters.FilterSet):
    """Narrows batches; whose they are at all is `within_reach`."""

    q = django_filters.CharFilter(method="search", label=_("Number or name of the file"), max_length=100)
    register = django_filters.ChoiceFilter(label=_("Register"), choices=registers, empty_label=_("All registers"))
    regency = django_filters.ModelChoiceFilter(
        label=_("Regency/city"), queryset=Regency.objects.all(), empty_label=_("All regencies/cities")
    )
    state = django_filters.ChoiceFilter(
        method="in_state",
        label=_("State"),
        choices=[("waiting", _("Waiting for review")), ("returned", _("Returned to be mended"))],
        empty_label=_("All states"),
    )

    class Meta:
        model = Batch
        fields = ["q", "register", "regency", "state"]

    def search(self, queryset: BatchQuerySet, _name: str, text: str) -> BatchQuerySet:
        """A number from its beginning, or any part of the name that the list shows."""
        text = text.strip()
        own = [own_words.kept("old_stock", register=register) for register in directory.all_registers()]
        named = Q(name__icontains=text) & ~Q(name__in=own)
        named |= Q(name__in=[name for name in own if text.casefold() in own_words.said(name).casefold()])
        return queryset.filter(Q(number__istartswith=text) | named)

    def in_state(self, queryset: BatchQuerySet, _name: str, state: str) -> BatchQuerySet:
        """Where somebody has something to do."""
        return queryset.waiting() if state == "waiting" else queryset.returned()
