"""Workbooks that the office brings for its printed tables, and who heads and signs the papers."""

import datetime
import io
import re
import zipfile

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from disperin.accounts.models import Role
from disperin.history.models import Entry
from disperin.planning.models import TablePaper, TableTemplate
from disperin.planning.models.printed import Printed
from disperin.planning.models.templates import names_of
from disperin.planning.papers import as_paper
from disperin.workbooks.files.filling import Template
from disperin.workbooks.files.refusals import Refused
from tests.factories import UserFactory, an_indicator
from tests.planning.plans import RENSTRA, page, reading, realised

pytestmark = pytest.mark.django_db
ADD = "/admin/planning/tabletemplate/add/"
PLAIN = {"A1": "{judul}", "A2": "Per {tahun}: {hari}", "A4": "No", "A5": "{baris.no}", "B5": "{baris.indikator}",
         "C5": "{baris.realisasi}", "A7": "Mengetahui"}  # fmt: skip


def a_workbook(cells=PLAIN, change=lambda book, sheet: None):
    """An .xlsx with these cells, bold in the row of names; `change` does more to it."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet, bold = book.add_worksheet("Lembar 1"), book.add_format({"bold": True})
    for place, text in cells.items():
        sheet.write(place, text, bold if "baris" in str(text) else None)
    change(book, sheet)
    book.close()
    return made.getvalue()


def rows_of(content):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def bring(client, content, **told):
    sent = SimpleUploadedFile("pk.xlsx", content)
    return client.post(ADD, {"key": "pk_2026", "kind": "pk", "source": "Edaran", "file": sent, **told})


def test_a_workbook_of_the_office_is_filled_and_the_shipped_table_stays_to_be_had():
    for name, value in (("Sasirangan", 4), ("Kerupuk", 7)):
        an_indicator(name=name, targets=[RENSTRA], realisations=[realised("tw1", value)], level="sasaran")
    admin, head = UserFactory(role=Role.ADMINISTRATOR), UserFactory(role=Role.HEAD)
    client, path = reading(admin), "/perencanaan/cetak/pk.xlsx?tahun=2026"

    assert bring(client, a_workbook()).status_code == 302
    told = rows_of(reading(head).get(path).content)

    assert told[0][0] == "Perjanjian Kinerja 2026: Sasaran"
    assert told[1][0].startswith("Per 2026: ")
    assert re.search(r"[0-9]{4}", told[1][0].removeprefix("Per 2026: "))
    assert [row[:3] for row in told[4:6]] == [[1, "Kerupuk", 7], [2, "Sasirangan", 4]]
    assert told[7][0] == "Mengetahui"
    assert rows_of(reading(head).get(f"{path}&bentuk=bawaan").content)[0][:2] == ["No", "Sasaran"]
    assert "pk.xlsx" in page(head, "/perencanaan/cetak/")
    assert reading(head).get("/perencanaan/cetak/pk/templat.xlsx").content == a_workbook_as_stored()
    assert Entry.objects.filter(verb="keep_template").count() == 1


def a_workbook_as_stored():
    return bytes(TableTemplate.objects.get().content)


def test_the_workbook_to_begin_with_of_every_table_can_be_brought_back():
    an_indicator(targets=[RENSTRA])
    admin = UserFactory(role=Role.ADMINISTRATOR)
    client = reading(admin)
    for kind in ("tc23", "tc27", "evaluasi", "pk", "pk_program", "lkjip", "lkjip_anggaran"):
        blank = client.get(f"/perencanaan/cetak/{kind}/templat.xlsx").content
        assert bring(client, blank, key=kind, kind=kind).status_code == 302, kind
        told = rows_of(client.get(f"/perencanaan/cetak/{kind}.xlsx?tahun=2026").content)
        shipped = rows_of(client.get(f"/perencanaan/cetak/{kind}.xlsx?tahun=2026&bentuk=bawaan").content)
        assert told[0] == shipped[0], kind
        if len(shipped) > 3 and shipped[1][0] == 1:
            assert told[1] == shipped[1], kind
    assert client.get("/perencanaan/cetak/tidak/templat.xlsx").status_code == 404


def test_what_would_come_out_wrong_is_refused_with_sheet_cell_and_remedy():
    client = reading(UserFactory(role=Role.ADMINISTRATOR))
    wrong = {
        "Lembar 1, B5": {**PLAIN, "B5": "{baris.tidak_ada}"},
        "Lembar 1, A1": {**PLAIN, "A1": "{besok}"},
        "Lembar 1, C5": {**PLAIN, "C5": "Nilai {baris.realisasi}"},
        "4, 5": {**PLAIN, "A4": "{baris.no}"},
        "–": {"A1": "{hari}"},
        "{hari}": {**PLAIN, "A2": "Per {tahun}"},
    }
    files = {where: a_workbook(cells) for where, cells in wrong.items()}
    files["Lembar 1, D5"] = a_workbook(change=lambda _book, sheet: sheet.write_formula("D5", "=C5*2"))
    files["A5:A6"] = a_workbook(change=lambda _book, sheet: sheet.merge_range("A5:A6", "{baris.no}"))
    files["Lembar 1: "] = a_workbook(change=lambda _book, sheet: sheet.autofilter("A4:C5"))
    files["Excel"] = b"bukan berkas"
    files["1 MB"] = b"x" * (1024 * 1024 + 1)

    for where, content in files.items():
        answer = bring(client, content)
        told = str(answer.context["adminform"].form.errors["file"].as_data()[0].message) if answer.context else ""
        assert where in told, where
    assert not TableTemplate.objects.exists()


def test_one_that_was_kept_before_its_like_came_to_be_refused_says_so_and_the_shipped_table_can_be_had():
    TableTemplate.objects.create(key="pk", kind="pk", name="lama.xlsx", content=b"x", digest="0" * 64)
    client, path = reading(UserFactory(role=Role.HEAD)), "/perencanaan/cetak/pk.xlsx?tahun=2026"

    refused = client.get(path)

    assert (refused.status_code, "lama.xlsx: " in refused.content.decode()) == (409, True)
    assert client.get(f"{path}&bentuk=bawaan").status_code == 200


def test_a_name_of_a_year_that_the_table_does_not_number_is_refused_and_never_left_empty():
    client = reading(UserFactory(role=Role.ADMINISTRATOR))
    for place, name in (("A1", "{tahun_5}"), ("B5", "{baris.target_5}")):
        answer = bring(client, a_workbook({**PLAIN, place: name}), kind="lkjip")
        told = str(answer.context["adminform"].form.errors["file"].as_data()[0].message)
        assert f"Lembar 1, {place}: {name}" in told
        known = told.partition("Known are: ")[2] or told.partition("dikenal: ")[2]
        assert ("_4" in known, "_5" in known) == (True, False)
    layout = {"key": "lima", "kind": "lkjip", "title": "LKjIP {tahun_5}", "columns": "Target = target_5"}
    answer = client.post("/admin/planning/tablelayout/add/", layout)
    assert {*answer.context["adminform"].form.errors} == {"title", "columns"}
    assert bring(client, a_workbook({**PLAIN, "A1": "{tahun_5}"}), kind="tc27").status_code == 302

    filled = Template(a_workbook({**PLAIN, "B4": "Sampai {tahun_5}"}), names_of("")).fill({"hari": "kini"}, [])
    assert [rows_of(filled)[row][column] for row, column in ((0, 0), (3, 1))] == ["{judul}", "Sampai {tahun_5}"]


def test_what_is_filled_or_written_from_the_sample_says_so(settings):
    an_indicator(targets=[RENSTRA], level="sasaran")
    client = reading(UserFactory(role=Role.ADMINISTRATOR))
    bring(client, a_workbook())
    path, said = "/perencanaan/cetak/pk.xlsx?tahun=2026", {}
    for is_sample in (True, False):
        settings.DEMO = is_sample
        for address in (path, f"{path}&bentuk=bawaan"):
            content = client.get(address).content
            with zipfile.ZipFile(io.BytesIO(content)) as file:
                sheet = file.read("xl/worksheets/sheet1.xml").decode()
            said[is_sample, address] = ("CONTOH" in str(rows_of(content)), "CONTOH" in sheet)

    assert said == {(is_sample, address): (is_sample, is_sample) for is_sample, address in said}


def test_only_administrators_bring_one_and_another_waits_until_the_first_is_ended():
    for role in (Role.OFFICER, Role.VERIFIER, Role.HEAD):
        assert bring(reading(UserFactory(role=role)), a_workbook()).status_code in (302, 403)
    assert not TableTemplate.objects.exists()
    client = reading(UserFactory(role=Role.ADMINISTRATOR))
    bring(client, a_workbook())

    again = bring(client, a_workbook(), key="lain")
    assert [*again.context["adminform"].form.errors] == ["valid_from"]
    client.post("/admin/planning/tabletemplate/pk_2026/change/", {"valid_to": "2026-01-31"})
    assert bring(client, a_workbook(), key="lain", valid_from="2026-02-01").status_code == 302
    assert TableTemplate.objects.count() == 2


def test_a_filled_workbook_keeps_styles_other_sheets_and_what_lies_below_and_makes_no_formula():
    def change(book, sheet):
        sheet.set_column("B:B", 40)
        sheet.merge_range("A1:C1", "{judul}")
        sheet.merge_range("A7:C7", "Mengetahui")
        sheet.print_area("A1:C7")
        book.add_worksheet("Catatan").write("A1", "tetap {apa adanya}")

    filled = Template(a_workbook(change=change), names_of("")).fill(
        {"judul": "=1+1", "tahun": "2026", "hari": "\x00hari ini"},
        [{"no": at, "indikator": f"<b>&{at}", "realisasi": None} for at in range(1, 4)],
    )

    told = CalamineWorkbook.from_filelike(io.BytesIO(filled))
    rows = told.get_sheet_by_index(0).to_python()
    assert rows[0][0] == "=1+1"
    assert [row[:2] for row in rows[4:7]] == [[1, "<b>&1"], [2, "<b>&2"], [3, "<b>&3"]]
    assert rows[8][0] == "Mengetahui"
    assert told.get_sheet_by_index(1).to_python() == [["tetap {apa adanya}"]]
    with zipfile.ZipFile(io.BytesIO(filled)) as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
        assert "Print_Area" not in file.read("xl/workbook.xml").decode()
    assert ('ref="A9:C9"' in sheet, "<f>" in sheet, 'width="40' in sheet) == (True, False, True)
    assert len(re.findall(r'<c r="B[567]" s="[1-9]"', sheet)) == 3


def test_hints_of_newer_programs_are_left_out_and_the_sheet_can_still_be_read():
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(a_workbook())) as old, zipfile.ZipFile(made, "w") as new:
        for one in old.infolist():
            content = old.read(one).decode()
            if one.filename.endswith("sheet1.xml"):
                names = 'xmlns:mc="urn:mc" xmlns:x14ac="urn:x14ac" mc:Ignorable="x14ac"'
                content = content.replace("<worksheet ", f"<worksheet {names} ").replace(
                    '<row r="5"', '<row r="5" x14ac:dyDescent="0.3"'
                )
            new.writestr(one, content)

    filled = Template(made.getvalue(), names_of("")).fill({"hari": "hari ini"}, [{"no": 1}])

    with zipfile.ZipFile(io.BytesIO(filled)) as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
    assert [hint for hint in ("Ignorable", "dyDescent", "urn:") if hint in sheet] == []
    assert rows_of(filled)[-1][0] == "Mengetahui"


def test_without_rows_the_row_stays_once_and_empty():
    filled = rows_of(Template(a_workbook(), names_of("")).fill({"hari": "hari ini"}, []))
    assert filled[-1][0] == "Mengetahui"
    assert "baris" not in str(filled)


def test_a_workbook_that_unpacks_to_too_much_is_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", b" " * (17 * 1024 * 1024))
    with pytest.raises(Refused):
        Template(made.getvalue(), names_of(""))


def test_papers_are_headed_and_signed_as_the_office_laid_it_down():
    an_indicator(targets=[RENSTRA])
    client = reading(UserFactory(role=Role.ADMINISTRATOR))
    told = {"key": "pk", "kind": "pk", "head": "Pemerintah Provinsi", "signatures": "Pihak Pertama\nPihak Kedua"}

    nothing = client.post("/admin/planning/tablepaper/add/", {**told, "head": "", "signatures": ""})
    many = client.post("/admin/planning/tablepaper/add/", {**told, "signatures": "\n".join("abcdefg")})
    stored = client.post("/admin/planning/tablepaper/add/", told)

    found = [[*one.context["adminform"].form.errors] for one in (nothing, many)]
    assert (found, stored.status_code) == ([["head"], ["signatures"]], 302)
    assert TablePaper.objects.get().sides == ["Pihak Pertama", "Pihak Kedua"]
    assert client.get("/perencanaan/cetak/pk.pdf?tahun=2026")["Content-Type"] == "application/pdf"
    plain = Printed("Judul", ["No"], [[1]], False)
    on = datetime.date(2026, 1, 1)
    assert len(as_paper(plain, on, TablePaper.objects.get())) != len(as_paper(plain, on))
