"""A person says which record a line is about, or that it is about none that is here."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.coverage.actions.assigning import drop, end_settled, take_tasks_along
from disperin.coverage.actions.comparing import Judge, count_lines
from disperin.coverage.models import OutsideLine, OutsideList
from disperin.coverage.models.outside_list import rivals_for
from disperin.coverage.rules import MatchedBy, Outcome
from disperin.desk.refusals import NotNow, Refused
from disperin.history.models import record as write_history
from disperin.regions.reach import reaches


@transaction.atomic
def settle(line: OutsideLine, number: str, *, by: User) -> OutsideLine:
    """Say that a line is about the record of this number, one of the rivals `by` reaches, or, with "", about none.

    Raises Refused, NotNow where nothing is to be decided, ValidationError for another number.
    """
    outside_list = (
        OutsideList.objects.select_for_update(of=["self"]).select_related("workbook").get(pk=line.outside_list_id)
    )
    line = OutsideLine.objects.select_for_update(of=["self"]).get(pk=line.pk)
    if not by.can_propose or not reaches(by, line):
        raise Refused(_("This lies outside your reach."))
    if outside_list.is_working or line.outcome != Outcome.DOUBTFUL:
        raise NotNow(_("Nothing is to be decided about this line now."))
    if number and number not in {rival["number"] for rival in rivals_for(by, line.rivals)}:
        text = _("Choose one of the records that are named, or “none of them”.")
        raise ValidationError(text, "invalid_choice")
    if number:
        record = outside_list.register.model.objects.get(number=number)
        Judge(outside_list).about(line, record, MatchedBy.PERSON)
        drop(outside_list.lines.filter(outcome=Outcome.MISSING, record_id=record.pk), by=by)
    else:
        line.outcome, line.matched_by, line.record_id, line.rivals = Outcome.NEW, MatchedBy.PERSON, None, []
    line.save()
    write_history("settle_line", outside_list, by=by, row=line.number, record=number)
    take_tasks_along(outside_list)
    end_settled(outside_list)
    OutsideList.objects.filter(pk=outside_list.pk).update(counts=count_lines(outside_list))
    return line
