"""Who follows up on which product that lacks its halal certificate."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disperin.tasks.models import Task
from industries.models.establishment import Product


class HalalTask(Task):
    """Somebody is to see to it, by a day, that a product comes to its certificate."""

    about = ("product_id",)

    product = models.ForeignKey(Product, models.PROTECT, related_name="halal_tasks", verbose_name=_("product"))

    class Meta(Task.Meta):
        verbose_name = _("halal task")
        verbose_name_plural = _("halal tasks")
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

    @classmethod
    def own_path(cls) -> str:
        return reverse("industries:halal-work") + "?task=mine"

    def detail(self) -> dict[str, Any]:
        return {"product": str(self.product.key)}
