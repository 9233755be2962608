"""Every route × every role × every method: refused or answered as the table of rights says, and never a 500."""

import re
from collections import Counter

import pytest
from django.conf import settings
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve, reverse
from django.utils.html import escape
from django.views import View

from disperin.history.models import Entry
from disperin.registers.record import directory
from disperin.submissions.models import Submission
from industries.models import Establishment
from tests.factories.registers import VALUES
from tests.house.each_route import address
from tests.house.table_of_deeds import OF_API, OF_PAGES, OFFICE, PROVINCE
from tests.house.table_of_rights import CAST, TABLE

QUICK = ("visitor", "officer")  # of whom `make fast` asks
METHODS = ("options", "post", "put", "patch", "delete")  # GET is asked of the table


def routes(resolver=None, spaces=()):
    """The full name of every route of the portal but the admin's."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
                yield from routes(pattern, inner)
        elif pattern.name:
            yield ":".join((*spaces, pattern.name))


def client_of(who, world):
    client = Client(raise_request_exception=True)
    if who != "visitor":
        client.force_login(world.people[who], backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_every_route_stands_in_the_table():
    framework = {name for name in routes() if name.startswith(("account_", "mfa_"))}

    assert set(routes()) - framework == set(TABLE)


@pytest.mark.parametrize(
    "who", [who if who in QUICK else pytest.param(who, marks=pytest.mark.thorough) for who in CAST]
)
def test_each_role_gets_what_the_table_says(who, world):
    client = client_of(who, world)

    found = {name: answer(client, "get", address(name, world)) for name in sorted(TABLE)}

    assert {name: status for name, status in found.items() if status not in TABLE[name][who]} == {}


@pytest.mark.thorough
def test_an_endless_search_breaks_no_page(world):
    client, endless = client_of("verifier", world), "kain " * 100
    paths = {name: address(name, world) for name in sorted(TABLE)}
    asked = {name: f"{path}{'&' if '?' in path else '?'}q={endless}" for name, path in paths.items()}

    found = {name: answer(client, "get", path) for name, path in asked.items()}

    assert {name: status for name, status in found.items() if status == 500} == {}


@pytest.mark.thorough
def test_a_visitor_gets_the_head_of_no_more_than_the_table_says(world):
    client = client_of("visitor", world)

    found = {name: answer(client, "head", address(name, world)) for name in sorted(TABLE)}

    assert {name: status for name, status in found.items() if status not in TABLE[name]["visitor"] | {405}} == {}


@pytest.mark.thorough
@pytest.mark.parametrize("who", CAST)
def test_no_method_breaks_the_portal_or_writes_a_value(who, world):
    """Empty and senseless bodies in every method: an answer below 500, and nothing that was proposed is changed.

    One asks for everything; the others, whatever is answered by code of ours: the rest is refused before it knows them.
    """
    client = client_of(who, world)
    kept = {one.pk: one.values for one in (world.draft, world.waiting)}
    paths = {name: address(name, world) for name in sorted(TABLE)}
    asked = [(name, method) for name in paths for method in METHODS if who == "verifier" or ours(paths[name], method)]

    told = Entry.objects.count()

    found = {route: answer(client, route[1], paths[route[0]]) for route in asked if route[1] != "post"}
    assert Entry.objects.count() == told  # by these nobody has done anything
    found |= {route: answer(client, "post", paths[route[0]]) for route in asked if route[1] == "post"}

    assert {route: status for route, status in found.items() if status >= 500} == {}
    assert dict(Submission.objects.filter(pk__in=kept).values_list("pk", "values")) == kept
    assert Establishment.objects.get(pk=world.record.pk).version == 1


def ours(path, method):
    """Does a view of ours say what it answers to this method?"""
    view = resolve(path.partition("?")[0]).func
    if actions_of_api := getattr(view, "actions", None):
        return method in (*actions_of_api, "options")
    page = getattr(view, "view_class", None)
    return not page or getattr(page, method, None) not in (None, View.options)


def answer(client, method, path):
    told = {"data": b"{", "content_type": "application/json"} if method in ("post", "put", "patch") else {}
    response = getattr(client, method)(path, **told)
    content = b"".join(response)  # read to its end, a file is closed
    assert b"maxlength" not in content, path  # a browser would cut what is pasted
    kept = response.get("Cache-Control", "")  # what is the same for everybody says so itself
    assert settings.SESSION_COOKIE_NAME not in client.cookies or "no-store" in kept or "public" in kept, path
    if response.get("Content-Type", "").startswith("text/html"):
        twice = [
            name for name, times in Counter(re.findall(rb'<[a-z][^<>]*? id="([^"]+)"', content)).items() if times > 1
        ]
        assert twice == [], path  # links, labels and the names of sections would lead to the first of them alone
    return response.status_code


TYPED = {"ditik": ["Kain “sasirangan” <b>", "baris kedua"]}
AS_KEPT = [f'name="ditik" value="{escape(text)}"' for text in TYPED["ditik"]]


def forms_of_the_office(world):
    """The address of every form that only somebody with an account may send, those of the administration too."""
    for name in sorted(TABLE):
        path, closed = address(name, world), 200 not in TABLE[name]["visitor"]
        if closed and not path.startswith("/api/") and ours(path, "post"):
            yield path
    for model in admin.site._registry:
        yield reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
        yield reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[1])


def test_no_form_loses_what_was_typed_when_the_session_is_over(world):
    client, lost = client_of("visitor", world), {}
    for path in forms_of_the_office(world):
        told = client.post(path, TYPED)
        is_kept = told.status_code == 401 and all(one in told.content.decode() for one in AS_KEPT)
        if not is_kept and told.status_code != 405:  # what takes no form
            lost[path] = told.status_code
    assert lost == {}


def test_no_form_loses_what_was_typed_into_an_old_page(world):
    client, lost = Client(enforce_csrf_checks=True), {}
    for path in forms_of_the_office(world):
        told = client.post(path, TYPED, headers={"Origin": "http://testserver"})
        if told.status_code != 403 or not all(one in told.content.decode() for one in AS_KEPT):
            lost[path] = told.status_code
    assert lost == {}


DECISION = {"round": 1, "note": "Alasan."}
STEPS = {
    # step: (body, who may take it of a submission that waits)
    "submit": ({}, set()),
    "withdraw": ({"note": "Keliru."}, {"officer"}),
    "claim": ({}, {"verifier"}),
    "release": ({}, set()),
    "verify": (DECISION, {"verifier"}),
    "send-back": (DECISION | {"reasons": {"name": "Lengkapi."}}, {"verifier"}),
    "reject": (DECISION, {"verifier"}),
}


@pytest.mark.parametrize("step", STEPS)
def test_each_step_over_the_api_is_taken_by_its_side_alone(step, world, api):
    body, may = STEPS[step]
    path = address(f"submission-{step}", world)
    refused = {"visitor": {401}, "officer_there": {404}}
    others = [who for who in CAST if who not in may]

    found = {who: api(world.people.get(who)).post(path, body).status_code for who in others}
    taken = {who: api(world.people[who]).post(path, body).status_code for who in may}

    assert {who: status for who, status in found.items() if status not in refused.get(who, {403, 409})} == {}
    assert taken == dict.fromkeys(may, 200)


NOT_FOUND = {400, 403, 404}  # a body that names what is out of reach names what is not there


def outcome(client, path, body, json=False):
    """Was anything done? By what the history says, and the status."""
    before = Entry.objects.count()
    with transaction.atomic():
        told = {"content_type": "application/json"} if json else {}
        status = client.post(path, body, **told).status_code
        done = Entry.objects.count() - before
        transaction.set_rollback(True)
    return ("done" if done else "refused"), status


@pytest.mark.thorough
@pytest.mark.parametrize("route", [*OF_PAGES, *OF_API])
def test_each_step_is_taken_by_those_alone_whom_the_table_names(route, world):
    """Others are refused and nothing is written: told to sign in, not found out of reach, forbidden."""
    told = {}
    for at, (send, may) in enumerate((OF_PAGES | OF_API)[route]):
        path = address(route, world)
        for who in CAST:
            done, status = outcome(client_of(who, world), path, send(world), json=route in OF_API)
            refused = {"visitor": {302, 401}, "officer_there": NOT_FOUND}.get(who, {403})
            if done != ("done" if who in may else "refused") or (who not in may and status not in refused):
                told[at, who] = done, status
    assert told == {}


@pytest.mark.thorough
@pytest.mark.parametrize("register", directory.all_registers(), ids=lambda one: one.slug)
def test_a_change_of_a_record_is_begun_where_it_lies_or_by_the_province_alone(register, world, api):
    record = world.records.get(register.model._meta.model_name) or world.record
    may = PROVINCE if register.model.of_province else OFFICE
    wrong = {}
    for who in CAST:
        before = Submission.objects.count()
        with transaction.atomic():
            asked = {"register": register.slug, "record_id": record.number, "values": {}}
            status = api(world.people.get(who)).post("/api/v1/submissions/", asked, format="json").status_code
            begun = Submission.objects.count() - before
            transaction.set_rollback(True)
        refused = {"visitor": {401}, "officer_there": NOT_FOUND}.get(who, {403})
        if (begun, status) != (1, 201) if who in may else begun or status not in refused:
            wrong[who] = begun, status
    assert wrong == {}


@pytest.mark.thorough
@pytest.mark.parametrize("register", directory.all_registers(), ids=lambda one: one.slug)
def test_no_officer_begins_a_record_of_another_regency(register, world, api):
    """Neither over the API nor on the page: what is said to lie there is refused when it is handed in at the latest."""
    given = VALUES[register.slug](**({} if register.model.regency_from else {"regency": "63.07"}))
    with transaction.atomic():
        client = api(world.people["officer_there"])
        asked = {"register": register.slug, "values": given}
        answered = client.post("/api/v1/submissions/", asked, format="json")
        if answered.status_code == 201:
            path = f"/api/v1/submissions/{answered.data['number']}/submit/"
            answered = client.post(path, {"acknowledge_warnings": True}, format="json")
        there = Submission.objects.filter(register=register.slug, proposed_by=world.people["officer_there"])
        handed_in = there.exclude(status="draft").count()
        transaction.set_rollback(True)
    assert (answered.status_code in (400, 403, 404, 409), handed_in) == (True, 0), answered.data
