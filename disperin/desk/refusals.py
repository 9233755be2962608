"""Why a step may not be taken, and what the verbs raise then. The API says them in `disperin.desk.problems`."""

from typing import Self

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm

from disperin.ui.texts import Text


class Refusal(str):
    """Why a step may not be taken, in words; empty if it may. `forbidden`: not this person's; else: not now."""

    __slots__ = ("forbidden",)
    forbidden: bool

    def __new__(cls, text: Text = "", *, forbidden: bool = False) -> Self:
        refusal = super().__new__(cls, text)
        refusal.forbidden = forbidden
        return refusal


class Refused(PermissionDenied):
    """This person may not take this step, in whatever state (403)."""


class NotNow(Exception):
    """This step cannot be taken in this state (409); the message says why and, where it helps, names the other."""


class Stale(Exception):
    """Somebody has changed what the user was looking at (412 for a revision, 409 for a round)."""


def add_refused(form: BaseForm, refused: ValidationError) -> None:
    """Put what an action refused at the fields of a form; above it what belongs to none of them."""
    if not hasattr(refused, "error_dict"):
        form.add_error(None, refused)
        return
    for name, errors in refused.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
