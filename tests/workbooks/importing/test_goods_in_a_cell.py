"""Lists of offices name the goods of a maker in its own row, “keripik, abon”: they can be taken as its products."""

import pytest

from disperin.workbooks import actions
from disperin.workbooks.actions.mending import Mending
from tests.factories import an_establishment
from tests.workbooks.rows import HEADINGS, a_row, codes_of, counts

pytestmark = pytest.mark.thorough

GOODS = [*HEADINGS, "Produk"]
AS_GOODS = "products.name"


def a_maker(name, goods, **options):
    return [*a_row(name, **options), goods]


@pytest.fixture
def taken(send, officer, done):
    """`taken(*rows)`: the file once somebody has confirmed that its last column holds products."""

    def take(*rows):
        workbook = send(officer, [GOODS, *rows])
        assert workbook.state == "mapping"
        return done(actions.confirm, workbook, workbook.mapping, by=officer)

    return take


def products_of(workbook, officer, done):
    """`{maker: names of the products that its row proposes}`."""
    workbook = done(actions.submit, workbook, by=officer, acknowledged=True)
    submissions = workbook.batch.submissions.order_by("id")
    return {one.values["name"]: [row["name"] for row in one.values["products"]] for one in submissions}


def test_goods_in_a_cell_are_asked_about_once_and_then_taken_as_products(taken, send, officer, done, signed_in):
    workbook = send(officer, [GOODS, a_maker("Dapur Aminah", "keripik, abon")])
    assert (workbook.state, workbook.mapping[0]["columns"]["7"], workbook.sheets[0]["unsure"]) == (
        "mapping", AS_GOODS, [7],
    )  # fmt: skip
    assert "Produk, beberapa dalam satu sel" in signed_in(officer).get(workbook.get_absolute_url()).text

    workbook = done(actions.confirm, workbook, workbook.mapping, by=officer)
    again = send(officer, [GOODS, a_maker("Mebel Budi", "Kursi")], name="lagi.xlsx")

    assert workbook.counts == counts(read=1, new=1)
    (note,) = workbook.rows.get().warnings
    assert (note["heading"], note["message"]) == ("Produk", "“keripik, abon” dibaca sebagai: keripik; abon.")
    assert products_of(workbook, officer, done) == {"Dapur Aminah": ["keripik", "abon"]}
    assert (again.state, again.rows.get().warnings) == ("checked", [])
    assert products_of(again, officer, done) == {"Mebel Budi": ["Kursi"]}


def test_goods_are_read_as_people_list_them(taken, officer, done):
    cells = {
        "Ayu": "Keripik; abon, pedas",
        "Batu": "1. Keripik\n2. Abon sapi\n- Dodol",
        "Cita": "Air mineral 1,5 liter, es batu",
        "Daun": "Keripik, keripik , KERIPIK",
        "Emas": "-",
        "Fajar": None,
        "Garam": 7,
    }
    names = {key: f"Usaha {key * 3}" for key in cells}

    workbook = taken(*(a_maker(names[key], goods) for key, goods in cells.items()))

    assert products_of(workbook, officer, done) == {
        names["Ayu"]: ["Keripik", "abon, pedas"],
        names["Batu"]: ["Keripik", "Abon sapi", "Dodol"],
        names["Cita"]: ["Air mineral 1,5 liter", "es batu"],
        names["Daun"]: ["Keripik"],
        names["Emas"]: [],
        names["Fajar"]: [],
        names["Garam"]: ["7"],
    }


def test_a_record_that_is_there_loses_no_product_and_gets_those_that_it_lacks(taken, officer, done):
    maker = an_establishment(
        name="Dapur Aminah", nib="1203000000001", products=[{"name": "Keripik", "brand": "Mina"}, {"name": "Dodol"}]
    )
    row = a_maker(maker.name, "keripik, abon", nib=maker.nib)

    workbook = taken(row)

    changes = workbook.rows.get().changes
    assert [(one["old"], one["new"].split(",")[0]) for one in changes if one["path"].startswith("products")] == [
        ("", "abon")
    ]
    assert "lines_closed" not in [one["code"] for one in workbook.rows.get().warnings]
    products = done(actions.submit, workbook, by=officer, acknowledged=True).batch.submissions.get().values["products"]
    assert [(one["name"], one["brand"]) for one in products] == [("Keripik", "Mina"), ("Dodol", ""), ("abon", "")]


def test_what_is_wrong_with_goods_is_told_at_their_cell_and_mended_there(taken, officer, done):
    workbook = taken(a_maker("Dapur Aminah", "x" * 300), a_maker("Mebel Budi", "#REF!"))
    assert [[(one["column"], one["value"][:3]) for one in row.errors] for row in workbook.rows.order_by("number")] == [
        [("H", "xxx")], [("H", "#RE")],
    ]  # fmt: skip
    places = {(row.position, 7): "Keripik, abon" for row in workbook.rows.all()}

    workbook = done(actions.mend, workbook, Mending(cells=places), by=officer)

    assert codes_of(workbook) == {}
    assert products_of(workbook, officer, done)["Mebel Budi"] == ["Keripik", "abon"]


def test_a_nik_among_goods_is_kept_nowhere(taken, officer):
    workbook = taken(a_maker("Dapur Aminah", "6307015708900001"), a_maker("Mebel Budi", "abon, 6307015708900001"))

    told = str([*workbook.rows.values()])
    assert {code for codes in codes_of(workbook).values() for code in codes} == {"personal_number"}
    assert "6307015708900001" not in told


def test_goods_may_also_be_left_out_by_name(send, officer, done, signed_in):
    workbook = send(officer, [GOODS, a_maker("Dapur Aminah", "keripik, abon")])
    mapping = [workbook.mapping[0] | {"columns": workbook.mapping[0]["columns"] | {"7": "#none"}}]

    workbook = done(actions.confirm, workbook, mapping, by=officer)

    assert "Tidak dibaca dari “Data”: Produk." in signed_in(officer).get(workbook.get_absolute_url()).text
    assert products_of(workbook, officer, done) == {"Dapur Aminah": []}


def test_a_sheet_of_products_beside_goods_in_cells_names_each_once(send, officer, done):
    rows = [["Kunci baris", *GOODS], ["a", *a_maker("Dapur Aminah", "keripik, abon")]]
    lines = [["Kunci baris", "Nama produk", "Merek"], ["a", "Keripik", "Mina"]]

    workbook = send(officer, (("Data", rows), ("Produk", lines)))
    assert [sheet["part"] for sheet in workbook.mapping] == ["", "products"]
    workbook = done(actions.confirm, workbook, workbook.mapping, by=officer)

    assert products_of(workbook, officer, done) == {"Dapur Aminah": ["Keripik", "abon"]}
