"""Who follows up on which product that lacks its halal certificate."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from disperin.regions.reach import HasRegency, ReachQuerySet
from industries.models.establishment import Product


class HalalTask(HasRegency):
    """Somebody is to see to it, by a day, that a product comes to its certificate. At most one open one per product."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="halal_tasks", verbose_name=_("product"))
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="halal_tasks", verbose_name=_("assigned to")
    )
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due_on = models.DateField(_("to be done by"))
    note = models.CharField(_("note"), max_length=250, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_on = models.DateField(_("ended on"), null=True, editable=False)

    objects = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("halal task")
        verbose_name_plural = _("halal tasks")
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_halal_task_per_product", fields=["product"], condition=Q(ended_on__isnull=True)
            )
        ]
        indexes = [
            models.Index(fields=["assigned_to", "due_on"], name="halal_task_of", condition=Q(ended_on__isnull=True)),
            models.Index(fields=["due_on", "id"], name="halal_task_by_day", condition=Q(ended_on__isnull=True)),
        ]

    def __str__(self) -> str:
        return str(self.product)
