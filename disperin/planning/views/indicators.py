"""Indicators: the list of a year with achievement and light, one page each over the years, both as CSV."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from disperin.accounts.requests import UserRequest
from disperin.desk.pages import Desk
from disperin.desk.refusals import NotNow
from disperin.planning.filters import PLANS, IndicatorFilter
from disperin.planning.forms import YearForm, this_year
from disperin.planning.models import Indicator, Realisation, Unit
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


def _units(_active: dict[str, Any]) -> Any:
    return Unit.objects.annotate(label=F("name"))


class IndicatorList(RecordList):
    """`/perencanaan/?tahun=`: the indicators that are in use in a year; every office reads them."""

    filterset_class = IndicatorFilter
    template_name = "planning/indicator_list.html"
    facets = (
        Facet("kind", _("Kind of indicator"), "kind"),
        Facet("level", _("Level"), "level"),
        Facet("unit", _("Responsible unit"), "unit", _units),
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
        some = {one.number: one for one in Indicator.objects.filter(number__in=numbers)}
        told, address = standings(some.values(), [year]), addresses("planning:indicator-detail")
        return [self._card(row, told[some[row["number"]].pk][year], address(row["number"])) for row in rows]

    def _card(self, row: dict[str, Any], one: Standing, url: str) -> dict[str, Any]:
        kind, tone = rules.Kind(row["kind"]).label, TONES.get(one.light, "neutral")
        return {**row, "url": url, "kind_label": kind, "unit": row["unit__name"], "standing": one, "tone": tone}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        year, asked = year_asked(self.request)
        served = self.request.GET.get("serves", "")
        return super().get_context_data(
            year=year,
            year_problems=asked.errors.get(YEAR, []),
            years=[
                (one, with_query(self.request, **{YEAR: one}), one == year)
                for one in range(rules.FIRST_YEAR, rules.LAST_YEAR + 1)
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
            years=[(one, TONES.get(one.light, "neutral")) for one in years],
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
        year = year_asked(request)[0]
        some = list(page.matches.select_related("unit").order_by("id")[: MOST_ROWS + 1])
        if len(some) > MOST_ROWS:
            text = _("More than %(most)s indicators do not fit into one file. Narrow the list.")
            raise NotNow(text % {"most": MOST_ROWS})
        told = standings(some, [year])
        return _csv((told[one.pk][year] for one in some), f"capaian-{year}")


class YearsFile(Desk):
    """`/perencanaan/<number>/capaian.csv`: one indicator over the years as CSV; its header first."""

    knows_as_of = True

    def get(self, request: UserRequest, number: str) -> HttpResponse:
        if "\x00" in number:
            raise Http404
        reached = Indicator.objects.within_reach(request.user).select_related("unit")
        one = get_object_or_404(reached, number=number)
        return _csv(over_years(one), f"capaian-{one.number}")


def over_years(one: Indicator) -> list[Standing]:
    """How it stands in each year of the plan, and in earlier ones of which something is told."""
    earlier = Realisation.open_of(one).filter(year__lt=rules.FIRST_YEAR).values_list("year", flat=True)
    years = {*earlier, *range(rules.FIRST_YEAR, rules.LAST_YEAR + 1)}
    told = standings([one], years)[one.pk]
    return [told[year] for year in sorted(told)]


def chart_of(years: list[Standing], measure: str) -> LineChart | None:
    """Targets and realisations by year; None where there is nothing to draw, or a figure lies below nothing."""
    targets = [one.target.value if one.target else None for one in years]
    values = [one.value for one in years]
    told = [one for one in (*targets, *values) if one is not None]
    if not told or min(told) < 0:
        return None
    days = [datetime.date(one.year, 12, 31) for one in years]
    series = [
        Series("planned", _("Target"), targets, has_dots=True),
        Series("actual", _("Realisation"), values, has_dots=True),
    ]
    return line_chart(days, series, unit=measure if len(measure) <= 6 else "")


def _csv(rows: Iterable[Standing], name: str) -> HttpResponse:
    written = csv_of([COLUMNS, *map(_row, rows)])
    named = {"Content-Disposition": f'attachment; filename="{name}-{past.today().isoformat()}.csv"'}
    return HttpResponse(written, content_type="text/csv; charset=utf-8", headers=named)


def _row(one: Standing) -> tuple[Any, ...]:
    indicator, target, told = one.indicator, one.target, one.told
    cells = (
        indicator.number, indicator.name, indicator.kind, indicator.level, indicator.unit and indicator.unit.name,
        indicator.measure, one.year, target and target.value, target and target.document,
        target and target.document_name, target and target.document_on.isoformat(), told and told.value,
        told and "+".join(part.period for part in told.made_of), told and told.certainty, told and told.url,
        told and told.source, one.percent, one.light, one.spent,
    )  # fmt: skip
    return tuple(quoted(str(cell)) if isinstance(cell, str) else _figure(cell) for cell in cells)


def _figure(cell: Any) -> Any:
    return f"{cell.normalize():f}" if hasattr(cell, "normalize") else cell
