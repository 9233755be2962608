"""What records lack: counted, listed, handed to somebody by a day, and ended by itself once it is verified."""

import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from disperin.desk.refusals import NotNow, Refused
from disperin.history.models import Entry
from disperin.mydata import actions
from disperin.mydata.models import LackTask
from disperin.mydata.views import lacking
from disperin.notices.models import Notice
from disperin.registers.lists.lacks import lacks_of
from disperin.registers.lists.one_moment import TookTooLong
from disperin.registers.record import directory
from disperin.submissions import actions as submissions
from disperin.tasks.actions import end_task
from industries.models import Establishment
from tests import factories
from tests.factories import an_establishment

TABLE = "/data/establishments/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def soon():
    return timezone.localdate() + datetime.timedelta(days=14)


def assigned(*records, to, by, due_on, lacks=("nib",)):
    register = directory.get("establishments")
    known = lacks_of(register)
    found = Establishment.objects.filter(pk__in=[one.pk for one in records])
    return actions.assign_lacks(register, [known[one] for one in lacks], found, to=to, due_on=due_on, by=by)


def names_on(page):
    return re.findall(
        r'<a href="/industri/[^"]+">([^<]+)</a>', page.text.partition("<tbody>")[2].partition("</tbody>")[0]
    )


@pytest.mark.thorough
def test_each_number_of_every_register_opens_exactly_its_list(officer, head, signed_in):
    an_establishment(name="Lengkap", nib="8120001234567", phone="081250001122", products=[{"name": "Kain"}])
    an_establishment(name="Kurang", products=[{"name": "Tikar"}])
    an_establishment(name="Di sana", regency="63.01")
    for slug in ("clusters", "zones", "green"):
        factories.RECORDS[slug]()
    pages = [(officer, f"/data/{one.slug}/belum-ada/") for one in directory.all_registers()]
    for user, address in [*pages, (head, f"{TABLE}belum-ada/"), (head, f"{TABLE}belum-ada/?regency=63.01")]:
        client = signed_in(user)
        told = re.findall(r'<a href="([^"]+)" class="lack-number">\s*(\d+)\s*<', client.get(address).text)
        assert told, address
        for url, number in told:
            listed = client.get(url.replace("&amp;", "&"))
            assert int(re.search(r'id="daftar-data"[^>]*>\s*(\d+)', listed.text)[1]) == int(number), url


def test_a_lack_is_handed_to_a_colleague_who_is_told_and_sees_it_among_what_is_due(officer, colleague, signed_in, soon):
    record, other = an_establishment(name="Kurang"), an_establishment(name="Kurang juga")
    url = f"{TABLE}?lack=nib&lack=phone"

    answer = signed_in(officer).post(
        url,
        {
            "assign": "1", "which": "ticked", "records": [record.pk], "to": colleague.pk, "due_on": soon.isoformat(),
            "note": "Tanyakan lewat kelurahan.",
        },
    )  # fmt: skip

    assert (answer.status_code, answer["Location"]) == (302, url)
    assert {(one.record_number, one.lack, one.assigned_to) for one in LackTask.objects.all()} == {
        (record.number, "nib", colleague), (record.number, "phone", colleague),
    }  # fmt: skip
    assert record.number in Notice.objects.of(colleague).get().body
    assert [one.verb for one in Entry.objects.about(LackTask.objects.first())] == ["assign"]
    due = signed_in(colleague).get("/tenggat/?kind=lack&mine=on")
    assert due.text.count(f'href="/industri/{record.number}/"') == 2
    assert other.number not in due.text
    assert "Telepon atau WhatsApp" in due.text
    assert "lack" in signed_in(colleague).get("/ringkasan/").text
    table = signed_in(officer).get(url).text
    assert colleague.full_name in table
    assert table.count("<q>Tanyakan lewat kelurahan.</q>") == 2


def test_all_of_a_list_is_handed_over_at_once_and_what_is_not_missing_is_passed_over(officer, signed_in, soon):
    an_establishment(name="Satu")
    an_establishment(name="Dua", nib="8120001234567")
    an_establishment(name="Di sana", regency="63.01")
    told = {"assign": "1", "which": "all", "to": officer.pk, "due_on": soon.isoformat()}

    signed_in(officer).post(f"{TABLE}?lack=nib", told)
    again = signed_in(officer).post(f"{TABLE}?lack=nib&q=dua", told)

    assert [(one.lack, one.regency_id) for one in LackTask.objects.all()] == [("nib", "63.07")]
    assert again.status_code == 400
    assert not Notice.objects.of(officer).exists()


def test_a_task_ends_by_itself_when_what_was_missing_is_verified_and_not_before(officer, verifier, soon):
    record = an_establishment()
    nib, phone = assigned(record, to=officer, by=officer, due_on=soon, lacks=("nib", "phone"))
    change = submissions.draft(directory.get("establishments"), {"nib": "8120001234567"}, by=officer, record=record)
    change = submissions.submit(change, by=officer, acknowledged=True)
    nib.refresh_from_db()
    assert nib.ended_on is None

    submissions.verify(submissions.claim(change, by=verifier), by=verifier, round=1)

    nib.refresh_from_db()
    phone.refresh_from_db()
    assert (nib.ended_on, phone.ended_on) == (timezone.localdate(), None)
    last = Entry.objects.about(nib).first()
    assert (last.verb, last.actor) == ("end_task", None)


def test_a_closed_record_lacks_nothing_any_more(officer, verifier, soon):
    record = an_establishment()
    (task,) = assigned(record, to=officer, by=officer, due_on=soon)
    closing = submissions.draft(
        directory.get("establishments"),
        {"closed_on": "2025-11-02", "closed_reason": "ended"},
        by=officer,
        record=record,
        kind="close",
    )
    closing = submissions.submit(closing, by=officer, acknowledged=True)

    submissions.verify(submissions.claim(closing, by=verifier), by=verifier, round=1)

    task.refresh_from_db()
    assert task.ended_on == timezone.localdate()


def test_assigning_again_takes_over_and_taking_off_ends_once(officer, colleague, signed_in, soon):
    record = an_establishment()
    (first,) = assigned(record, to=colleague, by=officer, due_on=soon)
    (second,) = assigned(record, to=officer, by=officer, due_on=soon)
    first.refresh_from_db()

    assert (first.ended_on is None, second.ended_on) == (False, None)
    assert signed_in(officer).post(f"{TABLE}?lack=nib", {"end": second.pk}).status_code == 302
    assert not LackTask.objects.unended().exists()
    with pytest.raises(NotNow):
        end_task(second, by=officer)


def test_nobody_assigns_or_ends_outside_of_their_reach_or_role(officer, officer_there, head, signed_in, soon):
    record = an_establishment()

    for by in (officer_there, head):
        with pytest.raises(Refused):
            assigned(record, to=officer, by=by, due_on=soon)
    for to in (officer_there, head):
        with pytest.raises(ValidationError):
            assigned(record, to=to, by=officer, due_on=soon)
    (task,) = assigned(record, to=officer, by=officer, due_on=soon)
    assert signed_in(officer_there).post(f"{TABLE}?lack=nib", {"end": task.pk}).status_code == 404
    assert signed_in(head).post(f"{TABLE}?lack=nib", {"end": task.pk}).status_code == 403
    assert 'name="assign"' not in signed_in(head).get(f"{TABLE}?lack=nib").text


def test_more_than_one_can_see_to_is_refused_and_nothing_is_assigned(officer, signed_in, soon, monkeypatch):
    monkeypatch.setattr("disperin.mydata.actions.assigning.MOST", 1)
    for name in ("Satu", "Dua"):
        an_establishment(name=name)

    told = {"assign": "1", "which": "all", "to": officer.pk, "due_on": soon.isoformat()}
    answer = signed_in(officer).post(f"{TABLE}?lack=nib", told)

    assert answer.status_code == 400
    assert "paling banyak 1" in answer.text.lower()
    assert not LackTask.objects.exists()


def test_records_are_held_while_they_are_handed_on_so_that_of_two_people_the_second_takes_over(officer, soon):
    record = an_establishment(name="Kurang")

    with CaptureQueriesContext(connection) as captured:
        assigned(record, to=officer, by=officer, due_on=soon, lacks=("nib", "phone"))

    held = [one["sql"] for one in captured if "FOR UPDATE" in one["sql"]]
    assert len([sql for sql in held if '"industries_establishment"' in sql]) == 1


def test_what_takes_too_long_to_count_is_told_not_to_be_counted_and_the_rest_is(
    officer, verifier, signed_in, monkeypatch
):
    alone = iter([3, TookTooLong, 1, 0, 0] * 2)  # of all records; two things that are missing; who sees to each

    def answers(asked):
        found = next(alone) if len(asked) == 1 else TookTooLong
        if found is TookTooLong:
            raise TookTooLong
        return [found]

    monkeypatch.setattr(lacking, "answers", answers)
    monkeypatch.setattr(lacking, "wanted_of", lambda register: [lacks_of(register)[one] for one in ("nib", "phone")])

    page = signed_in(verifier).get(f"{TABLE}belum-ada/")

    numbers = [" ".join(one.split()) for one in re.findall(r'class="lack-number">(.*?)<span', page.text, re.DOTALL)]
    assert (page.status_code, numbers) == (200, ["tidak terhitung", "1"])
    assert "Pilih kabupaten/kota agar dihitung." in page.text
    within = signed_in(verifier).get(f"{TABLE}belum-ada/?regency=63.07").text
    assert "tidak terhitung" in within
    assert "Pilih kabupaten/kota agar dihitung." not in within
