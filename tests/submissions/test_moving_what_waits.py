"""A record moves to another regency: what waits for people about it goes along, and the wall stands around all that."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from disperin.duplicates import actions as duplicates
from disperin.history.models import Entry
from disperin.inquiries import actions as inquiries
from disperin.inquiries.models import Inquiry, Kind
from disperin.mydata.actions import assign_lacks
from disperin.mydata.models import LackTask
from disperin.notices.models import Notice
from disperin.registers.lists.lacks import lacks_of
from disperin.registers.models import DuplicatePair, Merge
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.batches.actions import send_back_many
from disperin.submissions.models import Batch, Submission
from disperin.submissions.workflow import Status
from disperin.tasks.models import Task
from industries.actions import assign as assign_halal
from industries.models import Establishment, HalalTask, Product
from tests.factories import (
    a_halal_certificate,
    a_pair,
    a_zone,
    an_administrator,
    an_establishment,
    establishment_values,
    halal_values,
    place,
)
from tests.submissions.test_consequences import a_photo

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
THERE = "63.06"


def register():
    return directory.get("establishments")


def moved(record, regency=THERE):
    """The record as it stands once an administrator has moved it."""
    now = Establishment.objects.get(pk=record.pk)
    return actions.publish(register(), place(regency), by=an_administrator(), record=now)


def reached(user, model):
    return model.objects.within_reach(user).count()


def status(client, address):
    """What somebody is answered; a file is read to its end."""
    answer = client.get(address)
    answer.getvalue()
    return answer.status_code


def soon():
    return timezone.localdate() + datetime.timedelta(days=14)


def test_an_open_change_goes_along_and_whoever_works_there_goes_on_with_it(
    officer, officer_there, verifier, signed_in, api
):
    maker = an_establishment()
    draft = actions.submit(actions.draft(register(), {"phone": "08125000123"}, by=officer, record=maker), by=officer)
    actions.send_back(draft, by=verifier, round=1, reasons={"phone": "Salah."})
    page = reverse("submissions:detail", args=[draft.number])

    moved(maker)

    draft.refresh_from_db()
    assert draft.regency_id == THERE
    assert draft.number in Notice.objects.of(officer_there).unread().get().path
    assert signed_in(officer).get(page).status_code == 404
    assert api(officer).get(f"/api/v1/submissions/{draft.number}/").status_code == 404
    assert signed_in(officer_there).get(page).status_code == 200
    assert Entry.objects.about(draft).filter(verb="move_along").count() == 1
    lost = Notice.objects.of(officer).unread().get()
    assert (draft.number in lost.body, draft.number in lost.path) == (True, False)

    actions.submit(actions.revise(draft, {"phone": "08125000124"}, by=officer_there), by=officer_there)
    assert actions.verify(draft, by=verifier, round=2).status == Status.VERIFIED


@pytest.mark.parametrize("many", [False, True])
def test_a_change_that_is_returned_after_its_record_moved_holds_the_new_place(many, officer, officer_there, verifier):
    maker = an_establishment()
    draft = actions.submit(actions.draft(register(), {"phone": "08125000123"}, by=officer, record=maker), by=officer)
    moved(maker)
    draft.refresh_from_db()
    assert (draft.regency_id, draft.values["regency"]) == (THERE, "63.07")

    if many:
        send_back_many(Submission.objects.filter(pk=draft.pk), by=verifier, reason="Salah.")
    else:
        actions.send_back(draft, by=verifier, round=1, reasons={"phone": "Salah."})

    draft.refresh_from_db()
    now = register().form.recorded(Establishment.objects.get())
    assert {name: draft.values[name] for name in place(THERE)} == {name: now[name] for name in place(THERE)}
    assert (draft.rounds.get().values["regency"], draft.values["phone"]) == ("63.07", "+628125000123")
    draft = actions.submit(actions.revise(draft, {"phone": "08125000124"}, by=officer_there), by=officer_there)
    assert draft.fields_changed == ["phone"]
    assert actions.verify(draft, by=verifier, round=2).status == Status.VERIFIED


@pytest.mark.parametrize("handed_in", [False, True])
def test_a_new_record_that_was_begun_goes_where_the_record_goes_that_it_will_lie_with(
    handed_in, officer, officer_there, verifier, signed_in
):
    maker, register_of = an_establishment(products=[{"name": "Kain"}]), directory.get("halal")
    elsewhere = an_establishment(name="Usaha lain", products=[{"name": "Kain"}])
    begun, other = (
        actions.draft(register_of, halal_values(establishment=one), by=officer) for one in (maker, elsewhere)
    )
    if handed_in:
        begun = actions.submit(begun, by=officer)

    moved(maker)

    begun.refresh_from_db()
    other.refresh_from_db()
    assert (begun.regency_id, other.regency_id) == (THERE, "63.07")
    assert signed_in(officer).get(reverse("submissions:detail", args=[begun.number])).status_code == 404
    if handed_in:
        begun = actions.send_back(begun, by=verifier, round=1, reasons={"issued_on": "Salah."})
    assert begun.values["regency"] == THERE
    begun = actions.submit(begun, by=officer_there)
    made = actions.verify(begun, by=verifier, round=begun.round)
    assert made.target.model.objects.get(number=made.record_number).regency_id == THERE


def test_an_inspection_that_was_begun_of_a_maker_stays_with_the_maker_when_a_zone_moves(officer):
    maker, zone = an_establishment(), a_zone()
    given = {"establishment": maker.number, "zone": zone.number, "planned_on": "2026-03-02"}
    begun = actions.draft(directory.get("inspections"), given, by=officer)
    of_zone = actions.draft(directory.get("inspections"), given | {"establishment": ""}, by=officer)

    there = {"regency": THERE, "districts": [place(THERE)["district"]]}
    actions.publish(directory.get("zones"), there, by=an_administrator(), record=zone)

    assert [Submission.objects.get(pk=one.pk).regency_id for one in (begun, of_zone)] == ["63.07", THERE]


def test_files_that_were_sent_for_an_open_change_go_along_and_are_kept(officer, officer_there, verifier, signed_in):
    maker = an_establishment()
    photo, of_product, idle = (a_photo(officer) for _at in range(3))
    values = {"photo": str(photo.pk), "products": [{"name": "Kain", "photo": str(of_product.pk)}]}
    draft = actions.draft(register(), values, by=officer, record=maker)

    moved(maker)

    files = [reverse("attachments:file", args=[one.pk]) for one in (photo, of_product, idle)]
    assert [status(signed_in(officer), one) for one in files] == [404, 404, 200]
    assert [status(signed_in(officer_there), one) for one in files] == [200, 200, 404]
    draft = actions.revise(draft, {"phone": "08125000124"}, by=officer_there)
    assert (draft.values["photo"], draft.values["products"][0]["photo"]) == (str(photo.pk), str(of_product.pk))
    draft = actions.submit(draft, by=officer_there)
    assert actions.verify(draft, by=verifier, round=1).status == Status.VERIFIED


def test_whoever_leaves_hands_on_to_a_colleague_although_a_draft_of_theirs_moved_away(
    officer, colleague, administrator
):
    maker = an_establishment()
    away = actions.draft(register(), {"phone": "08125000123"}, by=officer, record=maker)
    here = actions.draft(register(), establishment_values(name="Usaha lain"), by=officer)
    moved(maker)

    actions.hand_over(officer, to=colleague, why="Pensiun.", by=administrator)

    assert [Submission.objects.get(pk=one.pk).proposed_by for one in (away, here)] == [officer, colleague]


def test_what_moves_the_record_stays_with_whoever_proposed_it_and_what_is_decided_too(
    officer, verifier, second_verifier
):
    maker = an_establishment()
    earlier = actions.submit(actions.draft(register(), {"phone": "08125000123"}, by=officer, record=maker), by=officer)
    actions.verify(earlier, by=verifier, round=1)
    move = actions.draft(register(), place(THERE), by=verifier, record=Establishment.objects.get())
    move = actions.submit(move, by=verifier)

    actions.verify(move, by=second_verifier, round=1)

    assert Establishment.objects.get().regency_id == THERE
    assert {one.regency_id for one in Submission.objects.all()} == {"63.07"}
    assert not Entry.objects.filter(verb="move_along").exists()


def test_what_follows_the_record_takes_its_own_open_changes_along(officer, officer_there):
    certificate = a_halal_certificate()
    draft = actions.draft(directory.get("halal"), {"revoked_reason": "Keliru"}, by=officer, record=certificate)

    moved(certificate.establishment)

    draft.refresh_from_db()
    assert draft.regency_id == THERE
    still_open = Submission.objects.open()
    assert [still_open.within_reach(one).count() for one in (officer, officer_there)] == [0, 1]


def test_open_inquiries_are_passed_on_to_whoever_works_there(officer, officer_there, verifier, signed_in):
    maker = an_establishment()
    asked = {"kind": Kind.REPORT, "record": maker, "consented": True, "sender_name": "Rahmah"}
    asked = [inquiries.receive(**asked, message=f"Salah {at}.") for at in range(5)]
    taken, by_province, ended, province_s, waiting = asked
    inquiries.take(taken, by=officer)
    inquiries.take(by_province, by=verifier)
    inquiries.close(ended, reason="Sudah benar.", by=officer)
    inquiries.reassign(province_s, regency=None, by=verifier)

    moved(maker)

    now = {one.pk: one for one in Inquiry.objects.all()}
    assert [now[one.pk].regency_id for one in asked] == [THERE, THERE, "63.07", None, THERE]
    assert [now[one.pk].handled_by for one in asked[:2]] == [None, verifier]
    assert signed_in(officer).get(f"/masuk/pertanyaan/{waiting.number}/").status_code == 404
    assert {one.path.rpartition("/pertanyaan/")[2] for one in Notice.objects.of(officer_there).unread()} >= {
        f"{taken.number}/",
        f"{waiting.number}/",
    }


def tasks_of(maker, *, to, by):
    lack = [lacks_of(register())["nib"]]
    found = Establishment.objects.filter(pk=maker.pk)
    (lacking,) = assign_lacks(register(), lack, found, to=to, due_on=soon(), by=by)
    (halal,) = assign_halal(Product.objects.filter(establishment=maker), to=to, due_on=soon(), by=by)
    return [lacking, halal]


@pytest.mark.parametrize("how", ["moved", "merged"])
def test_tasks_of_whoever_does_not_reach_the_place_end_and_those_concerned_are_told(
    how, officer, officer_there, verifier
):
    maker = an_establishment(products=[{"name": "Kain"}])
    held = tasks_of(maker, to=officer, by=verifier)

    if how == "moved":
        moved(maker)
    else:
        other = an_establishment(name="Kembar", regency=THERE, products=[])
        duplicates.merge(register(), other, maker, by=an_administrator())

    for one in held:
        one.refresh_from_db()
    assert [(one.regency_id, one.ended_on) for one in held] == [(THERE, timezone.localdate())] * 2
    assert (reached(officer, LackTask), reached(officer, HalalTask), reached(officer_there, HalalTask)) == (0, 0, 1)
    told = [one.title for one in Notice.objects.of(verifier)]
    assert len([one for one in told if "moved" in one or "pindah" in one]) == (2 if how == "moved" else 1)


def test_tasks_of_whoever_reaches_every_place_go_on(verifier, second_verifier):
    maker = an_establishment(products=[{"name": "Kain"}])
    held = tasks_of(maker, to=verifier, by=second_verifier)

    moved(maker)

    for one in held:
        one.refresh_from_db()
    assert [(one.regency_id, one.ended_on) for one in held] == [(THERE, None)] * 2


def test_a_merge_passes_inquiries_on_and_its_undoing_gives_them_back(verifier):
    keep = an_establishment(regency=THERE)
    drop = an_establishment(name="Kembar")
    asked = inquiries.receive(kind=Kind.REPORT, record=drop, message="Salah.", consented=True, sender_name="Rahmah")

    made = duplicates.merge(register(), keep, drop, by=verifier)
    asked.refresh_from_db()
    assert (asked.regency_id, asked.record_number) == (THERE, keep.number)

    duplicates.unmerge(made, by=verifier)
    asked.refresh_from_db()
    assert (asked.regency_id, asked.record_number) == ("63.07", drop.number)


def test_likely_duplicates_and_merges_are_read_by_whoever_reaches_the_records_now(officer, officer_there, verifier):
    first, second, third = (an_establishment(name=f"Usaha {at}") for at in range(3))
    a_pair(first, second)
    duplicates.merge(register(), first, third, by=verifier)
    assert (reached(officer, DuplicatePair), reached(officer, Merge)) == (1, 1)

    moved(first)
    assert (reached(officer, DuplicatePair), reached(officer_there, DuplicatePair)) == (0, 0)
    assert (reached(officer, Merge), reached(officer_there, Merge)) == (0, 1)

    moved(second)
    assert reached(officer_there, DuplicatePair) == 1


def test_a_batch_whose_open_row_moved_is_opened_by_the_province_alone(officer, officer_there, verifier):
    maker = an_establishment()
    draft = actions.draft(register(), {"phone": "08125000123"}, by=officer, record=maker)
    batch = Batch.objects.create(
        number="BKS-6307-26-000001", register="establishments", regency_id="63.07", made_by=officer
    )
    Submission.objects.filter(pk=draft.pk).update(batch=batch, batch_row=2)

    moved(maker)

    assert (reached(officer, Batch), reached(officer_there, Batch), reached(verifier, Batch)) == (0, 0, 1)


def test_each_kind_of_task_goes_along_with_what_it_is_about(db):
    """Whoever adds a kind says so by `directory.move_along`, or here why it stays."""
    stays = {"OutsideTask": "it is about a line of another office's list, which says itself where it lies"}
    kinds = {one.__name__ for one in Task.__subclasses__()}
    assert kinds - {*stays} == {"LackTask", "HalalTask"}
    assert kinds >= {*stays}
