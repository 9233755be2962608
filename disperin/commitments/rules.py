"""What a forum is, how a commitment stands, and what must be said of one that is settled. Pure."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class ForumKind(models.TextChoices):
    """The meetings of the office with the offices of the regencies, by the names that it gives them."""

    OFFICES = "forum_perangkat_daerah", _("Forum of the regional offices")
    COORDINATION = "rakornis", _("Technical coordination meeting")
    PLANNING = "rakortekrenbang", _("Technical coordination of development planning")
    INDUSTRY_PLANS = "rakor_rpip_rpik", _("Coordination of the industry plans (RPIP, RPIK)")
    ZONES = "rapat_ki", _("Meeting on industrial zones (KI)")
    OTHER = "lainnya", _("Other meeting")


class State(models.TextChoices):
    """How a commitment stands."""

    OPEN = "terbuka", _("Not begun")
    RUNNING = "berjalan", _("Under way")
    KEPT = "dipenuhi", _("Kept")
    DROPPED = "dibatalkan", _("Dropped")


class Support(models.TextChoices):
    """Whom a regency asks for support."""

    PROVINCE = "provinsi", _("The province")
    MINISTRY = "kementerian", _("The ministry")
    BOTH = "provinsi_kementerian", _("The province and the ministry")


SETTLED = (State.KEPT, State.DROPPED)


def check_forum(*, day: datetime.date | None, last_day: datetime.date | None) -> None:
    """Its last day does not lie before its first. Raises ValidationError at `last_day`, code `before_its_day`."""
    if day and last_day and last_day < day:
        raise ValidationError({"last_day": ValidationError(_("The last day lies before the first."), "before_its_day")})


def check_commitment(
    *,
    state: str,
    report: str,
    settled_on: datetime.date | None,
    support_from: str,
    support_asked: str,
    forum_day: datetime.date | None,
    due_on: datetime.date | None,
    today: datetime.date,
) -> None:
    """Raises ValidationError by field: what is settled says how and when, and support is asked of somebody."""
    problems: dict[str, ValidationError] = {}
    if state in SETTLED:
        if settled_on is None:
            problems["settled_on"] = ValidationError(_("Say on which day it was kept or dropped."), "required")
        if not report:
            problems["report"] = ValidationError(_("Say what was done, or why it was dropped."), "required")
    elif settled_on is not None:
        problems["settled_on"] = ValidationError(_("Leave the day empty while it is neither kept nor dropped."), "open")
    if settled_on and settled_on > today:
        problems["settled_on"] = ValidationError(_("This day lies in the future."), "future")
    if settled_on and forum_day and settled_on < forum_day:
        problems["settled_on"] = ValidationError(_("This day lies before the forum."), "before_the_forum")
    if due_on and forum_day and due_on < forum_day:
        problems["due_on"] = ValidationError(_("This day lies before the forum."), "before_the_forum")
    if support_asked and not support_from:
        problems["support_from"] = ValidationError(_("Say who is asked for this support."), "required")
    if support_from and not support_asked:
        problems["support_asked"] = ValidationError(_("Say which support is asked for."), "required")
    if problems:
        raise ValidationError(problems)


def who(unit: str, words: str) -> str:
    """Who is responsible: the name of a unit of the list, what is said in words, or both; words alone stay as said."""
    return " · ".join(dict.fromkeys(filter(None, (unit, words))))


def is_late(*, due_on: datetime.date | None, settled_on: datetime.date | None, on: datetime.date) -> bool:
    """Is it past its due day and not settled? The due day itself is in time; without one nothing is late."""
    return settled_on is None and due_on is not None and due_on < on
