"""The head's page: each subject that is late with how many, where, with whom and since when, and exactly its list."""

import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.db.models import DateField, Value
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from disperin.accounts.models import User
from disperin.desk import agenda
from disperin.desk.agenda import Dated, Group, Waiting
from disperin.head import late, text
from disperin.inquiries import actions as inquiries
from disperin.inquiries.models import Inquiry, Kind
from disperin.submissions import actions
from disperin.submissions.models import ReviewPromise, Submission
from disperin.ui import formats
from industries.models import Establishment
from tests.factories import a_food_maker, an_establishment, halal_duties
from tests.overview.test_summary import submitted, total_on

PAGE = "/pimpinan/"
A_DAY = datetime.timedelta(days=1)


@pytest.fixture
def busy(officer, officer_there, one_of_each, today):
    """Something of everything is late here, and an inquiry and a submission there too; two days of review promised."""
    halal_duties()
    one_of_each(by=officer, late=3)
    a_food_maker(annual_sales=60_000_000_000)
    ReviewPromise.objects.create(key="janji", working_days=2)
    inquiries.receive(kind=Kind.REPORT, record=an_establishment(regency="63.06"), message="Keliru di sana.")
    Inquiry.objects.filter(regency="63.06").update(reply_due_on=today - A_DAY, answer_due_on=today - A_DAY)
    for by, name in ((officer, "Satu"), (officer, "Dua"), (officer_there, "Tiga")):
        submitted(by, name=name)
    Submission.objects.filter(status="submitted").update(submitted_at=timezone.now() - 12 * A_DAY)


def read(user, today):
    return late.standing(User.objects.get(pk=user.pk), today)


@pytest.mark.thorough
def test_each_number_is_that_of_the_list_it_opens(busy, head, signed_in):
    client = signed_in(head)
    page = client.get(PAGE)
    standing = page.context["report"].standing

    every = [*standing.late, *standing.ended, *standing.waiting]
    told = {one.key: (one.number, one.url) for one in every}
    for one in every:
        told |= {f"{one.key} in {share.key}": (share.number, share.url) for share in one.places if share.url}
        told |= {f"{one.key} with {share.key}": (share.number, share.url) for share in one.people if share.url}

    assert {one.key for one in standing.late} == {
        "inquiry", "halal-task", "lack", "milestone", "issue", "issue-red", "halal-duty", "zone-behind", "workbook",
        "review-late", "assistance-6", "assistance-12", "commitment", "data-request", "follow-up", "inspection",
        "outside-line", "quarterly-report",
    }  # fmt: skip
    assert {"zone-area", "document", "award"} <= {one.key for one in standing.ended}
    assert {"queue", "inquiry-new"} <= {one.key for one in standing.waiting}
    assert len(told) > 50
    assert {what: number for what, (number, url) in told.items() if total_on(client.get(url)) != number} == {}
    assert [url for what, (_number, url) in told.items() if url.replace("&", "&amp;") not in page.text] == []


def test_a_row_says_where_with_whom_and_since_when_the_most_first(busy, head, officer, today):
    standing = read(head, today)

    inquiry, review, task = standing.of("inquiry"), standing.of("review-late"), standing.of("halal-task")
    assert [(one.key, one.number) for one in review.places] == [("63.07", 2), ("63.06", 1)]
    assert (review.days, review.people, str(review.desk)) == (12, [], "Verifikator provinsi")
    assert (review.is_waiting, inquiry.is_waiting) == (True, False)
    assert {one.key: one.number for one in inquiry.places} == {"63.06": 1, "63.07": 1}
    assert [one.name for one in inquiry.people] == [str(officer)]
    assert task.days == 3  # as its list says: its day was three days ago
    assert (task.since, [one.name for one in task.people]) == (today - 2 * A_DAY, [str(officer)])
    assert sum(one.number for one in standing.of("halal-duty").places) == standing.of("halal-duty").number
    assert standing.late == sorted(standing.late, key=lambda one: -one.number)


def test_what_waits_longer_than_promised_is_told_by_when_it_came_and_not_as_late_since_then(
    busy, head, today, signed_in
):
    came = formats.day(today - 12 * A_DAY)

    assert f"menunggu sejak {came}, 12 hari" in " ".join(signed_in(head).get(PAGE).text.split())
    assert f"menunggu sejak {came}" in text.text_of(text.report_of(today), longest=9_000)


def test_nothing_that_belongs_to_ones_own_account_is_a_matter_of_the_office(busy, head, today):
    assert "token" not in {one.key for one in read(head, today).ended} | set(late.subjects())


def test_a_subject_of_another_app_joins_by_one_declaration(db, head, today, monkeypatch, signed_in):
    kind = Dated(
        "report",
        "Laporan",
        Group.WORK,
        of=lambda _user: User.objects.all(),
        day=Value(today - A_DAY, DateField()),
        number="username",
        who="full_name",
        url=lambda _number: "/",
        of_one="Laporan",
    )
    monkeypatch.setitem(agenda._dated, kind.key, kind)

    (found,) = read(head, today).late

    assert (found.key, found.number, found.since, found.people[0].name) == ("report", 1, today, "Kepala Dinas")
    assert parse_qs(urlsplit(found.url).query) == {"kind": ["report"], "state": ["overdue"]}
    assert "1</strong> Laporan" in signed_in(head).get(PAGE).text


def test_what_is_late_without_a_day_is_told_without_one(db, head, today, monkeypatch):
    everybody = Waiting(
        "people", "Orang", of=lambda _user: User.objects.all(), url=lambda _user: "/", action="", is_late=True
    )
    monkeypatch.setitem(agenda._waiting, everybody.key, everybody)

    (found,) = read(head, today).late

    assert (found.number, found.since, found.days) == (1, None, None)


def test_where_the_list_of_what_waits_stands_is_asked_once_however_many_regencies(
    officer, officer_there, head, today, monkeypatch
):
    makers = [an_establishment(), an_establishment(regency="63.06")]
    asked = []

    def url(user):
        asked.append(user)
        return "/daftar/?a=b"

    kind = Waiting("makers", "Unit", of=lambda _user: Establishment.objects.all(), url=url, action="", is_late=True)
    monkeypatch.setitem(agenda._waiting, kind.key, kind)

    found = read(head, today).of("makers")

    assert {one.url for one in found.places} == {f"/daftar/?a=b&regency={one.regency_id}" for one in makers}
    assert len(asked) == 1


def test_nothing_is_said_of_what_waits_for_the_reader_alone(officer, verifier, signed_in):
    actions.claim(submitted(officer), by=verifier)

    standing = signed_in(verifier).get(PAGE).context["report"].standing

    assert standing.of("held") is None


def test_without_a_promise_nothing_that_waits_is_said_to_be_late(officer, head, today):
    submitted(officer)
    Submission.objects.update(submitted_at=timezone.now() - 300 * A_DAY)

    standing = read(head, today)

    assert standing.late == []
    assert [(one.key, one.days) for one in standing.waiting] == [("queue", 300)]


def test_only_the_oldest_are_told_apart_where_there_are_too_many(officer, officer_there, head, today, monkeypatch):
    monkeypatch.setattr(late, "COUNTED", 2)
    for by, name in ((officer, "Satu"), (officer_there, "Dua"), (officer, "Tiga"), (officer, "Empat")):
        submitted(by, name=name)

    (queue,) = read(head, today).waiting

    assert (queue.number, queue.is_whole) == (3, False)


def test_whoever_sees_a_regency_alone_is_led_to_the_own_summary(
    client, officer, head, verifier, administrator, signed_in
):
    refused = signed_in(officer).get(PAGE)

    assert refused.status_code == 403
    assert "Ringkasan Anda" in refused.text
    assert client.get(PAGE).status_code == 302
    assert {signed_in(one).get(PAGE).status_code for one in (head, verifier, administrator)} == {200}
    assert "/pimpinan/" not in signed_in(officer).get("/ringkasan/").text
    assert 'href="/pimpinan/"' in signed_in(verifier).get("/ringkasan/").text


def test_the_head_signs_in_to_it(client, head):
    answer = client.post("/masuk/", {"login": head.username, "password": "banua-demo"})

    assert (answer.status_code, answer.url) == (302, PAGE)


def test_nothing_is_said_of_an_office_in_which_nothing_is_late(head, signed_in):
    page = signed_in(head).get(PAGE).text

    assert "Tidak ada yang terlambat" in page
    assert "Tidak ada yang berubah" in page
    assert "Tidak ada ambang yang terlewati" in page
    assert "Nothing is late" in signed_in(head).get(f"/en{PAGE}").text


@pytest.mark.thorough
def test_the_page_asks_as_much_for_three_of_each_kind_as_for_one(officer, head, one_of_each, signed_in):
    ReviewPromise.objects.create(key="janji", working_days=1)
    client, asked = signed_in(head), []
    for number in (1, 2, 3):
        one_of_each(by=officer, late=number)
        submitted(officer, name=f"Menunggu {number}")
        client.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        asked.append(len(queries))

    assert asked[0] == asked[2]
    assert asked[0] <= 30
