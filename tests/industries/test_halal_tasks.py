"""Products without a halal certificate handed to somebody: who may, to whom, and what is remembered of it."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from disperin.accounts.models import Role
from disperin.desk.refusals import NotNow, Refused
from disperin.history.models import Entry
from disperin.notices.models import Notice
from disperin.tasks.actions import end_task
from industries import actions
from industries.models import HalalTask, Product
from tests.factories import a_food_maker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day"), pytest.mark.thorough]
TODAY = datetime.date(2026, 11, 22)


def soon():
    return TODAY + datetime.timedelta(days=14)


def product_of(maker):
    return Product.objects.filter(establishment=maker)


def test_a_product_is_assigned_with_history_and_notice(officer, colleague):
    maker = a_food_maker()

    (task,) = actions.assign(product_of(maker), to=colleague, due_on=soon(), by=officer, note="Mulai dari NIB")

    assert (task.assigned_to, task.due_on, task.regency_id) == (colleague, soon(), "63.07")
    assert Entry.objects.about(task).get().verb == "assign"
    assert "Dodol" in Notice.objects.of(colleague).get().body
    assert [one.to for one in mail.outbox] in ([], [[colleague.email]])


def test_assigning_again_takes_over(officer, colleague):
    maker = a_food_maker()
    (first,) = actions.assign(product_of(maker), to=colleague, due_on=soon(), by=officer)

    (second,) = actions.assign(product_of(maker), to=officer, due_on=soon(), by=officer)

    first.refresh_from_db()
    assert (first.ended_on, second.ended_on) == (TODAY, None)


def test_a_task_ends_once(officer, colleague):
    (task,) = actions.assign(product_of(a_food_maker()), to=colleague, due_on=soon(), by=officer)

    end_task(task, by=colleague)

    with pytest.raises(NotNow):
        end_task(task, by=colleague)


def test_nobody_assigns_outside_their_reach(officer, officer_there, head):
    maker = a_food_maker()

    for by in (officer_there, head):
        with pytest.raises(Refused):
            actions.assign(product_of(maker), to=officer, due_on=soon(), by=by)
    (task,) = actions.assign(product_of(maker), to=officer, due_on=soon(), by=officer)
    for by in (officer_there, head):
        with pytest.raises(Refused):
            end_task(task, by=by)


def test_what_cannot_be_assigned_is_named(officer, officer_there, head, trying):
    product = product_of(a_food_maker())
    colleagues = {"officer": officer, "officer_there": officer_there, "head": head}

    for change, field in [
        ({"to": "officer_there"}, "to"),
        ({"to": "head"}, "to"),
        ({"due_on": datetime.date(2026, 11, 21)}, "due_on"),
        ({"note": "NIK 6307045203850002"}, "note"),
        ({"note": "x" * 251}, "note"),
    ]:
        with trying(change, field):
            plain = {"to": "officer", "due_on": soon(), **change}
            plain["to"] = colleagues[plain["to"]]

            with pytest.raises(ValidationError) as refused:
                actions.assign(product, by=officer, **plain)

            assert set(refused.value.error_dict) == {field}
            assert not HalalTask.objects.exists()


def test_an_officer_assigns_on_the_page(officer, colleague, signed_in):
    product = product_of(a_food_maker()).get()
    client = signed_in(officer)
    values = {"products": [str(product.key)], "to": colleague.pk, "due_on": "2026-12-06", "note": ""}

    answer = client.post("/halal/?state=overdue", values)

    assert (answer.status_code, answer["Location"]) == (302, "/halal/?state=overdue")
    assert "Petugas Dua HST" in client.get("/halal/?task=some").content.decode()
    task = HalalTask.objects.get()
    assert client.post("/halal/", {"end": task.pk}).status_code == 302
    assert not HalalTask.objects.filter(ended_on=None).exists()


def test_a_bad_assignment_is_refused_on_the_page(officer, colleague, signed_in, trying):
    client = signed_in(officer)
    product = product_of(a_food_maker()).get()
    plain = {"products": [str(product.key)], "to": colleague.pk, "due_on": "2026-12-06"}

    for values in [
        {"to": "", "due_on": "2026-12-06"},
        {"to": "x", "due_on": "2026-12-06"},
        {"to": "\x00", "due_on": "2026-12-06"},
        {"due_on": "besok"},
        {"due_on": "2026-01-01"},
        {"products": []},
        {"products": ["x", "\x00", "-" * 36]},
        {"note": "x" * 300},
    ]:
        with trying(values):
            answer = client.post("/halal/", {**plain, **values})

            assert answer.status_code == 400
            assert not HalalTask.objects.exists()


def test_the_head_reads_and_assigns_nothing(head, officer, signed_in):
    product = product_of(a_food_maker()).get()
    client = signed_in(head)

    assert 'name="products"' not in client.get("/halal/").content.decode()
    values = {"products": [str(product.key)], "to": officer.pk, "due_on": "2026-12-06"}
    assert client.post("/halal/", values).status_code == 403


def test_ending_an_unknown_task_is_a_404(officer, signed_in, trying):
    client = signed_in(officer)

    for key in ["", "x", "9" * 30, "0", "\x00"]:
        with trying(key):
            assert client.post("/halal/", {"end": key}).status_code == 404


def test_an_officer_there_cannot_end_a_task_here(officer, officer_there, signed_in):
    (task,) = actions.assign(product_of(a_food_maker()), to=officer, due_on=soon(), by=officer)

    assert signed_in(officer_there).post("/halal/", {"end": task.pk}).status_code == 404


def test_a_verifier_can_be_asked_by_the_province_only(verifier, officer):
    (task,) = actions.assign(product_of(a_food_maker()), to=verifier, due_on=soon(), by=verifier)

    assert task.assigned_to.role == Role.VERIFIER
