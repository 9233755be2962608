"""Who did what, when. Written by verbs only; the database refuses to change or delete it."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from disperin.history import deeds as verbs

Deed = tuple[str, models.Model, Mapping[str, Any]]  # verb, target, detail


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, target: models.Model) -> Self:
        """The entries of one record, submission or account, newest first."""
        return self.filter(target_type=target._meta.label_lower, target_id=str(target.pk)).select_related("actor")


class Entry(models.Model):
    """One deed. Names its target by type and key, not by foreign key: history never blocks or follows a deletion."""

    at = models.DateTimeField(_("when"), auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    verb = models.CharField(_("what"), max_length=40)
    target_type = models.CharField(max_length=80)
    target_id = models.CharField(max_length=40)
    target_name = models.CharField(max_length=250)
    detail = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("history entry")
        verbose_name_plural = _("history")
        ordering = ["-id"]
        indexes = [models.Index(fields=["target_type", "target_id", "-id"], name="entry_of_target")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.verb} {self.target_name}"


def record(verb: str, target: models.Model, *, by: AbstractBaseUser | None, **detail: Any) -> Entry:
    """Remember that `by` (a user, or None for the portal itself) did `verb` to `target`; `detail` must be JSON.

    Never pass values of inside or masked fields: name the fields, not what they hold.
    """
    return record_many([(verb, target, detail)], by=by)[0]


def record_many(deeds: Sequence[Deed], *, by: AbstractBaseUser | None) -> list[Entry]:
    """As `record`, for each `(verb, target, detail)`, in one query. Raises UnnamedDeed for a verb without a name."""
    for verb in {str(verb) for verb, _target, _detail in deeds}:
        verbs.refuse_unnamed(verb)
    with override(settings.LANGUAGE_CODE):  # names may hold words, which are kept in the portal's own language
        entries = [
            Entry(
                actor=by,
                verb=str(verb),
                target_type=target._meta.label_lower,
                target_id=str(target.pk),
                target_name=str(target)[:250],
                detail=detail,
            )
            for verb, target, detail in deeds
        ]
    return Entry.objects.bulk_create(entries)
