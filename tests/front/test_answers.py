"""Refusals in words, and the answers that machines ask for."""

import errno
import json
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.core.cache import caches
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.db.backends.utils import CursorWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.urls import get_resolver

from disperin.front import errors, operation
from disperin.registers.api.places import RegencyViewSet
from tests.working import a_worker_present

PROBLEM = "application/problem+json"


@pytest.fixture
def request_of_a_visitor(rf):
    """A request as it reaches a view, but for the session."""
    return rf.get("/mana-saja/")


@pytest.mark.parametrize("path", ["/tidak-ada/", "/en/tidak-ada/", "/industri/x/y/z/", "/motif/"])
@pytest.mark.django_db
def test_an_address_that_leads_nowhere_is_a_page_with_a_way_on(path):
    answer = Client().get(path)

    assert answer.status_code == 404
    assert "/industri/" in answer.content.decode()
    assert not answer.cookies


def test_every_refusal_has_its_own_page():
    resolver = get_resolver()
    handlers = {code: resolver.resolve_error_handler(code) for code in (400, 403, 404, 500)}

    assert handlers == {400: errors.bad_request, 403: errors.not_allowed, 404: errors.not_found, 500: errors.failed}


def test_a_refusal_says_its_own_reason(rf, verifier):
    request = rf.get("/")
    request.user = verifier

    answer = errors.not_allowed(request, PermissionDenied("Orang lain yang memutuskan."))

    assert answer.status_code == 403
    assert "Orang lain yang memutuskan." in answer.content.decode()


@pytest.mark.parametrize(
    ("view", "code"),
    [(errors.bad_request, 400), (errors.failed, 500), (errors.csrf_failure, 403)],
    ids=["400", "500", "csrf"],
)
def test_pages_of_faults_need_no_database(request_of_a_visitor, view, code):
    answer = view(request_of_a_visitor)

    assert answer.status_code == code
    assert "<h1>" in answer.content.decode()


@pytest.fixture
def outsider():
    """A client that is answered as a browser is, whatever goes wrong."""
    return Client(raise_request_exception=False)


def test_a_foreign_host_is_a_400_without_a_trace(outsider, caplog):
    for host in ("evil.example", "", "a b", "[::1"):
        for path in ("/", "/industri/", "/masuk/", "/en/tidak-ada/", "/admin/", "/berkas/x/"):
            answer = outsider.get(path, headers={"host": host})
            assert (answer.status_code, "<h1>" in answer.content.decode()) == (400, True), (host, path)
        answer = outsider.get("/api/v1/regencies/", headers={"host": host})
        assert (answer.status_code, answer["Content-Type"]) == (400, PROBLEM)

    assert not [one for one in caplog.records if one.exc_info]


def test_while_the_database_is_away_pages_and_api_ask_to_come_again(outsider, signed_in, officer, monkeypatch):
    inside = signed_in(officer)
    inside.raise_request_exception = False

    for fault in (OperationalError("the connection is lost"), InterfaceError("connection already closed")):
        with monkeypatch.context() as away:
            away.setattr(CursorWrapper, "execute", Mock(side_effect=fault))
            for client, paths in (
                (outsider, ("/", "/industri/", "/en/sentra/")),
                (inside, ("/usulan/", "/industri/", "/tidak-ada/")),
            ):
                for path in paths:
                    answer = client.get(path)
                    assert (answer.status_code, answer["Retry-After"]) == (503, "30"), path
                    assert "<h1>" in answer.content.decode()
                answer = client.get("/api/v1/submissions/" if client is inside else "/api/v1/establishments/")
                assert (answer.status_code, answer["Retry-After"], answer["Content-Type"]) == (503, "30", PROBLEM)
                assert answer.json()["code"] == "unavailable"


@pytest.mark.django_db
def test_a_fault_of_ours_is_told_to_programs_as_a_problem(outsider, monkeypatch):
    monkeypatch.setattr(RegencyViewSet, "list", Mock(side_effect=OSError("disk full")))

    answer = outsider.get("/api/v1/regencies/")

    assert (answer.status_code, answer["Content-Type"]) == (500, PROBLEM)
    assert answer.json()["code"] == "failed"
    assert "disk" not in answer.content.decode()


def test_a_form_from_an_old_page_is_refused_with_words():
    answer = Client(enforce_csrf_checks=True).post("/masuk/", {"login": "x"})

    assert answer.status_code == 403
    assert "<h1>" in answer.content.decode()


@pytest.mark.django_db
def test_healthz_says_that_it_lives():
    answer = Client().get("/healthz")

    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_readyz_says_whether_all_can_do_its_work_and_nothing_more(monkeypatch, caplog):
    client = Client()
    assert (client.get("/readyz").status_code, "a job worker is missing" in caplog.text) == (503, True)

    with a_worker_present():
        ready = client.get("/readyz")

        assert (ready.status_code, ready.json(), ready["Cache-Control"]) == (200, {"status": "ready"}, "no-store")
        for name in operation.NEEDED:
            with monkeypatch.context() as without:
                without.setitem(operation.NEEDED, name, lambda: False)
                answer = client.get("/readyz")
            assert (answer.status_code, answer.json()) == (503, {"status": "not ready"})


@pytest.mark.django_db
def test_readyz_misses_a_database_a_migration_and_room_on_the_disk(monkeypatch, caplog):
    def broken():
        raise OperationalError("server closed the connection unexpectedly")

    with monkeypatch.context() as away:
        away.setattr(operation, "workers_present", broken)
        assert Client().get("/readyz").status_code == 503
    assert "a database that answers" in caplog.text
    with monkeypatch.context() as full:
        full.setattr(operation.shutil, "disk_usage", lambda _folder: SimpleNamespace(free=1024))
        assert not operation.has_room()
    caches["pages"].clear()
    MigrationRecorder.Migration.objects.filter(app="notices").delete()
    assert not operation.is_migrated()


@pytest.mark.django_db
def test_metrics_are_there_for_whoever_bears_the_token(settings):
    def status(**headers):
        return Client().get("/metrics", headers=headers).status_code

    assert [status(), status(authorization="Bearer ")] == [404, 404]
    settings.METRICS_TOKEN = "rahasia"
    assert [status(), status(authorization="Bearer rahasiA"), status(authorization="rahasia")] == [404, 404, 404]

    assert status(authorization="Bearer rahasia") == 200


def test_a_full_disk_has_a_page_of_its_own(request_of_a_visitor):
    def page_of(error):
        try:
            raise RuntimeError from error
        except RuntimeError:
            return errors.failed(request_of_a_visitor).status_code

    of_postgresql = type("DiskFull", (Exception,), {"pgcode": "53100"})()
    full = [OSError(errno.ENOSPC, ""), OSError(errno.EDQUOT, ""), of_postgresql]

    assert [page_of(error) for error in full] == [507, 507, 507]
    assert page_of(OSError(errno.EACCES, "")) == 500


def test_robots_leave_the_workbench_alone():
    assert "Disallow: /usulan/" in Client().get("/robots.txt").content.decode()


def test_the_boundaries_are_thirteen_and_are_not_sent_twice():
    first = Client().get("/peta/kabupaten.json")
    again = Client().get("/peta/kabupaten.json", headers={"if-none-match": first["ETag"]})

    assert len(json.loads(first.content)["features"]) == 13
    assert "max-age=86400" in first["Cache-Control"]
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("number", ["IKM-6307-000001", "apa saja", "é" * 300])
def test_every_number_has_its_cloth(number):
    answer = Client().get(f"/motif/{number}.svg")

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    assert "immutable" in answer["Cache-Control"]


@pytest.mark.django_db
def test_the_gallery_of_components_stands():
    assert Client().get("/komponen/").status_code == 200


def test_only_reading_is_answered():
    for path in ("/healthz", "/readyz", "/metrics", "/robots.txt", "/peta/kabupaten.json", "/motif/x.svg", "/"):
        assert Client().post(path).status_code == 405
