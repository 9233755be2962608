"""Labels and share pictures as files: read back the way a telephone, a printer and a social network read them."""

import dataclasses
import io
import re

import pypdf
import pytest
import zxingcpp
from PIL import Image

from disperin.papers.labels import StarLabel, label, sheet
from disperin.papers.qr import qr_svg
from disperin.papers.share import ShareCard, share_picture
from disperin.papers.typesetting import typeset

ADDRESS = "https://portal.example/v/" + "aB3-_x" * 30 + "/"
LABEL = StarLabel(
    title="Label OVP-6307-000001",
    stars=2,
    most=3,
    grade="Bintang 2 dari 3",
    scheme="Permenperin 14/2021 (bintang 1–3)",
    product="Kain sasirangan",
    maker="Sasirangan Barabai",
    place="Kabupaten Hulu Sungai Tengah",
    number="OVP-6307-000001",
    scan="Pindai untuk memeriksa",
    hint="Alamat yang benar diawali",
    begins="https://portal.example/v/",
    emblem='<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><path d="M20 1L39 20 20 39 1 20z"/></svg>',
    address=ADDRESS,
)
CARD = ShareCard(
    heading="OVOP",
    grade="Bintang 2 dari 3 (skema 2021)",
    title="Kain sasirangan",
    maker="Sasirangan Barabai",
    place="Kabupaten Hulu Sungai Tengah",
    source="Portal industri",
    stars=2,
    most=3,
)


def codes_in(png):
    """The texts of every QR code in a picture."""
    with Image.open(io.BytesIO(png)) as picture:
        return [one.text for one in zxingcpp.read_barcodes(picture.convert("L"))]


def test_a_label_printed_to_png_is_read_again_by_a_qr_reader():
    assert codes_in(label(LABEL, "png")) == [ADDRESS]


def test_a_label_is_still_read_when_a_corner_of_its_code_is_dirty():
    with Image.open(io.BytesIO(label(LABEL, "png"))) as picture:
        dirty = picture.convert("L")
    dirty.paste(255, (650, 330, 690, 370))
    written = io.BytesIO()
    dirty.save(written, "PNG")

    assert codes_in(written.getvalue()) == [ADDRESS]


def test_all_ten_labels_of_a_sheet_carry_the_code_and_lie_where_office_printers_print():
    data = {**dataclasses.asdict(LABEL), "qr": qr_svg(ADDRESS), "copies": 10}

    png = typeset("label", data, form="png", pixels_per_inch=130)

    assert codes_in(png) == [ADDRESS] * 10
    with Image.open(io.BytesIO(png)) as picture:
        gray, cut = picture.convert("L"), round(5 / 25.4 * 130)
    wide, high = gray.size
    for edge in ((0, 0, wide, cut), (0, high - cut, wide, high), (0, 0, cut, high), (wide - cut, 0, wide, high)):
        assert gray.crop(edge).getextrema() == (255, 255), edge


def test_a_label_is_a7_and_a_sheet_is_a4():
    def size_of(pdf):
        found = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf)
        return [round(float(one) / 72 * 25.4) for one in found.groups()]

    assert size_of(label(LABEL, "pdf")) == [105, 74]
    assert size_of(sheet(LABEL)) == [210, 297]


@pytest.mark.parametrize("file", [label(LABEL, "pdf"), sheet(LABEL)], ids=["a7", "a4"])
def test_a_pdf_carries_its_fonts_and_its_title(file):
    assert file.startswith(b"%PDF-")
    assert b"/FontFile" in file
    assert b"pdfaid" in file


def test_an_svg_needs_no_font_of_the_reader():
    drawn = label(LABEL, "svg").decode()

    assert drawn.startswith("<svg")
    assert "<text" not in drawn
    assert "font-family" not in drawn


@pytest.mark.parametrize("text", ["#panic()", '"]; #read("/etc/passwd")', "$x^2$ *tebal* <a>", "–—’ “é”", "A" * 150])
def test_what_people_wrote_is_printed_and_never_evaluated(text):
    written = dataclasses.replace(LABEL, product=text, maker=text, place=text, mark=text[:20])

    assert codes_in(label(written, "png")) == [ADDRESS]


@pytest.mark.parametrize(("stars", "most"), [(1, 1), (5, 5), (4, 5), (10, 10)])
def test_every_number_of_stars_fits_beside_the_code(stars, most):
    assert codes_in(label(dataclasses.replace(LABEL, stars=stars, most=most), "png")) == [ADDRESS]


def test_another_format_is_refused_by_name():
    with pytest.raises(ValueError, match="docx is no format"):
        typeset("label", {}, form="docx")


@pytest.mark.parametrize("photo_size", [None, (40, 900), (3000, 20), (1, 1)])
def test_a_share_picture_has_the_size_that_networks_ask_for(photo_size):
    photo = None
    if photo_size:
        written = io.BytesIO()
        Image.new("RGB", photo_size, "#aa3311").save(written, "WEBP")
        photo = written.getvalue()

    with Image.open(io.BytesIO(share_picture(CARD, photo))) as picture:
        shown = picture.copy()

    assert (shown.format or "JPEG", shown.size) == ("JPEG", (1200, 630))
    red, green, _blue = shown.getpixel((1000, 300))
    assert (red > green) == (photo is not None)


def test_a_share_picture_is_small_enough_to_be_sent_often():
    assert len(share_picture(CARD)) < 120_000


def text_of(pdf):
    """What a reader of the first page reads."""
    return pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def test_signs_that_the_fonts_lack_are_replaced_and_the_rest_is_printed():
    odd = ("\U0001f3ed", "中国", "\u0007", "\ufeff", "1\ufe0f\u20e3", "ไทย", "\ue000", "\uffff", "ꦱ", "１", "\u202e")
    for signs in odd:
        assert "Laung" in text_of(label(dataclasses.replace(LABEL, product=f"Laung {signs}", maker=signs), "pdf"))

    written = dataclasses.replace(LABEL, product="Laung 🍌中 – é ∑", maker="".join(odd), title="".join(odd))
    assert "Laung \ufffd\ufffd – é ∑" in " ".join(text_of(label(written, "pdf")).split())
    assert all((sheet(written), label(written, "svg"), label(written, "png")))
    assert share_picture(dataclasses.replace(CARD, title="".join(odd), maker="".join(odd)))


def test_a_long_text_of_a_foreign_script_is_replaced_too():
    foreign = "".join(chr(0x4E00 + at) for at in range(500))

    assert label(dataclasses.replace(LABEL, product=foreign), "pdf").startswith(b"%PDF-")
