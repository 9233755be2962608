"""Units behind the figures of cells: of people, of areas, and those that a field beside the figure holds."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from disperin.registers.gate.in_bulk import Problem
from disperin.registers.record import directory
from disperin.registers.values.fields import Typed
from disperin.registers.values.posted import read as posted_values
from disperin.registers.values.written import as_offices_write
from disperin.workbooks.tables.columns import tables
from disperin.workbooks.tables.understanding import Reader
from industries.forms import EstablishmentForm
from tests.workbooks.made_files import an_xls, an_xlsx
from tests.workbooks.rows import HEADINGS, a_row, codes_of
from zones.forms.zone import ZoneAreaForm

pytestmark = pytest.mark.django_db


def read(cells, fields=("name", "yearly_capacity", "unit")):
    table = {one.part: one for one in tables(directory.get("establishments"))}["products"]
    return Reader(table, {}).read(cells, dict(enumerate(fields)))


def codes(problems: list[Problem]):
    return [problem.code for problem in problems]


def test_a_unit_of_other_things_is_no_figure_of_the_field():
    people, area = EstablishmentForm.base_fields["workers_male"], ZoneAreaForm.base_fields["hectares"]

    for text in ("5 kg", "5 ton", "5 ha", "5 unit", "5 tahun"):
        assert as_offices_write(people, text)[0] is None, text
    for text in ("5 orang", "5 TK", "5 org/tahun", "5"):
        assert as_offices_write(people, text)[0] == 5, text
    for text in ("5 ton", "5 orang", "5 m2", "5 km"):
        assert as_offices_write(area, text)[0] is None, text
    for text in ("2,5 ha", "2,5 hektar", "2,5 Hektare"):
        assert as_offices_write(area, text)[0] == 2.5, text


@pytest.mark.parametrize(
    ("capacity", "unit"), [("12 ton", "ton"), ("12 Ton/tahun", "TON"), ("1.200 ltr", "liter"), ("5 bks", "Bungkus")]
)
def test_a_unit_that_the_field_beside_holds_too_is_the_same(capacity, unit):
    understood = read(["Keripik", capacity, unit])

    assert understood.errors == {}
    assert (understood.values["yearly_capacity"], understood.values["unit"]) == (
        int(capacity.split()[0].replace(".", "")),
        unit,
    )


def test_a_unit_that_contradicts_the_field_beside_is_asked_about():
    understood = read(["Keripik", "12 ton", "kg"])

    assert codes(understood.errors["yearly_capacity"]) == ["other_unit"]
    assert "“12 ton”" in understood.errors["yearly_capacity"][0].message
    assert "“kg”" in understood.errors["yearly_capacity"][0].message


@pytest.mark.parametrize("fields", [("name", "yearly_capacity", "unit"), ("name", "yearly_capacity")])
def test_where_nothing_stands_beside_the_unit_is_taken_with_a_note(fields):
    understood = read(["Keripik", "12 ton", None], fields)

    assert (understood.values["yearly_capacity"], understood.values["unit"]) == (12, "ton")
    assert codes(understood.warnings["unit"]) == ["unit_of_figure"]
    assert "unit" not in understood.empty


def test_a_figure_without_a_unit_leaves_the_field_beside_alone():
    for capacity in ("1.200", 1_200, "1.200 per tahun"):
        understood = read(["Keripik", capacity, "kg"])

        assert (understood.values["yearly_capacity"], understood.values["unit"], understood.errors) == (1_200, "kg", {})
    assert "unit" not in read(["Keripik", "1.200"], ("name", "yearly_capacity")).values


def test_a_page_takes_no_unit_that_contradicts_the_one_beside():
    def capacity(typed, unit):
        posted = {"products-TOTAL": "1", "products-0-name": "Keripik"}
        posted |= {"products-0-yearly_capacity": typed, "products-0-unit": unit}
        (row,) = posted_values(EstablishmentForm, QueryDict(urlencode(posted)))["products"]
        return row["yearly_capacity"]

    for typed, unit in (("12 ton", "kg"), ("12 ton", "")):
        assert type(capacity(typed, unit)) is Typed, (typed, unit)
    assert capacity("12 ton", "Ton") == "12"
    assert capacity("1.200", "kg") == "1200"


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_what_is_shown_in_percent_is_no_figure_of_a_column_of_others(send, officer, tmp_path, kind):
    rows = [
        [*HEADINGS, "TK L", "Nilai investasi"],
        [*a_row("Ayu"), (0.05, "0%"), 5],
        [*a_row("Budi"), 5, (0.5, "0.0%")],
    ]
    rows += [[*a_row("Citra"), 5, 5]]
    path = an_xls(tmp_path / "a.xls", rows) if kind == "xls" else an_xlsx(tmp_path / "a.xlsx", ("Data", rows))

    workbook = send(officer, path)

    assert codes_of(workbook) == {2: ["in_percent"], 3: ["in_percent"]}
