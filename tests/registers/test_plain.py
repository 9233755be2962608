"""What a register shows and answers that says nothing special of its lists, pages and resources.

Every register is asked, also those that have pages of their own: whatever columns, parts and audience a new one has,
it will be one like these.
"""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from disperin.registers.api.plain import serializers_of, viewset_of
from disperin.registers.lists.plain import facets_of, filter_of
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.presentation.shown import Shown
from industries.models import Cluster, Establishment
from tests.factories import a_cluster, an_administrator
from tests.house.test_fields_decided import inside_of
from tests.registers.each_register import (
    PUBLIC,
    REGISTERS,
    SECRETS,
    name_of,
    reader_of,
    row_of,
    secret_record,
    spellings,
    text_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.registers.plain_urls"), pytest.mark.thorough]


@pytest.fixture(scope="module")
def published(once):
    """A record full of secrets of each register, by slug."""
    return once(lambda: {register.slug: secret_record(register) for register in REGISTERS if register.slug in SECRETS})


@pytest.fixture
def records(published):
    """Those of the public registers, read anew: `[(register, record)]`."""
    return [(one, one.model.objects.get(pk=published[one.slug].pk)) for one in PUBLIC]


def test_list_and_page_of_every_register_open_and_name_the_record(records):
    for register, record in records:
        listed = text_of(f"/polos/{register.slug}/")
        page = text_of(f"/polos/{register.slug}/{name_of(record)}/")
        empty = text_of(f"/polos/{register.slug}/?q=qqqqqq")
        assert record.number in listed, register.slug
        assert str(record) in page, register.slug
        assert "empty-state" in empty, register.slug
        assert record.number not in empty, register.slug


def test_every_facet_and_order_of_a_plain_list_is_understood(records):
    for register, _record in records:
        asked = [f"?{one.parameter}=99" for one in facets_of(register.model)]
        orders = [f"?order={one.value}" for one in filter_of(register.model).orders]
        for query in orders:
            assert "notice-warning" not in text_of(f"/polos/{register.slug}/{query}"), query
        for query in asked:
            assert "notice-warning" in text_of(f"/polos/{register.slug}/{query}"), query
    assert [one.name for one in facets_of(Cluster)] == ["regency", "commodity", "status"]


def test_a_visitor_reads_no_secret_on_a_plain_page_and_whoever_reaches_it_does(records, officer, signed_in):
    for register, record in records:
        secrets = [one for secret in SECRETS[register.slug].values() for one in spellings(secret)]
        for part, form in register.form.parts.items():
            hidden = form._meta.model.audience.inside
            rows = row_of(register, part).items()
            secrets += [one for name, secret in rows if name in hidden for one in spellings(secret)]
        secrets = {one for one in secrets if one not in ("iui", "lembar")}
        for path in (f"/polos/{register.slug}/", f"/polos/{register.slug}/{name_of(record)}/"):
            assert {one for one in secrets if one in text_of(path)} == set(), path
    maker = next(record for register, record in records if register.slug == "establishments")
    inside = text_of(f"/polos/establishments/{maker.number}/", signed_in(officer))
    assert "Rahasia Pemilik" in inside
    assert "SURAT-RAHASIA-9" in inside
    assert SECRETS["establishments"]["npwp"] not in inside


def test_what_is_hidden_is_on_no_plain_page(records):
    cluster, by = a_cluster(decree_number="SK 4711", decree_on="2025-01-02", status="sk_terbit"), an_administrator()
    register = directory.get("clusters")
    assert "SK 4711" in text_of(f"/polos/clusters/{cluster.number}/")

    actions.hide(register, cluster, "decree_number", reason="Diminta.", by=by)
    assert "SK 4711" not in text_of(f"/polos/clusters/{cluster.number}/")

    actions.hide(register, Cluster.objects.get(pk=cluster.pk), "", reason="Diminta.", by=by)
    assert Client().get(f"/polos/clusters/{cluster.number}/").status_code == 404


def test_the_pages_of_a_register_that_only_the_office_reads_ask_who_somebody_is():
    for register in REGISTERS:
        if not register.model.audience.is_public:
            path = f"/polos/{register.slug}/"
            assert Client().get(path).status_code == 302
            assert reader_of(register).get(path).status_code == 200


def test_a_page_tells_sections_parts_and_values_in_words(records):
    maker = next(record for register, record in records if register.slug == "establishments")
    told = Shown(directory.get("establishments"), maker, reader=AnonymousUser(), inside=False)

    said = {label: text for section in told.sections for label, text in section.lines}
    assert said["Bentuk badan usaha"] == "CV"
    assert said["Kabupaten/kota"] == "Kabupaten 63.07"
    assert [table.title for table in told.tables] == ["Produk"]
    assert "Kain panjang" in told.tables[0].rows[0]
    assert told.inside_sections == []


def test_the_api_says_of_a_plain_register_what_is_public_and_its_inside_apart():
    for register in PUBLIC:
        for one in serializers_of(register.model):
            assert inside_of(one) == [], one
            assert [inside_of(part) for part in one.parts().values() if inside_of(part)] == [], one
        fields = serializers_of(register.model)[1]().fields
        assert {"number", "url", "origin", "updated_at", "inside"} <= set(fields)
    assert viewset_of(Establishment).model is Establishment
