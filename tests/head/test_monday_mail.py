"""The mail of Mondays: once a week and person, on that day or not at all, to those who want it."""

import datetime

import pytest
from django.core import mail
from django.db import connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from disperin.accounts.models import Role, User
from disperin.desk.refusals import Refused
from disperin.head import actions
from disperin.head.jobs import send_monday_mail
from disperin.head.models import MondayChoice, MondayMail
from disperin.jobs.locks import key_of
from tests.factories import UserFactory

SUNDAY, MONDAY, TUESDAY = "2026-11-29T08:00:00+08:00", "2026-11-30T08:00:00+08:00", "2026-12-01T08:00:00+08:00"


@pytest.fixture
def kadis(head):
    User.objects.filter(pk=head.pk).update(email="kadis@example.go.id")
    return User.objects.get(pk=head.pk)


def ordered():
    return DBTaskResult.objects.filter(task_path=send_monday_mail.module_path)


def do_what_is_ordered():
    for one in ordered():
        one.task.call(*one.args_kwargs["args"], **one.args_kwargs["kwargs"])


def test_the_mail_of_the_coming_monday_is_ordered_once_for_its_morning(kadis, verifier, time_machine):
    time_machine.move_to(SUNDAY, tick=False)

    assert [actions.order_monday_mails() for _time in range(3)] == [1, 0, 0]

    (job,) = ordered()
    assert timezone.localtime(job.run_after) == datetime.datetime.fromisoformat("2026-11-30T07:00:00+08:00")
    assert [(one.user, one.monday.isoformat()) for one in MondayMail.objects.all()] == [(kadis, "2026-11-30")]


def test_it_holds_the_text_and_leaves_once_however_often_its_job_is_done(kadis, time_machine):
    time_machine.move_to(MONDAY, tick=False)
    actions.order_monday_mails()

    do_what_is_ordered(), do_what_is_ordered()
    actions.order_monday_mails()

    (sent,) = mail.outbox
    assert sent.to == ["kadis@example.go.id"]
    assert sent.subject == "Keadaan 30 November 2026: tidak ada yang terlambat"
    assert "http://testserver/pimpinan/" in sent.body or "/pimpinan/\n" in sent.body
    assert "/pimpinan/surel/" in sent.body  # the way to get it no more
    assert ordered().count() == 1


def test_a_monday_that_is_over_is_not_made_up_for(kadis, time_machine):
    time_machine.move_to(SUNDAY, tick=False)
    actions.order_monday_mails()

    time_machine.move_to(TUESDAY, tick=False)
    do_what_is_ordered()

    assert mail.outbox == []
    actions.order_monday_mails()
    assert sorted(one.monday.day for one in MondayMail.objects.all()) == [7, 30]


def test_a_portal_that_was_down_in_the_morning_sends_it_later_that_day(kadis, time_machine):
    time_machine.move_to(SUNDAY, tick=False)
    actions.order_monday_mails()

    time_machine.move_to("2026-11-30T23:00:00+08:00", tick=False)
    do_what_is_ordered()

    assert len(mail.outbox) == 1


def test_a_lost_job_is_ordered_anew_and_two_workers_send_one(kadis, time_machine):
    time_machine.move_to(MONDAY, tick=False)
    actions.order_monday_mails()
    ordered().delete()

    assert actions.order_monday_mails() == 1
    (waits,) = MondayMail.objects.all()
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [key_of("monday mail", waits.pk)])
        send_monday_mail.func(waits.pk)
    finally:
        other.close()
    assert mail.outbox == []


def test_who_said_no_gets_none_even_after_it_was_ordered(kadis, time_machine, signed_in):
    time_machine.move_to(MONDAY, tick=False)
    actions.order_monday_mails()
    client = signed_in(kadis)

    assert "Berhenti menerima" in client.get("/pimpinan/surel/").text
    client.post("/pimpinan/surel/", {"leave": "1"})
    do_what_is_ordered()

    assert mail.outbox == []
    assert "Anda tidak menerimanya" in client.get("/pimpinan/surel/").text
    client.post("/pimpinan/surel/", {"want": "1"})
    do_what_is_ordered()
    assert len(mail.outbox) == 1
    assert "/pimpinan/surel/" in client.get("/akun/").text


def test_an_administrator_adds_somebody_who_reads_the_province_and_nobody_adds_themselves(
    kadis, administrator, officer, time_machine, signed_in
):
    time_machine.move_to(MONDAY, tick=False)
    verifier = UserFactory(role=Role.VERIFIER, email="v@example.go.id")
    client = signed_in(verifier)

    assert client.post("/pimpinan/surel/", {"want": "1"}).status_code == 403
    assert (
        signed_in(administrator)
        .post("/admin/head/mondaychoice/add/", {"user": verifier.pk, "wanted": "on"})
        .status_code
        == 302
    )
    with pytest.raises(Refused):
        actions.choose_monday_mail(officer, wanted=True, by=administrator)
    do_what_is_ordered()

    assert sorted(one.to[0] for one in mail.outbox) == ["kadis@example.go.id", "v@example.go.id"]
    assert client.post("/pimpinan/surel/", {"leave": "1"}).status_code == 302  # whom it comes to may leave it
    assert MondayChoice.objects.get(user=verifier).wanted is False


def test_it_is_written_in_the_language_of_its_reader(kadis, time_machine):
    time_machine.move_to(MONDAY, tick=False)
    User.objects.filter(pk=kadis.pk).update(language="en")
    actions.order_monday_mails()

    do_what_is_ordered()

    assert mail.outbox[0].subject == "How things stand, 30 November 2026: nothing is late"
    assert "/en/pimpinan/" in mail.outbox[0].body
