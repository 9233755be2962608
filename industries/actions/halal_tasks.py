"""What can be done about products that lack a halal certificate: hand one to somebody, and end that."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from disperin.accounts.holdings import DEED
from disperin.accounts.models import User
from disperin.desk.refusals import NotNow, Refused
from disperin.desk.texts import refuse_unfit_texts
from disperin.history.models import record as write_history
from disperin.history.models import record_many
from disperin.notices.actions import mark_done, tell
from disperin.regions.reach import reaches
from disperin.ui import formats
from industries.models import HalalTask, Product
from industries.models.standing import ProductQuerySet

NOTE_LENGTH = 250


@transaction.atomic
def assign(products: ProductQuerySet, *, to: User, due_on: datetime.date, by: User, note: str = "") -> list[HalalTask]:
    """Ask `to` to see to the halal certificates of these products (a queryset) by a day; gives the new tasks.

    A product that somebody has already is taken over: at most one person has it. The new person is told. Raises
    Refused (no right to propose, a product out of reach), ValidationError at products, to, due_on or note.
    """
    if not by.can_propose:
        raise Refused(_("Your role reads; it does not assign."))
    held = list(products.select_for_update(of=["self"]).select_related("establishment").order_by("pk"))
    if not held:
        raise ValidationError({"products": ValidationError(_("Choose at least one product."), "required")})
    if not all(reaches(by, product.establishment) for product in held):
        raise Refused(_("This product lies outside your reach."))
    _refuse_wrong_person(to, held)
    if due_on < timezone.localdate():
        text = _("This day has passed. Choose today or a later day.")
        raise ValidationError({"due_on": ValidationError(text, "past")})
    refuse_unfit_texts({"note": note}, longest=NOTE_LENGTH)
    for earlier in HalalTask.objects.filter(product__in=held, ended_on=None).select_related("product"):
        _end(earlier, by=by)
    tasks = [
        HalalTask(
            product=product,
            regency_id=product.establishment.regency_id,
            assigned_to=to,
            assigned_by=by,
            due_on=due_on,
            note=note.strip(),
        )
        for product in held
    ]
    for task in tasks:
        task.save()
        write_history("assign", task, by=by, to=to.username, due_on=due_on, product=str(task.product.key))
    if to != by:
        _tell_assigned(to, held, due_on=due_on, by=by)
    return tasks


@transaction.atomic
def end_task(task: HalalTask, *, by: User) -> HalalTask:
    """Take a product off somebody's list, done or not. Raises Refused (no right, out of reach), NotNow (ended)."""
    task = HalalTask.objects.select_for_update(of=["self"]).select_related("product").get(pk=task.pk)
    if not by.can_propose or not reaches(by, task):
        raise Refused(_("This task lies outside your reach."))
    if task.ended_on is not None:
        raise NotNow(_("This task has ended already."))
    return _end(task, by=by)


def hand_on_tasks(tasks: QuerySet[HalalTask], *, to: User, by: User, told: dict[str, Any]) -> None:
    """Let `to` see to these products (a queryset of open tasks); each keeps its day."""
    held = list(tasks.select_for_update(of=["self"]).select_related("product", "assigned_to").order_by("pk"))
    HalalTask.objects.filter(pk__in=[one.pk for one in held]).update(assigned_to=to)
    record_many([(DEED, one, told) for one in held], by=by)
    _done_by(*{one.assigned_to for one in held})


def _end(task: HalalTask, *, by: User) -> HalalTask:
    task.ended_on = timezone.localdate()
    task.save(update_fields=["ended_on"])
    write_history("end_task", task, by=by)
    _done_by(task.assigned_to)
    return task


def _refuse_wrong_person(to: User, products: Sequence[Product]) -> None:
    told = {"person": to}
    if not to.is_active:
        text = _("The account of %(person)s is suspended. Choose somebody else.")
        raise ValidationError({"to": ValidationError(text, "suspended", told)})
    if not to.can_propose:
        text = _("%(person)s cannot work on proposals. Choose an officer or a verifier.")
        raise ValidationError({"to": ValidationError(text, "role", told)})
    outside = next((product for product in products if not reaches(to, product.establishment)), None)
    if outside:
        text = _("“%(product)s” lies outside the reach of %(person)s. Choose somebody of its regency.")
        raise ValidationError({"to": ValidationError(text, "out_of_reach", told | {"product": outside})})


def _tell_assigned(to: User, products: Sequence[Product], *, due_on: datetime.date, by: User) -> None:
    with override(to.language):
        number = len(products)
        title = ngettext("Halal: %(number)d product to see to", "Halal: %(number)d products to see to", number) % {
            "number": number
        }
        lines = [
            _("%(who)s asks you to see to these products by %(day)s:") % {"who": by, "day": formats.day(due_on)},
            *(f"- {product.name}, {product.establishment.name}" for product in products[:50]),
        ]
        tell(to, title=title, body="\n".join(lines), path=own_tasks())


def own_tasks() -> str:
    """Where people find the products that they are to see to: notices of them lead there."""
    return reverse("industries:halal-work") + "?task=mine"


def _done_by(*people: User) -> None:
    """Whoever has no product to see to any more needs no notice of it."""
    busy = set(HalalTask.objects.filter(assigned_to__in=people, ended_on=None).values_list("assigned_to", flat=True))
    for person in people:
        if person.pk not in busy:
            mark_done(own_tasks(), of=person)


def reachable_products(user: User, keys: Iterable[UUID]) -> ProductQuerySet:
    """The products of these keys that the user may hand to somebody: still made, and within reach."""
    return Product.objects.made().within_reach(user).filter(key__in=keys)
