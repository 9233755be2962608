"""What a quarterly report asks of whom, how it goes through SIINas, and which changes of a figure are jumps. Pure.

The three forms and their groups of data: Permenperin 13/2025 Ps 7. Who is obliged, and by when, is nowhere here: these
are dated rows of the office.
"""

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from disperin.registers.dated.quarters import Quarter
from industries.rules import IndustryScale

JUMP = 10  # a figure that is more than so many times that of the report before, or that part of it, asks for a reason
WHOLE = 100  # per cent


class Stage(models.TextChoices):
    """Permenperin 13/2025 Ps 5."""

    BUILDING = "pembangunan", _("Being built")
    PRODUCING = "produksi", _("Producing")


class Period(models.TextChoices):
    """The quarters as offices write them."""

    TW1 = "TW1", _("Quarter I")
    TW2 = "TW2", _("Quarter II")
    TW3 = "TW3", _("Quarter III")
    TW4 = "TW4", _("Quarter IV")


def quarter_of(year: int, period: str) -> Quarter:
    """The quarter of a year that a Period names."""
    return Quarter(year, int(period[-1]))


def period_of(quarter: Quarter) -> str:
    """What a quarter is called within its year, as a Period."""
    return f"TW{quarter.number}"


class Group(models.TextChoices):
    """The form that a maker fills in (Permenperin 13/2025 Ps 7)."""

    SMALL = "kecil", _("Small industry")
    LARGER = "menengah_besar", _("Medium and large industry")
    SHIPYARD = "galangan", _("Shipyard")


LARGER_FORMS = (Group.LARGER, Group.SHIPYARD)  # of them are the groups of data that no small industry reports


def group_of(*, scale: str, is_shipyard: bool) -> str:
    """The form of a maker by its scale and its KBLI; "" where its scale is not known."""
    if is_shipyard:
        return Group.SHIPYARD.value
    by_scale = {
        IndustryScale.SMALL.value: Group.SMALL.value,
        IndustryScale.MEDIUM.value: Group.LARGER.value,
        IndustryScale.LARGE.value: Group.LARGER.value,
    }
    return by_scale.get(str(scale), "")


class MaterialKind(models.TextChoices):
    RAW = "baku", _("Raw material")
    AUXILIARY = "penolong", _("Auxiliary material")
    COMPONENT = "komponen", _("Component")


class SupplyKind(models.TextChoices):
    """In the order of Ps 7."""

    WATER = "air_baku", _("Raw water")
    FUEL = "bahan_bakar", _("Fuel or lubricant")
    POWER = "listrik", _("Electricity bought")
    OWN_POWER = "pembangkit", _("Electricity of own power plants")
    SOLD_POWER = "listrik_dijual", _("Electricity sold")


class FacilityKind(models.TextChoices):
    NEW = "bangunan_baru", _("New ships")
    REPAIR = "reparasi", _("Repair")


class State(models.TextChoices):
    """Where a report stands in SIINas."""

    DRAFT = "konsep", _("Entered in SIINas, not sent")
    SENT = "dikirim", _("Sent")
    RETURNED = "pengembalian", _("Returned")
    ACCEPTED = "diterima", _("Accepted")


NEXT: Mapping[str, tuple[State, ...]] = {  # what may follow; "" is a report that SIINas does not hold yet
    "": (State.DRAFT, State.SENT),
    State.DRAFT: (State.SENT,),
    State.SENT: (State.RETURNED, State.ACCEPTED),
    State.RETURNED: (State.SENT,),
    State.ACCEPTED: (State.RETURNED,),
}


def check_step(
    before: str, since: datetime.date | None, to: str, on: datetime.date, reason: str, *, quarter: Quarter,
    today: datetime.date,
) -> None:  # fmt: skip
    """Whether a report that is in the state `before` since a day may go on like this.

    Raises ValidationError by field, with codes `not_next`, `future`, `before_its_day`, `needed`.
    """
    problems: dict[str, ValidationError] = {}
    if to not in NEXT[before]:
        text = _("This does not follow from where the report stands now. Reload the page and choose again.")
        problems["state"] = ValidationError(text, "not_next")
    if on > today:
        text = _("This day lies in the future. Enter today or an earlier day.")
        problems["on"] = ValidationError(text, "future")
    elif on < quarter.first_day:
        problems["on"] = ValidationError(_("This day lies before the quarter that is reported."), "before_its_day")
    elif since is not None and on < since:
        problems["on"] = ValidationError(_("This day lies before the step that was noted last."), "before_its_day")
    if to == State.RETURNED and not reason:
        problems["reason"] = ValidationError(_("Say why it was returned, as SIINas says it."), "needed")
    if problems:
        raise ValidationError(problems)


class Outcome(models.TextChoices):
    """How an obliged maker stands in a quarter; each stands in exactly one."""

    IN_TIME = "tepat", _("In time")
    LATE = "terlambat", _("Late")
    SENT = "dikirim", _("Sent, no due day on record")
    RETURNED = "dikembalikan", _("Returned")
    NONE = "belum", _("Not sent")


class Cell(NamedTuple):
    """A figure of a report: of the report itself, or of the row of a part that is called `row`."""

    part: str
    row: str
    column: str


Figures = Mapping[Cell, Decimal | int]


def row_name(*texts: Any) -> str:
    """What a row is called when reports are compared: capitals and spaces make no difference."""
    return " · ".join(" ".join(str(text or "").lower().split()) for text in texts)


def jumps(before: Figures, now: Figures) -> list[Cell]:
    """The figures that are more than ten times those of the report before, or less than a tenth of them.

    A figure that was or is zero, or stands in one of the two reports alone, is no jump.
    """
    cells = []
    for cell, figure in now.items():
        earlier = before.get(cell)
        if earlier and figure and (figure > JUMP * earlier or figure * JUMP < earlier):
            cells.append(cell)
    return cells


def check_shares(shares: Mapping[str, Decimal | None], foreign: str, country: str) -> None:
    """Shares of ownership make 100 per cent where any is given; a foreign one says from where.

    Raises ValidationError by field, with codes `whole`, `needed`.
    """
    problems: dict[str, ValidationError] = {}
    given = {name: share for name, share in shares.items() if share is not None}
    if given and sum(given.values()) != WHOLE:
        text = _("The shares make %(sum)s per cent. Together they make 100.")
        problems[next(iter(given))] = ValidationError(text, "whole", {"sum": sum(given.values())})
    if given.get(foreign) and not country:
        problems["foreign_country"] = ValidationError(_("Say from which country the foreign share comes."), "needed")
    if problems:
        raise ValidationError(problems)


def check_quarter(quarter: Quarter, *, today: datetime.date) -> None:
    """A quarter is reported once it has begun. Raises ValidationError at `quarter`, with code `future`."""
    if quarter.first_day > today:
        text = _("This quarter has not begun. Choose one that has.")
        raise ValidationError({"quarter": ValidationError(text, "future")})


REMINDED = (-14, -7, -1, 1)  # days after the due day on which those are reminded who have to report


def reminder_on(due_on: datetime.date, today: datetime.date, given: Iterable[int]) -> int | None:
    """Which reminder is to be given today: the newest whose day has come, unless it, or a later one, was given.

    A worker that stood still makes up for the newest alone. The last one waits a week at most.
    """
    days = (today - due_on).days
    come = [reminder for reminder in REMINDED if reminder <= days]
    if not come or days > REMINDED[-1] + 7:
        return None
    return come[-1] if all(reminder < come[-1] for reminder in given) else None
