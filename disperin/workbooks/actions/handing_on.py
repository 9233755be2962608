"""Files of rows that somebody who goes has not brought to an end are given to a colleague."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from disperin.accounts.holdings import DEED
from disperin.accounts.models import User
from disperin.desk.refusals import NotNow
from disperin.history.models import record_many
from disperin.workbooks.models import State, Workbook


def hand_on_workbooks(workbooks: QuerySet[Workbook], *, to: User, by: User, told: dict[str, Any]) -> None:
    """Make these workbooks (a queryset) those of `to`.

    Raises NotNow while a job is submitting one of them, ValidationError at `to` where only an administrator can go on.
    """
    held = list(workbooks.select_for_update(of=["self"]).order_by("pk"))
    for workbook in held:
        if workbook.state == State.PROPOSING:
            text = _("The file “%(file)s” is being submitted just now. Wait until that is done, then hand on.")
            raise NotNow(text % {"file": workbook})
        if workbook.older_system and not to.can_publish:
            text = _("The file “%(file)s” is of an older system. Choose an administrator, who alone can bring it in.")
            raise ValidationError({"to": ValidationError(text % {"file": workbook}, "role")})
    Workbook.objects.filter(pk__in=[workbook.pk for workbook in held]).update(sent_by=to)
    record_many([(DEED, workbook, told) for workbook in held], by=by)
