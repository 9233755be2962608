"""What has a day of a person's own account: accounts lie below what the desks share, so it is said here."""

from django.db.models import CharField, Value
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import ApiKey
from disperin.desk import agenda
from disperin.desk.agenda import Dated, Group

agenda.add(
    Dated(
        "token",
        _("Your tokens for the API"),
        Group.EXPIRY,
        of_one=_("Your token for the API"),
        of=lambda user: ApiKey.objects.filter(user=user, expiry__isnull=False),
        day=TruncDate("expiry"),
        number=Value("", output_field=CharField()),  # what a token begins with is no business of a calendar
        name="name",
        regency="",
        person="user",
        is_own=True,
        icon="key",
        url=lambda _number: reverse("accounts:profile") + "#token",
    )
)
