"""A file with rows of several regencies, and its batch, are the province's: each regency reads its own submissions."""

from django.urls import reverse

from disperin.accounts.models import Role
from disperin.commitments.models import Commitment
from disperin.regions.models import Regency
from disperin.regions.reach import reaches
from disperin.registers.gate.in_bulk import Proposed, judge
from disperin.registers.record import directory
from disperin.submissions import actions as submissions
from disperin.submissions.batches import actions as batches
from disperin.submissions.models import Batch
from disperin.workbooks import actions
from disperin.workbooks.models import Workbook
from tests.factories import RegencyFactory, UserFactory, a_forum, commitment_values
from tests.workbooks.rows import HEADINGS, a_row, verified

PROMISES = ["Kabupaten/kota", "Forum", "Butir", "Yang dijanjikan", "Penanggung jawab", "Status"]


def promises(*regencies):
    """The rows of a forum's list: one promise of each regency."""
    number = a_forum().number
    names = [RegencyFactory(code=code).name for code in regencies]
    rows = [[name, number, at, f"Janji {name}", "Bidang", "Belum mulai"] for at, name in enumerate(names, start=1)]
    return [PROMISES, *rows]


def reads(client, *addresses):
    return [client.get(one).status_code for one in addresses]


def test_a_file_of_several_regencies_is_opened_by_the_province_alone_from_sending_to_the_verified_batch(
    send, done, officer, officer_there, verifier, head, signed_in, api
):
    file = promises("63.07", "63.06")

    workbook = send(verifier, file, register="commitments", regency="63.07")
    addresses = (workbook.get_absolute_url(), reverse("workbook-detail", args=[workbook.pk]))
    for one in (officer, officer_there):
        assert reads(signed_in(one), addresses[0]) + reads(api(one), addresses[1]) == [404, 404]
        assert not reaches(one, workbook)
        assert workbook not in Workbook.objects.within_reach(one)
    assert reads(signed_in(head), addresses[0]) + reads(api(head), addresses[1]) == [200, 200]

    batch = done(actions.submit, workbook, by=verifier, acknowledged=True).batch
    page = reverse("submissions:batch", args=[batch.number])
    for one in (officer, officer_there):
        client, own = signed_in(one), batch.submissions.get(regency=one.regency_id)
        assert reads(client, page, _page(own)) == [404, 200]
        assert not reaches(one, Batch.objects.get(pk=batch.pk))
        assert page not in client.get(_page(own)).text
        assert reads(api(one), reverse("batch-detail", args=[batch.number])) == [404]
    assert reads(signed_in(head), page) == [200]

    verified(batch, UserFactory(role=Role.VERIFIER))
    assert set(Commitment.objects.values_list("regency", flat=True)) == {"63.07", "63.06"}


def test_a_batch_of_the_province_for_one_regency_is_read_there(send, done, officer, verifier, signed_in):
    workbook = send(verifier, [HEADINGS, a_row("Ayu")])

    batch = done(actions.submit, workbook, by=verifier, acknowledged=True).batch

    assert reads(signed_in(officer), reverse("submissions:batch", args=[batch.number])) == [200]


def test_what_officers_send_is_read_by_their_colleagues(send, officer, colleague, signed_in):
    workbook = send(officer, [HEADINGS, a_row("Ayu")])

    assert reads(signed_in(colleague), workbook.get_absolute_url()) == [200]


def test_a_draft_that_is_laid_elsewhere_takes_its_batch_out_of_the_reach_of_its_regency(db, officer, verifier):
    register = directory.get("commitments")
    values = commitment_values(regency="63.07")
    batch = batches.begin_batch(register, Regency.objects.get(pk="63.07"), by=verifier)
    batches.propose_many(batch, judge(register, [Proposed(values, row=1)], by=verifier), by=verifier)
    assert batch in Batch.objects.within_reach(officer)

    RegencyFactory(code="63.06")
    submissions.revise(batch.submissions.get(), {**values, "regency": "63.06"}, by=verifier)

    assert batch not in Batch.objects.within_reach(officer)


def _page(submission):
    return reverse("submissions:detail", args=[submission.number])
