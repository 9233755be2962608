"""What a piece of news is, and when a call is over."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    NEWS = "berita", _("News")
    CALL = "ajakan", _("Call")


def check_days(*, day: datetime.date, until: datetime.date | None) -> None:
    """Its last day does not lie before its day. Raises ValidationError at `until`, code `before_its_day`."""
    if until is not None and until < day:
        raise ValidationError({"until": ValidationError(_("The last day lies before the day."), "before_its_day")})
