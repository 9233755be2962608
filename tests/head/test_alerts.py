"""Alerts: thresholds that administrators lay down, seen to once a day, told once, kept."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from disperin.head import actions, late
from disperin.head.forms import AlertRuleForm
from disperin.head.models import Alert, AlertRule
from disperin.inquiries import actions as inquiries
from disperin.inquiries.models import Inquiry, Kind
from disperin.notices.models import Notice
from disperin.overview import due_days
from disperin.submissions.models import ReviewPromise, Submission
from disperin.supervision.models import EscalationRule
from tests.factories import an_establishment
from tests.overview.test_summary import submitted

A_DAY = datetime.timedelta(days=1)


def a_rule(key="antre", **values):
    return AlertRule.objects.create(key=key, **{"subject": "queue", "threshold": 1, "role": "head", **values})


def waiting(officer, number):
    return [submitted(officer, name=f"Menunggu {at}") for at in range(number)]


def late_days_of(kind, reader, today):
    """How many days late its first is, as the list of days says it."""
    return due_days.items(reader, due_days.Asked(kind=kind, state="overdue"), today, start=0, stop=1)[0].late


def test_a_threshold_is_passed_above_it_and_not_at_it(officer, head, signed_in, today):
    a_rule()
    waiting(officer, 1)
    client = signed_in(head)

    assert client.get("/pimpinan/").context["report"].alerts == []
    submitted(officer, name="Kedua")
    (alert,) = client.get("/pimpinan/").context["report"].alerts

    assert (alert.value, alert.since) == (2, None)  # nobody has looked since when
    assert "Menunggu diperiksa: 2 (ambang 1)" in client.get("/pimpinan/").text


def test_the_named_are_told_once_for_a_stretch_of_days(officer, head, verifier, today):
    rule = a_rule(person=verifier)
    waiting(officer, 2)

    begun = [actions.check_alerts(day) for day in (today, today, today + A_DAY)]

    assert begun == [1, 0, 0]
    assert set(Notice.objects.filter(path="/pimpinan/").values_list("recipient__username", flat=True)) == {
        head.username,
        verifier.username,
    }
    assert (Alert.objects.get().rule, Alert.objects.get().value) == (rule, 2)
    assert Notice.objects.filter(recipient=head, title="Peringatan").count() == 1


def test_it_ends_and_fires_again_on_another_day_but_never_twice_on_one(officer, head, today):
    a_rule()
    waits = waiting(officer, 2)
    actions.check_alerts(today)
    Submission.objects.filter(pk=waits[0].pk).update(status="withdrawn")
    actions.check_alerts(today)
    submitted(officer, name="Lagi")

    assert Alert.objects.get().ended_on == today
    assert actions.check_alerts(today) == 0
    assert Alert.objects.get().ended_on is None
    assert Notice.objects.filter(recipient=head).count() == 1
    Alert.objects.update(ended_on=today)
    assert actions.check_alerts(today + A_DAY) == 1
    assert list(Alert.objects.values_list("began_on", "ended_on")) == [(today + A_DAY, None), (today, today)]


def test_the_database_keeps_one_alert_a_day(today, db):
    told = {"rule": a_rule(), "value": 2, "threshold": 1}
    Alert.objects.create(began_on=today, ended_on=today, **told)
    Alert.objects.create(began_on=today + A_DAY, **told)

    for again in (today, today + 2 * A_DAY):
        with pytest.raises(IntegrityError), transaction.atomic():
            Alert.objects.create(began_on=again, **told)


def test_a_rule_counts_on_its_days_alone_and_in_its_place(officer, officer_there, head, today):
    a_rule("lewat", valid_to=today - A_DAY)
    a_rule("nanti", valid_from=today + A_DAY)
    a_rule("sini", regency=officer.regency, threshold=2)
    a_rule("sana", regency=officer_there.regency, threshold=0)
    waiting(officer, 2)
    submitted(officer_there, name="Di sana")

    actions.check_alerts(today)

    assert [(one.rule_id, one.value) for one in Alert.objects.all()] == [("sana", 1)]


@pytest.mark.parametrize("subject", ["queue", "inquiry"])
def test_a_regency_is_counted_by_itself_where_older_rows_of_others_fill_what_is_looked_at(
    officer, officer_there, head, today, monkeypatch, signed_in, subject
):
    monkeypatch.setattr(late, "COUNTED", 2)
    there = officer_there.regency_id
    if subject == "queue":
        for by, name in ((officer, "Satu"), (officer, "Dua"), (officer, "Tiga"), (officer_there, "Di sana")):
            submitted(by, name=name)
    else:
        for regency in ("63.07", "63.07", "63.07", there):
            inquiries.receive(kind=Kind.REPORT, record=an_establishment(regency=regency), message="Keliru.")
        Inquiry.objects.exclude(regency=there).update(reply_due_on=today - 5 * A_DAY, answer_due_on=today - 5 * A_DAY)
        Inquiry.objects.filter(regency=there).update(reply_due_on=today - A_DAY, answer_due_on=today - A_DAY)
    a_rule("sana", subject=subject, regency=officer_there.regency, threshold=0)

    actions.check_alerts(today)

    assert Alert.objects.get().value == 1
    (alert,) = signed_in(head).get("/pimpinan/").context["report"].alerts
    assert f"regency={there}" in alert.url


def test_the_age_of_the_oldest_is_measured_too(officer, today):
    a_rule("umur", measure="days", threshold=9)
    waiting(officer, 1)
    Submission.objects.update(submitted_at=timezone.now() - 10 * A_DAY)

    actions.check_alerts(today)

    assert Alert.objects.get().value == 10


def test_the_days_of_what_is_late_are_those_that_its_list_says(one_of_each, officer, head, today):
    one_of_each(by=officer, late=3)
    a_rule("dua", subject="halal-task", measure="days", threshold=late_days_of("halal-task", head, today) - 1)
    a_rule("tiga", subject="halal-task", measure="days", threshold=late_days_of("halal-task", head, today))

    actions.check_alerts(today)

    assert late_days_of("halal-task", head, today) == 3
    assert [(one.rule_id, one.value) for one in Alert.objects.all()] == [("dua", 3)]


def test_a_rule_that_ends_ends_its_alert(officer, today):
    rule = a_rule()
    waiting(officer, 2)
    actions.check_alerts(today)
    AlertRule.objects.filter(pk=rule.pk).update(valid_to=today)

    actions.check_alerts(today + A_DAY)

    assert Alert.objects.get().ended_on == today + A_DAY


def test_what_fired_is_kept_and_read_page_by_page(officer, head, today, signed_in):
    rule = a_rule()
    for day in range(27):
        on = today - day * 2 * A_DAY
        Alert.objects.create(rule=rule, began_on=on, ended_on=on, value=5, threshold=1)
    client = signed_in(head)

    first, second = client.get("/pimpinan/peringatan/"), client.get("/pimpinan/peringatan/?page=2")

    assert [len(page.context["rows"]) for page in (first, second)] == [25, 2]
    assert "Menunggu diperiksa: 5 (ambang 1)" in first.text
    assert client.get("/pimpinan/peringatan/?page=x").status_code == 400


def test_administrators_lay_one_down_and_what_cannot_be_measured_is_refused_by_its_field(
    administrator, officer, signed_in
):
    values = {"key": "antre", "subject": "queue", "measure": "number", "threshold": "10", "role": "head"}
    made = signed_in(administrator).post("/admin/head/alertrule/add/", values)

    assert (made.status_code, AlertRule.objects.get().threshold) == (302, 10)
    wrong = {
        "threshold": {"threshold": "1000"},
        "regency": {"measure": "days", "regency": officer.regency_id},
        "subject": {"subject": "entah"},
    }
    assert {field: list(AlertRuleForm({**values, "key": "lain", **more}).errors) for field, more in wrong.items()} == {
        field: [field] for field in wrong
    }
    assert AlertRuleForm({**values, "key": "halal", "subject": "halal-duty", "threshold": "5000"}).is_valid()


@pytest.mark.parametrize(
    ("where", "row", "other"),
    [
        ("head/alertrule", lambda: a_rule(valid_from="2026-01-01"), {"key": "lain", "threshold": "900"}),
        (
            "submissions/reviewpromise",
            lambda: ReviewPromise.objects.create(key="satu", working_days=3, valid_from="2026-01-01"),
            {"key": "lain", "working_days": "30"},
        ),
        (
            "supervision/escalationrule",
            lambda: EscalationRule.objects.create(days=9, source="Dinas", valid_from="2026-01-01"),
            {"days": "30", "source": "Lain"},
        ),
    ],
)
def test_a_stored_threshold_is_ended_and_nothing_else_of_it_changes(administrator, signed_in, where, row, other):
    one = row()
    before = type(one).objects.values().get(pk=one.pk)
    path, client = f"/admin/{where}/{one.pk}/change/", signed_in(administrator)

    too_early = client.post(path, other | {"valid_from": "2025-01-01", "valid_to": "2025-12-31"})
    ended = client.post(path, other | {"valid_from": "2025-01-01", "valid_to": "2026-12-31"})

    assert (client.get(path).status_code, too_early.status_code, ended.status_code) == (200, 200, 302)
    assert list(too_early.context["adminform"].form.errors) == ["valid_to"]
    after = type(one).objects.values().get()
    assert after == before | {"valid_to": datetime.date(2026, 12, 31)}


def test_a_promise_is_not_made_longer_into_the_days_of_the_next(administrator, signed_in):
    ReviewPromise.objects.create(key="satu", working_days=3, valid_to="2026-12-31")
    ReviewPromise.objects.create(key="dua", working_days=5, valid_from="2027-01-01")

    answer = signed_in(administrator).post("/admin/submissions/reviewpromise/satu/change/", {"valid_to": "2027-01-01"})

    assert list(answer.context["adminform"].form.errors) == ["valid_to"]


def test_one_promise_of_the_review_at_a_time(db):
    ReviewPromise.objects.create(key="satu", working_days=3, valid_to="2026-12-31")

    with pytest.raises(ValidationError, match="satu"):
        ReviewPromise(key="dua", working_days=5, valid_from="2026-12-31").full_clean()
    ReviewPromise(key="dua", working_days=5, valid_from="2027-01-01").full_clean()
