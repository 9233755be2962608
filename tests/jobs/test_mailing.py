"""E-mails of jobs: once each, as far as SMTP allows, and again where the mail server is away."""

from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.db import connections
from django_tasks_db.models import DBTaskResult

from disperin.inquiries.jobs import tell_sender
from disperin.inquiries.models import Inquiry
from disperin.jobs import mailing
from disperin.jobs.locks import key_of
from disperin.notices.actions import tell
from disperin.notices.jobs import send_notice
from disperin.notices.models import Notice
from tests.jobs.test_taking_up import Killed, a_question


@pytest.fixture
def jobs(officer):
    """Both kinds of jobs that send: their lock, and how to do them."""
    notice, inquiry = tell(officer, title="Halo", body="Halo", path="/"), a_question()
    return [
        (("notice", notice.pk), lambda: send_notice.func(notice.pk)),
        (("inquiry", inquiry.pk, "received"), lambda: tell_sender.func(inquiry.pk, "received")),
    ]


def test_a_job_that_is_done_twice_sends_one_mail(jobs):
    for _lock, do in jobs:
        do(), do()

    assert len(mail.outbox) == 2


def test_a_job_that_another_worker_is_doing_sends_nothing(jobs):
    other = connections.create_connection("default")
    try:
        for lock, do in jobs:
            with other.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s)", [key_of(*lock)])
            do()
    finally:
        other.close()

    assert mail.outbox == []


def test_a_worker_that_dies_between_sending_and_marking_sends_again_what_mailboxes_know_as_the_same(jobs, monkeypatch):
    def sends_and_dies(*args, **options):
        real(*args, **options)
        raise Killed

    real = mailing.send
    for module in ("notices", "inquiries"):
        monkeypatch.setattr(f"disperin.{module}.jobs.send", sends_and_dies)
    for _lock, do in jobs:
        for _attempt in range(2):
            with pytest.raises(Killed):
                do()

    numbers = [message.extra_headers["Message-ID"] for message in mail.outbox]
    assert [numbers[0], numbers[2]] == [numbers[1], numbers[3]]
    assert len(set(numbers)) == 2


def test_a_mail_server_that_is_away_is_asked_again_later_and_later_until_it_is_given_up(
    jobs, monkeypatch, time_machine
):
    time_machine.move_to("2026-11-22T08:00:00+08:00", tick=False)
    DBTaskResult.objects.all().delete()

    def away(*args, **options):
        raise SMTPServerDisconnected

    with monkeypatch.context() as cut:
        cut.setattr("django.core.mail.EmailMessage.send", away)
        for _lock, do in jobs:
            do()
        with pytest.raises(SMTPServerDisconnected):
            send_notice.func(Notice.objects.get(title="Halo").pk, tries=mailing.MOST_TRIES - 1)
    again = list(DBTaskResult.objects.order_by("task_path"))

    assert [one.args_kwargs["kwargs"] for one in again] == [{"tries": 1}, {"tries": 1}]
    assert {one.run_after - one.enqueued_at for one in again} == {mailing.FIRST_WAIT}
    for one in again:
        one.task.call(*one.args_kwargs["args"], **one.args_kwargs["kwargs"])
    assert len(mail.outbox) == 2
    assert Inquiry.objects.get().told_state == "received"
