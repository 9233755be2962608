"""The one public record that a number names: of a register, of a product, or of a certificate."""

import re

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.urls import reverse

from disperin.registers.lists.addresses import record_address
from disperin.registers.record import directory
from disperin.registers.record.directory import Register
from disperin.registers.record.models import Record
from disperin.registers.values.normal_spelling import one_line
from disperin.search.hits import Hit
from industries.models import Product

_DIGITS = re.compile(r"\d")


def as_kept(register: Register, column: str, text: str) -> str:
    """A text as the form of the register would keep it in this column; "" for what cannot stand there."""
    try:
        return register.form.tidies.get(column, one_line)(text.strip())
    except ValidationError:
        return ""


def record_numbered(text: str) -> Hit | None:
    """What everybody may know of and has exactly this number; None where there is none, or more than one."""
    register, number = directory.named(text)
    if register:
        record = register.model.objects.seen_by(AnonymousUser()).filter(number=number).first()
        return _hit(register, record) if record else None
    if number and (product := Product.objects.shown().filter(number=number).first()):
        return Hit("products", product.name, reverse("industries:product-detail", args=[number]), number)
    if not _DIGITS.search(text):
        return None
    hits = [hit for register in directory.all_registers() for hit in _by_public_columns(register, text)]
    return hits[0] if len(hits) == 1 else None


def _by_public_columns(register: Register, text: str) -> list[Hit]:
    """Listed records that have this text in a public column that names one record; digits alone may lack their ID."""
    if not register.model.audience.is_public:
        return []
    columns = [column for column in register.model.found_by if column in register.model.audience.public]
    texts = {text, f"ID{text.strip()}"}
    hits = []
    for column in columns:
        values = sorted({value for variant in texts if (value := as_kept(register, column, variant))})
        rows = register.model.objects.seen_by(AnonymousUser()).current()
        hits += [_hit(register, record) for record in rows.filter(**{f"{column}__in": values})[:2]]
    return hits


def _hit(register: Register, record: Record) -> Hit:
    name = getattr(record, record.named_by)
    if record.apart and record.stands_apart:
        return Hit(record.apart.slug, record.told_to_all(), reverse(record.apart.page, args=[name]), record.number)
    return Hit(register.slug, record.told_to_all(), record_address(register, name), record.number)
