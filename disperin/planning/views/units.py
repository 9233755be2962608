"""Units of the office and offices of the regencies: what each is responsible for."""

from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Lower
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from disperin.accounts.models import User
from disperin.accounts.requests import UserRequest
from disperin.commitments.models import Commitment
from disperin.desk.lists import DeskList
from disperin.letters.models import DataRequest
from disperin.planning.models import Indicator
from disperin.registers.lists.listing import Order
from disperin.registers.record import past
from disperin.units.filters import UnitFilter
from disperin.units.models import Unit

ORDERS = (
    Order("name", gettext_lazy("Name A–Z"), Lower("name")),
    Order("-name", gettext_lazy("Name Z–A"), Lower("name")),
    Order("-commitments_late", gettext_lazy("Most late commitments first"), F("commitments_late")),
    Order("-commitments_open", gettext_lazy("Most open commitments first"), F("commitments_open")),
    Order("-letters_waiting", gettext_lazy("Most letters that wait first"), F("letters_waiting")),
)


class Units(DeskList):
    """`/perencanaan/unit/`: each unit with its indicators, open commitments and waiting letters within one's reach."""

    filterset_class = UnitFilter
    columns = (
        "name", "place", "takes_letters", "valid_from", "valid_to", "regency__name", "indicators_open",
        "commitments_open", "commitments_late", "letters_waiting",
    )  # fmt: skip

    def get(self, request: UserRequest) -> HttpResponse:
        context = self.narrowed(_with_counts(units_read_by(request.user), request.user), *ORDERS)
        return render(request, "planning/units.html", context, status=400 if context["problems"] else 200)


def units_read_by(user: User) -> QuerySet[Unit]:
    """All units; for an officer those of the province and those of the own regency."""
    return Unit.objects.all() if user.sees_all else Unit.objects.filter(Q(regency=None) | Q(regency=user.regency_id))


def _with_counts(units: QuerySet[Unit], user: User) -> QuerySet[Unit]:
    commitments = Commitment.objects.within_reach(user).current().unsettled()
    return units.annotate(
        indicators_open=_number(Indicator.objects.within_reach(user).current(), "unit"),
        commitments_open=_number(commitments, "unit"),
        commitments_late=_number(commitments.late(past.today()), "unit"),
        letters_waiting=_number(DataRequest.objects.within_reach(user).waiting(), "office"),
    )


def _number(rows: QuerySet[Any], column: str) -> Coalesce:
    """How many of these rows name the unit of the outer query in a column."""
    named = rows.filter(**{column: OuterRef("pk")}).order_by().annotate(of_unit=F(column)).values("of_unit")
    return Coalesce(
        Subquery(named.annotate(number=Count("pk")).values("number")), Value(0), output_field=IntegerField()
    )
