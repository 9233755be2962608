"""What an address of a file names for certain is offered where village and district are missing; a person accepts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disperin.workbooks import actions
from disperin.workbooks.actions.mending import Mending
from disperin.workbooks.importing.causes import causes
from tests.factories import DistrictFactory, VillageFactory, an_establishment
from tests.workbooks.rows import HEADINGS, a_row, counts

pytestmark = pytest.mark.thorough

WITHOUT_PLACES = [*HEADINGS[:4], "NIB", "Alamat lengkap"]


def a_maker(name, address, *, nib=None):
    return [*a_row(name)[:4], nib, address]


@pytest.fixture
def tabuk(db):
    district = DistrictFactory(code="63.07.06", name="Haruyan")
    return VillageFactory(code="63.07.06.2002", name="Sungai Tabuk", district=district)


def offered(workbook):
    """`{(row, path): suggestion}` of what is missing."""
    rows = workbook.rows.filter(outcome="bad").order_by("position")
    return {
        (row.number, error["path"]): error.get("suggestion")
        for row in rows
        for error in row.errors
        if error["code"] == "required"
    }


def test_village_and_district_are_offered_where_the_address_names_them_and_accepted_for_all_at_once(
    send, officer, done, tabuk
):
    rows = [
        a_maker("Dapur Aminah", "Jl. Melati RT 3, Desa Sungai Tabuk"),
        a_maker("Mebel Budi", "Jl. Sungai Tabuk RT 3"),  # a street
        a_maker("Tenun Citra", "Kec. Haruyan"),
    ]

    workbook = send(officer, [WITHOUT_PLACES, *rows])

    assert offered(workbook) == {
        (2, "district"): "Haruyan", (2, "village"): "Sungai Tabuk",
        (3, "district"): None, (3, "village"): None,
        (4, "district"): "Haruyan", (4, "village"): None,
    }  # fmt: skip
    for _village_and_district in range(2):
        cause = next(one for one in causes(workbook) if one.suggested)
        assert cause.text == "disebut di kolom lain barisnya, misalnya alamat"
        workbook = done(actions.mend, workbook, Mending(accepted=cause.key), by=officer)
    assert workbook.counts == counts(read=3, new=1, bad=2)
    workbook = done(actions.submit, workbook, by=officer, acknowledged=True)
    values = workbook.batch.submissions.get().values
    assert (values["district"], values["village"]) == ("63.07.06", tabuk.pk)


def test_an_empty_cell_of_a_village_is_offered_what_the_address_names_within_the_district_of_its_row(
    send, officer, tabuk
):
    VillageFactory(code="63.07.07.2001", name="Sungai Tabuk", district=DistrictFactory(code="63.07.07", name="Limpasu"))
    headings = [*HEADINGS, "Alamat"]
    said, unsaid = ([*a_row(name)[:4], place, None, None, "Desa Sungai Tabuk"] for name, place in
                    (("Dapur Aminah", "Haruyan"), ("Mebel Budi", None)))  # fmt: skip

    workbook = send(officer, [headings, said, unsaid])

    assert offered(workbook) == {
        (2, "village"): "Sungai Tabuk [63.07.06.2002]",
        (3, "district"): None,
        (3, "village"): None,
    }


def test_the_place_of_a_record_that_stands_there_is_not_touched_by_its_address(send, officer, tabuk):
    maker = an_establishment(name="Dapur Aminah", nib="1203000000001")

    workbook = send(officer, [WITHOUT_PLACES, a_maker("Dapur Aminah", "Desa Sungai Tabuk", nib=maker.nib)])

    row = workbook.rows.get()
    assert (workbook.counts, [one["path"] for one in row.changes]) == (counts(read=1, changed=1), ["address"])


def test_villages_are_looked_up_once_however_many_addresses_name_one(send, officer, tabuk):
    asked = []
    for number in (1, 3):
        rows = [a_maker(f"Usaha {'abc'[at] * 9}", f"Desa Sungai Tabuk RT {at}") for at in range(number)]
        with CaptureQueriesContext(connection) as queries:
            send(officer, [WITHOUT_PLACES, *rows], name=f"ikm{number}.xlsx")
        asked.append(sum("regions_village" in query["sql"] for query in queries))

    assert asked[0] == asked[1]
