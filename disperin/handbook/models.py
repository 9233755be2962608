"""What somebody has ticked of their first day."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User


class Tick(models.Model):
    """One step of `first_day` that a person says is done."""

    user = models.ForeignKey(User, models.CASCADE, related_name="ticks", verbose_name=_("user"))
    step = models.CharField(_("step"), max_length=20)

    class Meta:
        verbose_name = _("tick of a first day")
        verbose_name_plural = _("ticks of first days")
        constraints = [models.UniqueConstraint(name="one_tick_for_a_step", fields=["user", "step"])]

    def __str__(self) -> str:
        return f"{self.user}: {self.step}"
