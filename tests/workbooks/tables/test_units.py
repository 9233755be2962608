"""Units in headings: read, shown with their multiplier, confirmed by a person, and remembered with the heading."""

import pytest

from disperin.workbooks import actions
from disperin.workbooks.models import KnownHeading
from disperin.workbooks.tables.figures import number_in
from disperin.workbooks.tables.refusing import NotUnderstood
from disperin.workbooks.tables.units import is_unit, scale_of
from industries.forms import EstablishmentForm
from tests.workbooks.rows import HEADINGS, a_row, counts

SCALES = {
    1_000: (
        "Nilai Investasi (Rp.000)", "Investasi (Rp 000)", "Investasi (000)", "Investasi (Rp. 1.000,-)",
        "Investasi x 1000", "Omzet (ribuan)", "Omzet dalam ribuan rupiah", "Omzet (Rp ribu)", "OMZET (RIBU RP)",
        "Modal ('000)",
    ),
    1_000_000: ("Omzet (juta Rp)", "Omzet (Rp Juta)", "Omzet (jutaan)", "Omzet (Rp.000.000)", "Omzet (Rp 1.000.000)"),
    1_000_000_000: ("Aset (miliar)", "Aset (Rp milyar)"),
    1: ("Kapasitas (ton/thn)", "Kapasitas (kg)", "Omzet (USD)", "Omzet (per hari)", "Omzet/minggu"),
    None: ("Nilai investasi (Rp)", "Tenaga kerja (orang)", "Jumlah 2000", "Omzet", "Omzet (Rp/tahun)", "Ribut (L)"),
}  # fmt: skip


def test_the_scale_of_a_heading_is_read():
    for times, headings in SCALES.items():
        for heading in headings:
            assert scale_of(heading) == times, heading
    for heading, times in {
        "Omzet/bulan": 12,
        "Omzet per bulan (juta Rp)": 12_000_000,
        "Omzet sebulan (Rp)": 12,
    }.items():
        assert (scale_of(heading, yearly=True), scale_of(heading, yearly=False) == times) == (times, False), heading


def test_figures_in_thousands_are_asked_about_shown_multiplied_and_remembered(
    send, officer, signed_in, done, api, django_capture_on_commit_callbacks
):
    file = [[*HEADINGS, "Nilai Investasi (Rp.000)", "Omzet (juta Rp)"], [*a_row("Ayu"), 12_500, 45]]

    workbook = send(officer, file)
    page = signed_in(officer).get(workbook.get_absolute_url()).content.decode()

    assert (workbook.state, workbook.mapping[0]["columns"]["7"]) == ("mapping", "investment")
    assert workbook.mapping[0]["times"] == {"7": 1_000, "8": 1_000_000}
    assert 'value="1000" selected' in page
    assert 'value="1000000" selected' in page
    posted = {"sheet-0": "records", "times-0-7": "1000", "times-0-8": "1000000"}
    posted |= {f"column-0-{at}": f":{name}" for at, name in workbook.mapping[0]["columns"].items()}
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(officer).post(f"{workbook.get_absolute_url()}kolom/", posted)
    workbook.refresh_from_db()

    assert workbook.counts == counts(read=1, new=1)
    submission = done(actions.submit, workbook, by=officer, acknowledged=True).batch.submissions.get()
    assert (submission.values["investment"], submission.values["annual_sales"]) == (12_500_000, 45_000_000)
    assert KnownHeading.objects.get(heading="omzet juta rupiah").times == 1_000_000

    again = send(officer, [file[0], [*a_row("Budi"), 1, 2]])
    assert (again.state, again.mapping[0]["times"]) == ("checked", {"7": 1_000, "8": 1_000_000})
    told = signed_in(officer).get(again.get_absolute_url()).content.decode()
    assert "dikalikan 1.000.000" in told.split("Dibaca seperti ini")[1].split("</ul>")[0]
    sheet = api(officer).get(f"/api/v1/workbooks/{again.pk}/").json()["sheets"][0]
    assert sheet["times"] == {"H": 1_000, "I": 1_000_000}


def test_of_a_column_that_is_not_read_nothing_is_said_to_be_multiplied(
    send, officer, signed_in, django_capture_on_commit_callbacks
):
    workbook = send(officer, [[*HEADINGS, "Nilai Investasi (Rp.000)"], [*a_row("Ayu"), 12_500]])
    posted = {"sheet-0": "records", "times-0-7": "1000"}
    posted |= {f"column-0-{at}": f":{name}" for at, name in workbook.mapping[0]["columns"].items()}

    with django_capture_on_commit_callbacks(execute=True):
        signed_in(officer).post(f"{workbook.get_absolute_url()}kolom/", posted | {"column-0-7": "#none"})

    told = signed_in(officer).get(workbook.get_absolute_url()).content.decode()
    assert "Nilai Investasi (Rp.000)" in told
    assert "dikalikan" not in told


def test_a_line_above_the_table_may_say_it_for_all_money_and_is_asked_about_each_time(send, officer, done):
    head = [*HEADINGS, "Nilai investasi", "Tenaga kerja laki-laki"]
    plain, in_thousands = (
        [head, [*a_row("Ayu"), 5, 3]],
        [["DATA IKM (dalam ribuan rupiah)"], head, [*a_row("Budi"), 5, 3]],
    )
    workbook = send(officer, in_thousands)
    assert (workbook.state, workbook.mapping[0]["times"]) == ("mapping", {"7": 1_000})

    done(actions.confirm, workbook, workbook.mapping, by=officer)

    again, other = send(officer, in_thousands), send(officer, plain)
    assert (again.state, again.mapping[0]["times"]) == ("mapping", {"7": 1_000})
    assert (other.state, other.mapping[0]["times"]) == ("checked", {})


def test_a_heading_that_was_confirmed_before_anybody_was_asked_is_asked_about(send, officer):
    KnownHeading.objects.create(
        regency=officer.regency, register="establishments", heading="omzet juta rupiah", column="annual_sales"
    )

    workbook = send(officer, [[*HEADINGS, "Omzet (juta Rp)"], [*a_row("Ayu"), 45]])

    assert (workbook.state, workbook.mapping[0]["times"]) == ("mapping", {"7": 1_000_000})


def test_a_unit_alone_is_told_from_what_says_more():
    for heading in ("(Rp 000)", "Rp.000", "(000)", "Rp", "(Rp. juta)", "%", "(orang)", "dalam ribuan rupiah"):
        assert is_unit(heading), heading
    for heading in ("", "-", "(L)", "Rp 1.000", "Rp 1.000.000", "5 orang", "Nilai (Rp)", "000"):
        assert not is_unit(heading), heading


def test_headings_of_parts_of_a_year_and_of_other_money_are_asked_about():
    monthly = ("Omset/bl", "Omzet tiap bulan", "Omzet 1 bulan", "Omzet setiap bulan (Rp)", "Omzet kotor/bln")
    asked = ("Omzet per triwulan", "Omzet (Rp/semester)", "Omzet 3 bulan", "Omzet (Rp/hr)", "Omzet pekanan/pekan")
    for heading in monthly:
        assert scale_of(heading, yearly=True) == 12, heading
    for heading in (*asked, "Investasi US$", "Investasi USD", "Modal RM/ringgit", "Nilai investasi €"):
        assert scale_of(heading, yearly=True) == 1, heading
    for heading in ("(Jt Rp/Thn)", "(Rp. juta/th)", "(Rp/bln)", "(orang/bulan)"):
        assert is_unit(heading), heading


def test_a_heading_that_nobody_knows_is_asked_about_with_its_month(send, officer):
    workbook = send(officer, [[*HEADINGS, "Omzet kotor/bln"], [*a_row("Ayu"), 5]])

    assert (workbook.state, workbook.mapping[0]["columns"]["7"], workbook.mapping[0]["times"]) == (
        "mapping",
        "",
        {"7": 12},
    )


def test_what_stands_above_all_money_goes_with_the_month_of_a_heading(send, officer):
    head = [*HEADINGS, "Nilai investasi", "Omzet sebulan", "Aset (juta)"]

    workbook = send(officer, [["DATA IKM, dalam ribuan rupiah"], head, [*a_row("Budi"), 5, 3, 2]])

    assert workbook.mapping[0]["times"] == {"7": 1_000, "8": 12_000, "9": 1_000_000}


def test_a_cell_that_names_its_own_scale_keeps_the_month_of_its_heading():
    sales = EstablishmentForm.base_fields["annual_sales"]

    assert number_in(sales, "15 jt", 12_000)[0] == 180_000_000
    assert number_in(sales, "2,5 juta", 12)[0] == 30_000_000
    assert number_in(sales, "15 jt", 1_000)[0] == 15_000_000


def test_a_cell_that_names_its_rupiah_below_a_scale_is_asked_about():
    money = EstablishmentForm.base_fields["investment"]

    for text in ("Rp 5.000.000", "5.000.000,-", "Rp. 900.000,-", "IDR 5000000", "12.500 rupiah"):
        with pytest.raises(NotUnderstood, match="juta"):
            number_in(money, text, 1_000_000)
    for text, times, number in (("Rp 12,5", 1_000_000, 12_500_000), ("5.000", 1_000, 5_000_000)):
        assert number_in(money, text, times)[0] == number
    assert [note.code for note in number_in(money, "Rp 5.000.000", 12)[1]] == ["written"]
