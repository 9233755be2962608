"""What the list of likely duplicates is narrowed by, on its page and in the API."""

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from disperin.regions.models import Regency
from disperin.registers.models import DuplicatePair
from disperin.registers.pairing.pairs import PairQuerySet, PairState
from disperin.registers.record import directory


class PairFilter(django_filters.FilterSet):
    """Narrows likely duplicates; whose they are at all is `within_reach`. Without a state only undecided ones stay."""

    q = django_filters.CharFilter(method="search", label=_("Register number or name"), max_length=100)
    register = django_filters.ChoiceFilter(
        label=_("Register"),
        choices=lambda: [
            (register.slug, register.label) for register in directory.all_registers() if register.model.likened_by
        ],
        empty_label=_("All registers"),
    )
    regency = django_filters.ModelChoiceFilter(
        method="of_regency",
        label=_("Regency/city"),
        queryset=Regency.objects.all(),
        empty_label=_("All regencies/cities"),
    )
    state = django_filters.ChoiceFilter(
        method="in_state", label=_("State"), choices=PairState.choices[1:], empty_label=PairState.OPEN.label
    )

    class Meta:
        model = DuplicatePair
        fields = ["q", "register", "regency", "state"]

    def filter_queryset(self, queryset: PairQuerySet) -> PairQuerySet:
        """As Django's; what is decided is left out unless it is asked for."""
        pairs = super().filter_queryset(queryset)
        return pairs if self.form.cleaned_data["state"] else pairs.filter(state=PairState.OPEN)

    def search(self, queryset: PairQuerySet, _name: str, text: str) -> PairQuerySet:
        """A number from its beginning, or any part of a name."""
        text = text.strip()
        numbers = Q(first_number__istartswith=text) | Q(second_number__istartswith=text)
        return queryset.filter(numbers | Q(first_name__icontains=text) | Q(second_name__icontains=text))

    def of_regency(self, queryset: PairQuerySet, _name: str, regency: Regency) -> PairQuerySet:
        """Either of the two lies there."""
        return queryset.filter(Q(regency=regency) | Q(second_regency=regency))

    def in_state(self, queryset: PairQuerySet, _name: str, state: str) -> PairQuerySet:
        """One of the decided states."""
        return queryset.filter(state=state)
