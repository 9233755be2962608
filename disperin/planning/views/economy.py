"""The structure of the economy: figures that others publish, each with its source and the day of the source."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from disperin.accounts.requests import UserRequest
from disperin.desk.pages import Desk
from disperin.planning.models import Indicator, Realisation
from disperin.planning.rules import indicators as rules
from disperin.registers.record import past
from disperin.ui.charts import LineChart, Series, line_chart
from disperin.ui.listing import with_query
from disperin.workbooks.exporting.copying import csv_of
from disperin.workbooks.files.delimited import quoted

MOST_SHOWN = 60  # figures of one page
STYLES = ("actual", "planned", "alarm")  # of the lines of one chart
COLUMNS = ("number", "figure", "measure", "year", "period", "value", "certainty", "source", "source_day")


@dataclass
class Picture:
    """Figures of one unit of measure that are told of the same days: one chart, and a table of each."""

    measure: str
    days: list[datetime.date]
    figures: list[tuple[Indicator, list[Realisation]]] = field(default_factory=list)

    @property
    def chart(self) -> LineChart | None:
        """None where there is nothing to draw, or a figure lies below nothing."""
        values = [[row.value for row in rows] for _one, rows in self.figures]
        known: list[Decimal] = [value for some in values for value in some if value is not None]
        if not known or min(known) < 0:
            return None
        lines = zip(STYLES, self.figures, values, strict=False)
        series = [Series(style, indicator.name, some, has_dots=True) for style, (indicator, _rows), some in lines]
        return line_chart(self.days, series, unit=self.measure if len(self.measure) <= 6 else "")


class Economy(Desk):
    """`/perencanaan/ekonomi/`: share of manufacturing, exports raw and processed; `?berkas=csv` gives the rows."""

    knows_as_of = True

    def get(self, request: UserRequest) -> HttpResponse:
        realisations = Realisation.objects.filter(closed_on=None).order_by("year", "period")
        indicators = Indicator.objects.within_reach(request.user).current().filter(kind=rules.Kind.STRUCTURE)
        indicators = indicators.order_by("measure", "name", "id").prefetch_related(
            Prefetch("realisations", realisations)
        )
        some = list(indicators[: MOST_SHOWN + 1])
        if request.GET.get("berkas") == "csv":
            return _file(some)
        context = {
            "pictures": pictures_of(some[:MOST_SHOWN]),
            "is_cut": len(some) > MOST_SHOWN,
            "most": MOST_SHOWN,
            "file_url": with_query(request, berkas="csv"),
        }
        return render(request, "planning/economy.html", context)


def pictures_of(some: list[Indicator]) -> list[Picture]:
    """These figures, those of one measure and the same days together, at most one for each style of line."""
    pictures: list[Picture] = []
    for indicator in some:
        rows = _one_a_day(list(indicator.realisations.all()))
        days = [rules.last_day(row.year, row.period) for row in rows]
        last = pictures[-1] if pictures else None
        if last is None or (last.measure, last.days) != (indicator.measure, days) or len(last.figures) == len(STYLES):
            last = Picture(indicator.measure, days)
            pictures.append(last)
        last.figures.append((indicator, rows))
    return pictures


def _one_a_day(rows: list[Realisation]) -> list[Realisation]:
    """In the order of the days; the figure of a whole year instead of that of its last quarter."""
    by_day = {rules.last_day(row.year, row.period): row for row in sorted(rows, key=_whole_years_last)}
    return [by_day[day] for day in sorted(by_day)]


def _whole_years_last(row: Realisation) -> bool:
    return row.period == rules.WHOLE_YEAR


def _file(some: list[Indicator]) -> HttpResponse:
    """The rows of these figures; where there are more than are shown, the last line says so."""
    rows: list[tuple[Any, ...]] = [
        (
            shown.number, quoted(shown.name), quoted(shown.measure), row.year, row.period, f"{row.value.normalize():f}",
            row.certainty, quoted(row.source), row.told_on.isoformat() if row.told_on else "",
        )
        for shown in some[:MOST_SHOWN]
        for row in shown.realisations.all()
        if row.value is not None
    ]  # fmt: skip
    if len(some) > MOST_SHOWN:
        rows.append((_("Only the first %(most)s figures stand in this file.") % {"most": MOST_SHOWN},))
    day = past.today().isoformat()
    named = {"Content-Disposition": f'attachment; filename="struktur-ekonomi-{day}.csv"'}
    return HttpResponse(csv_of([COLUMNS, *rows]), content_type="text/csv; charset=utf-8", headers=named)
