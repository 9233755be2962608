"""Tasks of every kind over the API: listed, given to somebody and taken off again, as on the pages."""

import datetime
from types import SimpleNamespace

import pytest
from django.utils import timezone

from disperin.coverage.models import OutsideTask
from disperin.history.models import Entry
from disperin.mydata.models import LackTask
from disperin.notices.models import Notice
from industries.models import HalalTask
from tests.factories import UserFactory, a_line_of_a_list, an_establishment
from tests.factories.reference import RegencyFactory

PLACE = "/api/v1/tasks/{}/"
MODELS = {"lacks": LackTask, "halal": HalalTask, "lines": OutsideTask}


@pytest.fixture
def soon():
    return (timezone.localdate() + datetime.timedelta(days=14)).isoformat()


@pytest.fixture
def things(officer):
    """What can be given of each kind: `{kind: (body, name of the list in it, two names that it takes)}`."""
    makers = [an_establishment(name=name, products=[{"name": f"Kerupuk {name}"}]) for name in ("Satu", "Dua")]
    first, second = (one.products.get() for one in makers)
    lines = a_line_of_a_list(officer), a_line_of_a_list(officer, name="Dapur Lain")
    return {
        "lacks": ({"register": "establishments", "lack": "nib"}, "records", [one.number for one in makers]),
        "halal": ({}, "products", [first.number, str(second.key)]),
        "lines": ({}, "lines", [one.pk for one in lines]),
    }


@pytest.fixture
def give(api, things, soon):
    """Ask by the API that somebody sees to things of a kind; by default to the first of the two."""

    def given(kind, *, by, to, names=None, **told):
        body, name, both = things[kind]
        sent = {**body, name: both[:1] if names is None else names, "to": to.pk, "due_on": soon, **told}
        return api(by).post(PLACE.format(kind), sent, format="json")

    return given


def test_things_of_every_kind_are_given_listed_and_taken_off(
    things, give, officer, colleague, officer_there, head, api, trying, soon
):
    for kind, (_body, _name, names) in things.items():
        with trying(kind):
            made = give(kind, by=officer, to=colleague, names=names, note="Minta salinannya.")

            assert made.status_code == 201, made.json()
            assert {(one["assigned_to"], one["due_on"], one["note"], one["ended_on"]) for one in made.json()} == {
                (colleague.pk, soon, "Minta salinannya.", None)
            }
            assert Notice.objects.of(colleague).filter(path=MODELS[kind].own_path()).count() == 1
            listed = api(officer).get(PLACE.format(kind)).json()["results"]
            assert listed == made.json()
            assert api(officer_there).get(PLACE.format(kind)).json()["results"] == []
            first = listed[0]
            assert api(officer).get(first["url"]).json() == first
            for step in ("", "end/"):
                answer = api(officer_there).generic("POST" if step else "GET", first["url"] + step)
                assert answer.status_code == 404

            refused = api(head).post(first["url"] + "end/")
            assert (refused.status_code, refused.json()["detail"]) == (
                403,
                "Peran Anda hanya membaca, tidak menugaskan.",
            )

            ended = api(colleague).post(first["url"] + "end/")

            assert (ended.status_code, ended.json()["ended_on"]) == (200, timezone.localdate().isoformat())
            assert api(colleague).post(first["url"] + "end/").status_code == 409
            assert [one["id"] for one in api(officer).get(PLACE.format(kind)).json()["results"]] == [listed[1]["id"]]
            assert api(officer).get(first["url"]).json()["ended_on"]
            about = Entry.objects.about(MODELS[kind].objects.get(pk=first["id"]))
            assert {one.verb for one in about} == {"assign", "end_task"}


def test_a_task_says_what_it_is_about(things, give, officer, trying):
    expected = {
        "lacks": {"register": "establishments", "record": things["lacks"][2][0], "lack": "nib", "lack_label": "NIB"},
        "halal": {
            "product_number": things["halal"][2][0],
            "product_name": "Kerupuk Satu",
            "establishment_name": "Satu",
        },
        "lines": {"line": things["lines"][2][0], "line_name": "Dapur Baru", "outcome": "new"},
    }
    for kind, told in expected.items():
        with trying(kind):
            (said,) = give(kind, by=officer, to=officer).json()

            assert {name: said[name] for name in told} == told
            assert said["regency_name"] == officer.regency.name
            assert said["assigned_to_name"] == said["assigned_by_name"] == officer.full_name


def test_lists_are_narrowed_paged_and_cost_the_same_for_three(
    things,
    give,
    officer,
    colleague,
    officer_there,
    api,
    django_assert_num_queries,
    django_assert_max_num_queries,
    trying,
    soon,
):
    client = api(officer)
    for kind, (_body, _name, names) in things.items():
        place = PLACE.format(kind)
        with trying(kind):
            give(kind, by=officer, to=officer, names=names[:1])
            with django_assert_max_num_queries(8) as one_row:
                client.get(place)
            number_of_queries = len(one_row)
            give(kind, by=officer, to=colleague, names=names[1:])
            with django_assert_num_queries(number_of_queries):
                both = client.get(place).json()["results"]
            page = client.get(place, {"page_size": 1}).json()
            rest = client.get(page["next"]).json()["results"]

            assert [*page["results"], *rest] == both
            assert len(both) == 2
            for query, number in {
                "mine=true": 1, "mine=false": 1, "regency=63.07": 2, "regency=63.06": 0, f"due_until={soon}": 2,
                "due_until=2020-01-01": 0, "order=-due_on": 2,
            }.items():  # fmt: skip
                found = client.get(f"{place}?{query}").json()
                assert len(found["results"]) == number, query
            for query in ("mine=x", "regency=99", "due_until=x", "colour=red", "order=name", "cursor=x"):
                assert client.get(f"{place}?{query}").status_code == 400, query
            assert {client.get(f"{place}{key}/").status_code for key in ("0", "x", "9" * 18, "9" * 30)} == {404}


def test_each_kind_is_narrowed_by_what_it_is_about(things, give, officer, api, trying):
    for kind in things:
        give(kind, by=officer, to=officer, names=things[kind][2])
    line = OutsideTask.objects.order_by("pk").first().line
    asked = {
        "lacks": {"register=establishments": 2, "register=zones": 0, "lack=nib": 2, "lack=phone": 0,
                  f"record={things['lacks'][2][0]}": 1},
        "halal": {f"product={things['halal'][2][1]}": 1, f"establishment={things['lacks'][2][0]}": 1, "product=x": 0},
        "lines": {f"line={line.pk}": 1, f"list={line.outside_list_id}": 1},
    }  # fmt: skip
    for kind, queries in asked.items():
        for query, number in queries.items():
            with trying(kind, query):
                assert len(api(officer).get(f"{PLACE.format(kind)}?{query}").json()["results"]) == number


def test_what_is_wrong_with_a_body_is_named_at_its_place_and_nothing_is_given(
    things, give, officer, officer_there, head, api, trying
):
    away = an_establishment(name="Di sana", regency="63.01", products=[{"name": "Kain"}])
    there = a_line_of_a_list(UserFactory(regency=RegencyFactory(code="63.01")))
    strange = {
        "lacks": ["IKM-6307-999999", away.number],
        "halal": ["x", str(away.products.get().key)],
        "lines": [0, there.pk],
    }
    for kind, (_body, name, names) in things.items():
        with trying(kind):
            known = names[0]
            refused = {
                "name": give(kind, by=officer, to=officer, names=[known, *strange[kind]]),
                "past": give(kind, by=officer, to=officer, due_on="2020-01-01"),
                "no day": give(kind, by=officer, to=officer, due_on="besok lusa"),
                "nobody": give(kind, by=officer, to=SimpleNamespace(pk=0)),
                "elsewhere": give(kind, by=officer, to=officer_there),
                "nothing": give(kind, by=officer, to=officer, names=[]),
                "senseless": give(kind, by=officer, to=officer, names=[None, {}, []]),
                "unknown": give(kind, by=officer, to=officer, colour="red"),
                "several": api(officer).post(PLACE.format(kind), {"to": "x"}, format="json"),
            }
            assert {one.status_code for one in refused.values()} == {400}
            paths = {why: set(one.json()["errors"]) for why, one in refused.items()}
            assert paths["name"] == {f"{name}.1", f"{name}.2"}
            assert paths["past"] == paths["no day"] == {"due_on"}
            assert paths["nobody"] == paths["elsewhere"] == {"to"}
            assert paths["nothing"] == {name}
            assert paths["unknown"] == {"colour"}
            assert {"to", "due_on", name} <= paths["several"]
            assert give(kind, by=head, to=officer).status_code == 403
    assert [model.objects.count() for model in MODELS.values()] == [0, 0, 0]


def test_records_that_have_it_already_are_named(give, officer):
    has_it = an_establishment(name="Lengkap", nib="8120001234567")

    refused = give("lacks", by=officer, to=officer, names=[has_it.number])
    strange = give("lacks", by=officer, to=officer, lack="warna")
    nowhere = give("lacks", by=officer, to=officer, register="warna")

    assert [(one.status_code, *one.json()["errors"]) for one in (refused, strange, nowhere)] == [
        (400, "records.0"), (400, "lack"), (400, "register"),
    ]  # fmt: skip
    assert "nib" in strange.json()["detail"]


def test_colleagues_are_those_to_whom_one_may_give(officer, colleague, officer_there, verifier, head, api):
    def told(user, **query):
        return {one["id"] for one in api(user).get("/api/v1/colleagues/", query).json()["results"]}

    gone = UserFactory(is_active=False)

    assert told(officer) == {officer.pk, colleague.pk}
    assert told(verifier) == {officer.pk, colleague.pk, officer_there.pk, verifier.pk}
    assert told(verifier, regency="63.07") == {officer.pk, colleague.pk}
    assert told(verifier, role="verifier") == {verifier.pk}
    assert gone.pk not in told(verifier)
    assert told(head) == set()
    assert set(api(officer).get("/api/v1/colleagues/").json()["results"][0]) == {
        "id", "full_name", "role", "regency", "regency_name",
    }  # fmt: skip


def test_without_an_account_there_is_no_task_and_no_colleague(client, db):
    for place in (*(PLACE.format(kind) for kind in MODELS), "/api/v1/colleagues/"):
        assert client.get(place).status_code == 401
        assert client.post(place, {}, content_type="application/json").status_code == 401
