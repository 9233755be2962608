"""The verb that closes a quarter."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from disperin.accounts.models import User
from disperin.closes.models import Close, CloseFigure, ClosePaper
from disperin.closes.paper import paper_of
from disperin.closes.reading import PUBLIC, Held, quiet_marks, read
from disperin.closes.sealing import CLOSED, canonical, digest, seal_of_close, seal_of_figure
from disperin.closes.standings import hidden_cells
from disperin.closes.tables import Stored
from disperin.desk.refusals import NotNow, Refusal, Refused
from disperin.desk.texts import refuse_unfit_texts
from disperin.figures.reported import ALL_REPORTS, REPORTED_BY, REPORTED_MEASURES, ReportedBy
from disperin.figures.sums import DIMENSIONS, MEASURES, UNITS, WHOLE, Dimension, Sums
from disperin.history.models import record
from disperin.jobs.locks import take_turns
from disperin.overview import summary
from disperin.overview.due_days import Asked, tallies
from disperin.papers.governor import governor_pdf
from disperin.registers.dated.quarters import Quarter
from disperin.reports.models.compliance import duties_in, obliged
from industries import rules
from industries.models import Establishment, KbliVersion
from industries.rules.scales import BPS, PP_7_2021
from industries.rules.small_sums import Cell


def why_not_close(user: User, quarter: Quarter, today: datetime.date) -> Refusal:
    """Why this person may not close a quarter on a day; empty if they may.

    Verifiers close: they answer for what is verified. Only the quarter that ended last can be closed, since a close
    keeps what the registers hold at its moment, and that says nothing of an earlier one.
    """
    if not user.can_close:
        return Refusal(_("Only verifiers of the province close a quarter."), forbidden=True)
    if quarter > Quarter.last_over(today):
        day = quarter.last_day.strftime("%d/%m/%Y")
        return Refusal(_("This quarter is not over yet: it ends on %(day)s.") % {"day": day})
    if Close.objects.of(quarter).exists():
        return Refusal(_("This quarter is closed already. A close is never changed; write a correction beside it."))
    if quarter < Quarter.last_over(today):
        return Refusal(_("Only the quarter that ended last can be closed; what the registers held earlier is past."))
    return Refusal()


def refuse_closing(user: User, quarter: Quarter, note: str) -> None:
    """Raises Refused, NotNow, or ValidationError at "note"."""
    refusal = why_not_close(user, quarter, timezone.localdate())
    if refusal:
        raise Refused(refusal) if refusal.forbidden else NotNow(refusal)
    refuse_unfit_texts({"note": note})


@transaction.atomic
def close_quarter(quarter: Quarter, *, by: User, note: str = "") -> Close:
    """Keep the figures of the registers, as they stand now, as those of this quarter; gives the close.

    Whoever comes second gets the close that is there. Others go on storing meanwhile: what they store after the moment
    of the close does not count. Raises as `refuse_closing`, and NotNow where nobody ever pauses.
    """
    if not by.can_close:
        refuse_closing(by, quarter, note)
    take_turns("close")
    if done := Close.objects.of(quarter).first():
        return done
    refuse_closing(by, quarter, note)
    marks, moment = quiet_marks(), timezone.localtime().replace(microsecond=0)
    refuse_closing(by, quarter, note)  # once more: the quiet moment may have come on the next day
    with override(settings.LANGUAGE_CODE):
        return _close(quarter, by, note.strip(), moment, read(marks, quarter))


def _close(quarter: Quarter, by: User, note: str, moment: datetime.datetime, held: Held) -> Close:
    before, groups = Close.objects.last(), held.sums
    figures = _figures(held)
    head = canonical(
        {
            "period": quarter.key,
            "closed_at": moment.isoformat(),
            "closed_by": {"id": by.pk, "name": str(by)},
            "note": note,
            "rules": {
                "industry_scale": rules.industry_rules_on(moment.date()).rule_set,
                "business_scale": PP_7_2021.rule_set,
                "statistical_scale": BPS.rule_set,
            },
            "kbli": _kbli_in_force(),
            "unchecked": held.unchecked,
            "late": _late(by, moment.date()),
            "labels": _labels(groups) | _labels_of_reports(held.sums_of_reports),
            "figures": len(figures),
            "measures": [measure.name for measure in MEASURES],
            "last_event": held.marks.establishments,
            "reports": {
                "last_event": held.marks.reports,
                "last_product_event": held.marks.products,
                "measures": [measure.name for measure in REPORTED_MEASURES],
                **_obliged(quarter),
            },
            "is_sample": bool(settings.DEMO),
            "previous": before.seal if before else "",
            "previous_paper": before.paper.seal if before else "",
        }
    )
    close = Close(
        year=quarter.year, quarter=quarter.number, closed_at=moment, closed_by=by, note=note, head=head,
        seal=seal_of_close(head, figures),
    )  # fmt: skip
    close.save(force_insert=True)
    for figure in figures:
        figure.close = close
    CloseFigure.objects.bulk_create(figures)
    then = Stored.of(before) if before else None
    pdf = governor_pdf(paper_of(Stored(close, figures, inside=False), then))
    ClosePaper.objects.create(close=close, pdf=pdf, seal=digest(pdf))
    record(CLOSED, close, by=by, seal=close.seal, paper=close.paper.seal)
    return close


def _kbli_in_force() -> str:
    """The version that five digits alone mean, as the table says it now."""
    versions = KbliVersion.objects.order_by("-in_force", "-version").values_list("version", flat=True)
    return str(versions.first() or "")


def _figures(held: Held) -> list[CloseFigure]:
    """Every measure of every group, and whether visitors read it."""
    public = {WHOLE, *(by.name for by in PUBLIC)}
    hidden = hidden_cells(held)
    figures = []
    for cell, sums in held.sums.items():
        for measure in MEASURES:
            is_open = measure == UNITS or (measure.is_summed and cell not in hidden[measure.name])
            figures.append(CloseFigure(
                dimension=cell[0], code=cell[1], measure=measure.name, value=sums.values[measure.name],
                given=sums.given[measure.name], shown=cell[0] in public and is_open,
            ))  # fmt: skip
    public_of_reports = {ALL_REPORTS, *(by.name for by in REPORTED_BY if by.is_public)}
    for cell, sums in held.sums_of_reports.items():
        figures += [
            CloseFigure(
                dimension=cell[0], code=cell[1], measure=measure.name, value=sums.values[measure.name],
                given=sums.given[measure.name],
                shown=cell[0] in public_of_reports and cell not in hidden[measure.name],
            )
            for measure in REPORTED_MEASURES
        ]  # fmt: skip
    for figure in figures:
        figure.seal = seal_of_figure(figure)
    return figures


def _obliged(quarter: Quarter) -> dict[str, int | None]:
    """How many makers on record are obliged to report the quarter, and how many of them had; None: nobody said who is.

    Reports of others, such as of what has become an industry service since, are none of theirs.
    """
    scales = [duty.scale for duty in duties_in(quarter)]
    if not scales:
        return {"obliged": None, "of_obliged": None}
    makers = obliged(Establishment.objects.current(), quarter, scales)
    numbers: dict[str, int] = makers.order_by().aggregate(obliged=Count("pk"), of_obliged=Count("of_quarter"))
    return {**numbers}


def _late(by: User, today: datetime.date) -> list[list[Any]]:
    """What is late, as the first page of the head of office says it: `[what, how many]`."""
    tallied = tallies(by, Asked(), today)
    lines = summary.late(summary.days(tallied), summary.waiting(by, today, tallied))
    return [[str(line.label), line.number] for line in lines]


def _labels(groups: Mapping[Cell, Sums]) -> dict[str, dict[str, list[str]]]:
    """`{dimension: {code: [Indonesian, English]}}` of the groups, as they are called now; all regencies."""
    labels: dict[str, dict[str, list[str]]] = {}
    for dimension in DIMENSIONS:
        in_both = _in_both(dimension)
        codes = [code for code in in_both[0] if dimension.name == "regency" or (dimension.name, code) in groups]
        codes += sorted(code for name, code in groups if name == dimension.name and code not in in_both[0])
        labels[dimension.name] = {code: [names.get(code, code) for names in in_both] for code in codes}
    return labels


def _labels_of_reports(groups: Mapping[Cell, Sums]) -> dict[str, dict[str, list[str]]]:
    """The same of the groups of reports that there are."""
    labels: dict[str, dict[str, list[str]]] = {}
    for by in REPORTED_BY:
        names, english = _in_both(by)
        labels[by.name] = {code: [name, english[code]] for code, name in names.items() if (by.name, code) in groups}
    return labels


def _in_both(groups: Dimension | ReportedBy) -> list[dict[str, str]]:
    """`{code: what it is called}` in Indonesian and in English."""
    in_both = []
    for language in ("id", "en"):
        with override(language):
            in_both.append({code: str(label) for code, label in groups.labels().items()})
    return in_both
