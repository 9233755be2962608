"""Figures, money, days and times as people read them, in the language of the page.

Indonesian: 1.234.567,89 · Rp 1,25 miliar · 22 November 2026 · 14.32 WIB.
English: 1,234,567.89 · IDR 1.25 billion · 22 November 2026 · 14:32 WIB.
"""

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils import dateformat, timezone
from django.utils.translation import get_language, gettext, ngettext

NOTHING = "–"  # an en dash: the value is not known
LONGEST_TYPED = 400  # characters of a figure: one that is too large is still read, so that it can be told what it is
MOST_DECIMALS = 9  # of a share
TWO_FIGURES = re.compile(r"[0-9]\s+(?![0-9]{3}(?![0-9]))[0-9]")  # what a blank groups are thousands
SEPARATORS = {"id": (".", ","), "en": (",", ".")}  # between thousands, before decimals


Figure = int | float | Decimal | str | None  # what a page shows as one


def separators() -> tuple[str, str]:
    """The thousands and the decimal sign of the active language."""
    return SEPARATORS.get((get_language() or "id")[:2], SEPARATORS["id"])


def number(value: Figure, decimals: int | None = None) -> str:
    """A figure with its thousands grouped.

    `decimals` fixes how many decimals are shown; without it a decimal figure keeps its own, less trailing zeros.
    None and "" give a dash; what is no figure is returned as it came.
    """
    if value is None or value == "":
        return NOTHING
    if type(value) is int and decimals is None:  # most figures are counts
        return f"{value:,}".replace(",", separators()[0])
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if not exact.is_finite():
        return str(value)
    if decimals is not None:
        exact = _rounded(exact, int(decimals))
    text = f"{exact:,f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    thousands, decimal_sign = separators()
    return text.translate({ord(","): thousands, ord("."): decimal_sign})


def _rounded(exact: Decimal, decimals: int) -> Decimal:
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def percent(share: Figure, decimals: int = 0) -> str:
    """A share in percent without its sign. More than nothing never reads as 0, less than all never as 100.

    Where `decimals` would say so it has more of them, as many as it needs.
    """
    if share is None or share == "":
        return NOTHING
    exact = Decimal(str(share))
    while decimals < MOST_DECIMALS and exact not in (0, 100) and _rounded(exact, decimals) in (0, 100):
        decimals += 1
    return number(exact, decimals)


def computed(value: Decimal | None) -> str:
    """A figure that was computed from others, such as a sum of areas: at most two decimals. Stated ones use `number`.

    What is more than nothing never reads as 0.
    """
    if value is None:
        return NOTHING
    exact = Decimal(value)
    rounded = exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return number(rounded or exact)


def capped(value: Figure, limit: int = 1000) -> str:
    """A count that was only taken up to `limit`: "1.000+" beyond it."""
    if value is None or value == "":
        return NOTHING
    return f"{number(limit)}+" if int(value) > int(limit) else number(value)


def rupiah_full(value: Figure) -> str:
    """Rupiah to the last one: "Rp 1.250.000.000", in English "IDR 1,250,000,000"."""
    if value is None or value == "":
        return NOTHING
    return f"{_currency()} {number(value)}"


def rupiah(value: Figure) -> str:
    """Rupiah for prose: "Rp 1,25 miliar"; below one million in full."""
    if value is None or value == "":
        return NOTHING
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    scales = (
        (Decimal(10) ** 12, gettext("trillion")),
        (Decimal(10) ** 9, gettext("billion")),
        (Decimal(10) ** 6, gettext("million")),
    )
    for size, word in scales:
        # half a hundredth below a scale it already rounds to one of that scale: never "1.000 juta"
        if abs(exact) >= size * Decimal("0.999995"):
            rounded = (exact / size).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
            if abs(rounded) >= 1:
                return f"{_currency()} {number(rounded)} {word}"
    return rupiah_full(value)


def _currency() -> str:
    return gettext("IDR")  # "Rp" on Indonesian pages


def parse_number(text: str) -> int | Decimal:
    """What a person typed as a figure, read strictly in the active language.

    Gives an int, or a Decimal when decimals were typed. Raises ValueError for anything else, also for groups that are
    not of three digits: "1.5" is no Indonesian figure, and guessing would change its value tenfold or a thousandfold.
    Nor is "5 10" one figure: a blank between digits groups thousands, as a sign does.
    """
    if TWO_FIGURES.search(str(text)):
        raise ValueError(gettext("“%(text)s” is not a number.") % {"text": str(text)[:40]})
    thousands, decimal_sign = (re.escape(sign) for sign in separators())
    compact = re.sub(r"[\s\u00a0\u202f]|^(Rp|IDR)\.?", "", str(text), flags=re.IGNORECASE)
    match = re.fullmatch(rf"(-?)([0-9]{{1,3}}(?:{thousands}[0-9]{{3}})+|[0-9]+)(?:{decimal_sign}([0-9]+))?", compact)
    if match is None or len(compact) > LONGEST_TYPED:
        raise ValueError(gettext("“%(text)s” is not a number.") % {"text": str(text)[:40]})
    sign, whole, decimals = match.groups()
    digits = sign + re.sub(r"[^0-9]", "", whole)
    return Decimal(f"{digits}.{decimals}") if decimals else int(digits)


def _local(value: datetime.date) -> datetime.date:
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value) if timezone.is_aware(value) else value
    return value


def day(value: datetime.date | None) -> str:
    """ "22 November 2026"; a moment gives its day in the time zone of the province."""
    return dateformat.format(_local(value), "j F Y") if value else NOTHING


def clock(value: datetime.datetime | None) -> str:
    """ "14.32 WIB", with the short name of the time zone of the province."""
    if not value:
        return NOTHING
    pattern = "H:i" if (get_language() or "id").startswith("en") else "H.i"
    at = timezone.localtime(value) if timezone.is_aware(value) else value
    zone = (at.tzinfo or timezone.get_current_timezone()).tzname(at)
    return f"{dateformat.time_format(at, pattern)} {zone}"


def moment(value: datetime.datetime | None) -> str:
    """ "22 November 2026, 14.32 WIB"."""
    return f"{day(value)}, {clock(value)}" if value else NOTHING


def age(value: datetime.date | None, now: datetime.datetime | None = None) -> str:
    """How long ago: "baru saja", "5 menit lalu", "3 hari lalu"; beyond 30 days, or in the future, the day itself."""
    if not value:
        return NOTHING
    if not isinstance(value, datetime.datetime):
        days = ((now or timezone.localdate()) - value).days
        return gettext("today") if days == 0 else _days_ago(days, value)
    seconds = ((now or timezone.now()) - value).total_seconds()
    if seconds < 0:
        return moment(value)
    if seconds < 60:
        return gettext("just now")
    if seconds < 3600:
        minutes = int(seconds // 60)
        return ngettext("%(count)d minute ago", "%(count)d minutes ago", minutes) % {"count": minutes}
    if seconds < 86400:
        hours = int(seconds // 3600)
        return ngettext("%(count)d hour ago", "%(count)d hours ago", hours) % {"count": hours}
    return _days_ago(int(seconds // 86400), value)


def _days_ago(days: int, value: datetime.date) -> str:
    if not 0 < days <= 30:
        return day(value)
    return ngettext("%(count)d day ago", "%(count)d days ago", days) % {"count": days}


def telephone(value: str) -> str:
    """A telephone as people read it: +62 812 3456 7890, +62 511 325 2345; one of elsewhere as it came."""
    match = re.fullmatch(r"\+62(8\d\d|2[124]|31|61|[2-9]\d\d)(\d{3,4})(\d+)", value)
    return f"+62 {match[1]} {match[2]} {match[3]}" if match else value
