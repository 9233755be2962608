"""All products of makers as a file for programs: CSV, whose columns are named as the API names them."""

import tempfile
from typing import IO

from django.conf import settings
from django.db.models import Case, F, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat, NullIf

from disperin.ui.addresses import addresses
from disperin.workbooks.exporting.copying import write_csv
from disperin.workbooks.exporting.expressions import Joined, NoFormula
from disperin.workbooks.files.delimited import PAGE
from industries.models import Product

IN_MEMORY = 2 * 1024 * 1024  # bytes; a larger file goes to the disk

# what the file calls a column -> what it is of a product
_CODES = {
    "number": "number", "key": "key", "halal_category": "halal_category", "kbli": "kbli", "hs_code": "hs_code",
    "establishment": "establishment__number", "regency": "establishment__regency",
    "district": "establishment__district", "village": "establishment__village",
}  # fmt: skip
_TEXTS = {
    "name": "name", "brand": "brand", "category": "category", "description_id": "description_id",
    "description_en": "description_en", "unit": "unit", "forbidden_material": "forbidden_material",
    "kbli_title": "kbli__title_id", "establishment_name": "establishment__name",
    "regency_name": "establishment__regency__name", "district_name": "establishment__district__name",
    "village_name": "establishment__village__name",
}  # fmt: skip
_ORDER = (
    "number", "key", "name", "brand", "category", "halal_category", "forbidden_material", "description_id",
    "description_en", "unit", "kbli", "kbli_title", "hs_code", "permits", "establishment", "establishment_name",
    "regency", "regency_name", "district", "district_name", "village", "village_name",
)  # fmt: skip


def product_file(products: QuerySet[Product]) -> IO[bytes]:
    """These products, in their order, as an open file; what is public of them alone."""
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 -- the answer closes it
    write_csv(products, _columns(), file)
    file.seek(0)
    return file


def _columns() -> dict[str, Combinable]:
    columns: dict[str, Combinable] = {}
    for name in _ORDER:
        if name == "permits":
            columns[name] = Case(When(permits=[], then=None), default=NoFormula(Joined(F("permits"))))
        elif name in _CODES:
            columns[name] = NullIf(Cast(F(_CODES[name]), TextField()), Value("", TextField()))
        else:
            columns[name] = NoFormula(F(_TEXTS[name]))
    before, _number, after = addresses("industries:product-detail")("0").rpartition("0")
    page = Concat(Value(settings.PUBLIC_ORIGIN + before), F("number"), Value(after), output_field=TextField())
    return {**columns, PAGE: page}
