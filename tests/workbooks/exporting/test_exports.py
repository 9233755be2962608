"""Lists as files: exactly the rows of the page, the inside for those who may see it, and a trace of who took it."""

import csv
import datetime
import io
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from disperin.history.models import Entry
from disperin.registers.record import directory
from disperin.workbooks.exporting.selection import Wanted, kinds_of
from tests.factories import a_cluster, a_zone, an_establishment
from tests.maps.test_shapes import square
from tests.registers.each_register import SECRETS, address, make
from tests.workbooks.exporting.test_round_trip import a_full_record
from tests.workbooks.rows import counts

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
REGISTERS = directory.all_registers()
every_register = pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.slug)
MAKERS = "/unduh/establishments"


def content(answer):
    """What a file holds, as text."""
    assert answer.status_code == 200, answer.status_code
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def table(answer):
    """The rows of a CSV file as dicts by heading."""
    return list(csv.DictReader(io.StringIO(content(answer), newline="")))


def about(query=""):
    """What stands beside a CSV file of makers: its texts by what they are, and the names of its columns."""
    told = Client().get(f"{MAKERS}.csv-metadata.json{query}").json()
    return {one["what"]: one["text"] for one in told["notes"]}, [one["name"] for one in told["tableSchema"]["columns"]]


def read_back(answer, path):
    path.write_bytes(b"".join(answer.streaming_content))
    return path


@every_register
def test_every_list_offers_itself_as_files_that_hold_what_its_reader_may_see(register, officer, signed_in):
    a_full_record(register)
    is_public = register.model.audience.is_public
    client = Client() if is_public else signed_in(officer)
    page = client.get(address(register, "list")).content.decode()

    for kind in kinds_of(register):
        path = f"/unduh/{register.slug}.{kind}"
        assert path in page
        answer = client.get(path) if is_public else client.post(path)
        text = b"".join(answer.streaming_content).decode(errors="replace")
        assert answer.status_code == 200
        secrets = SECRETS.get(register.slug, {}) if is_public else {}
        told = {"stage"}  # a revoked certificate says so by its public day
        assert [one for name, one in secrets.items() if isinstance(one, str) and one in text and name not in told] == []
    assert not is_public or Entry.objects.filter(verb="export").count() == 0


def test_a_file_holds_exactly_the_rows_of_the_list_in_its_order_and_says_which(officer):
    for name, regency in (("Budi", "63.07"), ("Ayu", "63.07"), ("Citra", "63.06"), ("Tutup", "63.07")):
        record = an_establishment(name=f"Usaha {name}", regency=regency)
    record.closed_on = timezone.localdate()
    record.save()

    query = "?regency=63.07&q=usaha&order=-name&cursor=x&tampilan=peta"
    answer = Client().get(f"{MAKERS}.csv{query}")
    rows, (told, columns) = table(answer), about(query)

    assert [row["name"] for row in rows] == ["Usaha Budi", "Usaha Ayu"]
    assert list(rows[0]) == columns
    assert told["Daftar"] == "Unit usaha"
    assert "Kabupaten/kota: " in told["Disaring menurut"]
    assert "Cari: usaha" in told["Disaring menurut"]
    assert any(f"{timezone.localdate().year}, " in text for text in told.values())
    assert told["Alamat"].endswith("/industri/?regency=63.07&q=usaha&order=-name")
    assert "/unduh/establishments.csv-metadata.json?regency=63.07" in answer["Link"]


def test_codes_stand_beside_their_words_under_the_same_names_in_every_file(api):
    cluster = a_cluster(name="Sentra Kain")
    record = an_establishment(name="Ayu", latitude="-2.587654", longitude="115.387654", cluster=cluster.number)

    (row,) = table(Client().get(f"{MAKERS}.csv"))
    (english,) = table(Client().get(f"/en{MAKERS}.csv"))
    (feature,) = json.loads(content(Client().get(f"{MAKERS}.geojson")))["features"]
    said = api().get("/api/v1/establishments/").json()["results"][0]

    for name in ("number", "name", "branch", "kbli", "kbli_title", "regency", "regency_name", "village_name", "cluster",
                 "industry_scale", "public_point", "origin"):  # fmt: skip
        assert row[name] == feature["properties"][name] == english[name] == said[name], name
    assert (row["public_point"], row["public_latitude"]) == ("rounded", "-2.590000")
    assert (row["branch"], row["branch_label"], english["branch_label"]) == (
        "sandang_kulit", "Sandang dan Kulit", "Clothing and leather",
    )  # fmt: skip
    assert row["cluster_name"] == "Sentra Kain"
    assert row["page_url"].endswith(f"/industri/{record.number}/")
    assert row["published_at"][:10] == record.verified_at.astimezone(datetime.UTC).date().isoformat()
    assert said["published_at"][:19] == row["published_at"][:19]
    assert (row["origin"], row["verified_at"], feature["properties"]["verified_at"]) == ("direct", "", None)


def test_every_point_says_how_exact_it_is():
    a_zone(outline=square())
    an_establishment(latitude="-2.587654", longitude="115.387654", show_on_map=True, map_consented_on="2026-01-05")
    a_cluster()

    exact = {"establishments": ("public_point", "exact"), "zones": ("map_point", "outline"),
             "clusters": ("map_point", "village")}  # fmt: skip
    for slug, (name, value) in exact.items():
        (row,) = table(Client().get(f"/unduh/{slug}.csv"))
        (feature,) = json.loads(content(Client().get(f"/unduh/{slug}.geojson")))["features"]
        assert (row[name], feature["properties"][name]) == (value, value), slug


def test_what_of_an_address_is_not_understood_is_told_by_the_list_and_refused_by_the_api(api):
    an_establishment()

    page = Client().get(f"{MAKERS}.csv?regency=99.99")
    answers = [
        api().get(f"/api/v1/registers/establishments/export.csv?{query}")
        for query in ("regency=99.99", "order=nib", "nib=9120304857261", "regency=63.07&regency=63.06", "q=%00")
    ]

    assert (page.status_code, page["Location"]) == (302, "/industri/?regency=99.99")
    assert [(answer.status_code, *answer.json()["errors"]) for answer in answers] == [
        (400, "regency"), (400, "order"), (400, "nib"), (400, "regency"), (400, "q"),
    ]  # fmt: skip
    assert api().get("/api/v1/registers/establishments/export.pdf").status_code == 404
    assert api().get("/api/v1/registers/nothing/export.csv").status_code == 404
    assert Client().get("/unduh/establishments.pdf").status_code == 404
    assert table(Client().get(f"{MAKERS}.csv?q=tidakada")) == []


def test_an_officer_takes_the_inside_of_the_own_regency_and_the_history_remembers(officer, signed_in, api):
    an_establishment(name="Di sini", owner_name="Pemilik Satu", npwp="013579246801000", legal_form="pt")
    an_establishment(name="Di sana", owner_name="Pemilik Dua", regency="63.06")

    posted = table(signed_in(officer).post(f"{MAKERS}.csv?order=number"))
    asked = table(api(officer).get("/api/v1/registers/establishments/export.csv?regency=63.07"))
    public = table(signed_in(officer).get(f"{MAKERS}.csv"))

    owners = {row["name"]: (row["owner_name"], row["npwp"]) for row in posted}
    assert owners == {"Di sini": ("Pemilik Satu", "0135•••••••1000"), "Di sana": ("", "")}
    assert [row["owner_name"] for row in asked] == ["Pemilik Satu"]
    assert "owner_name" not in public[0]
    entries = Entry.objects.filter(verb="export").order_by("id")
    assert [(one.actor, one.detail["rows"], one.detail["kind"]) for one in entries] == [
        (officer, 2, "csv"), (officer, 1, "csv"),
    ]  # fmt: skip
    assert [one.detail["filter"] for one in entries] == ["", "Kabupaten/kota: Kabupaten 63.07"]


def test_an_officer_s_workbook_is_imported_again_without_a_change(officer, signed_in, send, tmp_path):
    an_establishment(name="Ayu", products=[{"name": "Kain"}, {"name": "Baju"}], latitude="-2.5", longitude="115.375")

    file = read_back(signed_in(officer).post(f"{MAKERS}.xlsx?regency=63.07"), tmp_path / "ekspor.xlsx")
    workbook = send(officer, file)

    assert (workbook.state, workbook.counts) == ("checked", counts(read=1, unchanged=1))


def test_a_map_file_has_the_public_place_or_outline_of_each_record(api):
    an_establishment(name="Ada", latitude="-2.587654", longitude="115.387654", commodities=[])
    an_establishment(name="Tanpa")
    a_zone(outline=square())

    told = json.loads(content(Client().get(f"{MAKERS}.geojson?order=name")))
    zones = json.loads(content(api().get("/api/v1/registers/zones/export.geojson")))

    first, second = told["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [115.39, -2.59]}
    assert first["properties"]["name"] == "Ada"
    assert first["properties"]["page_url"].endswith(f"/industri/{first['id']}/")
    assert second["geometry"] is None
    assert told["about"]["Disaring menurut"]
    assert zones["features"][0]["geometry"]["type"] == "Polygon"


def test_an_outline_stands_in_no_cell_and_stays_when_a_file_comes_back(officer, signed_in, send, tmp_path):
    a_zone(outline=square(), plots=[{"code": "A-1", "hectares": "0.125", "state": "tersedia", "outline": None}])

    for kind in ("xlsx", "csv"):
        file = read_back(signed_in(officer).post(f"/unduh/zones.{kind}"), tmp_path / f"ekspor.{kind}")
        workbook = send(officer, file, register="zones")
        assert workbook.unchanged == 1


def test_files_take_as_many_queries_for_three_records_as_for_one():
    counts = []
    an_establishment(name="Dahulu")
    for kind in ("csv", "geojson", "xlsx"):  # what a worker looks up once
        b"".join(Client().get(f"{MAKERS}.{kind}?regency=63.07").streaming_content)
    for names in (["Ayu"], ["Budi", "Citra"]):
        for name in names:
            an_establishment(name=name, products=[{"name": "Kain"}])
        for kind in ("csv", "geojson", "xlsx"):
            with CaptureQueriesContext(connection) as captured:
                b"".join(Client().get(f"{MAKERS}.{kind}?regency=63.07").streaming_content)
            counts.append(len(captured))

    assert counts[:3] == counts[3:]
    assert max(counts) < 25


def test_visitors_wait_after_many_files(settings, api):
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {"exports": "1/hour"}}

    assert content(Client().get(f"{MAKERS}.csv")) is not None
    page, told = Client().get(f"{MAKERS}.csv"), api().get("/api/v1/registers/establishments/export.csv")
    assert (page.status_code, told.status_code) == (429, 429)
    assert int(page["Retry-After"]) == pytest.approx(int(told["Retry-After"]), abs=5)


def test_a_register_read_inside_only_gives_visitors_nothing(api, officer, signed_in):
    make(directory.get("issues"))

    assert Client().get("/unduh/issues.csv").status_code == 302
    assert Client().post(f"{MAKERS}.csv").status_code == 401
    assert signed_in(officer).get("/unduh/issues.csv")["Location"] == "/isu/"
    assert api().get("/api/v1/registers/issues/export.csv").status_code == 401
    rows = table(signed_in(officer).post("/unduh/issues.csv"))
    assert len(rows) == 1
    assert a_cluster().number not in str(rows)


def test_up_to_ten_thousand_rows_are_written_while_somebody_waits(monkeypatch):
    asked = []
    monkeypatch.setattr(Wanted, "is_longer_than", lambda _self, most, _kind: asked.append(most))

    assert content(Client().get(f"{MAKERS}.csv"))
    assert asked == [10_000]
