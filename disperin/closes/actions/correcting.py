"""The verb that writes beside a close what turned out to be wrong in it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.closes.models import CloseCorrection, CloseFigure
from disperin.closes.sealing import CORRECTED, seal_of_correction
from disperin.desk.refusals import Refused
from disperin.desk.texts import refuse_unfit_texts
from disperin.history.models import record
from disperin.jobs.locks import take_turns

MOST_VALUE = 2**63 - 1


def why_not_correct(user: User) -> str:
    """Why this person may not write a correction; "" if they may."""
    return "" if user.can_close else _("Only verifiers of the province write a correction beside a close.")


@transaction.atomic
def correct_figure(figure: CloseFigure, *, right_value: int, reason: str, by: User) -> CloseCorrection:
    """Write beside a figure what is right, and why; the figure stays as it is. Gives the correction.

    A correction that was wrong is followed by another, back to the figure's own value too.

    Raises Refused, and ValidationError at "right_value" or "reason".
    """
    if refusal := why_not_correct(by):
        raise Refused(refusal)
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": ValidationError(_("Say why."), "required")})
    refuse_unfit_texts({"reason": reason})
    if not 0 <= right_value <= MOST_VALUE:
        raise ValidationError({"right_value": ValidationError(_("Enter a whole number from 0."), "range")})
    take_turns("correct close", figure.pk)  # two presses of one button write one correction
    last = figure.corrections.order_by("-pk").first()
    if right_value == (last.right_value if last else figure.value):
        text = _("This is what the close, or its last correction, says already.")
        raise ValidationError({"right_value": ValidationError(text, "unchanged")})
    made = CloseCorrection.objects.create(figure=figure, right_value=right_value, reason=reason, by=by)
    record(CORRECTED, figure.close, by=by, figure=figure.name, seal=seal_of_correction(made))
    return made
