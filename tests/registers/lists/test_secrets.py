"""No secret of a register is seen, found or filtered by, whatever a visitor asks of its pages."""

import pytest
from django.forms import BooleanField

from disperin.registers.lists.as_of import PARAMETER
from tests.registers.each_register import (
    OUTSIDE_ANYWAY,
    PUBLIC,
    SECRETS,
    address,
    every_public_register,
    maps_of,
    name_of,
    row_of,
    secret_record,
    spellings,
    text_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def published(once):
    """A record full of secrets of each public register, by slug."""
    return once(lambda: {register.slug: secret_record(register) for register in PUBLIC})


@pytest.fixture
def record(published, register):
    """The record full of secrets of this register."""
    return published[register.slug]


@every_public_register
def test_every_secret_of_a_register_is_tried_here(register):
    model = register.model
    secret = {*model.audience.inside, *model.audience.masked} & set(register.form.base_fields)
    boxes = {name for name, field in register.form.base_fields.items() if type(field) is BooleanField}

    assert secret - boxes - OUTSIDE_ANYWAY == set(SECRETS.get(register.slug, ()))
    for name, part in register.form.parts.items():
        hidden = {*part._meta.model.audience.inside, *part._meta.model.audience.masked} & set(part.base_fields)
        assert hidden - {"file"} <= set(row_of(register, name))


@every_public_register
def test_a_visitor_never_sees_an_inside_or_masked_value(register, record):
    secrets = [one for secret in SECRETS.get(register.slug, {}).values() for one in spellings(secret)]
    for part in register.form.parts:
        hidden = register.form.parts[part]._meta.model.audience.inside
        secrets += [
            one for name, secret in row_of(register, part).items() if name in hidden for one in spellings(secret)
        ]
    secrets = [secret for secret in secrets if secret not in ("iui", "lembar")]
    listed, single = address(register, "list"), address(register, "detail", name_of(record))
    pages = ["/", listed, f"{listed}?tampilan=peta", *maps_of(register), single, f"/en{listed}", f"/en{single}"]

    for path in pages:
        text = text_of(path)
        assert [secret for secret in secrets if secret in text] == [], path


@every_public_register
def test_a_visitor_finds_no_record_by_what_is_inside(register, record):
    listed = address(register, "list")

    for name, secret in SECRETS.get(register.slug, {}).items():
        text = secret[0] if isinstance(secret, list) else str(secret)
        for path in (f"{place}?q={text}" for place in (listed, *maps_of(register))):
            assert record.number not in text_of(path), name


@every_public_register
def test_asking_for_a_filter_or_order_by_an_inside_field_changes_nothing(register, record):
    listed = address(register, "list")

    for name in {*register.model.audience.inside, *register.model.audience.masked} - {PARAMETER}:  # a day of all lists
        assert record.number in text_of(f"{listed}?{name}=zzz")
        assert record.number in text_of(f"{listed}?order={name}")
