"""What can be done about products that lack a halal certificate: hand them to somebody."""

import datetime
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from disperin.accounts.models import User
from disperin.tasks import actions as tasks
from industries.models import Establishment, HalalTask, Product
from industries.models.standing import ProductQuerySet


@transaction.atomic
def assign(products: ProductQuerySet, *, to: User, due_on: datetime.date, by: User, note: str = "") -> list[HalalTask]:
    """Ask `to` to see to the halal certificates of these products (a queryset) by a day; gives the new tasks.

    Raises as of every task, and ValidationError at products where there are none.
    """
    held = list(products.select_for_update(of=["self"]).select_related("establishment").order_by("pk"))
    made = tasks.assign(
        [HalalTask(product=product, regency_id=product.establishment.regency_id) for product in held],
        to=to,
        due_on=due_on,
        by=by,
        note=note,
    )
    if not made:
        raise ValidationError({"products": ValidationError(_("Choose at least one product."), "required")})

    def title() -> str:
        text = ngettext("Halal: %(number)d product to see to", "Halal: %(number)d products to see to", len(held))
        return text % {"number": len(held)}

    names = [f"{product.name}, {product.establishment.name}" for product in held]
    tasks.tell_assigned(made, title, names, by=by)
    return made


def move_halal_tasks(makers: Sequence[Establishment], *, by: User) -> None:
    """Let the tasks about products of these makers lie where they lie now."""
    held = HalalTask.objects.filter(product__establishment__in=makers).select_related("product__establishment")
    tasks.move_tasks(held, lambda task: task.product.establishment.regency_id, by=by)


def reachable_products(user: User, keys: Iterable[UUID]) -> ProductQuerySet:
    """The products of these keys that the user may hand to somebody: still made, and within reach."""
    return Product.objects.made().within_reach(user).filter(key__in=keys)
