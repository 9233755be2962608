"""A year, or a version named after one, is no quantity: the administration writes it without the dot of thousands."""

import re

import pytest
from django.urls import reverse

from industries.models import KbliChange, KbliVersion
from ovop.models import AwardRound, Scheme
from tests.factories import KbliClassFactory, an_award


@pytest.mark.django_db
def test_no_list_and_no_page_of_the_administration_groups_a_year(signed_in, administrator):
    an_award()
    KbliVersion.objects.get_or_create(version=2020)
    KbliChange.objects.create(key="2020-10391", code="10391", version=2020, state="gone")
    rows = [KbliClassFactory(), KbliVersion.objects.first(), KbliChange.objects.get(), AwardRound.objects.first(),
            Scheme.objects.first()]  # fmt: skip
    client = signed_in(administrator)

    for row in rows:
        name = f"admin:{row._meta.app_label}_{row._meta.model_name}"
        for address in (reverse(f"{name}_changelist"), reverse(f"{name}_change", args=[row.pk])):
            page = client.get(address)
            assert page.status_code == 200
            assert re.findall(r">\s*[12]\.[09]\d\d\s*<", page.text) == [], address
