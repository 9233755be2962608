"""The path of an inquiry: its states, the steps, whose they are and why one may not be taken. No database here."""

from typing import Protocol

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disperin.accounts.models import User
from disperin.desk.refusals import Refusal
from disperin.regions.reach import InRegency, reaches


class State(models.TextChoices):
    RECEIVED = "received", gettext_lazy("Received")
    HANDLED = "handled", gettext_lazy("Being handled")
    ANSWERED = "answered", gettext_lazy("Answered")
    CLOSED = "closed", gettext_lazy("Closed without answer")


OPEN = (State.RECEIVED, State.HANDLED)
ENDED = (State.ANSWERED, State.CLOSED)


class Step(models.TextChoices):
    TAKE = "take", gettext_lazy("Take")
    ANSWER = "answer", gettext_lazy("Answer")
    CLOSE = "close", gettext_lazy("Close without answer")
    REASSIGN = "reassign", gettext_lazy("Pass on")


ENDS: dict[Step, State | None] = {  # where a step leads; None: the state stays. Every step begins in an open state
    Step.TAKE: State.HANDLED,
    Step.ANSWER: State.ANSWERED,
    Step.CLOSE: State.CLOSED,
    Step.REASSIGN: None,
}


class Asked(InRegency, Protocol):
    """An inquiry, as far as its path depends on it."""

    @property
    def state(self) -> str: ...

    @property
    def handled_by_id(self) -> int | None: ...


def why_not(step: Step, inquiry: Asked, user: User) -> Refusal:
    """The one question about a step, as in the workflow of submissions: an empty text means yes."""
    if not reaches(user, inquiry):
        return Refusal(_("This lies outside your reach."), forbidden=True)
    if not user.can_propose:
        return Refusal(_("Your role reads; it does not answer inquiries."), forbidden=True)
    if inquiry.state not in OPEN:
        values = {"step": Step(step).label, "state": State(inquiry.state).label}
        return Refusal(_("“%(step)s” is not possible: this inquiry is “%(state)s”.") % values)
    if step == Step.TAKE and inquiry.handled_by_id == user.pk:
        return Refusal(_("You are handling this inquiry already."))
    return Refusal()


def open_steps(inquiry: Asked, user: User) -> list[Step]:
    """The steps that this user may take now, in the order of the table."""
    return [step for step in ENDS if not why_not(step, inquiry, user)]


def allowed_changes() -> list[tuple[str, str]]:
    """Every (from, to) of the table, for the trigger that guards the column in the database."""
    return sorted({(str(start), str(end)) for end in ENDS.values() if end for start in OPEN if start != end})
