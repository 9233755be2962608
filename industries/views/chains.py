"""Downstream chains for everyone: what a commodity becomes at home, who makes it, and where nobody does."""

import datetime
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from disperin.registers.lists import additions
from disperin.registers.lists.caching import Kept
from disperin.registers.record import rollup
from disperin.ui.flows import Box, Stage, flow
from disperin.ui.formats import number
from industries.models import ChainStep, KbliClass


# what floors above add to its steps is read from their registers, so these are named too
class Downstream(Kept, TemplateView):
    """`/hilirisasi/`: each commodity with its stages and products, the makers counted by KBLI, gaps included."""

    reads = ("establishments", "partnerships", "reference")
    template_name = "industries/downstream.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        made = products_of_chains(rollup.counts_of("establishments").get("kbli", {}), today)
        added = additions.of([product["step"] for product in made], inside=False)
        products = [product | {"added": added[product["step"].pk]} for product in made]
        return super().get_context_data(
            chains=[
                _chain(key, str(name), [product for product in products if product["step"].commodity == key])
                for key, name in settings.PROVINCE.downstream.items()
            ],
            day=today,
            **kwargs,
        )


def products_of_chains(counted: Mapping[str, int], on: datetime.date, **narrowed: str) -> list[dict[str, Any]]:
    """The steps of all chains on a day, as pages show them, the makers `counted` by class.

    Their lists are `narrowed` as the counts are, such as by `regency`. Two queries.
    """
    steps = list(ChainStep.objects.in_force(on))
    classes = KbliClass.objects.in_bulk({key for step in steps for key in step.kbli})
    return [product_of(step, classes, counted, **narrowed) for step in steps]


def product_of(
    step: ChainStep, classes: Mapping[str, KbliClass], counted: Mapping[str, int], **narrowed: str
) -> dict[str, Any]:
    """A step as the page shows it: its classes with their makers, each with the address of its list."""
    made_by: list[dict[str, Any]] = [
        {"of": classes[key], "number": counted.get(key, 0), "url": _list_of(key, narrowed)}
        for key in step.kbli
        if key in classes
    ]
    makers = sum(entry["number"] for entry in made_by)
    return {
        "step": step,
        "anchor": f"produk-{step.pk}",
        "classes": made_by,
        "makers": makers,
        "is_gap": bool(made_by) and not makers,
    }


def _chain(key: str, name: str, products: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A commodity with the rows of its table and its picture; both empty where no step is entered."""
    stages = [
        Stage(of[0]["step"].stage_name, [_box(product) for product in of])
        for of in (list(some) for _stage, some in groupby(products, key=lambda product: product["step"].stage))
    ]
    return {
        "key": key,
        "name": name,
        "products": products,
        "gaps": sum(product["is_gap"] for product in products),
        "picture": flow(stages) if stages else None,
    }


def _box(product: dict[str, Any]) -> Box:
    """A product in the picture: it opens its list, or the row of the table that tells of several classes or none."""
    classes, makers = product["classes"], product["makers"]
    url = classes[0]["url"] if len(classes) == 1 else f"#{product['anchor']}"
    if not classes:
        note = _("no KBLI")
    elif product["is_gap"]:
        note = _("gap: 0 makers")
    else:
        note = ngettext("%(shown)s maker", "%(shown)s makers", makers) % {"shown": number(makers)}
    return Box(product["step"].product, note, url, product["is_gap"])


def _list_of(key: str, narrowed: Mapping[str, str]) -> str:
    return f"{reverse('industries:establishment-list')}?{urlencode({**narrowed, 'kbli': key})}"
