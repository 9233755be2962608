"""Small files as offices, phones and map programs make them, each with its right answer."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from disperin.attachments.photos import read_photo
from disperin.attachments.rules import check_document
from disperin.maps.shape_files import read_shapes
from disperin.workbooks import actions
from disperin.workbooks.files import Refused, open_book
from tests.factories import DistrictFactory, KbliClassFactory, RegencyFactory, UserFactory, VillageFactory

FILES = Path(__file__).parent / "office_files"
READ = ("xlsx-SharedStrings-upper.xlsx", "xlsx-SharedStrings-case-differs.xlsx", "xlsx-workbook-at-root.xlsx")
READ += ("xlsx-backslash.xlsx", "xls-stream-WORKBOOK.xls", "one-column-quoted-rows.csv")
READ += ("xlsx-sheet-case-differs.xlsx",)  # names of parts have no capitals
REFUSED = {"stray-quote-swallows-rows.csv": "broken"}
OUTLINES = ("kmz.kmz", "kml-linearring-only.kml", "kml-closed-linestring.kml", "gj-linestring-closed.geojson")
OUTLINES += ("kml-space-after-comma.kml", "kml-unclosed.kml", "kml-xsi-unbound.kml", "gj-geometrycollection.geojson")
OUTLINES += ("kml-utf16.kml",)
NO_OUTLINES = {"shapefile.zip": "other_kind", "kml-comma-decimal.kml": "decimal_comma"}


def code_of(call):
    try:
        call()
    except (ValidationError, Refused) as refused:
        return refused.code
    return ""


def rows_of(path):
    with open_book(path) as book:
        return [row.cells for row in book.rows()]


def test_tables_are_read_or_refused_by_name():
    for name in READ:
        rows = [row for row in rows_of(FILES / name) if any(row)]
        assert len(rows) > 1, name
        assert len(rows[0]) > 1, name
    assert {name: code_of(lambda name=name: rows_of(FILES / name)) for name in REFUSED} == REFUSED


def test_outlines_are_read_or_refused_by_name():
    for name in OUTLINES:
        (found,) = read_shapes(BytesIO((FILES / name).read_bytes()))
        assert found.shape["type"] == "Polygon", name
    codes = {name: code_of(lambda name=name: read_shapes(BytesIO((FILES / name).read_bytes()))) for name in NO_OUTLINES}
    assert codes == NO_OUTLINES


def test_a_grey_picture_keeps_its_grey_and_a_paper_with_a_password_is_refused():
    photo = read_photo(BytesIO((FILES / "i16.png").read_bytes()))
    with Image.open(BytesIO(photo.files[max(photo.files)])) as image:
        assert image.convert("L").getpixel((5, 5)) == pytest.approx(40_000 * 255 / 65_535, abs=2)
    assert code_of(lambda: check_document((FILES / "password.pdf").read_bytes())) == "password"


@pytest.fixture
def banjarbaru(db):
    for code, name, village in (
        ("63.72", "Landasan Ulin", "Landasan Ulin Timur"),
        ("63.07", "Labuan Amas Utara", "Parumahan"),
    ):
        district = DistrictFactory(regency=RegencyFactory(code=code), name=name)
        VillageFactory(district=district, name=village)
    KbliClassFactory(code="10794")
    return UserFactory(username="petugas.6372", regency=RegencyFactory(code="63.72"))


def noted(book):
    return [[one["code"] for one in row.warnings] for row in book.rows.all()]


def test_what_offices_write_is_read_with_a_note(banjarbaru, send, done):
    phones = ["+6281234567890", "+6281234567891", "+6281234567892", "", "+62215551234"]
    notes = [["zero_lost"], ["several_numbers"], ["remark_left_out"], ["nothing"], []]
    for name, told, values in (
        ("phone-number-cell", notes, {"phone": phones}),
        ("rupiah-office-forms", [["written"]] * 3 + [[]] * 2, {"investment": [1_250_000] * 5}),
        ("dates-with-time", [[]] * 5, {"as_of": ["2025-12-31"] * 5}),
        ("dash-for-none", [["nothing"] * 10], {"owner_name": [""], "address": [""], "investment": [None]}),
        ("coordinates-7-decimals", [[]] * 2, {"latitude": [-3.470169, -3.47017], "longitude": [114.741461, 114.74146]}),
        ("heading-no-hp", [[]], {"phone": ["+6281234560022"], "workers_male": [2]}),
    ):
        book = send(banjarbaru, FILES / f"{name}.xlsx", regency="63.72")
        assert (book.state, noted(book)) == ("checked", told), name
        batch = done(actions.submit, book, by=banjarbaru, acknowledged=True).batch
        sent = [one.values for one in batch.submissions.order_by("batch_row")]
        assert {one: [row[one] for row in sent] for one in values} == values, name


def test_what_is_unclear_is_asked_and_what_is_no_data_is_named(banjarbaru, send, officer):
    columns = {}
    for name in ("units-rp000.xlsx", "memory-1-double-telepon.xlsx", "office-list-contact-column.csv"):
        book = send(banjarbaru, FILES / name, regency="63.72")
        assert book.state == "mapping", name
        columns[name] = book.mapping[0]
    assert columns["units-rp000.xlsx"]["times"] == {"7": 1_000, "8": 1_000_000}
    office_list = columns["office-list-contact-column.csv"]["columns"]
    assert (office_list["8"], office_list["4"]) == ("phone", "")
    once = send(banjarbaru, FILES / "memory-2-single-telepon.xlsx", regency="63.72")
    assert (once.state, once.mapping[0]["columns"]["7"]) == ("checked", "phone")

    signed = send(officer, FILES / "signature-block.xlsx")
    assert {name: number for name, number in signed.counts.items() if number} == {"read": 2, "new": 2}
    certificate = send(banjarbaru, FILES / "halal-number-with-blanks.xlsx", regency="63.72", register="halal")
    assert "certificate_number" not in {one.get("path") for row in certificate.rows.all() for one in row.errors}
