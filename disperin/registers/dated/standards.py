"""What the office or a regulation lays down, as dated rows that administrators enter."""

import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

KEY = RegexValidator(r"^[a-z0-9_]{1,40}\Z", _("Use small letters, digits and underscores."))


def in_reading_language(row: models.Model, name: str) -> str:
    """A text of a row in the language of the reader."""
    return getattr(row, f"{name}_en" if get_language() == "en" else f"{name}_id")


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    """The constraint of this name: a dated row does not end before it begins."""
    return models.CheckConstraint(
        name=name,
        condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
        violation_error_message=_("A rule cannot end before it begins."),
    )


def stands_on(day: datetime.date) -> Q:
    """What is asked of rows that count on a day; their first and their last day belong to them."""
    return (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_to=None) | Q(valid_to__gte=day))


def at_the_same_time(row: Any) -> models.QuerySet[Any]:
    """Other rows of its table that are in force on some day on which this dated row is."""
    others = type(row)._default_manager.exclude(pk=row.pk)
    if row.valid_from:
        others = others.filter(Q(valid_to=None) | Q(valid_to__gte=row.valid_from))
    if row.valid_to:
        others = others.filter(Q(valid_from=None) | Q(valid_from__lte=row.valid_to))
    return others


def refuse_overlap(row: Any, *names: str) -> None:
    """Raises ValidationError where another row that says the same in these columns is in force at the same time."""
    other = at_the_same_time(row).filter(**{name: getattr(row, name) for name in names}).first()
    if other:
        text = _("“%(other)s” counts the same on some of these days. End it first.")
        raise ValidationError({"valid_from": ValidationError(text, "overlap", {"other": other})})


class DatedRow(models.Model):
    """A row that counts from its first to its last day."""

    COUNTED: ClassVar[tuple[str, ...]] = ()  # the columns whose change moves something

    key = models.CharField(_("key"), max_length=40, primary_key=True, validators=[KEY])
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_to = models.DateField(_("in force until"), null=True, blank=True)

    class Meta:
        abstract = True
