"""The description of the API is valid, is served, and promises no more than visitors get."""

import json

import pytest
from django.core.management import call_command
from django.test import RequestFactory
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from rest_framework.test import APIClient
from rest_framework.views import APIView

from disperin.registers.api import schema


@pytest.fixture(scope="module")
def described():
    return SchemaGenerator().get_schema(public=True)


def test_the_description_is_complete(tmp_path):
    file = tmp_path / "schema.yaml"

    call_command("spectacular", "--fail-on-warn", "--file", str(file))

    assert file.read_text().startswith("openapi: 3.1.")


def test_the_description_is_valid_served_and_kept(db, django_assert_num_queries):
    first = APIClient().get("/api/v1/schema/")
    again = APIClient().get("/api/v1/schema/", headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, again.status_code) == (200, 304)
    assert first.json()["openapi"].startswith("3.1")
    validate_schema(first.json())
    paths = first.json()["paths"]
    assert {"401", "403", "404", "409", "412", "413", "415", "428", "429"} <= set(
        paths["/api/v1/submissions/{number}/"]["patch"]["responses"]
    )


def test_everybody_is_given_the_same_description_made_once_in_each_language(api, officer, administrator, monkeypatch):
    made, parse = [], SchemaGenerator.parse
    monkeypatch.setattr(
        SchemaGenerator, "parse", lambda *given: made.append(translation.get_language()) or parse(*given)
    )
    schema.described.cache_clear()

    told = {
        language: {api(user).get(f"/api/v1/schema/?lang={language}").content for user in (None, officer, administrator)}
        for language in ("id", "en")
    }

    assert made == ["id", "en"]
    assert [len(alike) for alike in told.values()] == [1, 1]
    with translation.override("en"):
        assert json.loads(*told["en"]) == SchemaGenerator().get_schema(_asked_by(administrator), public=True)


def _asked_by(user):
    request = APIView().initialize_request(RequestFactory().get("/api/v1/schema/"))
    request.user = user
    return request


def test_the_page_of_the_description_names_no_foreign_host(db):
    page = APIClient().get("/api/v1/docs/")
    script = APIClient().get("/api/v1/docs/", {"script": ""})

    assert (page.status_code, script.status_code) == (200, 200)
    assert b"http" not in page.content.replace(b"http-equiv", b"")
    assert b"<style" not in page.content
    assert script["Content-Type"].startswith("application/javascript")


@pytest.mark.django_db
def test_only_what_visitors_may_read_is_described_as_open_to_them(described):
    paths = {path: operations["get"] for path, operations in described["paths"].items() if "get" in operations}
    lists = {path: one["security"] for path, one in paths.items() if "{" not in path}

    asked = {"/api/v1/search/": {"q": "kain"}}  # it refuses to look for nothing

    let_in = {path for path in lists if APIClient().get(path, asked.get(path)).status_code == 200}

    assert let_in == {path for path, security in lists.items() if {} in security}
    assert {"/api/v1/establishments/", "/api/v1/regencies/"} <= let_in
    assert "/api/v1/issues/" not in let_in


def test_nothing_inside_is_promised_to_everybody_and_a_map_is_an_object(described):
    schemas = described["components"]["schemas"]
    assert [name for name, one in schemas.items() if "inside" in one.get("required", ())] == []
    files = described["paths"]["/api/v1/registers/{slug}/export.{kind}"]["get"]["responses"]["200"]["content"]
    assert files["application/geo+json"]["schema"]["type"] == "object"
