"""What makers reported of a quarter, added up: each number is that of the list which it opens, within one's reach."""

import datetime
import re
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from disperin.figures.reported import REPORTED, REPORTED_BY, figures_of_report, reported_sums
from disperin.figures.sums import WHOLE
from disperin.registers.dated.quarters import Quarter
from disperin.reports.models import QuarterlyReport, ReportedProduct, ReportingDuty
from industries.models import Establishment
from tests.factories import RegencyFactory, a_report, an_establishment
from tests.registers.days import put_back, put_on

LARGE = {"workers_male": 60, "workers_female": 40, "investment": 20_000_000_000}
FIRST = Quarter(2026, 1)


@pytest.fixture(scope="module")
def world(once):
    """Two reports here and one there of the first quarter, one of the second; two more makers are obliged."""
    return once(_made)


def _made():
    RegencyFactory(code="63.71", name="Kota Banjarmasin")
    makers = [an_establishment(name=f"Besar {at}", **LARGE) for at in range(3)]
    makers.append(an_establishment(name="Besar sana", regency="63.71", **LARGE))
    small = an_establishment(name="Kecil", workers_male=2, workers_female=2, investment=10_000_000)
    ReportingDuty.objects.create(key="besar", scale="besar", source="Uji kewajiban")
    made = [{"name": "Papan", "unit": "m3", "production_value": value} for value in (5_000_000, 7_000_000)]
    larger = {"group": "menengah_besar", "investment": 3_000_000_000}
    a_report(establishment=makers[0], **larger, permanent_men=4, other_men=1, permanent_women=2, products=made)
    a_report(establishment=makers[3], **larger, permanent_men=10, land_building_value=9, products=made[:1])
    a_report(establishment=small, group="kecil", permanent_women=3, products=[])
    a_report(establishment=makers[0], **larger, quarter="TW2", permanent_men=9)


def test_every_number_is_that_of_the_list_which_it_opens(world, head, signed_in, django_assert_max_num_queries):
    client = signed_in(head)
    for by in REPORTED_BY:
        page = client.get(f"/statistik/laporan/?year=2026&quarter=TW1&by={by.asked}")
        assert page.status_code == 200
        rows = [*page.context["rows"], {"label": "all", "cells": page.context["total"]}]
        for row in rows:
            for cell in row["cells"]:
                listed = client.get(cell["url"])
                assert "problems" not in listed.context or not listed.context["problems"], cell["url"]
                if cell["measure"].name == "obliged":
                    assert int(listed.context["total"]) == cell["number"]
                    continue
                found = [_stated(number) for number in dict.fromkeys(_numbers(listed))]
                name = cell["measure"].name
                told = len(found) if name == "reports" else sum(one[name] for one in found)
                assert told == cell["number"], (by.name, row["label"], name)
                if cell["given"] is not None:
                    assert sum(one[name] > 0 for one in found) == cell["given"]
    with django_assert_max_num_queries(14):
        client.get("/statistik/laporan/?year=2026&quarter=TW1")


def _numbers(listed):
    return re.findall(r"/laporan-triwulan/(LAP-[0-9-]+)/[\"?]", listed.content.decode())


def _stated(number):
    row = QuarterlyReport.objects.filter(number=number).values().get()
    made = ReportedProduct.objects.filter(report=row["id"], closed_on=None).values_list("production_value", flat=True)
    return figures_of_report(row, sum(one or 0 for one in made))


def test_the_sums_are_those_of_the_verified_reports_of_the_quarter(world, db):
    reports = QuarterlyReport.objects.current().of_quarter(FIRST)
    regencies = reported_sums(reports, REPORTED_BY[0])

    assert {code: one.values["reports"] for code, one in regencies.items()} == {"63.07": 2, "63.71": 1, WHOLE: 3}
    assert regencies["63.07"].values["reported_men"] == 5
    assert regencies["63.07"].values["reported_women"] == 5
    assert regencies["63.07"].values["reported_output"] == 12_000_000
    assert regencies["63.07"].given["reported_output"] == 1
    assert regencies[WHOLE].values["reported_investment"] == 6_000_000_000
    for by in REPORTED_BY:
        sums = reported_sums(reports, by)
        for one in REPORTED:
            assert sums[WHOLE].values[one.name] == sum(s.values[one.name] for code, s in sums.items() if code != WHOLE)
    nothing = reported_sums(QuarterlyReport.objects.of_quarter(Quarter(2025, 1)), REPORTED_BY[0])
    assert set(nothing) == {WHOLE}
    assert set(nothing[WHOLE].values.values()) == {0}


def test_a_past_day_has_the_reports_that_were_on_record_then_and_every_number_opens_the_list_of_then(
    world, db, head, signed_in
):
    put_on(timezone.now())
    put_back(5)
    new = an_establishment(name="Besar baru", **LARGE)
    a_report(establishment=new, group="menengah_besar", permanent_men=7)
    put_on(timezone.now())
    client, days = signed_in(head), [timezone.localdate() - datetime.timedelta(days=ago) for ago in (1, 0)]
    men = []
    for day in days:
        page = client.get(f"/statistik/laporan/?year=2026&quarter=TW1&as_of={day}")
        told = {cell["measure"].name: cell for cell in page.context["total"]}
        men.append(told["reported_men"]["number"])
        assert "obliged" not in told
        assert "Kewajiban melapor hanya disebut per hari ini" in page.content.decode()
        opened = unescape(page.content.decode())
        assert f"{told['reports']['url']}&as_of={day}" in opened
        listed = client.get(f"{told['reports']['url']}&as_of={day}")
        found = [_stated(number) for number in dict.fromkeys(_numbers(listed))]
        assert (len(found), sum(one["reported_men"] for one in found)) == (told["reports"]["number"], men[-1])
        assert f'name="as_of" value="{day}"' in opened  # another quarter is asked for as of the same day
    assert men == [15, 22]
    assert client.get("/statistik/laporan/?as_of=2026-02-30").status_code == 400


def test_it_says_of_how_many_obliged_it_speaks_and_where_nobody_said_who_is(world, db, officer, signed_in):
    client = signed_in(officer)
    page = client.get("/statistik/laporan/?year=2026&quarter=TW1")
    told = [(one["measure"].name, one["number"]) for one in page.context["total"][:2]]
    assert told == [("obliged", 3), ("reports", 2)]
    assert [row["label"] for row in page.context["rows"]] == [str(officer.regency)]

    ReportingDuty.objects.all().delete()
    page = client.get("/statistik/laporan/?year=2026&quarter=TW1")
    assert page.context["total"][0]["measure"].name == "reports"
    assert "belum diisi di portal" in page.content.decode()
    assert Establishment.objects.count() == 5


def test_where_nobody_reported_a_figure_no_sum_of_it_is_told(world, db, head, signed_in):
    """Nought workers, or nought rupiah, would be said of whom nothing is known."""
    RegencyFactory(code="63.06", name="Kabupaten Hulu Sungai Selatan")
    an_establishment(name="Besar diam", regency="63.06", **LARGE)

    page = signed_in(head).get("/statistik/laporan/?year=2026&quarter=TW1").content.decode()
    silent = page.split("Hulu Sungai Selatan</th>")[1].split("</tr>")[0]

    assert silent.count("–<span") == len(REPORTED)
    assert "Rp 0" not in page


def test_visitors_do_not_read_them_and_what_is_not_understood_is_named(world, head, signed_in):
    assert Client().get("/statistik/laporan/").status_code == 302
    client = signed_in(head)
    assert client.get("/statistik/laporan/?by=signer").status_code == 404
    for wrong in ("year=2099", "year=x", "quarter=TW9"):
        answer = client.get(f"/statistik/laporan/?{wrong}&by=form")
        assert answer.status_code == 400
        assert '<input type="hidden" name="by" value="form">' in answer.content.decode()  # asked again, the same way
    ReportingDuty.objects.all().delete()
    assert "Belum ada laporan" in client.get("/statistik/laporan/?year=2024&quarter=TW1").content.decode()
