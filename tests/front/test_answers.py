"""Refusals in words, and the answers that machines ask for."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import get_resolver

from disperin.front import errors


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


def test_a_form_from_an_old_page_is_refused_with_words():
    answer = Client(enforce_csrf_checks=True).post("/masuk/", {"login": "x"})

    assert answer.status_code == 403
    assert "<h1>" in answer.content.decode()


@pytest.mark.django_db
def test_healthz_says_that_it_lives():
    answer = Client().get("/healthz")

    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    assert answer["Cache-Control"] == "no-store"


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
    for path in ("/healthz", "/robots.txt", "/peta/kabupaten.json", "/motif/x.svg", "/"):
        assert Client().post(path).status_code == 405
