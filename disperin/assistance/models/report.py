"""What was planned and what was done, added up by sub-activity within somebody's reach."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum

from disperin.assistance import rules
from disperin.assistance.models.event import Assistance, Beneficiary, Goods

MOST_ROWS = 500  # sub-activities of one report; more are several reports


@dataclass
class Line:
    """One sub-activity. What is None was entered nowhere; money in rupiah."""

    code: str = ""
    name: str = ""
    events: int = 0
    given: int = 0  # events handed over
    planned_number: int | None = None
    beneficiaries: int = 0  # rows of what was handed over
    makers: int = 0  # different ones among them
    men: int | None = None
    women: int | None = None
    with_disability: int | None = None
    planned_value: int | None = None
    spent: int | None = None
    goods_value: int | None = None  # of goods handed over

    def add(self, row: dict[str, Any]) -> None:
        """Set what a query says."""
        for name, value in row.items():
            if value is not None:
                setattr(self, name, value)


def report_of(assistances: QuerySet[Assistance]) -> tuple[list[Line], bool]:
    """`(lines, whether there are more)` of these open assistances by the code of their sub-activity; three queries."""
    is_given = Q(state__in=rules.GIVEN)
    grouped: Any = assistances.order_by("sub_activity_code").values("sub_activity_code").annotate(
        name=Max("sub_activity"),
        events=Count("pk"),
        given=Count("pk", filter=is_given),
        planned_number=Sum("planned_number"),
        planned_value=Sum("planned_value"),
        spent=Sum("spent"),
    )[: MOST_ROWS + 1]  # fmt: skip
    lines: dict[str, Line] = {}
    rows_of_codes = list(grouped)
    for row in rows_of_codes[:MOST_ROWS]:
        code = row.pop("sub_activity_code")
        lines[code] = Line(code=code)
        lines[code].add(row)
    given = assistances.filter(is_given, sub_activity_code__in=lines).order_by().values("pk")
    by_code = "assistance__sub_activity_code"
    people = Beneficiary.objects.filter(closed_on=None, assistance__in=given).order_by().values(by_code)
    people = people.annotate(
        beneficiaries=Count("pk"),
        makers=Count("establishment", distinct=True),
        men=Sum("men"),
        women=Sum("women"),
        with_disability=Sum("with_disability"),
    )
    goods = Goods.objects.filter(closed_on=None, assistance__in=given).order_by().values(by_code)
    for rows in (people, goods.annotate(goods_value=Sum("value"))):
        for row in rows:
            lines[row.pop(by_code)].add(row)
    return list(lines.values()), len(rows_of_codes) > MOST_ROWS


def whole(lines: Iterable[Line]) -> Line:
    """All lines together. Makers are not added up: one may stand in several."""
    total = Line()
    for line in lines:
        for name in _ADDED:
            value = getattr(line, name)
            if value is not None:
                setattr(total, name, (getattr(total, name) or 0) + value)
    return total


_ADDED = tuple(field.name for field in fields(Line) if field.name not in ("code", "name", "makers"))
