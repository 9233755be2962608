"""The profile of a zone, opened page by page: two pages, tagged, fonts inside, pictures with words, nothing hidden."""

import io

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from pypdf import PdfReader

from disperin.registers.record import directory
from disperin.submissions import actions
from tests.factories import KbliClassFactory, a_milestone, a_zone, an_administrator, an_issue
from tests.maps.test_shapes import square
from zones.models import Plot

pytestmark = pytest.mark.thorough

LONG = "Kata-kata panjang tentang kawasan "
SOURCES = [f'<li id="sumber-{at}"> {told}' for at, told in enumerate(
    ("Koran A", "Koran B", "Pengelola", "Survei", "Dishub", "PLN", "Koran D"), 1
)]  # fmt: skip
KINDS = ("jalan", "pelabuhan", "bandara", "listrik", "air", "gas", "limbah", "telekomunikasi")
ROLES = {"/Document", "/H1", "/H2", "/L", "/LI", "/Figure", "/Link"}


@pytest.fixture(autouse=True)
def _kbli(db):
    KbliClassFactory()


def opened(path):
    """The answer, and its PDF."""
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return answer, PdfReader(io.BytesIO(answer.content))


def tags_of(element, found=None):
    """Every element of the tree that screen readers walk: `[(role, alternative text)]`."""
    found = [] if found is None else found
    element = element.get_object()
    if isinstance(element, list):
        for one in element:
            tags_of(one, found)
    elif isinstance(element, dict):
        if "/S" in element:
            found.append((element["/S"], element.get("/Alt", "")))
        if "/K" in element and not isinstance(element["/K"], int):
            tags_of(element["/K"], found)
    return found


def fonts_of(page):
    """The descriptors of all fonts of a page."""
    for font in page["/Resources"]["/Font"].values():
        for one in font.get_object().get("/DescendantFonts", [font]):
            yield one.get_object()["/FontDescriptor"].get_object()


def assert_sound(pdf, language, figures):
    """What every profile must be."""
    root = pdf.trailer["/Root"]
    tags = tags_of(root["/StructTreeRoot"]["/K"])
    alternatives = [words for role, words in tags if role == "/Figure"]
    assert len(pdf.pages) == 2
    assert [page.mediabox.width.__round__() for page in pdf.pages] == [595, 595]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == (language, True)
    assert {role for role, _words in tags} >= ROLES
    assert len(alternatives) == figures
    assert all(alternatives)
    for page in pdf.pages:
        fonts = list(fonts_of(page))
        assert fonts
        assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(font) for font in fonts)
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_object().get_data()
    assert pdf.metadata["/Title"]


@pytest.fixture
def jorong():
    """A zone of which much is known."""
    zone = a_zone(
        name="Kawasan Jorong",
        summary_id="Di tepi laut.",
        summary_en="By the sea.",
        outline=square(),
        outline_source="Survei",
        outline_as_of="2026-11-01",
        areas=[
            {"basis": "masterplan", "hectares": 6370, "source": "Koran A", "source_date": "2026-01-15"},
            {"basis": "pkkpr", "hectares": 958, "source": "Koran B", "source_date": "2024-01-15"},
        ],
        utilities=[
            {"kind": "listrik", "capacity": 30, "free_capacity": 12.5, "unit": "mw", "source": "PLN"},
            {"kind": "pelabuhan", "name": "Pelaihari", "distance_km": 40, "source": "Dishub", "as_of": "2026-10-01"},
        ],
        plots=[
            {"code": "A-1", "hectares": 4.9231, "state": "tersedia", "outline": square(size=0.002)},
            {"code": "A-2", "hectares": 4.92, "state": "terjual", "outline": square(west=115.382, size=0.002)},
        ],
        plots_as_of="2026-11-02",
        plots_source="Pengelola",
        tenants=[{"name": "PT Satu", "kbli": "2020-13134"}],
        documents=[{"kind": "iuki", "number": "IUKI/7", "issued_on": "2024-04-03", "source": "Koran D"}],
        focus_industries=["Oleokimia"],
        contact_office="Kantor Kawasan",
        contact_phone="+6281234567890",
    )
    a_milestone(zone=zone, weight=100, responsible="Bapak Rahasia", contract_value=7_777_000_000)
    an_issue(zone=zone, description="Sengketa rahasia")
    return zone


def test_an_investor_reads_what_is_known_with_its_source_and_day_page_by_page(jorong):
    with time_machine.travel("2026-11-22 04:00", tick=False):
        _answer, indonesian = opened("/kawasan/kawasan-jorong/profil.pdf")
        _answer, english = opened("/en/kawasan/kawasan-jorong/profil.pdf")

    assert_sound(indonesian, "id", figures=4)  # province, plots, distances, code
    assert_sound(english, "en", figures=4)
    first, second = (" ".join(page.extract_text().split()) for page in indonesian.pages)
    for said in (
        "Kawasan Jorong", "Di tepi laut.", "6.370 ha", "15 Januari 2026. [1]", "958 ha", "15 Januari 2024",
        "Lebih tua dari 12 bulan. [2]", "4,92 ha", "2 November 2026. [3]", "12,5 MW", "40 km", "Halaman 1 dari 2",
    ):  # fmt: skip
        assert said in first, said
    for said in (
        "tersedia 12,5 MW", "PLN", "Pelaihari", "40 km", "Dishub", "1 Oktober 2026", "IUKI/7", "3 April 2024",
        "PT Satu", "Oleokimia", "Kantor Kawasan", "+62 812 3456 7890", "Halaman 2 dari 2",
        "Belum ada: jalan, bandara, air, gas", "30 Juni 2027", "[1] Koran A · Per 15 Januari 2026.", "[2] Koran B",
        "[3] Pengelola", "[7] Koran D", f"{settings.PUBLIC_ORIGIN}/tanya/?register=zones&record={jorong.number}",
    ):  # fmt: skip
        assert said in second, said
    whole = " ".join(page.extract_text() for page in english.pages)
    assert "By the sea." in whole
    assert "6,370 ha" in whole
    assert f"{settings.PUBLIC_ORIGIN}/en/tanya/" in whole
    page = " ".join(Client().get("/kawasan/kawasan-jorong/").content.decode().split())
    assert "<span>+62 812 3456 7890</span>" in page
    assert [page.index(one) for one in SOURCES] == sorted(page.index(one) for one in SOURCES)  # numbered alike
    assert not {word for word in ("rahasia", "Rahasia", "7,78", "7.78") if word in first + second + whole}


def test_a_zone_of_which_nothing_is_known_says_so_on_two_pages():
    a_zone(name="Kawasan #panic() *Baru*")

    _answer, pdf = opened("/kawasan/kawasan-panic-baru/profil.pdf")

    assert_sound(pdf, "id", figures=2)  # province, code
    first, second = (page.extract_text() for page in pdf.pages)
    assert "#panic() *Baru*" in first
    assert first.count("Belum ada") == 0
    assert second.count("Belum ada:") == 1


def test_a_long_zone_is_still_two_pages_and_counts_what_is_left_out():
    source = (LONG * 9)[:300]
    zone = a_zone(
        name=(LONG * 5)[:150].strip(),
        also_known_as=[(LONG * 4)[:120]] * 5,
        summary_id=(LONG * 70)[:2000],
        focus_industries=[f"{LONG * 3}{at}"[:120] for at in range(20)],
        manager=(LONG * 6)[:200], manager_source=source,
        stage_note=source, stage_source=source, project_basis=source, project_stage="penyiapan",
        outline=square(), outline_source=source, plots_source=source, tenants_source=source,
        areas=[{"basis": "masterplan", "hectares": 1 + at, "note": source, "source": source} for at in range(12)],
        utilities=[
            {"kind": kind, "name": (LONG * 4)[:120], "status": "tersedia", "capacity": 1, "free_capacity": 1,
             "unit": "mw", "distance_km": 9, "note": source, "source": source}
            for kind in KINDS for _at in range(4)
        ],
        tenants=[
            {"name": f"PT {LONG * 3}{at}", "other_code": f"{10000 + at}", "other_title": (LONG * 4)[:150].strip()}
            for at in range(30)
        ],
        documents=[
            {"kind": "kkpr", "title": (LONG * 6)[:200], "number": (LONG * 4)[:120], "issued_on": "2024-01-01",
             "valid_until": "2034-01-01", "source": source}
            for _at in range(15)
        ],
        contact_office=(LONG * 5)[:150], contact_website=f"https://contoh.example/{'a' * 170}",
    )  # fmt: skip
    Plot.objects.bulk_create(
        Plot(
            zone=zone, code=f"P-{at}", hectares=1, state=("tersedia", "dipesan", "disewa", "terjual")[at % 4],
            position=at,
            outline=square(west=round(115.38 + at % 50 * 2e-4, 6), south=round(-2.58 + at // 50 * 2e-4, 6), size=2e-4),
        )
        for at in range(2_000)
    )  # fmt: skip

    answer, pdf = opened(f"/kawasan/{zone.slug}/profil.pdf")

    assert_sound(pdf, "id", figures=4)
    first, second = (" ".join(page.extract_text().split()) for page in pdf.pages)
    assert "dan 6 lagi" in first
    assert second.count("lagi: http") == 4  # access, utilities, permits, tenants
    assert first.endswith("Halaman 1 dari 2")
    assert second.endswith("Halaman 2 dari 2")
    assert f"record={zone.number}" in second
    assert len(answer.content) < 1_000_000


def test_the_profile_is_kept_until_the_zone_changes(jorong):
    path = "/kawasan/kawasan-jorong/profil.pdf"
    first, _pdf = opened(path)

    again = Client().get(path, headers={"if-none-match": first["ETag"]})
    actions.publish(directory.get("zones"), {"name": "Jorong Baru"}, by=an_administrator(), record=jorong)
    changed, pdf = opened(path)

    assert again.status_code == 304
    assert changed["ETag"] != first["ETag"]
    assert "Jorong Baru" in pdf.pages[0].extract_text()
    assert 'filename="kawasan-jorong-id.pdf"' in first["Content-Disposition"]
    assert Client().get(f"/kawasan/{jorong.number}/profil.pdf").status_code == 301
    assert Client().get("/kawasan/tidak-ada/profil.pdf").status_code == 404


def test_a_summary_with_signs_that_no_font_has_is_printed_without_them():
    zone = a_zone(name="Kawasan 🏭 Mantuil", summary_id="Dekat 中国 dan 🍌 pelabuhan")

    for path in (f"/kawasan/{zone.slug}/profil.pdf", f"/en/kawasan/{zone.slug}/profil.pdf"):
        _answer, pdf = opened(path)
        assert "Kawasan \ufffd Mantuil" in pdf.pages[0].extract_text()


def test_words_in_another_language_say_so_to_whoever_hears_the_paper():
    text = {"stage_note": "Menunggu izin.", "project_basis": "Perpres 3/2016."}
    twins = {"stage_note_en": "Waiting for the licence.", "project_basis_en": "By Perpres 3/2016."}
    zone = a_zone(name="Kawasan Kata", **text)
    _answer, marked = opened(f"/en/kawasan/{zone.slug}/profil.pdf")

    actions.publish(directory.get("zones"), twins, by=an_administrator(), record=zone)
    _answer, told = opened(f"/en/kawasan/{zone.slug}/profil.pdf")

    assert marked.trailer["/Root"]["/Lang"] == "en"
    assert [b"/Lang(id)" in page.get_contents().get_data() for page in (marked.pages[0], told.pages[0])] == [
        True,
        False,
    ]
    said = told.pages[0].extract_text()
    assert ("Waiting for the licence." in said, "Menunggu izin." in said) == (True, False)
    assert ("Not confirmed" in said, "By Perpres 3/2016." in said) == (True, True)
