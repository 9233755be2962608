"""The pages of zones: what is known with source and day, what is not known said so, filters, comparison, map."""

import json
import re
from dataclasses import replace
from decimal import Decimal

import pytest
import time_machine
from django.conf import settings as portal
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from disperin.registers.record import directory
from disperin.submissions import actions
from tests.factories import KbliClassFactory, a_milestone, a_zone, an_administrator, an_establishment, an_issue
from tests.maps.test_shapes import square
from zones.models import Plot, Zone

AREAS = [
    {"basis": "masterplan", "hectares": 6370, "source": "Koran A", "source_date": "2026-01-15"},
    {"basis": "pkkpr", "hectares": 958, "source": "Koran B", "source_date": "2024-01-15"},
    {"basis": "dikuasai", "hectares": 50, "source": "Koran C"},
]


def text_of(path, client=None):
    answer = (client or Client()).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.fixture
def jorong(db):
    """A zone of which much is known."""
    utilities = [
        {"kind": "listrik", "capacity": 30, "free_capacity": 12.5, "unit": "mw", "source": "PLN"},
        {"kind": "pelabuhan", "name": "Pelabuhan Pelaihari", "distance_km": 40, "source": "Dishub"},
    ]
    plots = [
        {"code": "A-1", "hectares": 4.92, "state": "tersedia", "outline": square(size=0.002)},
        {"code": "A-2", "hectares": 4.92, "state": "terjual", "outline": square(west=115.382, size=0.002)},
        {"code": "A-3", "hectares": 1, "state": "tersedia"},
    ]
    return a_zone(
        name="Kawasan Jorong",
        also_known_as=["KI Jorong"],
        outline=square(),
        areas=AREAS,
        utilities=utilities,
        plots=plots,
        plots_as_of="2026-11-01",
        plots_source="Pengelola",
        tenants=[{"name": "PT Satu", "kbli": "2020-13134"}, {"name": "PT Dua"}],
        documents=[{"kind": "iuki", "issued_on": "2024-04-03", "source": "Koran D"}],
    )


@pytest.fixture(autouse=True)
def _kbli(db):
    KbliClassFactory()


def test_conflicting_areas_stand_side_by_side_each_with_its_source_and_day(jorong):
    with time_machine.travel("2026-11-22 04:00", tick=False):
        text = text_of("/kawasan/kawasan-jorong/")

    for said in ("6.370 ha", "958 ha", "50 ha", "Koran A", "Koran B", "Koran C", "15 Januari 2026", "15 Januari 2024"):
        assert said in text
    assert "7.378" not in text  # no sum
    assert "2.459" not in text  # no average
    assert text.count('<li class="figure-stale"') == 1  # PKKPR of 2024 alone


def test_a_sum_of_plots_has_two_decimals_while_each_plot_keeps_what_was_stated():
    plots = [{"code": f"A-{at}", "hectares": hectares, "state": "tersedia"} for at, hectares in enumerate((1.2345, 2))]
    a_zone(name="Kawasan Petak", plots=plots, areas=[{"basis": "pkkpr", "hectares": 958.4, "source": "Koran"}])

    pages = [text_of(f"/kawasan/{path}") for path in ("", "banding/?kawasan=kawasan-petak", "kawasan-petak/")]

    assert ["3,23 ha" in page for page in pages] == [True] * 3
    assert ["958,4 ha" in page for page in pages] == [True] * 3
    assert "1,2345 ha" in pages[2]
    assert not any("3,2345" in page for page in pages)
    assert Zone.objects.get().free_land_ha == Decimal("3.2345")


def test_what_is_not_known_is_said_so():
    a_zone(name="Kawasan Baru")

    text = text_of("/en/kawasan/kawasan-baru/")

    missing = "areas, plots, road, port, airport, electricity, water, gas, waste and waste water, telecommunication, "
    missing += "national strategic project, accreditation (Permenperin 26/2025), manager, focus industries, tenants, "
    assert text.count(f"Not known yet: {missing}permits and documents, office to ask.") == 1
    assert "No data yet" not in text
    assert "None" not in text
    assert "Sources" not in text


def test_the_page_opens_with_one_sentence_and_four_figures_that_are_known(jorong):
    with time_machine.travel("2026-11-22 04:00", tick=False):
        text = " ".join(text_of("/kawasan/kawasan-jorong/").split())

    place = "Kecamatan 63.07.01, Kabupaten 63.07"
    told = (
        f"Kawasan Jorong terletak di {place}, berada pada tahap “usulan” dan memiliki 2 kaveling tersedia seluas 5,92"
    )
    assert f'<p class="zone-sentence">{told} ha.</p>' in text
    tiles = re.findall(
        r'tile-number">([^<]*)</p> <p class="tile-label">([^<]*)</p> (?:<p class="tile-note">([^<]*)<)?', text
    )
    assert tiles == [
        ("5,92 ha", "Lahan tersedia", "Per 1 November 2026."),
        ("12,5 MW", "Daya listrik tersedia", "Tanggal tidak disebut."),
        ("40 km", "Pelabuhan terdekat", "Tanggal tidak disebut."),
        ("6.370 ha", "Luas: rencana atau masterplan", "Per 15 Januari 2026."),
    ]


def test_each_source_stands_once_with_its_link_and_days_and_figures_name_its_number(jorong):
    source = "Koran A, 2026: https://koran.example/a"
    rows = [{**AREAS[0], "source": source}, {**AREAS[1], "source": source}]
    a_zone(name="Kawasan Dua", areas=rows, stage_source="Koran B")

    for prefix, first, second in (("", "Sumber 1", "Sumber 2"), ("/en", "Source 1", "Source 2")):
        text = " ".join(text_of(f"{prefix}/kawasan/kawasan-dua/").split())
        assert text.count("https://koran.example/a") == 1
        assert text.count(f'href="#sumber-1">{first}</a>') == 2
        assert text.count(f'href="#sumber-2">{second}</a>') == 1
        notes = text[text.index('<ol class="notes">') :]
        assert (
            notes.index("15 Januar") < notes.index("15 Januar", notes.index("15 Januar") + 9) < notes.index("Koran B")
        )


def test_free_capacity_stands_with_its_day_and_says_when_that_is_long_ago():
    water = {"kind": "air", "capacity": 900, "free_capacity": 400, "unit": "m3_hari", "source": "PDAM"}
    a_zone(name="Kawasan Air", utilities=[water | {"as_of": "2024-01-15"}, {"kind": "gas", "source": "PGN"}])

    with time_machine.travel("2026-11-22 04:00", tick=False):
        text = " ".join(text_of("/kawasan/kawasan-air/").split())

    table = text[text.index("Kapasitas tersedia</caption>") : text.index("</table>")]
    assert all(
        said in table for said in ("400 m³ per hari", "900 m³ per hari", "15 Januari 2024", "lebih dari 12 bulan")
    )
    assert table.count("<tr>") == 2


def test_makers_around_a_zone_are_told_by_what_everybody_may_know_of_them(jorong):
    near = an_establishment(name="Sanggar Dekat", latitude="-2.5701", longitude="115.3849")
    an_establishment(name="Sanggar Jauh", regency="63.06", latitude="-2.85", longitude="115.2")
    an_establishment(name="Sanggar Tanpa Titik")

    text = " ".join(text_of("/kawasan/kawasan-jorong/").split())
    section = text[text.index('id="pemasok"') :]
    section = section[: section.index("</section>")]

    assert "1 pembuat dengan lokasi terbuka dalam jarak 25 km." in section
    assert near.name in section
    assert "sekitar 1 km" in section
    assert "Sanggar Jauh" not in section
    assert "2.5701" not in text
    assert "in_box=" in section


def test_a_plot_can_be_asked_for_unless_it_is_sold_and_free_ones_stand_alone(jorong):
    ask = f"/tanya/?register=zones&amp;record={jorong.number}&amp;kaveling=A-"

    every, free = text_of("/kawasan/kawasan-jorong/"), text_of("/kawasan/kawasan-jorong/?kaveling=tersedia")
    features = json.loads(Client().get("/en/kawasan/kawasan-jorong/petak.json").content)["features"]

    assert [f"{ask}{at}" in every for at in (1, 2, 3)] == [True, False, True]
    assert [f">A-{at}</td>" in free for at in (1, 2, 3)] == [True, False, True]
    asked = [one["properties"].get("ask") for one in features]
    assert asked == [None, f"/en/tanya/?register=zones&record={jorong.number}&kaveling=A-1", None]


def test_the_number_leads_to_the_name(jorong):
    for number in (jorong.number, jorong.number.lower()):
        answer = Client().get(f"/kawasan/{number}/")
        assert (answer.status_code, answer["Location"]) == (301, "/kawasan/kawasan-jorong/")
    assert Client().get("/kawasan/KWS-6307-999999/").status_code == 404


def test_tenants_stand_by_class_and_documents_with_their_day(jorong):
    text = text_of("/kawasan/kawasan-jorong/")

    assert text.index("13134") < text.index("PT Satu") < text.index("PT Dua")
    assert "3 April 2024" in text


def test_a_zone_is_found_by_what_it_offers(jorong, trying):
    for query, found in [
        ("port_within=40", True),
        ("port_within=39.9", False),
        ("free_power=12.5", True),
        ("free_power=12.6", False),
        ("free_land=5.92", True),
        ("free_land=5.93", False),
        ("district=63.07.01", True),
        ("kind=ki&stage=usulan", True),
        ("kind=kpi", False),
        ("in_box=115.3,-2.6,115.4,-2.5", True),
        ("in_box=116,-2.6,117,-2.5", False),
        ("q=ki+jorong", True),
        ("q=a-1", False),
    ]:
        with trying(query, found):
            text = text_of(f"/kawasan/?{query}")

            assert ("kawasan-jorong" in text) is found
            assert "notice-warning" not in text


def test_a_figure_that_is_none_is_named_and_narrows_nothing(jorong, trying):
    for value in ["abc", "-1", "1e400", "NaN", "9" * 400, "%00"]:
        for name in ["port_within", "free_power", "free_land"]:
            with trying(value, name):
                text = text_of(f"/kawasan/?{name}={value}")

                assert "kawasan-jorong" in text


def test_a_zone_of_which_the_figure_is_not_known_is_left_out_by_it(jorong):
    a_zone(name="Kawasan Lain")

    text = text_of("/kawasan/?port_within=1000")

    assert "kawasan-jorong" in text
    assert "kawasan-lain" not in text


def test_most_free_land_comes_first_and_the_unknown_last(jorong):
    for number in range(30):
        a_zone(name=f"Kawasan {number:02}")

    first = text_of("/kawasan/?order=-free_land")
    onward = re.search(r'href="([^"]*cursor=[^"]*)"', first).group(1).replace("&amp;", "&")

    assert first.index("kawasan-jorong") < first.index("kawasan-29")
    assert "kawasan-00" in text_of(onward if onward.startswith("/") else f"/kawasan/{onward}")


def test_four_zones_stand_side_by_side_and_the_rest_is_told(jorong):
    slugs = ["kawasan-jorong", *(a_zone(name=f"Kawasan {name}").slug for name in ("A", "B", "C", "D"))]
    query = "&".join(f"kawasan={slug}" for slug in slugs)

    four, nothing, odd = (
        text_of(f"/en/kawasan/banding/?{query}"),
        text_of("/kawasan/banding/"),
        text_of("/en/kawasan/banding/?kawasan=kawasan-jorong&kawasan=x&kawasan=%00&kawasan=" + "y" * 300),
    )

    assert four.count('scope="col"') == 4
    assert four.count('<ol class="notes">') == 1
    assert "Only the first 4" in four
    assert 'scope="col"' not in nothing
    assert odd.count('scope="col"') == 1
    assert odd.count("There is no zone") == 3
    assert "6,370 ha" in odd


def test_the_map_gets_outline_and_plots_in_one_light_answer(jorong):
    first = Client().get("/kawasan/kawasan-jorong/petak.json")
    again = Client().get("/kawasan/kawasan-jorong/petak.json", headers={"if-none-match": first["ETag"]})

    features = json.loads(first.content)["features"]
    assert (first["Content-Type"], again.status_code) == ("application/geo+json", 304)
    assert [one["properties"]["name"] for one in features] == ["Kawasan Jorong", "A-1", "A-2"]
    assert [one["properties"].get("state") for one in features] == [None, "tersedia", "terjual"]
    assert features[0]["geometry"]["type"] == "Polygon"


def test_without_a_script_outline_and_plots_are_a_drawing(jorong):
    drawn = Client().get("/kawasan/kawasan-jorong/petak.svg")
    nothing = Client().get(f"/kawasan/{a_zone(name='Kawasan Kosong').slug}/petak.svg")

    assert 'src="/kawasan/kawasan-jorong/petak.svg"' in text_of("/kawasan/kawasan-jorong/")
    assert drawn.content.count(b"<path") == 4  # the outline, two plots, the bar
    assert nothing.content.count(b"<path") == 13  # the regencies


def test_two_thousand_plots_are_one_answer_of_two_queries():
    zone = a_zone(name="Kawasan Besar")
    plots = [
        Plot(
            zone=zone,
            code=f"P-{at}",
            hectares=1,
            state="tersedia",
            position=at,
            outline=square(west=round(115.3 + at % 50 * 0.001, 6), south=round(-2.6 + at // 50 * 0.001, 6), size=0.001),
        )
        for at in range(2_000)
    ]
    Plot.objects.bulk_create(plots)

    with CaptureQueriesContext(connection) as queries:
        answer = Client().get("/kawasan/kawasan-besar/petak.json", headers={"accept-encoding": "gzip"})

    assert len(queries) == 3  # revision, zone, plots
    assert len(answer.content) < 100_000
    assert "P-49" in text_of("/kawasan/kawasan-besar/")
    assert "P-50<" not in text_of("/kawasan/kawasan-besar/")


def test_the_page_of_a_zone_asks_as_often_for_many_rows_as_for_one(jorong):
    a_zone(
        name="Kawasan Satu", outline=square(), areas=AREAS[:1], plots=[{"code": "A", "hectares": 1, "state": "dipesan"}]
    )

    def asked(path):
        with CaptureQueriesContext(connection) as queries:
            text_of(path)
        return len(queries)

    assert asked("/kawasan/kawasan-jorong/") == asked("/kawasan/kawasan-satu/") <= 16
    one, two = "/kawasan/banding/?kawasan=kawasan-satu", "/kawasan/banding/?kawasan=kawasan-satu&kawasan=kawasan-jorong"
    assert asked(one) == asked(two)


def test_search_engines_are_told_where_it_lies(jorong):
    block = re.search(r'<script type="application/ld\+json">(.+?)</script>', text_of("/kawasan/kawasan-jorong/"))

    said = json.loads(block.group(1))
    assert (said["@type"], said["alternateName"]) == ("Place", ["KI Jorong"])
    assert said["geo"]["latitude"] == -2.575


def test_no_text_ends_the_block_for_search_engines():
    a_zone(name="Kawasan </script><script>alert(1)</script>")

    assert "<script>alert" not in text_of(f"/kawasan/{Zone.objects.get().slug}/")


def test_issues_are_seen_inside_only(jorong, officer, officer_there):
    an_issue(zone=jorong, description="Sengketa rahasia 77")
    client, other = Client(), Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    other.force_login(officer_there, backend="django.contrib.auth.backends.ModelBackend")

    assert "Sengketa rahasia 77" in text_of("/kawasan/kawasan-jorong/", client)
    assert "Sengketa rahasia 77" not in text_of("/kawasan/kawasan-jorong/", other)
    assert "Sengketa rahasia 77" not in text_of("/kawasan/kawasan-jorong/")


def test_the_page_of_a_milestone_shows_what_a_contract_costs_inside_only(jorong, officer):
    milestone = a_milestone(zone=jorong, contract_value=1_250_000_000)
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    path = f"/tonggak/{milestone.number}/"

    assert "1,25 miliar" in text_of(path, client)
    assert "miliar" not in text_of(path)
    assert milestone.number in text_of("/tonggak/?zone=kawasan-jorong")


def test_a_change_of_a_zone_is_seen_at_once_on_all_its_pages(jorong):
    paths = ["/kawasan/", "/kawasan/kawasan-jorong/", "/kawasan/banding/?kawasan=kawasan-jorong"]
    for path in paths:
        text_of(path)
    actions.publish(directory.get("zones"), {"name": "Jorong Baru"}, by=an_administrator(), record=jorong)

    assert all("Jorong Baru" in text_of(path) for path in paths)


def test_who_asks_about_a_zone_that_names_nobody_is_led_to_the_office(settings, db):
    said = replace(portal.PROVINCE.contact, phone="0511 000 0000", email="kantor@contoh.example")
    settings.PROVINCE = replace(portal.PROVINCE, contact=said)
    silent, named = a_zone(name="Kawasan Diam"), a_zone(name="Kawasan Lain", contact_office="Kantor Kawasan")

    cards = [
        text_of(f"/kawasan/{zone.slug}/").split("Narahubung")[1].split("</section>")[0] for zone in (silent, named)
    ]

    assert str(portal.PROVINCE.office) in cards[0]
    assert 'href="tel:05110000000"' in cards[0]
    assert "Kantor Kawasan" in cards[1]
    assert "0511" not in cards[1]
