"""What has a day here: files of which rows are not submitted yet, whose rows are removed on a day."""

import datetime

from django.conf import settings
from django.db.models import DateTimeField, ExpressionWrapper, F, TextField
from django.db.models.functions import Cast, Left, TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.desk import agenda
from disperin.desk.agenda import Dated, Group
from disperin.workbooks.models import Workbook, half_done

_KEPT = datetime.timedelta(days=settings.WORKBOOK_KEPT_DAYS)


def _half_done(user: User) -> agenda.Found:
    return Workbook.objects.within_reach(user).filter(half_done(), forgotten_at=None)


agenda.add(
    Dated(
        "workbook",
        _("Imports half done"),
        Group.WORK,
        of_one=_("Import half done"),
        of=_half_done,
        day=TruncDate(ExpressionWrapper(F("sent_at") + _KEPT, output_field=DateTimeField())),
        number=Left(Cast("pk", TextField()), 8),
        place="pk",
        name="name",
        who="sent_by__full_name",
        person="sent_by",
        own=_("Your imports, half done"),
        own_of_one=_("Your import, half done"),
        action=_("Go on"),
        icon="upload",
        url=lambda key: reverse("workbooks:detail", args=[key]),
    )
)
