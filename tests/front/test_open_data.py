"""The page of open data: every public register as files, and the way to the API."""

import pytest
from django.test import Client

from tests.registers.each_register import PUBLIC

OPEN_REGISTERS = [one.slug for one in PUBLIC]


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.django_db
def test_every_public_register_lies_as_a_file_in_the_language_of_the_reader(prefix):
    page = Client().get(f"{prefix}/data-terbuka/")

    assert [one.slug for one, _url in page.context["open_registers"]] == OPEN_REGISTERS
    assert all(
        f'href="{prefix}/unduh/{slug}.{kind}"' in page.text for slug in OPEN_REGISTERS for kind in ("xlsx", "csv")
    )
    assert 'href="/api/v1/docs/"' in page.text
