"""What is kept beside tables: views under a name, which of them comes first, and who is to mend what is missing."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.registers.lists.addresses import table_address
from disperin.registers.lists.lacks import lacks_of
from disperin.registers.record import directory
from disperin.registers.record.directory import Register
from disperin.tasks.models import Task
from disperin.ui.texts import Text


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def seen_by(self, user: User) -> Self:
        """One's own, and those that somebody who works here shares with all whose reach is the same."""
        shared = Q(is_shared=True, owner__is_active=True, owner__regency=user.regency_id)
        if user.regency_id is None:
            shared = Q(is_shared=True, owner__is_active=True, owner__regency__isnull=True)
        return self.filter(Q(owner=user) | shared)


class SavedView(models.Model):
    """Columns, filters and order of a register's table under a name: the query of its address."""

    register = models.CharField(_("register"), max_length=40)
    name = models.CharField(_("name"), max_length=60)
    query = models.TextField(blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    is_shared = models.BooleanField(_("shared"), default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(name="one_view_of_a_name", fields=["owner", "register", "name"]),
        ]
        indexes = [models.Index(fields=["register", "is_shared"], name="saved_view_of_register")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The table as this view has it; its own page where there is no such table any more."""
        if self.target is None:
            return reverse("mydata:view", args=[self.pk])
        return f"{table_address(self.target)}?{self.query or 'all=on'}"

    @property
    def target(self) -> Register | None:
        """The register whose table it shows; None for one that is there no longer."""
        return directory.find(self.register)


class FirstView(models.Model):
    """The view that a person sees first of a register."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    register = models.CharField(max_length=40)
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="one_first_view_of_a_register", fields=["user", "register"])]

    def __str__(self) -> str:
        return f"{self.user}: {self.view}"


class LackTask(Task):
    """Somebody is to see to it, by a day, that a record has what it lacks; it ends by itself once the record has it."""

    about = ("register", "record_id", "lack")

    register = models.CharField(_("register"), max_length=40)
    record_id = models.BigIntegerField()
    record_number = models.CharField(_("register number"), max_length=20)
    lack = models.CharField(_("what is missing"), max_length=80)

    class Meta(Task.Meta):
        verbose_name = _("task to complete a record")
        verbose_name_plural = _("tasks to complete records")
        constraints = [
            models.UniqueConstraint(
                name="one_open_task_per_lack", fields=["register", "record_id", "lack"], condition=Q(ended_on=None)
            )
        ]
        indexes = [
            models.Index(fields=["assigned_to", "due_on"], name="lack_task_of", condition=Q(ended_on=None)),
            models.Index(fields=["due_on", "id"], name="lack_task_by_day", condition=Q(ended_on=None)),
        ]

    def __str__(self) -> str:
        return f"{self.record_number}: {self.told}"

    @property
    def told(self) -> Text:
        """What is missing, in words; its name where the register does not ask for it any more."""
        return told_lack(self.register, self.lack)

    @classmethod
    def own_path(cls) -> str:
        return f"{reverse('overview:days')}?kind=lack&mine=on"

    def detail(self) -> dict[str, Any]:
        return {"record": self.record_number, "lack": self.lack}


def told_lack(slug: str, name: str) -> Text:
    """What a record of the register can lack under this name, in words; the name where it is not asked for any more."""
    register = directory.find(slug)
    known = lacks_of(register).get(name) if register else None
    return known.label if known else name


def views_of(register: Register, user: User) -> list[SavedView]:
    """The views of a register that this person sees, one's own first; `is_first` marks the one they see first."""
    views: Any = SavedView.objects.seen_by(user).filter(register=register.slug).select_related("owner")
    first = models.Exists(FirstView.objects.filter(user=user, view=models.OuterRef("pk")))
    return sorted(views.annotate(is_first=first), key=lambda view: (view.owner_id != user.pk, view.name.lower()))


def first_view(register: Register, user: User) -> SavedView | None:
    """The view that this person wants to see first, as long as they see it at all."""
    chosen = FirstView.objects.filter(user=user, register=register.slug).values("view")
    return SavedView.objects.seen_by(user).filter(pk__in=chosen).first()
