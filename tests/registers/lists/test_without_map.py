"""A register whose records have no place is on no map, and says so where somebody asks for one."""

import pytest
from django.test import Client

from disperin.registers.lists.routes import pages_of
from industries.models import Cluster
from industries.views import ClusterDetail, ClusterList
from tests.factories import a_cluster
from tests.registers.each_register import text_of

KINDS = ("csv", "xlsx", "csv-metadata.json", "geojson")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_place(monkeypatch):
    monkeypatch.setattr(Cluster, "point", None)


def read(answer):
    """The status of an answer, and all of its body."""
    return answer.status_code, answer.getvalue()


def test_its_list_offers_no_map():
    a_cluster(name="Sentra Tanpa Peta")

    for path in ("/sentra/", "/sentra/?tampilan=peta"):
        page = text_of(path)
        assert "Sentra Tanpa Peta" in page
        assert [word for word in ("view-switch", "peta.json", "geojson", "map_box", "dan peta.") if word in page] == []
    assert "clusters.geojson" not in text_of("/data-terbuka/")


def test_it_has_no_route_of_a_map():
    names = [route.name for route in pages_of("sentra/", ClusterList, ClusterDetail)]

    assert names == ["cluster-list", "cluster-detail"]


def test_its_files_are_tables_and_geojson_is_refused_in_words(api, officer, signed_in):
    record = a_cluster()

    visitor = {kind: read(Client().get(f"/unduh/clusters.{kind}")) for kind in KINDS}
    told = api().get("/api/v1/registers/clusters/export.geojson")

    assert {kind: status for kind, (status, _body) in visitor.items()} == dict.fromkeys(KINDS, 200) | {"geojson": 404}
    assert record.number in visitor["csv"][1].decode()
    assert b"latitude" not in visitor["csv-metadata.json"][1]
    assert signed_in(officer).post("/unduh/clusters.geojson").status_code == 404
    assert (told.status_code, "XLSX" in told.json()["detail"]) == (404, True)
    assert read(api().get("/api/v1/registers/clusters/export.csv"))[0] == 200
