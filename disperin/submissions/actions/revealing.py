"""Show a masked value of a submission to somebody whose reach includes it, and remember that."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.desk.refusals import Refused
from disperin.history.models import record as write_history
from disperin.regions.reach import reaches
from disperin.registers.values.changes import Change
from disperin.submissions.models import Submission


@transaction.atomic
def reveal(submission: Submission, field: str, *, by: User) -> Change:
    """What a masked field held when the change was begun, and what is proposed: `Change(field, old, new)`.

    The history says who saw which field when, never the value. Raises Refused out of reach, ValidationError by "field"
    for a field that is not masked.
    """
    if not reaches(by, submission):
        raise Refused(_("This lies outside your reach."))
    if field not in submission.target.model.audience.masked:
        raise ValidationError({"field": ValidationError(_("This field is not masked."), "not_masked")})
    write_history("reveal", submission, by=by, field=field)
    return Change(field, submission.base.get(field), submission.values.get(field))
