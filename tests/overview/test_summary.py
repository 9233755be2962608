"""The first page after signing in: what waits for each role, each number with just its list, and what has moved."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from disperin.accounts.models import User
from disperin.desk import agenda
from disperin.head.late import standing
from disperin.inquiries import actions as inquiries
from disperin.inquiries.models import Inquiry, Kind
from disperin.overview import due_days, summary
from disperin.overview.due_days import Asked, tallies
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.models import Submission
from industries.models import HalalTask
from ovop import actions as ovop
from ovop.models import Criterion
from tests.factories import (
    a_food_maker,
    a_milestone,
    a_nomination,
    a_pair,
    a_zone,
    an_establishment,
    establishment_values,
    halal_duties,
)

PAGE = "/ringkasan/"
A_DAY = datetime.timedelta(days=1)


def drafted(by, **values):
    given = establishment_values(regency=by.regency_id, **values)
    return actions.draft(directory.get("establishments"), given, by=by)


def submitted(by, **values):
    return actions.submit(drafted(by, **values), by=by, acknowledged=True)


@pytest.fixture
def busy(officer, verifier, second_verifier, one_of_each, today):
    """A day on which something of everything waits, is late or red."""
    halal_duties()
    one_of_each(by=officer, late=3)
    a_food_maker(annual_sales=60_000_000_000)
    drafted(officer, name="Draf")
    submitted(officer, name="Menunggu")
    actions.claim(submitted(officer, name="Dipegang"), by=verifier)
    actions.send_back(submitted(officer, name="Kembali"), by=verifier, round=1, reasons={"name": "Salah"})
    of_verifier = actions.draft(directory.get("establishments"), establishment_values(name="Verif"), by=verifier)
    actions.submit(of_verifier, by=verifier, acknowledged=True)
    actions.send_back(of_verifier, by=second_verifier, round=1, reasons={"name": "Salah"})
    first = an_establishment(name="Kain")
    a_pair(first, an_establishment(name="Kain Dua"))
    inquiries.receive(kind=Kind.REPORT, record=first, message="Belum diambil.")
    Criterion.objects.create(key="rasa", name_id="Rasa", name_en="Taste", weight=10, points=10)
    a_nomination(name="Kurang berkas")
    ovop.select(a_nomination(name="Dinilai"), by=second_verifier)
    zone = a_milestone(name="Gudang", planned_start="2020-01-02", planned_finish=(today - A_DAY).isoformat()).zone
    assert zone.milestones.count()
    a_zone(name="Kawasan Tanpa Rencana")


def numbers_on(page):
    """`{what: (number, address)}` of everything that the summary counts."""
    context = page.context
    told = {f"line {one.key}": (one.number, one.url) for one in (*context["lines"], *context["news"])}
    told |= {f"late {one.key}": (one.number, one.url) for one in context["late"]}
    told |= {f"{row.kind.key} {state}": (number, url) for row in context["rows"] for state, number, url in row.numbers}
    told |= {f"place {place.regency}": (place.number, url) for place, url in context["places"]}
    return {what: (number, url) for what, (number, url) in told.items() if number}  # nothing is no link


def total_on(page):
    """How many things a list says that it holds, whichever list it is."""
    context = page.context
    if "late_by" in context:  # the portfolio
        return len(context["rows"])
    return context["total"] if "total" in context else context["counts"].total


@pytest.mark.thorough
def test_each_number_leads_to_a_list_of_as_many(busy, officer, verifier, head, administrator, signed_in):
    expected = {
        officer: {
            "returned",
            "drafts",
            "halal-task",
            "lack",
            "outside-line",
            "workbook",
            "inquiry",
            "inquiry-new",
            "ovop-papers",
        },
        verifier: {"held", "queue", "returned", "inquiry-new", "pair", "ovop-papers", "ovop-assessment"},
        head: {"queue", "returned", "inquiry-new"},
        administrator: {"queue", "inquiry-new", "pair", "ovop-papers"},
    }
    User.objects.update(looked_in_at=timezone.now() - A_DAY)
    for user, lines in expected.items():
        client = signed_in(User.objects.get(pk=user.pk))
        page = client.get(PAGE)

        told = numbers_on(page)

        assert {one.key for one in page.context["lines"]} == lines, user
        assert len(told) > 15
        wrong = {what: number for what, (number, url) in told.items() if total_on(client.get(url)) != number}
        assert wrong == {}, user
        assert [url for _number, url in told.values() if url.replace("&", "&amp;") not in page.text] == []


def test_the_head_reads_what_is_late_first_where_with_whom_and_since_when(busy, head, officer, signed_in, today):
    HalalTask.objects.update(due_on=today - 9 * A_DAY)
    page = signed_in(head).get(PAGE)

    context, text = page.context, page.text
    assert {one.key for one in context["late"]} == {
        "inquiry", "halal-task", "lack", "milestone", "issue", "issue-red", "halal-duty", "zone-behind", "workbook",
        "assistance-6", "assistance-12", "commitment", "data-request", "follow-up", "inspection",
        "outside-line", "quarterly-report",
    }  # fmt: skip
    duty = next(one for one in context["late"] if one.key == "halal-duty")
    assert duty.days_waited == standing(head, today).of("halal-duty").days  # one way of counting
    assert text.index('id="terlambat"') < text.index('id="menunggu"')
    ((place, _url),) = context["places"]
    assert (place.regency, place.number, len(context["longest"])) == (officer.regency, 15, 5)
    assert place.since == context["longest"][0].day + A_DAY  # it may still be done on the day itself
    task = context["longest"][0]
    assert (task.kind.key, task.who, task.regency) == ("halal-task", str(officer), officer.regency)
    assert task.day == today - 9 * A_DAY
    buttons = re.findall(r'task-button" href="[^"]+">\s*<span>\s*(\w+)', text)
    assert set(buttons) == {"Lihat"}  # the head only reads


def test_an_officer_is_told_of_the_own_regency_alone(busy, officer_there, signed_in):
    page = signed_in(officer_there).get(PAGE)

    assert {what.split()[0] for what in numbers_on(page)} == {"ovop-round"}  # that is everybody's
    assert "Tidak ada yang menunggu Anda" in page.text


def test_a_line_says_how_long_the_oldest_waits_and_how_late_the_first_is(officer, verifier, signed_in, today):
    waits = submitted(officer)
    Submission.objects.filter(pk=waits.pk).update(submitted_at=timezone.now() - 12 * A_DAY)
    inquiry = inquiries.receive(kind=Kind.REPORT, record=an_establishment(), message="Keliru.")
    Inquiry.objects.filter(pk=inquiry.pk).update(reply_due_on=today - 2 * A_DAY)

    page = signed_in(verifier).get(PAGE)

    assert [one.key for one in page.context["lines"]] == ["inquiry-new", "queue"]  # the late first
    assert re.search(r"tertua 12\s+hari", page.text)
    assert "terlambat 2 hari" in page.text


def test_what_moved_since_the_last_visit_is_told_until_one_signs_in_again(officer, verifier, signed_in):
    first = signed_in(officer)
    assert first.get(PAGE).context["since"] is None
    assert User.objects.get(pk=officer.pk).looked_in_at is not None
    returned, done = submitted(officer, name="A"), submitted(officer, name="B")
    actions.send_back(returned, by=verifier, round=1, reasons={"name": "Salah"})
    actions.verify(done, by=verifier, round=1)

    again = signed_in(User.objects.get(pk=officer.pk))
    told = [{one.key: one.number for one in again.get(PAGE).context["news"]} for _visit in range(2)]

    assert told == [{"verified": 1, "returned": 1}] * 2  # looking twice does not make it old
    assert {one.key for one in first.get(PAGE).context["news"]} == set()  # that session knew nothing of before
    assert signed_in(User.objects.get(pk=officer.pk)).get(PAGE).context["news"] == []


@pytest.mark.thorough
def test_the_summary_asks_as_much_for_three_of_each_kind_as_for_one(
    officer, head, verifier, one_of_each, signed_in, today
):
    clients = [signed_in(user) for user in (officer, verifier, head)]
    asked = []
    for late in (1, 2, 3):
        one_of_each(by=officer, late=late)
        submitted(officer, name=f"Menunggu {late}")
        counts = []
        for client in clients:
            client.get(PAGE)
            with CaptureQueriesContext(connection) as queries:
                client.get(PAGE)
            counts.append(len(queries))
        asked.append(counts)

    assert asked[0] == asked[2]
    assert max(asked[0]) <= 25


def test_one_signs_in_to_the_summary_and_visitors_sign_in_first(client, officer):
    assert client.get(PAGE)["Location"] == f"{reverse('account_login')}?next={PAGE}"

    answer = client.post("/masuk/", {"login": officer.username, "password": "banua-demo"})

    assert (answer.status_code, answer.url) == (302, PAGE)


def test_nothing_is_said_of_what_is_done_already(officer, signed_in, today):
    tallied = tallies(officer, Asked(), today)
    assert summary.waiting(officer, today, tallied) == summary.days(tallied) == []

    assert "Tidak ada yang terlambat." in signed_in(officer).get(PAGE).text


def test_of_what_has_nothing_on_a_day_no_list_is_asked_for(officer, verifier, signed_in, monkeypatch):
    asked = []
    found = due_days._found
    monkeypatch.setattr(due_days, "_found", lambda kind, *of: asked.append(kind.key) or found(kind, *of))
    every = [one.key for one in agenda.dated()]

    for user in (officer, verifier):
        signed_in(user).get(PAGE)
        assert asked == every
        asked.clear()

    a_milestone(planned_start="2020-01-02", planned_finish="2020-02-01")
    page = signed_in(verifier).get(PAGE)

    assert len(page.context["longest"]) == len(page.context["places"]) == 1
    assert asked == [*every, *[page.context["longest"][0].kind.key] * 2]


def test_one_thing_is_called_so_in_english_too(officer, signed_in):
    drafted(officer, name="Draf")
    kinds = (*agenda.dated(), *agenda.waiting(), *agenda.news())

    assert "</strong> Draft</a>" in signed_in(officer).get(f"/en{PAGE}").text
    with override("en"):
        many = [one for one in kinds if re.search(r"s(,| of| with| that| for| half| past|$)", str(one.label))]
        assert len(many) > 15
        assert {one.key for one in many if agenda.named(one, 1) == one.label} == set()
        assert {one.key for one in agenda.dated() if not one.of_one or (one.own and not one.own_of_one)} == set()
