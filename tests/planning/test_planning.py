"""Indicators: targets with their documents, realisations typed or counted, achievement, light, and who reads it."""

import csv
import datetime
import io
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from disperin.accounts.models import Role
from disperin.planning.forms import IndicatorForm
from disperin.planning.models import Indicator, LightRule
from disperin.planning.models.counting import counted_list
from disperin.planning.models.standing import standings
from disperin.planning.rules import indicators as rules
from disperin.registers.record import past
from disperin.units.actions import keep_unit
from disperin.units.models import Unit
from tests.factories import RegencyFactory, UserFactory, an_establishment, an_indicator, indicator_values
from tests.planning.plans import AGREEMENT, KEY, RENSTRA, errors_of, in_2026, lights, page, reading, realised, sheet_of
from tests.registers.days import put_on

pytestmark = pytest.mark.django_db


def test_achievement_is_reckoned_by_what_is_better_and_by_nothing_where_a_figure_is_missing():
    told = {
        ("naik", 80, 60): "75.0",
        ("turun", 80, 60): "125.0",
        ("turun", 80, 100): "75.0",
        ("turun_banding", 80, 100): "80.0",
        ("naik", 3, 1): "33.3",
        ("naik", 0, 5): None,
        ("turun_banding", 5, 0): None,
        ("naik", None, 5): None,
        ("naik", 5, None): None,
    }
    found = {one: rules.achievement(*(Decimal(x) if isinstance(x, int) else x for x in one)) for one in told}
    assert found == {one: percent and Decimal(percent) for one, percent in told.items()}


def test_a_light_is_what_the_thresholds_of_the_day_make_of_an_achievement():
    rule = LightRule(green_from=Decimal(90), yellow_from=Decimal(70))
    told = {"90": "hijau", "89.9": "kuning", "70": "kuning", "69.9": "merah"}
    assert {one: rules.light(Decimal(one), rule) for one in told} == told
    assert rules.light(Decimal(90), None) is None


def test_the_target_of_the_newest_plan_counts_and_that_of_a_standard_is_told_beside_it():
    one = in_2026(an_indicator(targets=[RENSTRA, AGREEMENT, KEY], realisations=[realised("tw1", 60)]))
    assert (one.target.document_name, one.percent) == ("PK 2026", Decimal("75.0"))
    assert one.target_by("ikk").value == 500
    only_a_standard = in_2026(an_indicator(name="Lain", targets=[KEY], realisations=[realised("tw1", 60)]))
    assert (only_a_standard.target, only_a_standard.percent) == (None, None)


def test_quarters_make_the_year_as_the_indicator_says_and_a_figure_of_the_year_wins():
    quarters = [realised("tw1", 20), realised("tw2", 30)]
    told = {
        "last": an_indicator(name="A", realisations=quarters),
        "sum": an_indicator(name="B", over_year="jumlah", realisations=quarters),
        "year": an_indicator(name="C", over_year="jumlah", realisations=[*quarters, realised("tahun", 77)]),
        "none": an_indicator(name="D"),
    }
    assert {name: in_2026(one).value for name, one in told.items()} == {"last": 30, "sum": 50, "year": 77, "none": None}


def test_a_sum_of_quarters_names_them_their_sources_and_is_provisional_as_long_as_one_is():
    quarters = [
        realised("tw1", 20, certainty="sementara", source="Laporan I", told_on="2026-04-05"),
        realised("tw2", 30, source="Laporan II", told_on="2026-07-05"),
    ]
    one = an_indicator(over_year="jumlah", targets=[RENSTRA], realisations=quarters)
    told = in_2026(one).told
    assert (told.label, told.certainty, told.source) == (
        "Triwulan I + Triwulan II", "sementara", "Laporan I; Laporan II",
    )  # fmt: skip
    clerk = UserFactory()
    shown = " ".join(page(clerk, f"/perencanaan/{one.number}/").split())
    assert "Triwulan I + Triwulan II: Laporan I; Laporan II (Sementara)" in shown
    assert "Triwulan I + Triwulan II, Sementara" in page(clerk, "/perencanaan/?tahun=2026")
    (row,) = csv.DictReader(io.StringIO(page(clerk, "/perencanaan/capaian.csv?tahun=2026").lstrip("\ufeff")))
    assert [row[name] for name in ("realisation", "period", "certainty", "source")] == [
        "50", "tw1+tw2", "sementara", "Laporan I; Laporan II",
    ]  # fmt: skip
    last = in_2026(an_indicator(name="Terakhir", realisations=quarters)).told
    assert (last.label, last.certainty, last.source) == ("Triwulan II", "final", "Laporan II")


def test_a_target_needs_its_document_and_a_realisation_its_source_or_its_list():
    undocumented = {name: value for name, value in RENSTRA.items() if not name.startswith("document")}
    form = errors_of(targets=[undocumented])
    assert {*form.rows["targets"][0].errors} == {"document", "document_name", "document_on"}
    rows = [realised("tw1", None), realised("tw4", 3), realised("tw2", 3, told_on="2026-09-01")]
    form = errors_of(realisations=[*rows, {**realised("tahun", 3), "source": ""}])
    assert [{*one.errors} for one in form.rows["realisations"]] == [{"value"}, {"year"}, {"told_on"}, {"source"}]
    form = errors_of(counts="/industri/", realisations=[realised("tw1", 3)])
    assert {*form.rows["realisations"][0].errors} == {"value"}
    form = errors_of(kind="struktur_ekonomi", realisations=[realised("tw1", 3)])
    assert {*form.rows["realisations"][0].errors} == {"told_on"}
    form = errors_of(kind="struktur_ekonomi", targets=[RENSTRA])
    assert {*form.rows["targets"][0].errors} == {"value"}
    assert {*errors_of(counts="/industri/", over_year="jumlah").errors} == {"over_year"}
    assert {*errors_of(counts="/industri/", kind="struktur_ekonomi").errors} == {"counts"}
    assert {*errors_of(baseline=3).errors} == {"baseline_year"}


def test_a_list_is_taken_as_it_stands_in_the_address_and_refused_with_its_reason():
    RegencyFactory(code="63.07")
    same = ("/industri/?branch=pangan", "https://portal.example/en/industri/?order=name&branch=pangan&as_of=2026-01-01")
    assert {counted_list(one).address for one in same} == {"/industri/?branch=pangan"}
    assert counted_list("/industri/?regency=63.07").address == "/industri/?regency=63.07"
    refused = {
        "/komitmen/": "no_list",  # read inside only
        "industri": "no_list",
        "http://[": "no_list",
        "/industri/?branch=tidak_ada": "filter",
        "/industri/?branch=pangan&regency=63.07": "filters",
        "/industri/?q=kain": "filters",
    }
    found = {}
    for address in refused:
        with pytest.raises(ValidationError) as error:
            counted_list(address)
        found[address] = error.value.code
    assert found == refused


def test_a_counted_realisation_is_the_list_at_the_end_of_each_quarter_and_opens_it():
    an_establishment(name="Lama", branch="pangan")
    put_on(datetime.datetime(2026, 2, 1, tzinfo=datetime.UTC))
    an_establishment(name="Baru", branch="pangan")
    an_establishment(name="Kain", branch="sandang_kulit")
    put_on(datetime.datetime(2026, 5, 1, tzinfo=datetime.UTC))
    one = an_indicator(counts="/industri/?branch=pangan", targets=[{**RENSTRA, "value": 4}])
    told = in_2026(one).periods
    assert {name: (int(one.value), one.so_far) for name, one in told.items()} == {
        "tw1": (1, False), "tw2": (2, False), "tw3": (2, True),
    }  # fmt: skip
    head = UserFactory(role=Role.HEAD)
    for name, number in (("tw1", 1), ("tw2", 2), ("tw3", 2)):
        shown = reading(head).get(told[name].url)
        assert shown.context["counts"].total == number, name
    assert told["tw1"].url in page(head, f"/perencanaan/{one.number}/").replace("&amp;", "&")
    with past.reading(datetime.date(2026, 5, 20)):
        then = in_2026(one).periods
    assert {name: int(one.value) for name, one in then.items()} == {"tw1": 1, "tw2": 2}


def test_a_counted_figure_that_is_read_as_of_the_end_of_its_quarter_opens_the_list_of_that_day():
    an_establishment(name="Lama", branch="pangan")
    put_on(datetime.datetime(2026, 5, 1, tzinfo=datetime.UTC))
    an_establishment(name="Baru", branch="pangan")
    put_on(datetime.datetime(2026, 8, 1, tzinfo=datetime.UTC))
    one = an_indicator(counts="/industri/?branch=pangan", targets=[RENSTRA])
    told = {}
    for day in (datetime.date(2026, 6, 30), datetime.date(2026, 8, 10)):
        with past.reading(day):
            told[day.month] = in_2026(one).told
    head = reading(UserFactory(role=Role.HEAD))
    assert told[6].url.endswith("&as_of=2026-06-30")
    assert "as_of" not in told[8].url
    assert {at: head.get(one.url).context["counts"].total for at, one in told.items()} == {6: 1, 8: 2}
    assert {at: int(one.value) for at, one in told.items()} == {6: 1, 8: 2}


def test_the_list_of_a_year_says_what_is_missing_and_shows_the_light():
    lights()
    names = {
        "Hijau sudah": {"targets": [RENSTRA], "realisations": [realised("tw1", 95)]},
        "Tanpa target": {"realisations": [realised("tw1", 95)]},
        "Tanpa realisasi": {"targets": [RENSTRA]},
    }
    made = {name: an_indicator(name=name, **values) for name, values in names.items()}
    clerk = UserFactory()
    shown = {one["name"]: one for one in reading(clerk).get("/perencanaan/?tahun=2026").context["records"]}
    assert {name: (one["standing"].light, one["standing"].missing) for name, one in shown.items()} == {
        "Hijau sudah": ("hijau", ""),
        "Tanpa target": (None, "Belum ada target"),
        "Tanpa realisasi": (None, "Belum ada realisasi"),
    }
    assert "Belum ada target" in page(clerk, "/perencanaan/?tahun=2026")
    assert "2031" in page(clerk, "/perencanaan/?tahun=2031")  # refused in words, and this year shown
    rows = list(csv.DictReader(io.StringIO(page(clerk, "/perencanaan/capaian.csv?tahun=2026").lstrip("\ufeff"))))
    assert {row["indicator"]: (row["target"], row["achievement_percent"], row["light"]) for row in rows} == {
        "Hijau sudah": ("100", "95", "hijau"),
        "Tanpa target": ("", "", ""),
        "Tanpa realisasi": ("100", "", ""),
    }
    number = made["Hijau sudah"].number
    years = list(csv.DictReader(io.StringIO(page(clerk, f"/perencanaan/{number}/capaian.csv").lstrip("\ufeff"))))
    assert [row["year"] for row in years] == ["2025", "2026", "2027", "2028", "2029", "2030"]


def test_an_indicator_stands_in_the_lists_and_tables_of_the_years_in_which_it_is_in_use():
    plain = {"targets": [RENSTRA], "level": "sasaran"}
    an_indicator(name="Lama", valid_to="2025-12-31", **plain)
    an_indicator(name="Baru", valid_from="2026-07-01", **plain)
    an_indicator(name="Selalu", **plain)
    head = UserFactory(role=Role.HEAD)
    client, told, totals = reading(head), {}, {}
    for year in (2025, 2026):
        shown = client.get(f"/perencanaan/?tahun={year}").context
        told[year], totals[year] = {one["name"] for one in shown["records"]}, shown["counts"].total
        rows = sheet_of(head, f"/perencanaan/cetak/pk.xlsx?tahun={year}")
        assert {row[2] for row in rows[1:3]} == told[year]
        file = page(head, f"/perencanaan/capaian.csv?tahun={year}").lstrip("\ufeff")
        assert {row["indicator"] for row in csv.DictReader(io.StringIO(file))} == told[year]
    assert told == {2025: {"Lama", "Selalu"}, 2026: {"Baru", "Selalu"}}
    assert totals == {2025: 2, 2026: 2}
    plan = sheet_of(head, "/perencanaan/cetak/tc23.xlsx?tahun=2025")  # of five years
    assert {row[1] for row in plan[1:4]} == {"Lama", "Baru", "Selalu"}


def test_without_thresholds_no_light_is_shown():
    one = in_2026(an_indicator(targets=[RENSTRA], realisations=[realised("tw1", 95)]))
    assert (one.percent, one.light, one.missing) == (95, None, "Belum ada ambang batas")


def test_a_year_that_is_over_keeps_the_light_of_the_thresholds_of_its_last_day():
    lights(key="dulu", green_from=50, yellow_from=40, valid_to=datetime.date(2026, 3, 31))
    lights(valid_from=datetime.date(2026, 4, 1))
    targets = [RENSTRA, {**RENSTRA, "year": 2025}]
    one = an_indicator(targets=targets, realisations=[realised("tw1", 60), realised("tahun", 60, 2025)])
    told = standings([one], [2025, 2026])[one.pk]
    assert {year: standing.light for year, standing in told.items()} == {2025: "hijau", 2026: "merah"}


def test_thresholds_do_not_overlap_and_yellow_lies_below_green():
    lights()
    for wrong in (
        {"key": "lain", "green_from": 80, "yellow_from": 60},
        {"key": "lain", "green_from": 5, "yellow_from": 5},
    ):
        with pytest.raises(ValidationError):
            LightRule(**wrong).full_clean()


def test_the_province_proposes_an_indicator_and_every_office_reads_it():
    one = an_indicator(name="Pertumbuhan IKM", targets=[RENSTRA])
    clerk = UserFactory(regency=RegencyFactory(code="63.07"))
    assert "Pertumbuhan IKM" in page(clerk, "/perencanaan/")
    assert "/usulan/baru/?daftar=indicators" not in page(clerk, f"/perencanaan/{one.number}/")
    assert "/usulan/baru/?daftar=indicators" in page(UserFactory(role=Role.VERIFIER), f"/perencanaan/{one.number}/")
    for path in ("", f"{one.number}/", "capaian.csv", "ekonomi/", f"{one.number}/capaian.csv"):
        assert Client().get(f"/perencanaan/{path}").status_code == 302, path


def test_a_list_costs_the_same_for_one_indicator_and_for_three():
    an_establishment(branch="pangan")
    clerk = reading(UserFactory())

    def asked():
        with CaptureQueriesContext(connection) as seen:
            assert clerk.get("/perencanaan/?tahun=2026").status_code == 200
        return len(seen)

    an_indicator(name="Satu", counts="/industri/?branch=pangan", targets=[RENSTRA])
    asked()  # reference data comes into memory
    one = asked()
    an_indicator(name="Dua", counts="/industri/?branch=pangan", targets=[RENSTRA])
    an_indicator(name="Tiga", counts="/industri/", targets=[RENSTRA], realisations=[realised("tw1", None)])
    assert asked() == one


def test_figures_of_the_economy_stand_with_source_and_day_those_of_one_measure_in_one_chart():
    rows = [
        realised("tahun", "12.5", 2023, told_on="2024-02-05"),
        realised("tahun", "13.1", 2024, certainty="sementara", told_on="2025-02-05"),
    ]
    structure = {"kind": "struktur_ekonomi", "level": "gambaran", "measure": "%", "frequency": "tahunan"}
    an_indicator(name="Porsi ekspor mentah", realisations=rows, **structure)
    an_indicator(name="Porsi ekspor olahan", realisations=rows, **structure)
    an_indicator(name="Tidak di sini", realisations=[realised("tw1", 1)])
    head = UserFactory(role=Role.HEAD)
    shown = page(head, "/perencanaan/ekonomi/")
    assert shown.count('<svg viewBox="0 0 720') == 1
    assert "5 Februari 2025" in shown
    assert "Tidak di sini" not in shown
    told = list(csv.DictReader(io.StringIO(page(head, "/perencanaan/ekonomi/?berkas=csv").lstrip("\ufeff"))))
    assert [(row["year"], row["value"], row["source_day"]) for row in told][:2] == [
        ("2023", "12.5", "2024-02-05"), ("2024", "13.1", "2025-02-05"),
    ]  # fmt: skip


def test_a_unit_that_is_over_is_not_offered_any_more_and_stays_where_it_was_chosen():
    admin = UserFactory(role=Role.ADMINISTRATOR)
    old = keep_unit(Unit(key="lama", name="Bidang Lama", valid_to=datetime.date(2026, 1, 31)), by=admin)
    keep_unit(Unit(key="baru", name="Bidang Baru", valid_from=datetime.date(2026, 2, 1)), by=admin)
    fresh = IndicatorForm(values=indicator_values())
    fresh.narrow(None)
    assert [one.name for one in fresh.fields["unit"].queryset] == ["Bidang Baru"]
    made = an_indicator(unit=old.pk)
    assert Indicator.objects.get().unit == old
    again = IndicatorForm(values=indicator_values(unit="lama"), instance=made)
    again.narrow(None)
    assert {one.name for one in again.fields["unit"].queryset} == {"Bidang Lama", "Bidang Baru"}
