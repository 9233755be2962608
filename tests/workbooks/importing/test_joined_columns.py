"""Lists of offices hold one thing in several columns, “No HP 1” and “No HP 2”: they are joined by whoever says so."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from disperin.workbooks import actions
from disperin.workbooks.actions.mending import Mending
from tests.workbooks.rows import HEADINGS, a_row, codes_of, counts

pytestmark = pytest.mark.thorough

PHONES = ["No HP 1", "No HP 2"]
HEAD = [*HEADINGS, *PHONES, "Alamat", "RT/RW", "Shopee", "Tokopedia"]
MORE = [81251110001, "0813-4999-0002", "Jalan Ulin 5", "003/001", "https://shopee.co.id/a", "https://tokopedia.com/a"]
JOINED = {"7": "phone", "8": "+phone", "9": "address", "10": "+address", "11": "marketplaces", "12": "+marketplaces"}


@pytest.fixture
def confirmed(done, officer):
    """`confirmed(workbook, {place: name})`: these columns said to be these, and the rows checked."""

    def confirm(workbook, columns):
        mapping = [workbook.mapping[0] | {"columns": workbook.mapping[0]["columns"] | columns}, *workbook.mapping[1:]]
        return done(actions.confirm, workbook, mapping, by=officer)

    return confirm


def proposed(workbook, officer, done):
    """What the rows of a file propose."""
    workbook = done(actions.submit, workbook, by=officer, acknowledged=True)
    return [one.values for one in workbook.batch.submissions.order_by("id")]


def test_a_column_like_one_that_is_read_already_is_offered_to_be_joined(send, officer):
    workbook = send(officer, [HEAD, [*a_row("Ayu"), *MORE]])

    assert workbook.state == "mapping"
    assert {at: workbook.mapping[0]["columns"][at] for at in JOINED} == JOINED
    assert {8, 10, 12} <= {*workbook.sheets[0]["unsure"]}


def test_what_is_joined_is_read_as_one_and_nothing_of_it_is_lost_in_silence(send, officer, done, confirmed, signed_in):
    workbook = confirmed(send(officer, [HEAD, [*a_row("Ayu"), *MORE]]), JOINED)

    assert workbook.counts == counts(read=1, new=1)
    notes = [note["message"] for note in workbook.rows.get().warnings]
    assert any("+6281251110001" in note or "081251110001" in note for note in notes), notes
    shown = signed_in(officer).get(workbook.get_absolute_url()).text
    assert "“No HP 1”, “No HP 2”" in shown
    assert "“Alamat”, “RT/RW”" in shown
    (values,) = proposed(workbook, officer, done)
    assert values["phone"] == "+6281251110001"
    assert values["address"] == "Jalan Ulin 5, RT/RW 003/001"
    assert values["marketplaces"] == ["https://shopee.co.id/a", "https://tokopedia.com/a"]


def test_it_is_remembered_by_the_headings_and_goes_for_a_file_that_has_one_of_them(send, officer, done, confirmed):
    confirmed(send(officer, [HEAD, [*a_row("Ayu"), *MORE]]), JOINED)

    again = send(officer, [HEAD, [*a_row("Budi"), "-", *MORE[1:]]], name="lagi.xlsx")
    alone = send(officer, [[*HEADINGS, "No HP 2"], [*a_row("Citra"), "081349990003"]], name="satu.xlsx")

    assert (again.state, again.mapping[0]["columns"]["8"]) == ("checked", "+phone")
    assert [values["phone"] for values in proposed(again, officer, done)] == ["+6281349990002"]
    assert (alone.state, alone.mapping[0]["columns"]["7"]) == ("checked", "phone")
    assert [values["phone"] for values in proposed(alone, officer, done)] == ["+6281349990003"]


def test_three_columns_and_lines_of_goods_are_joined_too(send, officer, done, confirmed):
    goods = ["Produk 1", "Produk 2", "Produk 3"]
    workbook = send(officer, [[*HEADINGS, *goods], [*a_row("Ayu"), "keripik, abon", None, "dodol"]])

    workbook = confirmed(workbook, {"7": "products.name", "8": "+products.name", "9": "+products.name"})

    (values,) = proposed(workbook, officer, done)
    assert [row["name"] for row in values["products"]] == ["keripik", "abon", "dodol"]


def test_a_joined_cell_that_is_wrong_is_mended_where_its_field_is_read(send, officer, done, confirmed):
    row = [*a_row("Ayu"), "", "hubungi ketua", *MORE[2:]]
    workbook = confirmed(send(officer, [HEAD, row]), JOINED)
    assert codes_of(workbook).keys() == {2}

    position = workbook.rows.get().position
    workbook = done(actions.mend, workbook, Mending(cells={(position, 7): "081251110009"}), by=officer)

    assert [values["phone"] for values in proposed(workbook, officer, done)] == ["+6281251110009"]


def test_codes_days_and_what_is_read_nowhere_cannot_be_joined(send, officer, done, confirmed):
    nibs = [[*HEADINGS, "NIB lama"], [*a_row("Ayu"), "1203000123456"]]

    for columns, code in (
        ({"7": "+nib"}, "unknown"),
        ({"7": "+kbli"}, "unknown"),
        ({"7": "phone", "6": "phone"}, "twice"),
    ):
        with pytest.raises(ValidationError) as refused:
            confirmed(send(officer, nibs), columns)
        assert [error.code for errors in refused.value.error_dict.values() for error in errors] == [code], columns


def test_the_page_asks_whether_two_columns_of_one_field_are_to_be_joined(
    send, officer, signed_in, django_capture_on_commit_callbacks
):
    workbook = send(officer, [[*HEADINGS, "Kontak", "Kontak lain"], [*a_row("Ayu"), "081251110001", "081349990002"]])
    client, page = signed_in(officer), reverse("workbooks:confirm", args=[workbook.pk])
    told = {f"column-0-{at}": f":{name}" for at, name in workbook.mapping[0]["columns"].items() if int(at) < 7}
    told |= {"sheet-0": "records", "column-0-7": ":phone", "column-0-8": ":phone"}

    asked = client.post(page, told)
    assert asked.status_code == 400
    assert "join-0-8" in asked.text
    assert "join-0-7" not in asked.text
    assert "Baca bersama" in asked.text
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, told | {"join-0-8": "on"})

    workbook.refresh_from_db()
    assert (workbook.state, workbook.mapping[0]["columns"]["8"]) == ("checked", "+phone")
    again = client.get(workbook.get_absolute_url(), {"kolom": 1}).text
    assert 'name="join-0-8"' in again
    assert "checked" in again.partition('name="join-0-8"')[2].partition(">")[0]
