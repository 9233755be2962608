"""What awards and nominations share: both speak of a product, and lie where its maker lies."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from disperin.registers.models import RecordQuerySet
from disperin.registers.values.beside import Beside
from disperin.registers.values.point import Point

AT_MAKER = Point(
    "establishment__public_latitude", "establishment__public_longitude", "establishment__public_point",
    name="product__name", note=("establishment__name", "regency__name"),
)  # fmt: skip
OF_ROUND = {"year": Beside("round__year", _("year of the round"))}


class DescribedQuerySet(RecordQuerySet):
    def described(self) -> Self:
        """Each record with `name`, that of its product."""
        return self.annotate(name=F("product__name"))


def check_maker(record: Any) -> None:
    """Product, maker and regency belong together, and are open while a new record is made. Raises ValidationError."""
    problems = {}
    if record.establishment_id and record.regency_id and record.establishment.regency_id != record.regency_id:
        problems["establishment"] = ValidationError(_("This maker does not lie in the chosen regency."), "chain")
    if record.product_id and record.establishment_id:
        if record.product.establishment_id != record.establishment_id:
            problems["product"] = ValidationError(_("This maker does not make that product."), "chain")
        elif record.pk is None and (record.product.closed_on or record.establishment.closed_on):
            problems["product"] = ValidationError(_("This product is closed in the register."), "closed")
    if problems:
        raise ValidationError(problems)
