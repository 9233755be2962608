"""Reference data in memory: what lists print of it is what the database holds, without a join."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disperin.regions.models import Regency
from disperin.registers.record import reference, revisions
from industries.models import Establishment, KbliClass
from tests import factories

pytestmark = pytest.mark.django_db

COLUMNS = (
    "name",
    "regency",
    "regency__name",
    "village__name",
    "kbli__title_id",
    "cluster__name",
    "cluster__village__name",
)


def told():
    return reference.rows(Establishment.objects.order_by("pk"), COLUMNS)


def test_rows_are_told_as_the_database_tells_them():
    cluster = factories.a_cluster()
    factories.an_establishment(name="Satu", cluster=cluster.number)
    factories.an_establishment(name="Dua", regency="63.06")

    found = [{name: row[name] for name in COLUMNS} for row in told()]

    assert found == list(Establishment.objects.order_by("pk").values(*COLUMNS))
    assert [row["cluster__village__name"] is None for row in found] == [False, True]


def test_no_table_of_names_is_joined():
    factories.an_establishment()
    told()

    with CaptureQueriesContext(connection) as queries:
        told()

    rows, revision = sorted((query["sql"] for query in queries), key=len, reverse=True)
    assert "registers_revision" in revision
    assert rows.count(" JOIN ") == 1  # that of the cluster, which is none


def test_another_name_is_told_once_the_revision_is_raised():
    record = factories.an_establishment()
    told()
    Regency.objects.filter(pk=record.regency_id).update(name="Nama Baru")

    revisions.raise_revision(revisions.REFERENCE)

    assert told()[0]["regency__name"] == "Nama Baru"


def test_a_page_of_the_office_asks_once_for_the_revision_of_reference_data(officer, signed_in):
    record, client = factories.an_establishment(), signed_in(officer)
    address = f"/industri/?regency={record.regency_id}&kbli={record.kbli_id}"
    client.get(address)

    with CaptureQueriesContext(connection) as queries:
        page = client.get(address)

    asked = [query for query in queries if "registers_revision" in query["sql"]]
    assert (page.status_code, len(page.context["records"]), len(asked)) == (200, 1, 1)


def test_a_request_that_raises_a_revision_reads_what_it_has_written():
    record = factories.an_establishment()

    def answer(_request):
        before = told()
        Regency.objects.filter(pk=record.regency_id).update(name="Nama Baru")
        revisions.raise_revision(revisions.REFERENCE)
        return [rows[0]["regency__name"] for rows in (before, told())]

    names = revisions.asked_once(answer)(None)

    assert names == [record.regency.name, "Nama Baru"]


def test_a_row_that_came_without_raising_the_revision_is_found_too():
    factories.an_establishment()
    told()
    factories.an_establishment(regency="63.06")

    assert told()[1]["regency__name"] == Regency.objects.get(pk="63.06").name


def test_a_record_is_given_what_it_names(django_assert_num_queries):
    record = factories.an_establishment()
    reference.attach([record])
    record = Establishment.objects.get(pk=record.pk)

    with django_assert_num_queries(1):  # the revision
        reference.attach([record])
    with django_assert_num_queries(0):
        assert (record.regency.pk, record.kbli) == (record.regency_id, KbliClass(pk=record.kbli_id))


def test_a_key_that_nothing_has_is_no_row():
    factories.RegencyFactory(code="63.07")

    assert reference.row_of(Regency, "63.07").pk == "63.07"
    assert reference.row_of(Regency, "99.99") is None
    assert reference.row_of(Regency, "\x00") is None
