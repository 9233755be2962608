"""What the paper for the Governor says of a close: drawn from what the close stores, so that it is for ever the same.

It says no more than visitors may read: a paper goes from hand to hand.
"""

from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.closes.models import Close
from disperin.closes.tables import Growth, Row, Stored, growth
from disperin.figures.sums import MEASURES, UNITS
from disperin.papers.governor import Bar, Chart, GovernorPaper
from disperin.registers.dated.quarters import Quarter
from disperin.ui.findings import leaders
from disperin.ui.formats import moment, number, percent, rupiah

LONGEST = 13  # bars of a chart
SHORT = 8  # of one that stands above another
PRINTED = ("units", "workers_male", "workers_female", "investment", "annual_sales")  # columns of the table
LATE = 12  # lines of what is late


def paper_of(now: Stored, then: Stored | None) -> GovernorPaper:
    """The paper on a close (`then`: the one before, if there is one), in the language that is active."""
    close, regencies = now.close, now.rows("regency")
    closed = timezone.localdate(close.closed_at)
    labels = {measure.name: str(measure.label) for measure in MEASURES}
    return GovernorPaper(
        title=_("Industry in %(quarter)s") % {"quarter": close.period.title},
        kicker=settings.PROVINCE.office_short.upper(),
        lead=_("%(province)s. Closed on %(moment)s from the registers of the portal.")
        % {"province": settings.PROVINCE, "moment": moment(close.closed_at)},
        findings_title=_("Three findings"),
        findings=[_where(now), _grown(now, then), _workers(now)],
        charts=[
            _chart(_("Establishments by regency and city"), regencies, LONGEST),
            _chart(_("Establishments by branch"), now.rows("branch"), SHORT),
            _chart(_("Establishments by scale of the industry"), now.rows("industry_scale"), SHORT),
            _workers_chart(regencies),
            _chart(_("Establishments by commodity"), now.rows("commodity"), LONGEST),
        ],
        table_title=_("The regencies and cities"),
        headings=[_("Regency/city"), *(labels[name] for name in PRINTED)],
        rows=[*(_printed(row, row.label) for row in regencies), _printed(now.total, _("Total"))],
        table_note=_(
            "“hidden”: fewer than three establishments stated it, one or two of them changed since the close before, "
            "or it would let such a number be computed."
        )
        if any(row.values[name] is None for row in (*regencies, now.total) for name in PRINTED)
        else "",
        late_title=_("What is late"),
        late=[Bar(label, number(count), 0) for label, count in close.told["late"][:LATE]],
        nothing_late=_("Nothing was late when the quarter was closed."),
        footer=_footer(close),
        day=(closed.year, closed.month, closed.day),
        mark=_("SAMPLE – not official data") if close.told["is_sample"] else "",
    )


def _where(now: Stored) -> str:
    whole = now.total.values[UNITS.name] or 0
    top = leaders((row.label, row.values[UNITS.name] or 0) for row in now.rows("regency"))
    if top is None:
        return _("No establishment was registered.")
    words = {"whole": number(whole), "name": top.names, "number": number(top.most)}
    if top.several:
        return _("%(whole)s establishments were registered; most in %(name)s: %(number)s each.") % words
    return _("%(whole)s establishments were registered; most in %(name)s: %(number)s (%(share)s%%).") % {
        **words,
        "share": percent(100 * top.most / whole),
    }


def _grown(now: Stored, then: Stored | None) -> str:
    if then is None:
        return _("This is the first close: growth is told from the next one on.")
    change = growth(now.total.values[UNITS.name], then.total.values[UNITS.name])
    values = {"before": then.close.period.title, "growth": growth_in_words(change)}
    return _("Since %(before)s the number of establishments has moved by %(growth)s.") % values


def growth_in_words(change: Growth | None) -> str:
    """Both ways: the plain difference, and the rate in percent; "–" where it is not known."""
    if change is None:
        return number(None)
    sign = "+" if change.difference > 0 else ""
    difference = f"{sign}{number(change.difference)}"
    if change.rate is None:
        return difference
    return f"{difference} ({sign}{number(change.rate * 100, 2)}%)"


def _workers(now: Stored) -> str:
    men, women = (now.total.values[name] for name in ("workers_male", "workers_female"))
    if men is None or women is None:
        return _("The number of workers is hidden in this close, since it would tell of too few establishments.")
    if not men + women:
        return _("No establishment stated its workers.")
    return _("%(number)s workers were stated, of them %(women)s women (%(share)s%%).") % {
        "number": number(men + women),
        "women": number(women),
        "share": percent(100 * women / (men + women)),
    }


def _chart(title: str, rows: Sequence[Row], longest: int) -> Chart:
    return _bars(title, [(row.label, row.values[UNITS.name]) for row in rows], longest)


def _workers_chart(rows: Sequence[Row]) -> Chart:
    counted: list[tuple[str, int | None]] = []
    for row in rows:
        men, women = row.values["workers_male"], row.values["workers_female"]
        counted.append((row.label, None if men is None or women is None else men + women))
    return _bars(_("Workers by regency and city"), counted, LONGEST)


def _bars(about: str, counted: Sequence[tuple[str, int | None]], longest: int) -> Chart:
    """The greatest first; the title names it, or all that are as great. What is hidden (None) may be greater still."""
    known = sorted(((label, count) for label, count in counted if count), key=lambda pair: -pair[1])
    top = leaders(known)
    if top is None:
        return Chart(about, about, [], _("Nothing that may be shown."))
    words = {"name": top.names, "number": number(top.most)}
    hides = any(count is None for _label, count in counted)
    if hides and top.several:
        title = _("Most of those that may be shown: %(name)s, %(number)s each") % words
    elif hides:
        title = _("Most of those that may be shown: %(name)s, %(number)s") % words
    elif top.several:
        title = _("Most: %(name)s, %(number)s each") % words
    else:
        title = _("Most: %(name)s, %(number)s") % words
    bars = [Bar(label, number(count), round(100 * count / top.most, 1)) for label, count in known[:longest]]
    return Chart(title, about, bars, _("Nothing that may be shown."))


def _printed(row: Row, label: str) -> list[str]:
    return [label, *(_cell(name, row.values[name]) for name in PRINTED)]


def _cell(name: str, value: int | None) -> str:
    if value is None:
        return _("hidden")
    is_money = next(measure.is_money for measure in MEASURES if measure.name == name)
    return rupiah(value) if is_money else number(value)


def _footer(close: Close) -> str:
    head = close.told
    rules = ", ".join(dict.fromkeys(head["rules"].values()))
    return _(
        "Source: the registers of the portal, open records when the quarter was closed. Rule sets: %(rules)s; KBLI "
        "%(kbli)s. Not checked yet, from an older system: %(unchecked)s. SHA-256 of the close: %(seal)s."
    ) % {
        "rules": rules,
        "kbli": head["kbli"],
        "seal": close.seal,
        "unchecked": number(head["unchecked"]),
    }


def file_name(quarter: Quarter) -> str:
    """What the file is called."""
    return f"industri-{quarter.key}.pdf"
