"""Products at hand judged by the rule, with what they still lack: for pages, answers and lists of a few."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence

from industries import rules
from industries.models.establishment.parts import Product
from industries.models.halal import HalalCover
from industries.models.halal_duty import HalalDuty
from industries.rules.halal import HalalPath, HalalStatus


def halal_statuses(
    products: Iterable[Product], on: datetime.date, *, duties: Sequence[HalalDuty] | None = None
) -> dict[int, HalalStatus]:
    """`{product id: HalalStatus}` of products with their establishments on a day, in two queries for all of them."""
    duties = list(HalalDuty.objects.all()) if duties is None else duties
    certificates = defaultdict(list)
    for cover in HalalCover.objects.standing().filter(product__in=products).select_related("certification"):
        certificates[cover.product_id].append(cover.certification)
    return {
        product.pk: rules.status_on(
            on,
            halal_class=rules.halal_class(product),
            business_scale=product.establishment.business_scale,
            certificates=certificates[product.pk],
            duties=duties,
        )
        for product in products
    }


def halal_path(product: Product, status: HalalStatus) -> HalalPath | None:
    """How a product of this status can come to a certificate, or None where there is no duty (see the rule)."""
    if not status.has_duty:
        return None
    maker = product.establishment
    return rules.path_to_certificate(
        nib=maker.nib, business_scale=maker.business_scale, annual_sales=maker.annual_sales
    )
