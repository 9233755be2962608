"""The API keeps what its description promises: no answer that is not described, and none that is a failure of ours."""

from collections import defaultdict
from importlib import import_module
from itertools import count

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, settings

from disperin.accounts import actions as accounts
from disperin.inquiries import actions as inquiries
from disperin.registers.record import directory
from disperin.submissions import actions
from tests import factories
from tests.budget import DEEP, examples
from tests.factories import CommodityFactory, a_cluster, a_pair, an_establishment, establishment_values

CHECKED = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
PLAIN = {"Accept-Encoding": "identity"}
BUDGET = settings(
    max_examples=examples(2, 50),
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)

# of the calls of an address every other is a visitor's, and of those at the bounds of its parameters every third is
# made; at length all are, by both
TURNS = defaultdict(count)
BOUNDS = 1 if DEEP else 3

APPLICATION = get_wsgi_application()


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
@pytest.mark.long
@pytest.mark.django_db
def test_a_visitor_and_an_officer_meet_only_described_answers(published, subtests):
    """Schemathesis takes seconds to load, and to read the description: both are done here, by one worker alone."""
    described = import_module("schemathesis").openapi.from_dict(SchemaGenerator().get_schema(public=True))
    each_operation = import_module("schemathesis.pytest.lazy").get_all_tests

    for one in each_operation(schema=described, test_func=meets_only_described, settings=BUDGET, given_kwargs=None):
        operation, test = one.ok()
        with subtests.test(operation.label):
            test(published=published)


def meets_only_described(case, published):
    """Each call is sent as it was made up, and once more with a name that exists; what it changed is undone."""
    turn = next(TURNS[case.method, case.path])
    if case.meta.phase.name == "coverage" and turn % BOUNDS:
        return
    token, names = published
    people = [{}, {"Authorization": f"Token {token}"}]
    if not DEEP:
        people = [people[turn % 2]]
    name = names.get(case.path.split("/")[3])
    with transaction.atomic():
        for who in people:
            ask(case, who)
        if name and case.path_parameters:
            case.path_parameters = dict.fromkeys(case.path_parameters, name)
            for who in people:
                ask(case, who)
        transaction.set_rollback(True)


def ask(case, who):
    checks = import_module("schemathesis").checks
    case.call_and_validate(
        app=APPLICATION,
        base_url="http://testserver",
        headers=PLAIN | who,
        checks=[getattr(checks, name) for name in CHECKED],
    )
