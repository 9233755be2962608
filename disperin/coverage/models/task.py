"""Who sees to a line of a list."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disperin.coverage.models.outside_list import OutsideLine
from disperin.regions.models import Regency
from disperin.tasks.models import Task


class OutsideTask(Task):
    """Somebody is to find out, by a day, what is right about a line of another office's list."""

    about = ("line_id",)

    regency: Any = models.ForeignKey(
        Regency, models.PROTECT, null=True, related_name="+", verbose_name=_("regency/city")
    )  # None: nobody knows where, so it is the province's
    line = models.ForeignKey(OutsideLine, models.CASCADE, related_name="tasks", verbose_name=_("line of a list"))

    class Meta(Task.Meta):
        verbose_name = _("task about a line of a list")
        verbose_name_plural = _("tasks about lines of lists")
        constraints = [
            models.UniqueConstraint(name="one_open_task_per_line", fields=["line"], condition=Q(ended_on=None))
        ]
        indexes = [
            models.Index(fields=["assigned_to", "due_on"], name="outside_task_of", condition=Q(ended_on=None)),
            models.Index(fields=["due_on", "id"], name="outside_task_by_day", condition=Q(ended_on=None)),
        ]

    def __str__(self) -> str:
        return str(self.line)

    @classmethod
    def own_path(cls) -> str:
        return f"{reverse('overview:days')}?kind=outside-line&mine=on"

    def detail(self) -> dict[str, Any]:
        return {"line": self.line_id}
