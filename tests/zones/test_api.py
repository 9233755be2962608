"""Zones over the API: slug, parts, plots as GeoJSON, milestones, and issues for those inside."""

import pytest

from tests.factories import a_milestone, a_zone, an_issue, zone_values
from tests.maps.test_shapes import square

ZONES, PLOTS = "/api/v1/zones/", "/api/v1/plots/"


@pytest.fixture
def zone(db):
    """A zone with a row of each part."""
    return a_zone(
        name="Kawasan Jorong",
        outline=square(),
        plots_as_of="2026-11-01",
        areas=[{"basis": "masterplan", "hectares": 6370, "source": "Koran A"}],
        plots=[
            {"code": "A-1", "hectares": 4.92, "state": "tersedia", "outline": square(size=0.002)},
            {"code": "A-2", "hectares": 1, "state": "terjual"},
        ],
        tenants=[{"name": "PT Satu"}],
    )


def test_a_zone_tells_its_slug_its_outline_and_its_figures(zone, api):
    row = api().get(ZONES).json()["results"][0]
    whole = api().get(f"{ZONES}{zone.number}/").json()

    assert (row["slug"], row["free_land_ha"]) == ("kawasan-jorong", 4.92)
    assert whole["outline"] == square()
    assert [(one["hectares"], one["source"], one["source_date"]) for one in whole["areas"]] == [(6370, "Koran A", None)]
    assert [one["name"] for one in whole["tenants"]] == ["PT Satu"]
    assert "inside" not in whole


def test_plots_are_a_feature_collection(zone, api):
    answer = api().get(PLOTS, {"zone": "kawasan-jorong"}).json()

    assert (answer["type"], answer["next"]) == ("FeatureCollection", None)
    assert [one["geometry"] for one in answer["features"]] == [square(size=0.002), None]
    assert answer["features"][0]["properties"] == {
        "key": str(zone.plots.first().key),
        "url": f"http://testserver{PLOTS}{zone.plots.first().key}/",
        "zone": zone.number,
        "zone_name": "Kawasan Jorong",
        "code": "A-1",
        "hectares": 4.92,
        "state": "tersedia",
        "terms": "",
        "as_of": "2026-11-01",
        "source": "",
        "closed_on": None,
    }


def test_plots_go_on_by_pages_and_each_has_its_own_address(zone, api):
    first = api().get(PLOTS, {"page_size": 1}).json()
    second = api().get(first["next"]).json()
    single = api().get(second["features"][0]["properties"]["url"]).json()

    assert [one["features"][0]["properties"]["code"] for one in (first, second)] == ["A-1", "A-2"]
    assert single == second["features"][0]


def test_a_filter_that_makes_no_sense_is_a_400(zone, api, trying):
    for query in ["zone=nix", "state=x", "zone=%00", "nix=1", "order=x", "cursor=x"]:
        with trying(query):
            assert api().get(f"{PLOTS}?{query}").status_code == 400


def test_a_figure_that_is_none_is_a_400_that_names_it(zone, api, trying):
    for query in ["port_within=abc", "free_power=-1", "free_land=NaN", "port_within=1e400"]:
        with trying(query):
            answer = api().get(f"{ZONES}?{query}")

            assert answer.status_code == 400
            assert query.split("=")[0] in answer.content.decode()


def test_milestones_are_public_without_what_a_contract_costs(zone, api, officer):
    milestone = a_milestone(zone=zone, contract_value=777_111, responsible="PT Rahasia")
    path = f"/api/v1/milestones/{milestone.number}/"

    public, inside = api().get(path), api(officer).get(path)

    assert b"777111" not in public.content
    assert b"PT Rahasia" not in public.content
    assert public.json()["zone"] == zone.number
    assert inside.json()["inside"]["contract_value"] == 777_111


def test_issues_are_for_those_whose_reach_includes_them(zone, api, officer, officer_there, head):
    issue = an_issue(zone=zone)
    listed, single = "/api/v1/issues/", f"/api/v1/issues/{issue.number}/"

    assert (api().get(listed).status_code, api().get(single).status_code) == (401, 401)
    assert api(officer_there).get(single).status_code == 404
    assert api(officer_there).get(listed).json()["results"] == []
    for person in (officer, head):
        assert [one["number"] for one in api(person).get(listed).json()["results"]] == [issue.number]
        assert api(person).get(single).json()["description"] == "Batas lahan belum jelas"


def test_issues_are_found_by_what_they_say(zone, api, officer, trying):
    an_issue(zone=zone)

    for query, found in [
        ("q=lahan", 1),
        ("q=jorong", 1),
        ("q=qqq", 0),
        ("light=kuning&state=terbuka", 1),
        ("light=merah", 0),
        ("zone=kawasan-jorong&kind=tanah_tata_ruang", 1),
        ("order=-opened_on", 1),
        ("order=due_on", 1),
    ]:
        with trying(query, found):
            assert len(api(officer).get(f"/api/v1/issues/?{query}").json()["results"]) == found


def test_a_program_proposes_a_zone_with_outlines_as_geojson(api, officer):
    described = api(officer).get("/api/v1/registers/zones/").json()
    values = zone_values(outline=square(), plots=[{"code": "A", "hectares": 123, "state": "tersedia"}])

    answer = api(officer).post("/api/v1/submissions/", {"register": "zones", "values": values})

    assert {one["name"]: one["kind"] for one in described["fields"]}["outline"] == "geometry"
    assert answer.status_code == 201
    assert answer.json()["values"]["outline"] == square()
