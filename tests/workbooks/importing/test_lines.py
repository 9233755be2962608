"""Lines of a further sheet, such as products, and the row keys that tie them to their record."""

import pytest
from django.core.exceptions import ValidationError

from disperin.workbooks import actions
from industries.models import Establishment
from tests.factories import an_establishment
from tests.workbooks.rows import HEADINGS, a_row, codes_of, counts, verified


def test_lines_of_a_second_sheet_belong_to_the_record_whose_row_key_they_have(send, officer, verifier, done):
    data = ("Usaha", [["Kunci baris", *HEADINGS], ["a", *a_row("Ayu")], ["b", *a_row("Budi")]])
    products = ("Barang", [["Kunci baris", "Nama produk", "Satuan"], ["B", "Kain", "lembar"], ["b", "Tas", "buah"]])

    workbook = send(officer, (data, products))
    verified(done(actions.submit, workbook, by=officer).batch, verifier)

    assert workbook.counts == counts(read=2, new=2)
    assert [one.name for one in Establishment.objects.get(name="Budi").products.all()] == ["Kain", "Tas"]
    assert not Establishment.objects.get(name="Ayu").products.exists()
    assert send(officer, (data, products)).counts == counts(read=2, unchanged=2)


def test_an_empty_cell_of_a_new_row_means_what_is_usual(send, officer, done):
    data = ("Usaha", [["Kunci baris", *HEADINGS, "Kegiatan"], ["a", *a_row("Ayu"), None]])
    lines = [["a", "Kain", None], ["a", "Tas", "-"], ["a", "Topi", "tidak"]]

    workbook = send(officer, (data, ("Barang", [["Kunci baris", "Nama produk", "Masih dibuat"], *lines])))

    values = done(actions.submit, workbook, by=officer, acknowledged=True).batch.submissions.get().values
    assert [one["active"] for one in values["products"]] == [True, False, False]
    assert values["activity"] == "aktif"


def test_an_empty_yes_or_no_leaves_a_record_as_it_is(send, officer):
    record = an_establishment(name="Ayu", products=[{"name": "Kain", "unit": "lembar"}])
    data = ("Usaha", [["Kunci baris", "Nomor register"], ["a", record.number]])
    lines = ("Produk", [["Kunci baris", "Nama produk", "Satuan", "Masih dibuat"], ["a", "Kain", None, None]])

    changes = send(officer, (data, lines)).rows.get(part="").changes

    assert [one["path"].split(".")[-1] for one in changes] == ["unit"]


def test_what_is_wrong_with_a_line_stands_at_the_line(send, officer):
    data = ("Usaha", [["Kunci baris", *HEADINGS], ["a", *a_row("Ayu")]])
    products = ("Barang", [["Kunci baris", "Nama produk", "Kode HS"], ["a", "", "12"], ["a", "Tas", "61091000"]])

    workbook = send(officer, (data, products))

    told = {
        (one["sheet"], one["row"], one["column"], one["path"].split(".")[0])
        for one in workbook.rows.get(outcome="bad").errors
    }
    assert told == {("Barang", 2, "B", "products"), ("Barang", 2, "C", "products")}


def test_a_line_of_no_record_is_a_row_that_was_read_and_is_bad(send, officer):
    data = ("Usaha", [["Kunci baris", *HEADINGS], ["a", *a_row("Ayu")]])
    products = ("Barang", [["Kunci baris", "Nama produk", "Satuan"], ["x", "Kain", "lembar"]])

    workbook = send(officer, (data, products))

    assert (workbook.counts, codes_of(workbook)) == (counts(read=2, new=1, bad=1), {2: ["no_record"]})


def test_a_row_key_that_two_records_have_ties_nothing(send, officer):
    data = ("Usaha", [["Kunci baris", *HEADINGS], ["a", *a_row("Ayu")], ["A", *a_row("Budi")]])

    workbook = send(officer, (data, ("Barang", [["Kunci baris", "Nama produk"], ["a", "Kain"]])))

    assert codes_of(workbook) == {2: ["row_key_twice"], 3: ["row_key_twice"]}


def test_without_a_row_key_the_lines_of_a_record_stay_as_they_are(send, officer):
    record = an_establishment(name="Ayu", products=[{"name": "Kain"}])
    data = (
        "Usaha",
        [
            ["Kunci baris", "Nomor register", *HEADINGS],
            [None, record.number, *a_row("Ayu")],
            ["b", None, *a_row("Budi")],
        ],
    )

    workbook = send(officer, (data, ("Produk", [["Kunci baris", "Nama produk"], ["b", "Kain"]])))

    assert workbook.counts == counts(read=2, new=1, unchanged=1)


def test_lines_that_are_not_in_the_file_are_closed_with_a_warning(send, officer, done):
    record = an_establishment(name="Ayu", products=[{"name": "Kain"}, {"name": "Tas"}])
    data = ("Usaha", [["Kunci baris", "Nomor register", "Nama usaha"], ["a", record.number, "Ayu"]])

    workbook = send(officer, (data, ("Produk", [["Kunci baris", "Nama produk"], ["a", "Kain"]])))

    assert [one["code"] for one in workbook.rows.get(part="").warnings] == ["lines_closed"]
    with pytest.raises(ValidationError) as refused:
        actions.submit(workbook, by=officer)
    assert refused.value.error_dict["acknowledge_warnings"][0].code == "warning"
    assert done(actions.submit, workbook, by=officer, acknowledged=True).state == "submitted"
