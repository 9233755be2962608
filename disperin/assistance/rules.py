"""What assistance is of, how it goes on, what each state needs, and when the same was given before. Pure functions."""

import datetime
from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

AFTER_MONTHS = (6, 12)  # a result is asked for after these


class Kind(models.TextChoices):
    """What is given; the office's own list."""

    TRAINING = "pelatihan", _("Training")
    MENTORING = "pendampingan", _("Mentoring")
    MACHINES = "mesin_peralatan", _("Machines and tools")
    MATERIALS = "bahan_baku", _("Raw materials")
    PACKAGING = "kemasan", _("Packaging")
    HALAL = "sertifikasi_halal", _("Halal certification")
    PERMIT = "izin_edar", _("Distribution permit (PIRT, BPOM)")
    BRAND = "merek", _("Brand registration")
    TESTING = "uji_mutu", _("Testing and standards (SNI)")
    CONTENT = "tkdn", _("Domestic content (TKDN)")
    EXHIBITION = "pameran_promosi", _("Exhibition and promotion")
    OTHER = "lainnya", _("Other")


class State(models.TextChoices):
    """How far it is."""

    PLANNED = "direncanakan", _("Planned")
    GRANTED = "ditetapkan", _("Recipients decreed")
    HANDED_OVER = "diserahkan", _("Handed over")
    MONITORED = "dipantau", _("Being followed up")
    DONE = "selesai", _("Completed")
    WITHDRAWN = "ditarik", _("Withdrawn")


GIVEN = (State.HANDED_OVER, State.MONITORED, State.DONE)  # in which its beneficiaries have had it
PROMISED = (State.GRANTED, *GIVEN)  # in which it is settled who gets it


class Lines(NamedTuple):
    """What the rows beside an assistance say, for the state that it claims."""

    beneficiaries: int
    goods: int
    results: int  # beneficiaries of whom a result was entered


class Event(Protocol):
    """The fields that are checked against each other."""

    state: str
    year: Any
    starts_on: Any
    ends_on: Any
    decree_number: str
    decree_on: Any
    handover_number: str
    handover_on: Any
    withdrawn_on: Any
    withdrawn_reason: str


def check_days(event: Event, *, today: datetime.date) -> None:
    """Days of an assistance against each other and today, and what its state needs of its own fields.

    Raises ValidationError by field, with codes `before_its_day`, `future`, `both`, `needed`.
    """
    problems: dict[str, ValidationError] = {}
    if event.starts_on and event.ends_on and event.ends_on < event.starts_on:
        problems["ends_on"] = ValidationError(_("The last day lies before the first."), "before_its_day")
    for name in ("decree_on", "handover_on", "withdrawn_on"):
        if (on := getattr(event, name)) is not None and on > today:
            text = _("This day lies in the future. Enter today or an earlier day.")
            problems[name] = ValidationError(text, "future")
    if bool(event.decree_number) != bool(event.decree_on):
        field = "decree_on" if event.decree_number else "decree_number"
        problems.setdefault(field, ValidationError(_("A decree has both a number and a date."), "both"))
    if event.handover_number and not event.handover_on:
        problems.setdefault("handover_on", ValidationError(_("Enter the day of the hand-over."), "both"))
    for name, text in _needed(event):
        if not getattr(event, name):
            problems.setdefault(name, ValidationError(text, "needed"))
    if problems:
        raise ValidationError(problems)


def _needed(event: Event) -> list[tuple[str, Any]]:
    """`[(field, what to do)]` of what a state needs."""
    if event.state == State.GRANTED:
        return [
            ("decree_number", _("“Recipients decreed” needs the number of the decree.")),
            ("decree_on", _("“Recipients decreed” needs the date of the decree.")),
        ]
    if event.state in GIVEN:
        return [("handover_on", _("What was handed over has a day of hand-over."))]
    if event.state == State.WITHDRAWN:
        return [
            ("withdrawn_on", _("What was withdrawn has a day on which it was.")),
            ("withdrawn_reason", _("Say why it was withdrawn.")),
        ]
    return []


def check_lines(state: str, handover_number: str, lines: Lines) -> None:
    """What a state needs of the rows. Raises ValidationError by field, with code `needed`."""
    problems: dict[str, ValidationError] = {}
    if state in PROMISED and not lines.beneficiaries:
        text = _("Name at least one beneficiary, or choose “Planned”.")
        problems["state"] = ValidationError(text, "needed")
    elif state == State.MONITORED and not lines.results:
        text = _("“Being followed up” needs the result of at least one beneficiary, with the day on which it was seen.")
        problems["state"] = ValidationError(text, "needed")
    if state in GIVEN and lines.goods and not handover_number:
        text = _("Goods were handed over: enter the number of the hand-over report (BAST).")
        problems["handover_number"] = ValidationError(text, "needed")
    if problems:
        raise ValidationError(problems)


def check_beneficiary(beneficiary: Any, *, today: datetime.date) -> None:
    """A row names one maker or one cluster; no more people with disability than people; results have their day.

    Raises ValidationError by field, with codes `one_of_two`, `more_than_all`, `day_missing`, `future`.
    """
    problems: dict[str, ValidationError] = {}
    if (beneficiary.establishment_id is None) == (beneficiary.cluster_id is None):
        text = _("Name either an establishment or a cluster.")
        problems["establishment"] = ValidationError(text, "one_of_two")
    people = [number for number in (beneficiary.men, beneficiary.women) if number is not None]
    if beneficiary.with_disability is not None and people and beneficiary.with_disability > sum(people):
        problems["with_disability"] = ValidationError(_("These are more than all who took part."), "more_than_all")
    for months in AFTER_MONTHS:
        on = getattr(beneficiary, f"seen_{months}_on")
        results = [getattr(beneficiary, f"{name}_{months}") for name in ("sales", "workers", "certificate", "used")]
        if on is None and any(value not in (None, "") for value in results):
            text = _("Enter the day on which this result was seen.")
            problems[f"seen_{months}_on"] = ValidationError(text, "day_missing")
        elif on is not None and on > today:
            text = _("This day lies in the future. Enter today or an earlier day.")
            problems[f"seen_{months}_on"] = ValidationError(text, "future")
    if problems:
        raise ValidationError(problems)


def years_before(day: datetime.date, years: int) -> datetime.date:
    """The same day so many years earlier; 29 February becomes the 28th."""
    year = max(day.year - years, datetime.MINYEAR)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def is_within(span: int, day: datetime.date, other: datetime.date) -> bool:
    """Do two days lie less than so many years apart, whichever is the earlier?"""
    earlier, later = sorted((day, other))
    return earlier > years_before(later, span)


class Span(Protocol):
    """A dated row of the office: how many years, and of which kind ("": of every kind that has no row of its own)."""

    kind: str
    years: int


def span_for(kind: str, spans: Iterable[Span]) -> int | None:
    """The years within which the same kind is told; None where the office has set none for it."""
    years_by_kind = {span.kind: span.years for span in spans}
    return years_by_kind.get(kind, years_by_kind.get(""))
