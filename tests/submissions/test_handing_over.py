"""Somebody leaves or moves: a colleague gets what they have in hand, access ends, what they did stays theirs."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from disperin.accounts import actions as accounts
from disperin.accounts.holdings import in_hand
from disperin.accounts.models import ApiKey, Role
from disperin.desk.refusals import NotNow, Refused
from disperin.history.models import Entry
from disperin.inquiries import actions as inquiries
from disperin.inquiries.models import Inquiry, Kind
from disperin.notices.models import Notice
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.models import Batch, Submission
from disperin.submissions.workflow import Status
from disperin.workbooks.models import State, Workbook
from industries import actions as industries
from industries.models import HalalTask, Product
from tests.factories import UserFactory, a_food_maker, an_establishment, establishment_values
from tests.house.each_route import a_workbook
from tests.submissions.batches.test_proposing import a_submitted_batch, makers
from tests.submissions.test_concurrency import at_once

pytestmark = pytest.mark.thorough

ESTABLISHMENTS = directory.get("establishments")


def drafted(by, **values):
    return actions.draft(ESTABLISHMENTS, establishment_values(**values), by=by)


@pytest.fixture
def busy(officer, verifier):
    """An officer with one thing of every kind in hand."""
    drafted(officer, name="Draf")
    actions.submit(drafted(officer, name="Menunggu"), by=officer)
    returned = actions.submit(drafted(officer, name="Dikembalikan"), by=officer)
    actions.send_back(returned, by=verifier, round=1, reasons={"name": "Lengkapi."})
    a_submitted_batch(officer, *makers(1))
    a_workbook(officer)
    inquiry = inquiries.receive(kind=Kind.REPORT, record=an_establishment(), message="Nama keliru.")
    inquiries.take(inquiry, by=officer)
    due_on = timezone.localdate() + datetime.timedelta(days=7)
    industries.assign(Product.objects.filter(establishment=a_food_maker()), to=officer, due_on=due_on, by=officer)
    return officer


def owners():
    """Who has what in hand, by kind of thing."""
    return {
        "proposals": {*Submission.objects.open().values_list("proposed_by__username", flat=True)},
        "batches": {*Batch.objects.values_list("made_by__username", flat=True)},
        "workbooks": {*Workbook.objects.values_list("sent_by__username", flat=True)},
        "inquiries": {*Inquiry.objects.open().values_list("handled_by__username", flat=True)},
        "halal tasks": {*HalalTask.objects.filter(ended_on=None).values_list("assigned_to__username", flat=True)},
    }


def problems(raised):
    return {path: [one.code for one in errors] for path, errors in raised.value.error_dict.items()}


def test_who_leaves_hands_everything_on_and_is_out_at_once(busy, colleague, administrator, signed_in):
    browser = signed_in(busy)
    accounts.create_token(busy, name="Ekspor", scope="write", days=30, by=busy)

    handed_on = actions.hand_over(busy, to=colleague, why="Pindah tugas ke dinas lain.", by=administrator)

    assert owners() == dict.fromkeys(owners(), {colleague.username})
    assert sum(number for _label, number in handed_on) == 7  # the row of a batch is one with its batch
    assert in_hand(busy) == []
    busy.refresh_from_db()
    assert (busy.is_active, ApiKey.objects.exists(), browser.get("/usulan/").status_code) == (False, False, 302)
    accounts.restore(busy, by=administrator)
    assert browser.get("/usulan/").status_code == 302  # a session that is over does not come back


def test_each_thing_remembers_from_whom_to_whom_and_what_was_done_stays_with_who_did_it(busy, colleague, administrator):
    waiting = Submission.objects.get(title="Menunggu")

    actions.hand_over(busy, to=colleague, why="Cuti panjang.", by=administrator)

    told = {"from": "Petugas HST", "to": "Petugas Dua HST", "why": "Cuti panjang."}
    entries = Entry.objects.filter(verb="hand_on")
    assert {one.target_type for one in entries} == {
        "submissions.submission", "submissions.batch", "workbooks.workbook", "inquiries.inquiry",
        "industries.halaltask",
    }  # fmt: skip
    assert [one.detail for one in entries] == [told] * 8
    assert Entry.objects.about(busy).get(verb="hand_over").detail == told
    assert waiting.rounds.get().submitted_by == busy
    assert Entry.objects.about(waiting).get(verb="submit").actor == busy
    notice = Notice.objects.get(recipient=colleague)
    assert "7" in notice.title
    assert "Petugas HST" in notice.body


def test_who_moves_works_on_in_the_new_place_and_leaves_the_old_things(
    busy, colleague, administrator, officer_there, signed_in
):
    browser, there = signed_in(busy), officer_there.regency
    accounts.create_token(busy, name="Ekspor", scope="write", days=30, by=busy)

    actions.hand_over(busy, to=colleague, why="Mutasi.", moves_to=there, by=administrator)

    busy.refresh_from_db()
    assert (busy.is_active, busy.regency, ApiKey.objects.exists()) == (True, there, False)
    assert owners() == dict.fromkeys(owners(), {colleague.username})
    assert browser.get("/usulan/").status_code == 302
    drafted(busy, name="Baru", regency="63.06")
    actions.hand_over(busy, to=None, why="Mutasi.", moves_to=there, by=administrator)  # once more: nothing is taken
    assert [number for _one, _things, number in in_hand(busy)] == [1]


def test_the_colleague_goes_on_but_decides_on_none_of_it(officer, verifier, second_verifier, administrator):
    """Neither who proposed it, should they decide one day, nor who has it now."""
    waiting = actions.submit(drafted(officer), by=officer)
    actions.claim(waiting, by=verifier)

    actions.hand_over(officer, to=verifier, why="Pensiun.", by=administrator)

    waiting.refresh_from_db()
    assert (waiting.proposed_by, waiting.claimed_by, waiting.revision) == (verifier, None, 4)
    accounts.restore(officer, by=administrator)
    accounts.change_role(officer, role=Role.VERIFIER, by=administrator)
    officer.refresh_from_db()
    for by in (verifier, officer):
        with pytest.raises(Refused):
            actions.verify(waiting, by=by, round=1)
    assert (
        actions.send_back(waiting, by=second_verifier, round=1, reasons={"name": "Lengkapi."}).status == Status.RETURNED
    )
    actions.revise(waiting, {"name": "Lengkap"}, by=verifier)


def test_reviews_go_to_a_verifier_who_may_decide_and_else_back_to_the_queue(
    officer, verifier, second_verifier, administrator
):
    own = actions.submit(actions.draft(ESTABLISHMENTS, establishment_values(name="Kayu"), by=second_verifier),
                         by=second_verifier)  # fmt: skip
    other = actions.submit(drafted(officer, name="Rotan"), by=officer)
    for one in (own, other):
        actions.claim(one, by=verifier)

    actions.hand_over(verifier, to=second_verifier, why="Pensiun.", by=administrator)

    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.claimed_by, other.claimed_by) == (None, second_verifier)
    actions.hand_over(second_verifier, to=administrator, why="Pensiun.", by=UserFactory(role=Role.ADMINISTRATOR))
    other.refresh_from_db()
    assert (other.claimed_by, other.status) == (None, Status.SUBMITTED)


def test_a_second_draft_of_one_record_is_taken_back_and_names_the_first(officer, colleague, administrator):
    record = an_establishment()
    theirs = actions.draft(ESTABLISHMENTS, {"phone": "08125000111"}, by=colleague, record=record)
    draft = actions.draft(ESTABLISHMENTS, {"phone": "08125000222"}, by=officer, record=record)

    actions.hand_over(officer, to=colleague, why="Pensiun.", by=administrator)

    draft.refresh_from_db()
    assert (draft.status, draft.proposed_by) == (Status.WITHDRAWN, officer)
    assert theirs.number in draft.note
    assert Entry.objects.about(draft).first().actor == administrator


def test_what_cannot_be_is_refused_where_it_is_wrong(
    busy, colleague, officer_there, head, verifier, administrator, trying
):
    second = UserFactory(role=Role.ADMINISTRATOR)
    gone = UserFactory(role=Role.VERIFIER, is_active=False)
    there = officer_there.regency
    for change, expected in (
        ({"to": None}, {"to": ["required"]}),
        ({"to": busy}, {"to": ["same"]}),
        ({"to": gone}, {"to": ["suspended"]}),
        ({"to": head}, {"to": ["role"]}),
        ({"to": officer_there}, {"to": ["out_of_reach"]}),
        ({"why": " "}, {"why": ["required"]}),
        ({"why": "NIK 6307045203850002"}, {"why": ["personal_number"]}),
        ({"user": verifier, "moves_to": there}, {"moves_to": ["role"]}),
        ({"user": UserFactory(is_active=False), "moves_to": there}, {"moves_to": ["suspended"]}),
        ({"user": second, "by": second}, {"__all__": ["own_account"]}),
    ):
        with trying(*change), pytest.raises(ValidationError) as raised:
            actions.hand_over(**{"user": busy, "to": colleague, "why": "Pensiun.", "by": administrator, **change})
        assert problems(raised) == expected
    for by in (busy, colleague, verifier, head):
        with pytest.raises(PermissionDenied):
            actions.hand_over(busy, to=colleague, why="Pensiun.", by=by)
    busy.refresh_from_db()
    assert (busy.is_active, Entry.objects.filter(verb__in=["hand_on", "hand_over"]).exists()) == (True, False)


def test_the_last_administrator_is_told_to_make_another_one(administrator):
    with pytest.raises(ValidationError, match="administrator terakhir"):
        actions.hand_over(administrator, to=None, why="Pensiun.", by=administrator)


def test_a_file_that_is_being_submitted_comes_first(busy, colleague, administrator):
    Workbook.objects.update(state=State.PROPOSING)

    with pytest.raises(NotNow, match=r"ikm\.xlsx"):
        actions.hand_over(busy, to=colleague, why="Pensiun.", by=administrator)

    busy.refresh_from_db()
    assert busy.is_active


def test_a_file_of_an_older_system_goes_to_an_administrator_alone(busy, colleague, administrator):
    Workbook.objects.update(older_system="SIIK", extracted_on="2026-01-31")

    with pytest.raises(ValidationError) as refused:
        actions.hand_over(busy, to=colleague, why="Pensiun.", by=administrator)

    assert [*refused.value.error_dict] == ["to"]
    actions.hand_over(busy, to=administrator, why="Pensiun.", by=administrator)
    assert owners()["workbooks"] == {administrator.username}


def test_whoever_has_nothing_in_hand_needs_no_colleague_and_handing_over_twice_is_as_once(officer, administrator):
    assert actions.hand_over(officer, to=None, why="Pensiun.", by=administrator) == []
    assert actions.hand_over(officer, to=None, why="Pensiun.", by=administrator) == []

    assert [one.verb for one in Entry.objects.about(officer)] == ["suspend"]


def test_a_draft_that_somebody_left_long_ago_is_withdrawn_although_they_are_elsewhere(
    officer, officer_there, administrator
):
    draft = drafted(officer)
    accounts.change_role(officer, role=Role.OFFICER, regency=officer_there.regency, by=administrator)
    Submission.objects.update(revised_at=timezone.now() - datetime.timedelta(days=91))

    assert [one.number for one in actions.withdraw_forgotten()] == [draft.number]
    assert Entry.objects.about(draft).first().actor is None


def test_the_page_shows_what_is_open_asks_and_hands_over(busy, colleague, officer_there, administrator, signed_in):
    browser, address = signed_in(administrator), reverse("submissions:hand-over", args=[busy.pk])

    page = browser.get(address)
    offered = {one.username for one in page.context["form"].fields["to"].queryset}
    leaves = {"what": "leaves", "to": colleague.pk, "why": "Pensiun."}
    refused = [
        browser.post(address, one)
        for one in ({"what": "moves", "to": colleague.pk, "why": "Mutasi."}, leaves | {"moves_to": "63.06"})
    ]
    stays = browser.post(address, leaves | {"what": "moves", "moves_to": busy.regency_id})
    asked = browser.post(address, leaves)
    busy.refresh_from_db()
    still_there = busy.is_active
    other = browser.post(address, leaves | {"sure": asked.context["sure"], "what": "moves", "moves_to": "63.06"})
    done = browser.post(address, leaves | {"sure": asked.context["sure"]}, follow=True)

    assert {"petugas2.6307", "admin"} <= offered
    assert offered.isdisjoint({busy.username, officer_there.username})
    assert "Dikembalikan" in page.text
    assert [(one.status_code, list(one.context["form"].errors)) for one in refused] == [(400, ["moves_to"])] * 2
    assert (stays.status_code, list(stays.context["form"].errors)) == (400, ["moves_to"])
    assert f"sudah bekerja untuk {busy.regency}. Pilih kabupaten/kota lain." in stays.text
    assert "7 pekerjaan masih terbuka" in page.text
    assert (asked.status_code, still_there) == (200, True)
    assert "Akun Petugas HST ditangguhkan" in asked.text
    assert "7 pekerjaan diserahkan kepada Petugas Dua HST" in asked.text
    assert other.context["sure"] not in ("", asked.context["sure"])  # something else was confirmed
    assert "Tidak ada pekerjaan terbuka yang dipegang" in done.text
    busy.refresh_from_db()
    assert (busy.is_active, busy.regency_id) == (False, "63.07")


def test_the_admin_says_what_stays_in_the_hands_of_whoever_is_suspended_or_moved(
    busy, officer_there, administrator, signed_in
):
    browser, address = signed_in(administrator), f"/admin/accounts/user/{busy.pk}/change/"
    given = {"full_name": busy.full_name, "email": busy.email, "role": "officer", "language": "id"}
    link = reverse("submissions:hand-over", args=[busy.pk])

    moved = browser.post(address, {**given, "regency": "63.06", "is_active": "on"}, follow=True)
    suspended = browser.post(address, {**given, "regency": "63.06"}, follow=True)
    renamed = browser.post(address, {**given, "full_name": "Nama", "regency": "63.06"}, follow=True)

    for answer, told in ((moved, True), (suspended, True), (renamed, False)):
        assert (link in " ".join(str(one) for one in answer.context["messages"])) is told
    assert link in browser.get(address).text


@pytest.mark.django_db(transaction=True)
def test_two_administrators_at_once_hand_over_once(officer, colleague, administrator):
    second = UserFactory(role=Role.ADMINISTRATOR)
    drafted(officer)

    outcomes = at_once(
        *(
            lambda by=by: actions.hand_over(officer, to=colleague, why="Pensiun.", by=by)
            for by in (administrator, second)
        )
    )

    assert sorted(len(one) for one in outcomes) == [0, 1]
    assert Entry.objects.filter(verb__in=["hand_on", "suspend"]).count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_administrators_never_shut_each_other_out_at_once(administrator):
    second = UserFactory(role=Role.ADMINISTRATOR)

    def suspend(user, by):
        try:
            return accounts.suspend(user, by=by)
        except PermissionDenied as refused:
            return refused

    outcomes = at_once(lambda: suspend(second, administrator), lambda: suspend(administrator, second))

    assert sorted(type(one).__name__ for one in outcomes) == ["PermissionDenied", "User"]
