"""The API keeps what its description promises: no answer that is not described, and none that is a failure of ours."""

import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from hypothesis import HealthCheck, Phase, settings
from rest_framework.test import APIClient
from schemathesis import checks

from disperin.accounts import actions as accounts
from disperin.inquiries import actions as inquiries
from disperin.registers import directory
from disperin.submissions import actions
from disperin.wsgi import application
from tests import factories
from tests.budget import examples
from tests.factories import CommodityFactory, a_cluster, a_pair, an_establishment, establishment_values

CHECKED = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
PLAIN = {"Accept-Encoding": "identity"}
BUDGET = settings(
    max_examples=examples(2, 50),
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)

described = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(public=True))


@pytest.fixture(scope="module")
def published(once):
    """An officer with a token, and the name of one row of each resource, so that not every call ends at a 404."""
    return once(publish)


def publish():
    officer = factories.UserFactory(username="petugas.6307", full_name="Petugas HST")
    register = directory.get("establishments")
    record = an_establishment(
        commodities=[CommodityFactory().pk], products=[{"name": "Kain"}], documents=[{"kind": "nib"}]
    )
    a_cluster()
    pair = a_pair(record, an_establishment(name="Kembar"))
    draft = actions.draft(register, establishment_values(name="Draf"), by=officer)
    actions.submit(actions.draft(register, establishment_values(), by=officer), by=officer, acknowledged=True)
    _key, token = accounts.create_token(officer, name="Uji", scope="write", days=30, by=officer)
    return token, {
        "establishments": record.number,
        "products": str(record.products.get().key),
        "clusters": "SEN-6307-000001",
        "regencies": "63.07",
        "districts": "63.07.01",
        "villages": "63.07.01.2001",
        "kbli": "2020-13134",
        "registers": "establishments",
        "submissions": draft.number,
        "pairs": str(pair.pk),
        "attachments": "00000000-0000-4000-8000-000000000000",
        "inquiries": inquiries.receive(kind="report", record=record, message="Nama keliru.").number,
    }


@pytest.fixture(autouse=True)
def _connection_stays_open():
    """As Django's own test client: the end of a request is not the end of the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.contract
@pytest.mark.django_db
@described.parametrize()
@BUDGET
def test_a_visitor_and_an_officer_meet_only_described_answers(case, published):
    """Each call is sent as it was made up, and once more with a name that exists."""
    token, names = published
    name = names.get(case.path.split("/")[3])
    for who in ({}, {"Authorization": f"Token {token}"}):
        case.call_and_validate(app=application, base_url="http://testserver", headers=PLAIN | who, checks=CHECKED)
    if name and case.path_parameters:
        case.path_parameters = dict.fromkeys(case.path_parameters, name)
        for who in ({}, {"Authorization": f"Token {token}"}):
            case.call_and_validate(app=application, base_url="http://testserver", headers=PLAIN | who, checks=CHECKED)


def test_the_description_is_valid_and_complete(tmp_path):
    file = tmp_path / "schema.yaml"

    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(file))

    assert file.read_text().startswith("openapi: 3.1.")


def test_the_description_is_served_and_kept(db, django_assert_num_queries):
    first = APIClient().get("/api/v1/schema/")
    again = APIClient().get("/api/v1/schema/", headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, again.status_code) == (200, 304)
    assert first.json()["openapi"].startswith("3.1")
    validate_schema(first.json())
    paths = first.json()["paths"]
    assert {"401", "403", "404", "409", "412", "413", "415", "428", "429"} <= set(
        paths["/api/v1/submissions/{number}/"]["patch"]["responses"]
    )


def test_the_page_of_the_description_names_no_foreign_host(db):
    page = APIClient().get("/api/v1/docs/")
    script = APIClient().get("/api/v1/docs/", {"script": ""})

    assert (page.status_code, script.status_code) == (200, 200)
    assert b"http" not in page.content.replace(b"http-equiv", b"")
    assert b"<style" not in page.content
    assert script["Content-Type"].startswith("application/javascript")


@pytest.mark.django_db
def test_only_what_visitors_may_read_is_described_as_open_to_them():
    paths = {
        path: operations["get"] for path, operations in described.raw_schema["paths"].items() if "get" in operations
    }
    lists = {path: one["security"] for path, one in paths.items() if "{" not in path}

    let_in = {path for path in lists if APIClient().get(path).status_code == 200}

    assert let_in == {path for path, security in lists.items() if {} in security}
    assert {"/api/v1/establishments/", "/api/v1/regencies/"} <= let_in
    assert "/api/v1/issues/" not in let_in


@pytest.mark.django_db
def test_nothing_inside_is_promised_to_everybody_and_a_map_is_an_object():
    schema = SchemaGenerator().get_schema(public=True)

    promised = [name for name, one in schema["components"]["schemas"].items() if "inside" in one.get("required", ())]
    assert promised == []
    files = schema["paths"]["/api/v1/registers/{slug}/export.{kind}"]["get"]["responses"]["200"]["content"]
    assert files["application/geo+json"]["schema"]["type"] == "object"
