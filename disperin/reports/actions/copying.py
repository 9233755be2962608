"""Copy a report forward: a draft of a later quarter that begins with all that the earlier one says."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.desk.refusals import NotNow
from disperin.registers.dated.quarters import Quarter
from disperin.registers.record import directory
from disperin.registers.values.terms import Values
from disperin.reports import rules
from disperin.reports.models import QuarterlyReport
from disperin.submissions import actions as submissions
from disperin.submissions.models import Kind, Submission

LEFT = ("jump_reason", "group")  # the one is of that quarter alone, the other follows from the maker anew


@transaction.atomic
def copy_forward(earlier: QuarterlyReport, to: Quarter, *, by: User) -> Submission:
    """Begin the draft of `to` with the values of `earlier`; what was changed since is marked on its page.

    Raises Refused as of `draft`, ValidationError at `quarter` for a quarter that is not later, NotNow for one that has
    its report, or a draft of it, already.
    """
    if to <= earlier.period:
        text = _("Choose a quarter after %(quarter)s.")
        raise ValidationError({"quarter": ValidationError(text, "not_later", {"quarter": earlier.period.title})})
    there = QuarterlyReport.objects.unclosed().of_quarter(to).filter(establishment=earlier.establishment_id).first()
    if there is not None:
        values = {"quarter": to.title, "number": there.number}
        raise NotNow(_("The report of %(quarter)s is there already: %(number)s.") % values)
    register = directory.of(QuarterlyReport)
    QuarterlyReport.objects.select_for_update(of=["self"]).get(pk=earlier.pk)  # of two clicks one waits for the other
    asked = {"values__establishment": earlier.establishment.number, "values__year": to.year}
    begun = Submission.objects.open().within_reach(by).filter(register=register.slug, kind=Kind.CREATE, **asked)
    if (mine := begun.filter(values__quarter=rules.period_of(to)).first()) is not None:
        values = {"quarter": to.title, "number": mine.number}
        raise NotNow(_("The report of %(quarter)s is begun already: %(number)s. Go on with that one.") % values)
    return submissions.draft(register, _forward(register.form.recorded(earlier), to, register.form.parts), by=by)


def _forward(values: Values, to: Quarter, parts: Iterable[str]) -> Values:
    kept = {name: value for name, value in values.items() if name not in LEFT}
    for name in parts:
        kept[name] = [{field: value for field, value in row.items() if field != "key"} for row in values[name]]
    return {**kept, "year": to.year, "quarter": rules.period_of(to)}
