"""Settle what a row that may be about a record already there is: that record, or a new one, with the reason."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.history.models import record as write_history
from disperin.registers.values.kept_texts import unfit_texts
from disperin.workbooks.actions.confirming import locked
from disperin.workbooks.actions.sending import checked_again
from disperin.workbooks.models import Choice, Workbook, WorkbookRow
from disperin.workbooks.rights import Step, refuse_unless_open

MOST = 1_000  # rows settled at once


@transaction.atomic
def choose(workbook: Workbook, choices: Mapping[int, Choice], *, by: User) -> Workbook:
    """Keep the choices `{position: {"what": "update", "number": …} or {"what": "new", "reason": …}}`.

    `position` is that of a WorkbookRow; these rows are then checked again. Raises Refused, NotNow, and ValidationError
    by position.
    """
    workbook = locked(workbook)
    refuse_unless_open(Step.CHOOSE, workbook, by)
    if len(choices) > MOST:
        text = _("At most %(most)d rows at once.") % {"most": MOST}
        raise ValidationError({"__all__": ValidationError(text, "too_many")})
    rows = {row.position: row for row in workbook.rows.filter(position__in=choices, part="")}
    problems = unfit_texts({str(at): choice["reason"] for at, choice in choices.items() if choice["what"] == "new"})
    for position, choice in choices.items():
        if problem := _problem(rows.get(position), choice):
            problems[str(position)] = problem
    if problems or not choices:
        raise ValidationError(problems or {"__all__": ValidationError(_("Nothing was chosen."), "required")})
    for position, choice in choices.items():
        workbook.rows.filter(position=position).update(choice=choice, outcome="", candidates=[])
    write_history("choose", workbook, by=by, rows=[rows[position].number for position in sorted(choices)])
    return checked_again(workbook)


def _problem(row: WorkbookRow | None, choice: Choice) -> ValidationError | None:
    if row is None or not (row.candidates or row.choice):
        return ValidationError(_("Nothing is to be chosen for this row."), "unknown")
    if choice["what"] == "new":
        return None if choice["reason"].strip() else ValidationError(_("Say why it is a new one."), "required")
    numbers = {candidate["number"] for candidate in row.candidates} | {row.choice.get("number")}
    if choice["number"] not in numbers:
        return ValidationError(_("Choose one of the records that are named, or “new”."), "invalid_choice")
    return None
