"""The register of zones: names that last, outlines and plots that fit, what is derived, what the database refuses."""

import json
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, InternalError, transaction
from django.test import Client

from disperin.registers.record import directory
from disperin.registers.record.versions import values_at, versions_of
from disperin.submissions import actions
from disperin.submissions.models import Submission
from tests.factories import a_zone, an_administrator, zone_values
from tests.maps.test_shapes import KML, square
from zones.models import Plot, Zone

PLOT = {"code": "A-1", "hectares": 4.92, "state": "tersedia"}


def refused(values, **options):
    """`{path: code}` of what the register refuses."""
    with pytest.raises(ValidationError) as told:
        actions.publish(directory.get("zones"), values, by=an_administrator(), **options)
    return {path: errors[0].code for path, errors in told.value.error_dict.items()}


def change(zone, **values):
    return actions.publish(directory.get("zones"), values, by=an_administrator(), record=zone)


@pytest.mark.django_db
def test_the_first_name_stays_in_addresses_and_two_zones_never_share_it():
    zone = a_zone(name="Kawasan Barabai")
    other = a_zone(name="Kawasan Barabai")

    change(zone, name="Kawasan Murakata")

    zone.refresh_from_db()
    assert (zone.name, zone.slug, other.slug) == ("Kawasan Murakata", "kawasan-barabai", "kawasan-barabai-2")


@pytest.mark.django_db
def test_the_number_of_a_hidden_zone_leads_nobody_outside_to_its_name(client, signed_in, verifier):
    shown, hidden = a_zone(name="Kawasan Barabai"), a_zone(name="Kawasan Rahasia")
    actions.hide(directory.get("zones"), hidden, "", reason="Diminta.", by=an_administrator())

    for pages in ("", "kemajuan/"):
        assert client.get(f"/kawasan/{shown.number}/{pages}")["Location"] == f"/kawasan/kawasan-barabai/{pages}"
        answer = client.get(f"/kawasan/{hidden.number}/{pages}")
        assert (answer.status_code, "rahasia" in str(answer.headers).lower()) == (404, False), pages
    assert signed_in(verifier).get(f"/kawasan/{hidden.number}/")["Location"] == "/kawasan/kawasan-rahasia/"


@pytest.mark.django_db
def test_the_database_itself_keeps_the_name_in_addresses():
    zone = a_zone()

    with pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
        Zone.objects.filter(pk=zone.pk).update(slug="lain")


@pytest.mark.django_db
def test_what_does_not_fit_is_told_at_its_field(trying):
    plain = zone_values()

    for values, codes in [
        ({"districts": []}, {"districts": "required"}),
        ({"districts": ["63.99.01"]}, {"districts": "invalid_choice"}),
        ({"latitude": -2.58}, {"longitude": "both"}),
        ({"latitude": 2.58, "longitude": 115.38}, {"latitude": "outside"}),
        ({"stage_on": "2999-01-01"}, {"stage_on": "future"}),
        ({"contact_phone": "telepon kami"}, {"contact_phone": "invalid"}),
        ({"outline": square(west=114, south=-4.5)}, {"outline": "outside_regency"}),
        (
            {"outline": {"type": "Polygon", "coordinates": [[[115.38, -2.58], [115.39, -2.58], [115.39, -2.57]]]}},
            {"outline": "not_closed"},
        ),
        ({"areas": [{"basis": "masterplan", "hectares": 0, "source": "x"}]}, {"hectares": "min_value"}),
        ({"areas": [{"basis": "masterplan", "hectares": 5}]}, {"source": "required"}),
        (
            {"areas": [{"basis": "iuki", "hectares": 5, "source": "x", "source_date": "2999-01-01"}]},
            {"source_date": "future"},
        ),
        ({"utilities": [{"kind": "listrik", "capacity": 5, "source": "x"}]}, {"unit": "unit_missing"}),
        ({"tenants": [{"hectares": 3}]}, {"name": "nameless"}),
        (
            {"documents": [{"kind": "iuki", "issued_on": "2024-02-01", "valid_until": "2024-01-31"}]},
            {"valid_until": "order"},
        ),
        ({"plots": [PLOT, PLOT | {"code": "a-1"}]}, {"code": "twice"}),
    ]:
        with trying(values, codes):
            found = refused(plain | values)

            assert {path.split(".")[-1]: code for path, code in found.items()} == codes


@pytest.mark.django_db
def test_a_district_of_another_regency_is_refused():
    here, there = zone_values(), zone_values(regency="63.06")

    assert refused(here | {"districts": there["districts"]}) == {"districts": "chain"}


@pytest.mark.django_db
def test_plots_must_lie_in_the_outline_and_apart():
    plots = [
        PLOT | {"outline": square(size=0.002)},
        PLOT | {"code": "A-2", "outline": square(west=115.381, size=0.002)},
        PLOT | {"code": "A-3", "outline": square(west=115.389, size=0.002)},
    ]

    found = refused(zone_values(outline=square(), plots=plots))

    assert sorted(code for path, code in found.items() if path.endswith(".outline")) == ["outside_outline", "overlap"]


@pytest.mark.django_db
def test_what_is_no_outline_is_not_even_kept(officer, trying):
    values = zone_values()

    for outline in ["POLYGON((0 0))", 7, [], {"type": "Point", "coordinates": [1, 2]}, {"type": "Polygon"}]:
        with trying(outline):
            with pytest.raises(ValidationError) as told:
                actions.draft(directory.get("zones"), values | {"outline": outline}, by=officer)

            assert set(told.value.error_dict) == {"outline"}


@pytest.mark.django_db
def test_an_outline_that_is_wrong_is_kept_in_the_draft_and_refused_when_it_is_submitted(officer):
    bow = {
        "type": "Polygon",
        "coordinates": [[[115.3, -2.5], [115.4, -2.4], [115.4, -2.5], [115.3, -2.4], [115.3, -2.5]]],
    }
    draft = actions.draft(directory.get("zones"), zone_values(outline=bow), by=officer)

    with pytest.raises(ValidationError) as told:
        actions.submit(draft, by=officer, acknowledged=True)

    assert draft.values["outline"] == bow
    assert told.value.error_dict["outline"][0].code == "crossing"


@pytest.mark.django_db
def test_what_filters_ask_for_follows_from_the_rows():
    utilities = [
        {"kind": "listrik", "capacity": 30, "free_capacity": 12.5, "unit": "mw", "source": "x"},
        {"kind": "pelabuhan", "name": "A", "distance_km": 40, "source": "x"},
        {"kind": "pelabuhan", "name": "B", "distance_km": 12.5, "source": "x"},
    ]
    zone = a_zone(plots=[PLOT, PLOT | {"code": "A-2", "state": "terjual"}], utilities=utilities)

    assert (zone.free_land_ha, zone.free_power_mw, zone.port_distance_km) == (
        Decimal("4.92"), Decimal("12.5"), Decimal("12.5"),
    )  # fmt: skip

    zone = change(zone, plots=[], utilities=[])

    assert (zone.free_land_ha, zone.free_power_mw, zone.port_distance_km) == (None, None, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "kind", "place"),
    [
        ({}, "", (None, None)),
        ({"outline": square()}, "outline", (Decimal("-2.575000"), Decimal("115.385000"))),
        (
            {"outline": square(), "latitude": -2.5, "longitude": 115.4},
            "location",
            (Decimal("-2.5"), Decimal("115.4")),
        ),
    ],
)
def test_the_pin_stands_at_the_best_place_that_is_known(values, kind, place):
    zone = a_zone(**values)
    zone.refresh_from_db()

    assert (zone.map_point, (zone.map_latitude, zone.map_longitude)) == (kind, place)


@pytest.mark.django_db
def test_areas_that_fit_no_outline_and_figures_without_a_day_are_warned_about(officer):
    areas = [{"basis": "masterplan", "hectares": 300, "source": "x"}]
    plots = [PLOT | {"hectares": 9, "outline": square(size=0.002)}]
    values = zone_values(outline=square(), areas=areas, plots=plots)
    draft = actions.draft(directory.get("zones"), values, by=officer)

    with pytest.raises(ValidationError) as told:
        actions.submit(draft, by=officer)

    paths = {path.split(".")[-1] for path in told.value.error_dict}
    assert paths == {"outline", "hectares", "plots_as_of", "outline_as_of"}
    assert {error.code for errors in told.value.error_dict.values() for error in errors} == {"warning"}


@pytest.mark.django_db
def test_an_earlier_version_still_knows_its_outline_and_plots():
    zone = a_zone(outline=square(), plots=[PLOT | {"outline": square(size=0.002)}])
    zone = change(zone, outline=None, plots=[])
    register, versions = directory.get("zones"), versions_of(zone)

    before = values_at(register, zone, versions[-1], versions)

    assert before["outline"] == square()
    assert [row["outline"] for row in before["plots"]] == [square(size=0.002)]
    assert Plot.objects.filter(zone=zone, closed_on=None).count() == 0


@pytest.mark.django_db
def test_the_database_refuses_a_plot_of_nothing_and_a_zone_in_no_district():
    zone = a_zone(plots=[PLOT])

    for rows, values in ((zone.plots, {"hectares": 0}), (Zone.objects, {"districts": []})):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**values)


@pytest.fixture
def draft_of(officer):
    """An open draft of a zone with one plot, and a client of its officer."""
    draft = actions.draft(directory.get("zones"), zone_values(plots=[PLOT]), by=officer)
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return draft, client


def posted(draft, **more):
    """What the page of a draft posts: the plot's row and whatever else."""
    row = draft.values["plots"][0]
    plots = {"plots-TOTAL": "1", "plots-0-key": row["key"], "plots-0-code": "A-1", "plots-0-hectares": "4,92"}
    parts = {f"{name}-TOTAL": "0" for name in ("areas", "utilities", "tenants", "documents")}
    return {**plots, **parts, "plots-0-state": "tersedia", "revision": draft.revision, "save": "1", **more}


@pytest.mark.django_db
def test_a_page_takes_an_outline_from_a_kml_file(draft_of):
    draft, client = draft_of
    file = SimpleUploadedFile("kawasan.kml", KML.encode())

    answer = client.post(f"/usulan/{draft.number}/ubah/", posted(draft, **{"outline-file": file}))

    assert answer.status_code == 302
    assert Submission.objects.get(pk=draft.pk).values["outline"] == square()
    page = client.get(f"/usulan/{draft.number}/ubah/").content.decode()
    assert "122,97 ha" in page


@pytest.mark.django_db
def test_a_page_takes_many_plots_from_one_file_each_by_its_code(draft_of):
    draft, client = draft_of
    features = [
        {"type": "Feature", "properties": {"kode": code}, "geometry": square(west=west, size=0.002)}
        for code, west in (("A-1", 115.38), ("A-2", 115.382))
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    file = SimpleUploadedFile("petak.geojson", text.encode())

    client.post(f"/usulan/{draft.number}/ubah/", posted(draft, **{"plots-file": file}))

    rows = Submission.objects.get(pk=draft.pk).values["plots"]
    assert [(row["code"], row["hectares"], row["outline"]) for row in rows] == [
        ("A-1", 4.92, square(size=0.002)),
        ("A-2", None, square(west=115.382, size=0.002)),
    ]
    assert rows[0]["key"] == draft.values["plots"][0]["key"]


@pytest.mark.django_db
def test_a_file_that_is_none_is_told_and_nothing_typed_is_lost(draft_of, trying):
    draft, client = draft_of

    for name in ["outline-file", "plots-file", "plots-0-outline-file"]:
        with trying(name):
            sent = {
                name: SimpleUploadedFile("x.kml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><kml>&a;</kml>"),
                "name": "Nama Baru",
            }

            answer = client.post(f"/usulan/{draft.number}/ubah/", posted(draft, **sent))

            assert answer.status_code == 400
            assert "GeoJSON" in answer.content.decode()
            assert Submission.objects.get(pk=draft.pk).values["name"] == "Nama Baru"


@pytest.mark.django_db
def test_a_text_that_is_no_outline_stays_in_the_draft_as_typed(draft_of):
    draft, client = draft_of

    client.post(f"/usulan/{draft.number}/ubah/", posted(draft, outline="bukan peta"))

    kept = Submission.objects.get(pk=draft.pk)
    assert (kept.values["outline"], kept.typed["outline"]) == (None, "bukan peta")
    assert "bukan peta" in client.get(f"/usulan/{draft.number}/ubah/").content.decode()
