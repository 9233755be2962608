"""Workers and money inside: each number is that of the list which it opens, within the reach of whoever asks."""

import datetime
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from disperin.figures.sums import DIMENSIONS, SUMMED, dimension_named, sums_within
from disperin.registers.record import directory, past, rollup
from disperin.submissions import actions
from industries.models import Establishment, KbliClass
from tests.factories import CommodityFactory, RegencyFactory, an_establishment
from tests.registers.days import put_back

STATED = {"workers_male": 3, "workers_female": 2, "investment": 500_000_000, "annual_sales": 1_000_000_000}


@pytest.fixture(scope="module")
def world(once):
    """Three makers here and one there, of two divisions and scales; one states nothing, one is closed."""
    return once(_made)


def _made():
    KbliClass.objects.get_or_create(
        key="2020-13", defaults={"version": 2020, "code": "13", "title_id": "Tekstil", "level": 2}
    )
    RegencyFactory(code="63.71", name="Kota Banjarmasin")
    commodity = CommodityFactory().pk
    an_establishment(name="A", **STATED, nib="1234567890123", commodities=[commodity])
    an_establishment(name="B", **STATED | {"workers_male": 30}, branch="pangan")
    an_establishment(name="C")
    an_establishment(name="D", regency="63.71", **STATED | {"investment": 20_000_000_000})
    closed = an_establishment(name="E", **STATED)
    Establishment.objects.filter(pk=closed.pk).update(closed_on="2026-01-01")
    rollup.recount("establishments", Establishment)


def test_every_number_is_the_sum_of_the_list_that_it_opens(world, verifier, signed_in, django_assert_max_num_queries):
    client = signed_in(verifier)
    for dimension in DIMENSIONS:
        page = client.get(f"/statistik/jumlah/?by={dimension.name}")
        assert page.status_code == 200
        for row in page.context["rows"]:
            for cell in row["cells"]:
                listed = client.get(cell["url"])
                assert not listed.context["problems"], cell["url"]
                found = listed.context["table"].matches
                expected = (
                    sum(getattr(one, cell["measure"].name) or 0 for one in found)
                    if cell["measure"].is_summed
                    else found.count()
                )
                assert expected == cell["number"], (dimension.name, row["label"], cell["measure"].name)
    with django_assert_max_num_queries(12):
        client.get("/statistik/jumlah/?by=regency")


def test_no_establishment_is_read_for_a_sum(world, head, signed_in):
    """So a page costs the same for a million of them: what the verbs keep is read."""
    client = signed_in(head)
    addresses = [f"/statistik/jumlah/?by={dimension.name}" for dimension in DIMENSIONS]
    addresses += ["/statistik/jumlah/rekap.xlsx", "/api/v1/figures/inside/?by=division"]
    for address in addresses:
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert not [query["sql"] for query in asked if 'FROM "industries_establishment"' in query["sql"]], address


def test_the_sums_are_those_of_the_records(world, head):
    groups, everybody = sums_within(head, dimension_named("industry_scale"))

    assert everybody.values["units"] == 4
    assert everybody.values["without_nib"] == 3
    assert everybody.values["workers_male"] == 36
    assert everybody.given["investment"] == 3
    assert {code: one.values["units"] for code, one in groups.items()} == {"kecil": 1, "menengah": 2, "belum": 1}
    for dimension in DIMENSIONS:
        groups, total = sums_within(head, dimension)
        assert total == everybody
        for measure in SUMMED if not dimension.is_several else ():
            assert sum(one.values[measure.name] for one in groups.values()) == everybody.values[measure.name]


def test_sums_of_a_past_day_are_those_of_the_list_of_then(world, head, administrator, signed_in):
    """Then 3 men of B's 30, A not closed yet, C without investment; a day that is not known is refused."""
    register, client = directory.get("establishments"), signed_in(head)
    put_back(days=40)
    day = timezone.localdate() - datetime.timedelta(days=30)
    before = told_on(client, "")
    make = {one.name: one for one in Establishment.objects.all()}
    actions.publish(register, {"workers_male": "7", "branch": "kerajinan_aneka"}, by=administrator, record=make["B"])
    actions.publish(register, {"investment": "90000000"}, by=administrator, record=make["C"])
    given = {"closed_on": timezone.localdate().isoformat(), "closed_reason": "ended"}
    actions.publish(register, given, by=administrator, record=make["A"], kind="close")

    assert told_on(client, "") != before
    assert told_on(client, f"&as_of={day.isoformat()}") == before
    page = client.get(f"/statistik/jumlah/?by=branch&as_of={day.isoformat()}")
    for row in page.context["rows"]:
        for cell in row["cells"]:
            listed = client.get(f"{cell['url']}&as_of={day.isoformat()}").context["table"].matches
            with past.reading(day):
                found = list(listed)
            name = cell["measure"].name
            stated = sum(getattr(one, name) or 0 for one in found) if cell["measure"].is_summed else len(found)
            assert stated == cell["number"], (row["label"], name)
    assert f"as_of={day.isoformat()}" in page.content.decode().split("rekap.xlsx")[1][:40]
    recap = client.get(f"/statistik/jumlah/rekap.xlsx?as_of={day.isoformat()}")
    assert day.isoformat() in recap["Content-Disposition"]
    assert _sheet(recap.content)[-1][3] == 4
    assert client.get("/statistik/jumlah/?as_of=1999-01-01").status_code == 400


def told_on(client, day):
    """Every group's numbers, as page and API give them."""
    told = {}
    for dimension in DIMENSIONS:
        answer = client.get(f"/api/v1/figures/inside/?by={dimension.name}{day}").json()
        page = client.get(f"/statistik/jumlah/?by={dimension.name}{day}").context
        shown = [[cell["number"] for cell in row["cells"]] for row in page["rows"]]
        names = [cell["measure"].name for cell in page["total"]]
        assert shown == [[row[name] for name in names] for row in answer["rows"]], dimension.name
        told[dimension.name] = answer
    return told


def test_an_officer_sums_the_own_regency_alone(world, officer, signed_in):
    client = signed_in(officer)
    page = client.get("/statistik/jumlah/")

    assert [row["label"] for row in page.context["rows"]] == [str(officer.regency)]
    assert page.context["total"][0]["number"] == 3
    rows = _sheet(client.get("/statistik/jumlah/rekap.xlsx").content)
    assert [row[1] for row in rows[1:]] == ["63.07", ""]


def test_the_recap_has_every_regency_and_a_total(world, head, signed_in):
    rows = _sheet(signed_in(head).get("/statistik/jumlah/rekap.xlsx").content)

    assert rows[0][:6] == ["No.", "Kode", "Kabupaten/kota", "Unit usaha", "Dengan NIB", "Tanpa NIB"]
    assert [row[1] for row in rows[1:]] == ["63.07", "63.71", ""]
    assert rows[1][3:9] == [3, 1, 2, 33, 4, 37]
    assert [sum(column) for column in list(zip(*rows[1:3], strict=True))[3:]] == rows[3][3:]


@pytest.mark.parametrize("asked", DIMENSIONS)
def test_the_api_gives_the_numbers_of_the_page(world, head, officer, signed_in, asked):
    """Groups, their order and their total, to each role as on the page."""
    for user in (head, officer):
        client = signed_in(user)
        page = client.get(f"/statistik/jumlah/?by={asked.name}").context
        told = client.get(f"/api/v1/figures/inside/?by={asked.name}").json()

        assert [row["label"] for row in told["rows"]] == [str(row["label"]) for row in page["rows"]]
        cells = [*(row["cells"] for row in page["rows"]), page["total"]]
        for row, shown in zip([*told["rows"], told["total"]], cells, strict=True):
            assert [row[one["measure"].name] for one in shown] == [one["number"] for one in shown]
            stated = {one["measure"].name: one["given"] for one in shown if one["measure"].is_summed}
            assert row["given"] == stated


def test_the_api_gives_sums_to_nobody_without_an_account_and_names_what_it_does_not_know(world, head, signed_in):
    assert Client().get("/api/v1/figures/inside/").status_code == 401
    client = signed_in(head)
    refused = client.get("/api/v1/figures/inside/?by=owner_name")
    assert refused.status_code == 400
    assert "owner_name" in refused.json()["errors"]["by"][0]["message"]
    assert client.get("/api/v1/figures/inside/?regency=63.07").status_code == 400
    assert "no-store" in client.get("/api/v1/figures/inside/?by=division")["Cache-Control"]


def _sheet(content):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_nobody_without_an_account_reads_them_and_no_other_grouping_is_known(world, head, signed_in):
    for address in ("/statistik/jumlah/", "/statistik/jumlah/rekap.xlsx"):
        assert Client().get(address).status_code == 302
    assert signed_in(head).get("/statistik/jumlah/?by=owner_name").status_code == 404


def test_a_table_is_narrowed_to_a_kind_and_says_so(world, verifier, signed_in):
    client = signed_in(verifier)
    page = client.get("/data/establishments/?kind=business_scale:mikro")

    assert page.context["chips"][0]["value"] == "Usaha Mikro"
    assert page.context["table"].matches.count() == 3
    for wrong in ("business_scale:raksasa", "owner_name:Siti", "business_scale"):
        told = client.get(f"/data/establishments/?kind={wrong}").context["problems"]
        assert [one["value"] for one in told] == [wrong]
    assert client.get("/data/establishments/?kind=business_scale:mikro&kind=business_scale:kecil").status_code == 200
