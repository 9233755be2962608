"""What every task has: who sees to a thing, by which day, for whom, and when that ended."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from disperin.regions.reach import HasRegency, ReachQuerySet


class TaskQuerySet(ReachQuerySet):
    def unended(self) -> Self:
        """Those that somebody still has."""
        return self.filter(ended_on=None)


class Task(HasRegency):
    """Somebody is to see to a thing by a day. At most one that has not ended for each thing (`about`)."""

    about: ClassVar[tuple[str, ...]]  # the columns that say what it is about

    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("assigned to")
    )
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due_on = models.DateField(_("to be done by"))
    note = models.CharField(_("note"), max_length=250, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_on = models.DateField(_("ended on"), null=True, editable=False)

    objects = TaskQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["due_on", "id"]

    @property
    def thing(self) -> tuple[Any, ...]:
        """What it is about, to be compared."""
        return tuple(getattr(self, name) for name in self.about)

    @classmethod
    def own_path(cls) -> str:
        """Where people find what they are to see to: notices of it lead there."""
        raise NotImplementedError

    def detail(self) -> dict[str, Any]:
        """What the history keeps of what it is about."""
        return {}
