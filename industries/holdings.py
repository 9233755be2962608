"""What somebody has in hand here: products whose halal certificates they are to see to."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disperin.accounts import holdings
from disperin.tasks.actions import hand_on_tasks
from industries.models import HalalTask


def _url(task: HalalTask) -> str:
    return reverse("industries:establishment-detail", args=[task.product.establishment.number])


holdings.add(
    _("Halal tasks"),
    of=lambda user: HalalTask.objects.filter(assigned_to=user, ended_on=None).select_related("product__establishment"),
    url=_url,
    hand_on=hand_on_tasks,
)
