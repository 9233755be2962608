"""Indicators: the list of a year with achievement and light, one page each over the years, both as CSV."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from disperin.accounts.requests import UserRequest
from disperin.desk.pages import Desk
from disperin.desk.refusals import NotNow
from disperin.planning.filters import PLANS, IndicatorFilter
from disperin.planning.forms import YearForm, this_year
from disperin.planning.models import Indicator, Realisation
from disperin.planning.models.indicator import in_use
from disperin.planning.models.standing import Standing, listed_by, standings
from disperin.planning.rules import indicators as rules
from disperin.registers.lists.facets import Counts, Facet, count
from disperin.registers.lists.views import RecordList
from disperin.registers.record import past
from disperin.registers.record.models import RecordQuerySet
from disperin.submissions.views.record_page import PlainPage
from disperin.ui.addresses import addresses
from disperin.ui.charts import LineChart, Series, line_chart
from disperin.ui.listing import with_query
from disperin.units.filters import names
from disperin.workbooks.exporting.copying import csv_of
from disperin.workbooks.files.delimited import quoted

YEAR = "tahun"
MOST_ROWS = 2000  # of a file
TONES: dict[rules.Light | None, str] = {
    rules.Light.GREEN: "success",
    rules.Light.YELLOW: "warning",
    rules.Light.RED: "danger",
}
COLUMNS = (
    "number", "indicator", "kind", "level", "unit", "measure", "year", "target", "target_set_by", "target_document",
    "target_document_on", "realisation", "period", "certainty", "counted_list", "source", "achievement_percent",
    "light", "spent",
)  # fmt: skip


def year_asked(request: HttpRequest) -> tuple[int, YearForm]:
    """`(year, form)`: the year that the address names; this year where it names none, or none that there is."""
    form = YearForm(request.GET)
    return (form.cleaned_data[YEAR] if form.is_valid() else this_year()), form


def year_of_file(request: HttpRequest) -> int:
    """The same for a file, which cannot say beside its rows that it is of another year: raises BadRequest."""
    year, form = year_asked(request)
    if form.errors:
        raise BadRequest(f"{form.fields[YEAR].label}: {' '.join(map(str, form.errors[YEAR]))}")
    return year


class IndicatorList(RecordList):
    """`/perencanaan/?tahun=`: the indicators that are in use in a year; every office reads them."""

    filterset_class = IndicatorFilter
    template_name = "planning/indicator_list.html"
    facets = (
        Facet("kind", _("Kind of indicator"), "kind"),
        Facet("level", _("Level"), "level"),
        Facet("unit", _("Responsible unit"), "unit", names),
    )
    columns = ("number", "name", "kind", "measure", "unit__name")

    def records(self) -> RecordQuerySet:
        year = year_asked(self.request)[0]
        return super().records().filter(in_use(year, year))

    def counts(self) -> Counts:
        """Those of the year, which is no filter by which counts are kept."""
        return count(None, self.model, self.matches, self.active, self.offered)

    def cards(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        year = year_asked(self.request)[0]
        numbers = [row["number"] for row in rows]
        some = {indicator.number: indicator for indicator in Indicator.objects.filter(number__in=numbers)}
        by_indicator, address = standings(some.values(), [year]), addresses("planning:indicator-detail")
        return [self._card(row, by_indicator[some[row["number"]].pk][year], address(row["number"])) for row in rows]

    def _card(self, row: dict[str, Any], standing: Standing, url: str) -> dict[str, Any]:
        kind, tone = rules.Kind(row["kind"]).label, TONES.get(standing.light, "neutral")
        return {**row, "url": url, "kind_label": kind, "unit": row["unit__name"], "standing": standing, "tone": tone}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        year, asked = year_asked(self.request)
        served = self.request.GET.get("serves", "")
        return super().get_context_data(
            year=year,
            year_problems=asked.errors.get(YEAR, []),
            years=[
                (plan_year, with_query(self.request, **{YEAR: plan_year}), plan_year == year)
                for plan_year in range(rules.FIRST_YEAR, rules.LAST_YEAR + 1)
            ],
            plans=[
                (label, with_query(self.request, serves=None if name == served else name), name == served)
                for name, label in PLANS.items()
            ],
            **kwargs,
        )


class IndicatorPage(PlainPage):
    """`/perencanaan/<number>/`: one indicator over the years of the plan."""

    template_name = "planning/indicator_detail.html"
    queryset = Indicator.objects.select_related("unit")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        years = over_years(self.object)
        listed = listed_by(self.object)
        return super().get_context_data(
            years=[(standing, TONES.get(standing.light, "neutral")) for standing in years],
            chart=chart_of(years, self.object.measure),
            counts_unknown=bool(self.object.counts) and listed is None,
            **kwargs,
        )


class StandingFile(Desk):
    """`/perencanaan/capaian.csv?tahun=…`: the list of a year, narrowed as the page, as CSV; its header first."""

    knows_as_of = True

    def get(self, request: UserRequest) -> HttpResponse:
        page = IndicatorList()
        page.setup(request)
        page.ask()
        if page.problems:
            raise BadRequest(" ".join(f"{problem['label']}: {problem['message']}" for problem in page.problems))
        year = year_of_file(request)
        some = list(page.matches.select_related("unit").order_by("id")[: MOST_ROWS + 1])
        if len(some) > MOST_ROWS:
            text = _("More than %(most)s indicators do not fit into one file. Narrow the list.")
            raise NotNow(text % {"most": MOST_ROWS})
        by_indicator = standings(some, [year])
        return _csv((by_indicator[indicator.pk][year] for indicator in some), f"capaian-{year}")


class YearsFile(Desk):
    """`/perencanaan/<number>/capaian.csv`: one indicator over the years as CSV; its header first."""

    knows_as_of = True

    def get(self, request: UserRequest, number: str) -> HttpResponse:
        if "\x00" in number:
            raise Http404
        reached = Indicator.objects.within_reach(request.user).select_related("unit")
        indicator = get_object_or_404(reached, number=number)
        return _csv(over_years(indicator), f"capaian-{indicator.number}")


def over_years(indicator: Indicator) -> list[Standing]:
    """How it stands in each year of the plan, and in earlier ones of which something is told."""
    earlier = Realisation.open_of(indicator).filter(year__lt=rules.FIRST_YEAR).values_list("year", flat=True)
    years = {*earlier, *range(rules.FIRST_YEAR, rules.LAST_YEAR + 1)}
    by_year = standings([indicator], years)[indicator.pk]
    return [by_year[year] for year in sorted(by_year)]


def chart_of(years: list[Standing], measure: str) -> LineChart | None:
    """Targets and realisations by year; None where there is nothing to draw, or a figure lies below nothing."""
    targets = [standing.target.value if standing.target else None for standing in years]
    values = [standing.value for standing in years]
    known = [value for value in (*targets, *values) if value is not None]
    if not known or min(known) < 0:
        return None
    days = [datetime.date(standing.year, 12, 31) for standing in years]
    series = [
        Series("planned", _("Target"), targets, has_dots=True),
        Series("actual", _("Realisation"), values, has_dots=True),
    ]
    return line_chart(days, series, unit=measure if len(measure) <= 6 else "")


def _csv(rows: Iterable[Standing], name: str) -> HttpResponse:
    written = csv_of([COLUMNS, *map(_row, rows)])
    named = {"Content-Disposition": f'attachment; filename="{name}-{past.today().isoformat()}.csv"'}
    return HttpResponse(written, content_type="text/csv; charset=utf-8", headers=named)


def _row(standing: Standing) -> tuple[Any, ...]:
    indicator, target, figure = standing.indicator, standing.target, standing.told
    cells = (
        indicator.number, indicator.name, indicator.kind, indicator.level, indicator.unit and indicator.unit.name,
        indicator.measure, standing.year, target and target.value, target and target.document,
        target and target.document_name, target and target.document_on.isoformat(), figure and figure.value,
        figure and "+".join(part.period for part in figure.made_of), figure and figure.certainty, figure and figure.url,
        figure and figure.source, standing.percent, standing.light, standing.spent,
    )  # fmt: skip
    return tuple(quoted(str(cell)) if isinstance(cell, str) else _figure(cell) for cell in cells)


def _figure(cell: Any) -> Any:
    return f"{cell.normalize():f}" if hasattr(cell, "normalize") else cell
