"""A notice asks for something, or tells how something stands: once that is done or has gone on, it counts as read."""

import datetime

from django.utils import timezone

from disperin.inquiries import actions as inquiries
from disperin.inquiries.models import Kind
from disperin.notices.actions import tell
from disperin.notices.models import Notice
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.tasks.actions import end_task
from industries import actions as industries
from industries.models import HalalTask, Product
from tests.factories import an_establishment, establishment_values


def unread(user):
    return Notice.objects.of(user).unread().count()


def test_notices_are_read_by_themselves_when_what_they_speak_of_is_done(
    officer, colleague, verifier, administrator, signed_in, trying
):
    record = an_establishment(products=[{"name": "Kerupuk"}])
    register = directory.get("establishments")

    with trying("a proposal that came back is handed in again"):
        submission = actions.draft(register, establishment_values(name="Baru"), by=officer)
        actions.submit(submission, by=officer, acknowledged=True)
        actions.send_back(submission, by=verifier, round=1, reasons={"name": "Lengkapi."})
        assert unread(officer) == 1
        actions.submit(submission, by=officer, acknowledged=True)
        assert unread(officer) == 0

    with trying("an inquiry is taken up by one of two"):
        inquiry = inquiries.receive(kind=Kind.REPORT, record=record, message="Nama keliru.")
        assert (unread(officer), unread(colleague)) == (1, 1)
        inquiries.take(inquiry, by=officer)
        assert (unread(officer), unread(colleague)) == (0, 0)

    with trying("an inquiry is read from the link in the mail"):
        inquiry = inquiries.receive(kind=Kind.REPORT, record=record, message="Alamat keliru.")
        signed_in(officer).get(f"/en/pertanyaan/{inquiry.number}/")
        assert (unread(officer), unread(colleague)) == (0, 1)
        inquiries.close(inquiry, reason="Ganda.", by=officer)
        assert unread(colleague) == 0

    with trying("the last product on somebody's list is seen to"):
        day = timezone.localdate() + datetime.timedelta(days=3)
        industries.assign(Product.objects.all(), to=colleague, due_on=day, by=officer)
        assert unread(colleague) == 1
        end_task(HalalTask.objects.get(), by=officer)
        assert unread(colleague) == 0

    with trying("what was hidden is shown again: only that is news"):
        hidden = actions.hide(register, record, "", reason="Diminta.", by=administrator)
        actions.lift(hidden, reason="Selesai.", by=administrator)
        assert unread(officer) == 1

    with trying("the pages that notices lead to"):
        client = signed_in(verifier)
        for path in ("/usulan/", "/usulan/lama/", f"/industri/{record.number}/"):
            tell(verifier, title="Baru", body="", path=path)
            assert client.get(path).status_code == 200
            assert unread(verifier) == 0, path
