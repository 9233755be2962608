"""Take what is new in a list into an import: its rows are checked there, mended, and proposed like any other."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.coverage.models import OutsideList
from disperin.coverage.rules import Kind, Outcome
from disperin.desk.refusals import NotNow, Refused
from disperin.history.models import record as write_history
from disperin.regions.models import Regency
from disperin.regions.reach import reaches
from disperin.workbooks.actions.sending import begin
from disperin.workbooks.importing.rows import add_rows
from disperin.workbooks.importing.taking_in import SAMPLES, sample
from disperin.workbooks.models import State, Workbook

MOST = 20_000  # rows that are taken over while somebody waits
_PIECE = 1_000


@transaction.atomic
def order_import(outside_list: OutsideList, regency: Regency, *, by: User) -> Workbook:
    """Make an import of the lines that are new in a regency; gives its Workbook. Nothing is proposed by that.

    Raises Refused, NotNow once the rows were removed after their time, ValidationError where there is nothing to take
    over, or too much.
    """
    if not by.can_propose:
        raise Refused(_("Your role reads; it does not propose."))
    source = outside_list.workbook
    if outside_list.kind == Kind.HALAL:
        raise NotNow(_("Certificates name no products, so they are entered at their makers, not imported from here."))
    if not outside_list.is_compared or source.forgotten_at:
        raise NotNow(_("The rows of this list are not compared yet, or were removed after their time."))
    lines = outside_list.lines.within_reach(by).filter(outcome=Outcome.NEW, regency=regency)
    new_positions = lines.order_by("position").values_list("position", flat=True)[: MOST + 1]
    positions = [position for position in new_positions if position is not None]
    if not positions:
        raise ValidationError(_("No line of this list is new in %(regency)s.") % {"regency": regency}, "nothing")
    if len(positions) > MOST:
        text = _("More than %(most)s lines are new in this regency. Send the file itself as an import.")
        raise ValidationError(text % {"most": MOST}, "many")
    made = Workbook(
        id=uuid.uuid4(),
        register=source.register,
        regency=regency,
        sent_by=by,
        name=source.name,
        state=State.CHECKING,
        language=source.language,
        size=source.size,
        content_hash=source.content_hash,
        sheets=_sheets_of(source, positions),
        mapping=source.mapping,
        spans_regencies=by.sees_all,
    )
    if not reaches(by, made):
        raise Refused(_("This lies outside your reach."))
    made.save()
    for at in range(0, len(positions), _PIECE):
        rows = source.rows.filter(position__in=positions[at : at + _PIECE]).order_by("position")
        add_rows(made, list(rows.values_list("position", "sheet", "number", "cells")))
    write_history("order_import", outside_list, by=by, regency=regency.pk, rows=len(positions))
    begin(made)
    return made


def _sheets_of(source: Workbook, positions: Sequence[int]) -> list[dict[str, Any]]:
    """The sheets of a list, recognised by rows that are taken over: its own first ones may lie in another regency."""
    taken = source.rows.filter(position__in=positions).order_by("position")
    return [
        {
            **sheet,
            "samples": [sample(cells) for cells in taken.filter(sheet=at).values_list("cells", flat=True)[:SAMPLES]],
        }
        for at, sheet in enumerate(source.sheets)
    ]
