"""What the portal writes, it reads again without a change: every register, in its template and in both exports."""

import contextlib
import csv
import datetime
import io
import re
import zipfile

import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils import translation
from python_calamine import CalamineWorkbook

from disperin.regions.models import Regency
from disperin.registers.hiding.hidden import places_of
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.workbooks.exporting.writing import Writer
from disperin.workbooks.files import open_book
from disperin.workbooks.tables.columns import EXAMPLE, GUIDE, LISTS, OUR_LISTS, tables
from disperin.workbooks.tables.headings import words
from disperin.workbooks.tables.options import options_of
from disperin.workbooks.tables.template import template
from industries.models import Establishment
from tests import factories
from tests.factories import an_establishment
from tests.registers.each_register import SECRET_ROWS, SECRETS, row_of
from tests.workbooks.made_files import an_xlsx

pytestmark = pytest.mark.thorough

REGISTERS = directory.all_registers()
every_register = pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.slug)


def a_full_record(register, **more):
    """A record with something in every field that the public may not see, and rows in its parts."""
    rows = {part: [row_of(register, part)] for part in register.form.parts if SECRET_ROWS.get(part)}
    legal = {"legal_form": "pt"} if "npwp" in register.form.base_fields else {}  # whose tax number is no person's
    return factories.RECORDS[register.slug](**SECRETS.get(register.slug, {}), **legal, **rows, **more)


def a_csv(register, by, records):
    """The text of a CSV file."""
    file = io.BytesIO()
    Writer(register, by=by).write_csv(records, file)
    return file.getvalue().decode("utf-8-sig")


def exported(register, by, path):
    Writer(register, by=by).write_xlsx(register.model.objects.order_by("pk"), path)
    return path


@every_register
def test_our_own_exports_are_imported_again_without_a_change(register, officer, verifier, send, tmp_path):
    sender = verifier if register.model.of_province else officer
    a_full_record(register)
    records = register.model.objects.count()
    path = tmp_path / "ekspor.csv"
    path.write_text(a_csv(register, sender, register.model.objects.order_by("pk")), encoding="utf-8-sig")

    workbook = send(sender, exported(register, sender, tmp_path / "ekspor.xlsx"), register=register.slug)
    of_csv = send(sender, path, register=register.slug)

    assert (workbook.read, workbook.unchanged, workbook.warned) == (records, records, 0)
    for one in (workbook, of_csv):
        assert (one.state, [row.errors for row in one.rows.filter(outcome="bad")]) == ("checked", [])
        assert [row.changes for row in one.rows.filter(outcome="changed")] == []
        assert (one.read, one.unchanged) == (records, records)


def test_odd_texts_survive_both_exports(officer, send, tmp_path):
    register = directory.get("establishments")
    odd = ["=1+1", "+62", "-x", "@a", "'=kutip", 'a;"b",\r\nc', "<b>&amp;</b>", "x" * 140]
    for at, text in enumerate(odd):
        an_establishment(name=f"Usaha ke-{at} {'abcdefgh'[at] * 12}", owner_name=text[:120], address=text)
    lines = tmp_path / "ekspor.csv"
    lines.write_text(a_csv(register, officer, register.model.objects.order_by("pk")), newline="")

    for path in (lines, exported(register, officer, tmp_path / "ekspor.xlsx")):
        workbook = send(officer, path)
        assert [row.changes for row in workbook.rows.filter(outcome="changed")] == []
        assert workbook.unchanged == len(odd)


def test_our_csv_saved_as_a_workbook_is_read_without_its_quotes(officer, send, tmp_path):
    register = directory.get("establishments")
    an_establishment(
        name="Ayu", phone="081234567890", owner_name="=1+1", address="'-kutip", latitude=-2.587655, longitude=115.387
    )
    file = io.BytesIO()
    Writer(register, by=officer, about=[("Daftar", "IKM")]).write_csv(register.model.objects.all(), file)
    rows = list(csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"))))
    assert "'+6281234567890" in rows[1]

    workbook = send(officer, an_xlsx(tmp_path / "ekspor.xlsx", ("ekspor", rows)))

    assert [row.changes for row in workbook.rows.filter(outcome="changed")] == []
    assert (workbook.state, workbook.unchanged) == ("checked", 1)


def test_no_cell_of_ours_becomes_a_formula(officer):
    for at, value in enumerate(("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\tx")):
        an_establishment(name=f"Usaha {'abcde'[at] * 9}", owner_name=value, story_id=value)
    register = directory.get("establishments")

    lines = list(csv.reader(a_csv(register, officer, register.model.objects.all()).splitlines()))

    assert len(lines) > 5
    assert not [cell for line in lines for cell in line if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_the_public_gets_public_columns_and_officers_their_own_regency(officer, tmp_path):
    register = directory.get("establishments")
    here = an_establishment(name="Di sini", owner_name="Rahasia Satu", npwp="013579246801000", legal_form="pt")
    there = an_establishment(regency="63.06", name="Di sana", owner_name="Rahasia Dua")
    records = register.model.objects.filter(pk__in=[here.pk, there.pk]).order_by("pk")

    public = a_csv(register, AnonymousUser(), records)
    inside = a_csv(register, officer, records)

    assert "Di sini" in public
    assert "Rahasia" not in public
    assert "NIB" not in public
    assert "Rahasia Satu" in inside
    assert "Rahasia Dua" not in inside
    assert "013579246801000" not in inside
    assert "0135•••••••1000" in inside


def test_an_export_takes_as_many_queries_for_three_records_as_for_one(officer, django_assert_max_num_queries):
    register = directory.get("establishments")
    made = [an_establishment(name=name, products=[{"name": "Kain"}]) for name in ("Ayu", "Budi", "Citra")]
    for number in (1, 3):
        writer = Writer(register, by=officer)
        with django_assert_max_num_queries(24):
            writer.write_xlsx(register.model.objects.filter(pk__in=[one.pk for one in made[:number]]), io.BytesIO())


@pytest.mark.parametrize(
    "register", [one for one in REGISTERS if one.model.audience.is_public], ids=lambda one: one.slug
)
def test_a_file_that_leaves_out_what_is_hidden_empties_nothing(register, administrator, officer, send, tmp_path):
    record = a_full_record(register)
    for path in [one.path for one in places_of(register, record) if one.fields and one.can_be_hidden]:
        with contextlib.suppress(ValidationError):  # the rest cannot stand without it
            actions.hide(register, record, path, reason="Diminta.", by=administrator)
    for path in [one.path for one in places_of(register, record) if one.path.count(".") == 1]:
        actions.hide(register, record, path, reason="Diminta.", by=administrator)
    records = register.model.objects.count()

    workbook = send(officer, exported(register, officer, tmp_path / "ekspor.xlsx"), register=register.slug)

    assert [row.errors for row in workbook.rows.filter(outcome="bad")] == []
    assert [row.changes for row in workbook.rows.filter(outcome="changed")] == []
    assert (workbook.read, workbook.unchanged) == (records, records)


@every_register
def test_a_template_is_read_by_itself_in_either_language(register, officer, send, tmp_path):
    a_full_record(register)

    for language in ("id", "en"):
        with translation.override(language):
            content = template(register, Regency.objects.get(pk="63.07"))
        path = tmp_path / "templat.xlsx"
        path.write_bytes(content)

        workbook = send(officer, path, register=register.slug)

        assert (workbook.state, workbook.counts["read"]) == ("checked", 0), language
        assert [told["part"] for told in workbook.mapping] == ["", *register.form.parts, None, None], language


@every_register
def test_no_two_columns_of_a_table_have_the_same_heading(register, db):
    for table in tables(register):
        headings = [words(column.label) for column in table.columns]
        assert len(set(headings)) == len(headings)


def test_a_template_offers_what_lies_in_the_regency_and_shows_how_to_fill_it_in(db, tmp_path):
    factories.place("63.07")
    factories.place("63.06")
    factories.KbliClassFactory()
    path = tmp_path / "templat.xlsx"
    path.write_bytes(template(directory.get("establishments"), Regency.objects.get(pk="63.07")))

    with open_book(path) as book:
        sheets = {name: at for at, (name, _hidden) in enumerate(book.sheets)}
        rows = list(book.rows())

    headings = rows[0].cells
    lists = [row.cells for row in rows if row.sheet == sheets[LISTS]]
    assert headings[:3] == ["Kunci baris", "Nomor register", "Nama usaha *"]
    assert rows[1].cells[0] == "CONTOH"
    assert "Kecamatan 63.07.01" in str(lists)
    assert "63.06" not in str(lists)
    assert "13134" in str(lists)
    assert any(row.sheet == sheets[GUIDE] for row in rows)
    example = dict(zip(headings, rows[1].cells, strict=False))
    assert (example["Nama usaha *"], example["Tahun berdiri"], example["Tenaga kerja laki-laki"]) == (
        "Dapur Ibu Aminah", 2012, 2,
    )  # fmt: skip
    assert example["Lintang"] == settings.PROVINCE.example.latitude
    rule = next(one for one in re.findall(r"<dataValidation .*?</dataValidation>", _xml(path)) if "OFFSET" in one)
    assert "COUNTIF('Pilihan'!" in rule  # villages of the district that its row names


def test_every_column_that_must_be_filled_in_has_an_example_that_a_clerk_would_write(db):
    factories.place("63.07")
    for register in directory.all_registers():
        for table in tables(register):
            without = {
                one.name
                for one in table.columns
                if one.required
                and one.name not in table.form.in_files.examples
                and not isinstance(one.field, forms.ChoiceField | forms.ModelChoiceField)
            }
            assert without == set(), (register.slug, table.part)
            assert table.form.in_files.examples.keys() <= table.fields.keys(), (register.slug, table.part)


def _xml(path):
    with zipfile.ZipFile(path) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


@every_register
def test_whatever_a_template_offers_is_understood_as_it_is_offered(register, db):
    """Somebody who takes the first of a list in Excel has typed nothing that could be wrong."""
    a_full_record(register)
    wrong = {}
    for part, fields in options_of(register, regency="63.07").items():
        for name, options in fields.items():
            for key, text in options.labels.items():
                if (found := options.find(text)) != [key]:
                    wrong[part, name, text] = found
    assert wrong == {}


OF_THE_WORLD = {  # of an example it may be wrong that it names what is not there, or what is there already
    "invalid_choice", "invalid", "outside", "required", "twice", "unknown", "unknown_number", "unknown_words", "unique",
    "unique_together", "undecided",
}  # fmt: skip


@every_register
def test_the_example_of_a_template_contradicts_nothing_in_itself(register, officer, verifier, send, tmp_path):
    sender = verifier if register.model.of_province else officer
    for slug in {"clusters", "zones", register.slug}:
        factories.RECORDS[slug]()
    named = an_establishment(name="Yang dicontohkan")
    Establishment.objects.filter(pk=named.pk).update(number=settings.PROVINCE.example.number)
    path = tmp_path / "templat.xlsx"
    path.write_bytes(template(register, Regency.objects.get(pk="63.07")))
    book = CalamineWorkbook.from_path(path)
    names = [name for name in book.sheet_names if name not in OUR_LISTS]
    filled = [
        (name, [["1" if cell == EXAMPLE else _as_written(cell) for cell in row] for row in rows])
        for name in names
        for rows in [book.get_sheet_by_name(name).to_python()]
    ]

    workbook = send(sender, an_xlsx(tmp_path / "contoh.xlsx", *filled), register=register.slug)

    told = [error for row in workbook.rows.filter(outcome="bad") for error in row.errors]
    assert [error for error in told if error["code"] not in OF_THE_WORLD] == []


def _as_written(cell):
    return cell.isoformat() if isinstance(cell, datetime.date) else cell
