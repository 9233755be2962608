"""How a submission begins: a new record of any register, or a change, closing or reopening of one that is there."""

import re

from django.urls import reverse

from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.models import Submission
from tests.factories import an_establishment, place
from tests.submissions.drafts import ESTABLISHMENTS, check_url, edit_url, handed_in


def test_an_officer_begins_a_draft_and_comes_to_its_page(officer, signed_in):
    client = signed_in(officer)

    answer = client.post(reverse("submissions:start"), {"daftar": ESTABLISHMENTS})

    submission = Submission.objects.get()
    assert answer["Location"] == edit_url(submission)
    assert (submission.values["regency"], submission.status) == ("63.07", "draft")
    assert client.get(edit_url(submission)).status_code == 200


def test_provincial_users_choose_the_regency(verifier, officer, signed_in):
    client = signed_in(verifier)

    refused = client.post(reverse("submissions:start"), {"daftar": ESTABLISHMENTS})
    answer = client.post(reverse("submissions:start"), {"daftar": ESTABLISHMENTS, "kabupaten": "63.07"})

    assert (refused.status_code, answer.status_code) == (400, 302)
    assert Submission.objects.get().regency_id == "63.07"


def test_a_change_begins_from_the_record_and_a_second_draft_leads_to_the_first(officer, signed_in):
    record, client = an_establishment(), signed_in(officer)
    asked = {"daftar": ESTABLISHMENTS, "data": record.number, "jenis": "change"}

    page = client.get(reverse("submissions:start"), asked)
    client.post(reverse("submissions:start"), asked)
    draft = Submission.objects.get(kind="change", direct=False)
    again = client.post(reverse("submissions:start"), asked)

    assert page.status_code == 200
    assert draft.values["name"] == record.name
    assert again.status_code == 409
    assert draft.number in again.content.decode()
    assert edit_url(draft) in client.get(reverse("submissions:start"), asked).content.decode()


def test_a_record_out_of_reach_or_unknown_cannot_be_changed(officer_there, signed_in):
    record, client = an_establishment(), signed_in(officer_there)

    for asked in (
        {"daftar": ESTABLISHMENTS, "data": record.number},
        {"daftar": "nothing", "data": record.number},
        {"daftar": ESTABLISHMENTS, "data": "a\x00"},
        {"daftar": ESTABLISHMENTS, "data": record.number, "jenis": "burn"},
    ):
        assert client.get(reverse("submissions:start"), asked).status_code == 404
        assert client.post(reverse("submissions:start"), asked).status_code == 404


def test_closing_and_reopening_use_the_same_pages(officer, verifier, signed_in):
    record, client = an_establishment(), signed_in(officer)

    client.post(reverse("submissions:start"), {"daftar": ESTABLISHMENTS, "data": record.number, "jenis": "close"})
    closing = Submission.objects.get(kind="close")
    assert client.get(edit_url(closing)).status_code == 200
    body = {"revision": closing.revision, "closed_on": "2026-01-05", "closed_reason": "moved", "check": "1"}
    assert client.post(edit_url(closing), body)["Location"] == check_url(closing)
    assert handed_in(client, closing, acknowledged="1").status_code == 302
    actions.verify(Submission.objects.get(pk=closing.pk), by=verifier, round=1)
    client.post(reverse("submissions:start"), {"daftar": ESTABLISHMENTS, "data": record.number})
    reopening = Submission.objects.get(kind="reopen")
    page = client.get(edit_url(reopening))
    answer = handed_in(client, reopening, acknowledged="1")

    record.refresh_from_db()
    assert str(record.closed_on) == "2026-01-05"
    assert (page.status_code, answer.status_code) == (200, 302)


def test_a_cluster_is_drafted_on_the_same_page(officer, signed_in):
    client = signed_in(officer)
    place()

    client.post(reverse("submissions:start"), {"daftar": "clusters"})
    page = client.get(edit_url(Submission.objects.get())).content.decode()

    assert '<option value="63.07.01.2001">' in page
    assert "datalist" not in page


def test_a_draft_of_every_register_opens_and_is_read(officer, signed_in):
    client = signed_in(officer)
    slugs = [one.slug for one in directory.all_registers() if not one.model.of_province]  # those the province proposes
    place()

    def opened(slug):
        client.post(reverse("submissions:start"), {"daftar": slug})
        draft = Submission.objects.get(register=slug)
        pages = edit_url(draft), check_url(draft), reverse("submissions:detail", args=[draft.number])
        return [client.get(page).status_code for page in pages]

    assert {slug: opened(slug) for slug in slugs} == {slug: [200, 200, 200] for slug in slugs}


def test_each_register_is_named_so_that_it_is_understood_alone_with_what_a_record_of_it_holds(verifier, signed_in):
    page = " ".join(signed_in(verifier).get(reverse("submissions:start")).text.split())

    for one in directory.all_registers():
        assert str(one.about), one.slug
    for name, line in (
        ("Tonggak kawasan dan proyek", "Satu langkah membangun kawasan industri atau proyek"),
        ("Isu kawasan dan proyek", "Hal yang menghambat kawasan industri atau proyek"),
        ("Unit usaha", "Satu tempat produksi"),
    ):
        assert re.search(rf">\s*{name} <span[^>]*>{line}", page), name
