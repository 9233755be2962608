"""Taking, answering, closing, passing on: who may, when not, what follows, who is told."""

import datetime
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from disperin.desk.refusals import NotNow, Refused
from disperin.history.models import Entry
from disperin.inquiries import actions
from disperin.inquiries.models import Inquiry
from disperin.inquiries.workflow import State, Step, allowed_changes, open_steps
from disperin.notices.models import Notice
from tests.inquiries.conftest import SECRETS

GIVEN = {
    "take": {},
    "answer": {"text": "Sudah diperbaiki."},
    "close": {"reason": "Ganda."},
    "reassign": {"regency": None},
}


def taken(step, inquiry, by):
    return getattr(actions, step)(inquiry, by=by, **GIVEN[step])


def test_taking_is_the_first_reply_and_moves_the_due_day(report, officer, monday):
    inquiry = actions.take(report(), by=officer)

    assert (inquiry.state, inquiry.handled_by, inquiry.replied_at) == (State.HANDLED, officer, timezone.now())
    assert inquiry.due_on == inquiry.answer_due_on == datetime.date(2026, 11, 9)


def test_a_colleague_takes_over_and_the_first_reply_stays(report, officer, colleague, monday):
    first = actions.take(report(), by=officer)
    monday.shift(3600)

    second = actions.take(first, by=colleague)

    assert (second.handled_by, second.replied_at) == (colleague, first.replied_at)
    with pytest.raises(NotNow):
        actions.take(second, by=colleague)


@pytest.mark.parametrize(("step", "state"), [("answer", "answered"), ("close", "closed")])
def test_an_end_says_how_when_and_by_whom(report, officer, monday, step, state):
    inquiry = taken(step, report(), officer)

    assert (inquiry.state, inquiry.ended_by, inquiry.due_on) == (state, officer, None)
    assert inquiry.ended_at == inquiry.replied_at == timezone.now()
    assert inquiry.answer in ("Sudah diperbaiki.", "Ganda.")
    assert Entry.objects.about(inquiry).first().verb == f"{step}_inquiry"


def test_readers_and_people_of_elsewhere_are_refused(report, head, officer_there, trying):
    inquiry = report()

    for step, who in product(GIVEN, (head, officer_there)):
        with trying(step, who), pytest.raises(Refused):
            taken(step, inquiry, who)


def test_whoever_proposes_there_takes_every_step(report, officer, verifier, administrator, trying):
    inquiry = report()

    for step, who in product(GIVEN, (officer, verifier, administrator)):
        with trying(step, who):
            assert taken(step, Inquiry.objects.get(pk=inquiry.pk), who).pk


def test_what_has_ended_stays_as_it_is(report, officer, trying):
    inquiry = actions.answer(report(), text="Sudah.", by=officer)

    for step in GIVEN:
        with trying(step), pytest.raises(NotNow):
            taken(step, inquiry, officer)
    assert open_steps(inquiry, officer) == []


def test_the_table_of_steps_is_that_of_the_database():
    assert allowed_changes() == [
        ("handled", "answered"),
        ("handled", "closed"),
        ("received", "answered"),
        ("received", "closed"),
        ("received", "handled"),
    ]


def test_an_answer_is_there_short_and_names_no_nik(report, officer, trying):
    inquiry = report()

    for step, field in [("answer", "text"), ("close", "reason")]:
        for text, code in [(" ", "required"), ("NIK 6307054107900001", "personal_number"), ("x" * 2001, "too_long")]:
            with trying(step, field, text, code):
                with pytest.raises(ValidationError) as refused:
                    getattr(actions, step)(inquiry, by=officer, **{field: text})

                assert [one.code for one in refused.value.error_dict[field]] == [code]
                assert Inquiry.objects.get().state == State.RECEIVED


def test_passing_on_tells_the_other_office_and_keeps_the_clock(report, officer, officer_there, monday):
    inquiry = actions.take(report(), by=officer)
    Notice.objects.all().delete()
    monday.shift(datetime.timedelta(days=1))

    moved = actions.reassign(inquiry, regency=officer_there.regency, by=officer)

    assert (moved.regency, moved.handled_by, moved.state) == (officer_there.regency, None, State.HANDLED)
    assert moved.due_on == inquiry.answer_due_on
    assert [one.recipient for one in Notice.objects.all()] == [officer_there]
    assert open_steps(moved, officer) == []
    assert Entry.objects.about(moved).first().detail == {"place": officer_there.regency.name}


def test_the_province_takes_what_belongs_to_nobody_and_never_what_it_has(report, officer, verifier):
    inquiry = actions.reassign(report(), regency=None, by=officer)

    with pytest.raises(ValidationError) as refused:
        actions.reassign(inquiry, regency=None, by=verifier)

    assert [one.code for one in refused.value.error_dict["regency"]] == ["unchanged"]
    assert Step.REASSIGN in open_steps(inquiry, verifier)


def test_the_sender_hears_of_each_state_once(report, officer, colleague, mailoutbox, committing):
    with committing(execute=True):
        inquiry = report()
    with committing(execute=True):
        inquiry = actions.take(inquiry, by=officer)
        actions.take(inquiry, by=colleague)
    with committing(execute=True):
        actions.answer(inquiry, text="Rahasia dapur.", by=officer)

    mails = [one for one in mailoutbox if one.to == [SECRETS["email"]]]
    assert len({one.subject for one in mails}) == len(mails) == 3
    assert not any("Rahasia dapur" in one.body for one in mails)


def test_a_late_job_does_not_mail_a_state_that_has_passed(report, officer, mailoutbox, committing):
    with committing(execute=True):
        actions.answer(report(), text="Sudah.", by=officer)

    assert len([one for one in mailoutbox if one.to == [SECRETS["email"]]]) == 1
