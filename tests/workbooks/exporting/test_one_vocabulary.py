"""Whatever a reader may know of a record has one name, and values of one form, in API, CSV and GeoJSON."""

import csv
import io
import json
from datetime import datetime
from urllib.parse import urlsplit

import pytest
from django.utils.timezone import localdate

from disperin.registers.record import directory
from disperin.workbooks.exporting.open_columns import NO_COLUMN
from tests import factories
from tests.maps.test_shapes import square
from tests.registers.each_register import REGISTERS, secret_record

pytestmark = pytest.mark.django_db
OF_THE_API = {"id", "url", "updated_at", "closed_on", "created_at", "closed_reason", "inside"}  # where to go on from
WITHOUT_COLUMNS = {  # rows with columns of their own (sheets of a workbook, and the detail), and the outline
    "zones": {"areas", "utilities", "tenants", "documents", "outline"},
    "establishments": {"products", "public_contact"},  # the contact is looked up of one maker at a time
    "nominations": {"papers", "assessments", "gap"},
    "assistance": {"beneficiaries", "goods"},
    "inspections": {"documents", "findings", "photos"},
    "indicators": {"targets", "realisations"},
    "reports": {"products", "materials", "supplies", "machines", "facilities"},
}
SCANS = {"handover", "minutes", "evidence"}  # a scan is no cell; the answer names it


def a_telling_record(register):
    """A record in which what is derived, dated or points elsewhere says something."""
    if register.slug == "awards":
        return factories.an_award(valid_until="2025-01-31")
    if register.slug == "clusters":
        cluster = factories.a_cluster()
        factories.an_establishment(cluster=cluster.number)
        return cluster
    if register.slug == "milestones":
        return factories.a_milestone(zone=factories.a_zone(outline=square()))
    if register.slug == "partnerships":
        tenant = factories.a_zone(tenants=[{"name": "PT Sasirangan Jaya"}]).tenants.get()
        return factories.a_partnership(buyer_tenant=str(tenant.key))
    if register.slug == "halal":
        goods = [{"name": "Kain"}, {"name": "=Baju"}]
        maker = factories.an_establishment(products=goods, latitude="-2.587654", longitude="115.387654")
        return factories.a_halal_certificate(establishment=maker, covered=[{}, {}])
    return secret_record(register) if register.model.audience.is_public else factories.RECORDS[register.slug]()


def content(answer):
    assert answer.status_code == 200, answer.status_code
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def in_a_cell(value):
    """A value of the API as a CSV file writes it."""
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(by_keys(value))
    return str(value)


def by_keys(value):
    """Rows of a part, that the API tells whole, by their keys."""
    is_rows = isinstance(value, list)
    return [one["key"] if isinstance(one, dict) else one for one in value] if is_rows else value


def is_the_same(said, cell):
    """Whether a cell says what the API says: figures by their worth, moments by their instant."""
    if isinstance(said, float | int) and not isinstance(said, bool):
        return cell != "" and float(cell) == float(said)
    if isinstance(said, str) and said.startswith("http"):
        return urlsplit(said).path == urlsplit(cell).path
    if isinstance(said, str) and said[10:11] == "T":
        return datetime.fromisoformat(said) == datetime.fromisoformat(cell)
    return in_a_cell(said) == cell.removeprefix("'")


def in_geojson(reader, address, record):
    """What a file for maps tells of a record."""
    features = json.loads(content(reader.get(address)))["features"]
    (found,) = (one["properties"] for one in features if one["id"] == record.number)
    return found


def test_a_record_has_the_same_names_and_values_in_api_csv_and_geojson(api):
    wrong = []
    for register in REGISTERS:
        record = a_telling_record(register)
        reader = api() if register.model.audience.is_public else api(factories.an_administrator())
        files = f"/api/v1/registers/{register.slug}/export"
        said = reader.get(f"/api/v1/{register.slug}/{record.number}/").json()
        (listed,) = (
            one for one in reader.get(f"/api/v1/{register.slug}/").json()["results"] if one["number"] == record.number
        )
        rows = csv.DictReader(io.StringIO(content(reader.get(f"{files}.csv")), newline=""))
        (row,) = (one for one in rows if one["number"] == record.number)
        feature = in_geojson(reader, f"{files}.geojson", record) if register.model.point else dict(said)

        without = OF_THE_API | SCANS | {f"{one}_name" for one in SCANS} | WITHOUT_COLUMNS.get(register.slug, set())
        words = {f"{name}_label" for name in row} | {f"{part}_name" for part in register.form.parts} | {"page_url"}
        if register.model.point:
            wrong += [(register.slug, "CSV and GeoJSON", name) for name in row.keys() ^ feature.keys()]
        wrong += [(register.slug, "CSV lacks", name) for name in said.keys() - row.keys() - without]
        wrong += [(register.slug, "API lacks", name) for name in row.keys() - said.keys() - words]
        wrong += [(register.slug, "list", name) for name, value in listed.items() if said[name] != value]
        for name in said.keys() & row.keys():
            if not is_the_same(said[name], row[name]):
                wrong.append((register.slug, name, said[name], row[name]))
            if feature[name] != by_keys(said[name]) and not is_the_same(said[name], str(feature[name])):
                wrong.append((register.slug, name, said[name], feature[name]))
    assert wrong == []


def test_every_field_that_a_reader_may_know_has_a_column_and_stands_in_the_answer(api):
    """By the audience of the model: what a page may show, programs find too."""
    told_as = {"photo": "photo_url"}
    for register in REGISTERS:
        audience = register.model.audience
        record = factories.RECORDS[register.slug]()
        reader = api() if audience.is_public else api(factories.an_administrator())
        said = reader.get(f"/api/v1/{register.slug}/{record.number}/").json()
        header = content(reader.get(f"/api/v1/registers/{register.slug}/export.csv")).splitlines()[0].split(",")
        known = {told_as.get(one, one) for one in (audience.public or audience.inside)}
        assert known - NO_COLUMN - SCANS - {*header} == set(), register.slug
        assert known - {"search_text", "created_at", "closed_reason"} - said.keys() == set(), register.slug


def test_what_stands_today_is_told_beside_what_was_recorded(api):
    award = factories.an_award(valid_until="2025-01-31")

    for query, found in (("?state=berakhir", [award.number]), ("?state=berlaku", [])):
        rows = api().get(f"/api/v1/awards/{query}").json()["results"]
        assert [one["number"] for one in rows] == found
    said = api().get(f"/api/v1/awards/{award.number}/").json()
    assert (said["state"], said["state_on"], said["stands"]) == ("berlaku", None, "berakhir")
    assert localdate().isoformat() > said["valid_until"]


def test_a_certificate_names_the_products_that_it_covers_in_csv_too(api):
    record = a_telling_record(directory.get("halal"))

    (row,) = csv.DictReader(io.StringIO(content(api().get("/api/v1/registers/halal/export.csv")), newline=""))
    features = json.loads(content(api().get("/api/v1/registers/halal/export.geojson")))["features"]

    keys = [str(one.product.key) for one in record.covers.order_by("position")]
    assert (row["covered"], row["covered_name"]) == ("; ".join(keys), "Kain; '=Baju")
    told = features[0]["properties"]
    assert (told["covered"], told["covered_name"]) == (keys, ["Kain", "=Baju"])


def test_the_name_by_which_an_answer_calls_a_zone_narrows_lists_too(api):
    milestone = a_telling_record(directory.get("milestones"))
    number = api().get(f"/api/v1/milestones/{milestone.number}/").json()["zone"]

    assert number == milestone.zone.number
    for name in (number, milestone.zone.slug):
        assert len(api().get("/api/v1/milestones/", {"zone": name}).json()["results"]) == 1
    assert "zone" in api().get("/api/v1/milestones/", {"zone": "KWS-6307-999999"}).json()["errors"]
