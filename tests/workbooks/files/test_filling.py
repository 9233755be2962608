"""Workbooks that are filled: what acts on its own is refused, and what comes out tells nothing of old."""

import re
import zipfile

import pytest
import xlsxwriter

from disperin.workbooks.files.filling import Names, Template
from disperin.workbooks.files.refusals import Refused
from tests.workbooks.made_files import changed

NAMES = Names(("hari", "tahun"), ("no",), {"hari": "the day"})
BOOK, SHEET, KINDS = "xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"


@pytest.fixture
def path(tmp_path):
    """A workbook with a row to be repeated, and a second sheet that adds it up."""
    path = tmp_path / "templat.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Satu")
        for place, text in {"A1": "{hari}", "A3": "{baris.no}", "A5": "Mengetahui"}.items():
            sheet.write(place, text)
        sheet.set_h_pagebreaks([2, 5])
        sheet.print_area("A1:C7")
        other = book.add_worksheet("Dua")
        other.write_formula("A1", "=SUM(Satu!A:A)", None, 0)
        other.print_area("A1:B2")
    return path


def parts_of(content, tmp_path):
    made = tmp_path / "terisi.xlsx"
    made.write_bytes(content)
    with zipfile.ZipFile(made) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def replaced(old, new):
    """A change of a part, which has to hold what is replaced."""

    def change(part):
        assert re.search(old.encode(), part)
        return re.sub(old.encode(), new.encode(), part)

    return change


def added(path, entry, content="<a/>"):
    with zipfile.ZipFile(path, "a") as file:
        file.writestr(entry, content)


def refusal(path):
    with pytest.raises(Refused) as refused:
        Template(path.read_bytes(), NAMES)
    return refused.value.code


def filled(path, tmp_path, rows=3):
    values = [{"no": at} for at in range(rows)]
    return parts_of(Template(path.read_bytes(), NAMES).fill({"hari": "kini"}, values), tmp_path)


@pytest.mark.parametrize(
    "entry",
    [
        "xl/vbaProject.bin",
        "xl/macrosheets/sheet1.xml",
        "xl/embeddings/oleObject1.bin",
        "xl/activeX/activeX1.bin",
        "xl/connections.xml",
        "xl/pivotCache/pivotCacheDefinition1.xml",
    ],
)
def test_what_runs_or_brings_other_files_or_old_figures_along_is_refused(entry, path):
    added(path, entry)
    assert refusal(path) == "programs"


def test_what_is_fetched_from_elsewhere_is_refused_but_an_address_to_be_opened_is_not(path):
    entry = "xl/worksheets/_rels/sheet2.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    link = f'<Relationship Id="r1" Type="{kind}hyperlink" Target="http://a" TargetMode="External"/>'
    added(path, entry, f"<Relationships>{link}</Relationships>")
    Template(path.read_bytes(), NAMES)
    changed(path, entry, replaced("hyperlink", "image"))
    assert refusal(path) == "programs"


def test_a_template_of_excel_under_another_name_is_refused_for_nothing_would_open_what_comes_out(path):
    changed(path, KINDS, replaced("sheet.main", "template.main"))
    assert refusal(path) == "no_workbook"


@pytest.mark.parametrize(
    ("entry", "old", "new"),
    [
        (SHEET, "<sheetData>", '<mergeCells><mergeCell ref="$A$1:B"/></mergeCells><sheetData>'),
        (SHEET, 'encoding="UTF-8"', 'encoding="none-such"'),
    ],
)
def test_a_damaged_part_is_refused(entry, old, new, path):
    changed(path, entry, replaced(re.escape(old), new))
    assert refusal(path) == "broken"


def test_formulas_of_other_sheets_are_reckoned_anew_when_the_file_is_opened(path, tmp_path):
    assert filled(path, tmp_path)[BOOK].count('<calcPr fullCalcOnLoad="1" calcId=') == 1
    changed(path, BOOK, replaced("<calcPr[^>]*/>", ""))
    assert '</definedNames><calcPr fullCalcOnLoad="1"/>' in filled(path, tmp_path)[BOOK]


def test_the_print_area_of_the_first_sheet_alone_is_taken_away(path, tmp_path):
    assert re.findall("Print_Area[^>]*>([^<]*)<", filled(path, tmp_path)[BOOK]) == ["Dua!$A$1:$B$2"]


def test_pages_go_on_breaking_below_the_same_rows(path, tmp_path):
    assert re.findall('<brk id="([0-9]+)"', filled(path, tmp_path)[SHEET]) == ["2", "7"]


def test_a_text_that_a_program_wrote_into_its_cell_is_filled_too(path, tmp_path):
    changed(path, SHEET, replaced('<c r="A5" t="s"><v>[0-9]+</v>', '<c r="A5" t="str"><v>Tahun {tahun}</v>'))
    made = Template(path.read_bytes(), NAMES).fill({"hari": "hari ini", "tahun": "2026"}, [])
    assert ">Tahun 2026<" in parts_of(made, tmp_path)[SHEET]


def test_a_text_is_no_longer_than_a_cell_holds(path, tmp_path):
    made = Template(path.read_bytes(), NAMES).fill({"hari": "x" * 40_000}, [])
    assert len(re.search("x{100,}", parts_of(made, tmp_path)[SHEET])[0]) == 32_767
