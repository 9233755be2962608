"""How the obliged makers stand in a quarter: outcomes, deadlines, letters, reminders."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from disperin.accounts.models import Role
from disperin.notices.models import Notice
from disperin.registers.dated.quarters import Quarter
from disperin.reports import actions, agenda, rules
from disperin.reports.models import ReportingDeadline, ReportingDuty
from disperin.reports.models.compliance import counted, obliged_within, unsent_by_regency
from disperin.reports.rules import Outcome, State
from disperin.submissions.models import Submission
from tests.factories import UserFactory, a_report, an_establishment
from tests.reports.conftest import LARGE

pytestmark = pytest.mark.django_db
DAY = datetime.date
FIRST = Quarter(2026, 1)


def test_each_obliged_maker_stands_in_one_outcome_and_each_number_opens_its_list(world, signed_in):
    verifier = UserFactory(role=Role.VERIFIER)
    told = counted(obliged_within(verifier, FIRST))

    assert told["regency"] == {
        "63.07": {"tepat": 1, "terlambat": 1, "dikembalikan": 1, "belum": 2}, "63.06": {"belum": 1},
    }  # fmt: skip
    assert told["form"] == {"menengah_besar": {"tepat": 1, "terlambat": 1, "dikembalikan": 1, "belum": 3}}
    for user, most in ((verifier, 6), (world["officer"], 5)):
        client = signed_in(user)
        page = client.get(reverse("reports:compliance"), {"year": 2026, "quarter": "TW1"})
        assert page.context["total"]["all"] == most
        lines = [*page.context["by_regency"], *page.context["by_form"], page.context["total"]]
        links = [(line["all"], line["url"]) for line in lines] + [cell[:2] for line in lines for cell in line["cells"]]
        assert len(links) > 14
        asked = {line["asked"] for line in lines}
        assert {"year=2026&quarter=TW1&regency=63.07", "year=2026&quarter=TW1&form=menengah_besar"} <= asked
        assert all(page.text.count(f'lembar.pdf?{one.replace("&", "&amp;")}"') for one in asked)
        assert client.get(reverse("reports:batch-sheet", args=["xlsx"]) + "?" + lines[0]["asked"]).status_code == 200
        assert [(number, url) for number, url in links if client.get(url).context["total"] != str(number)] == []


def test_a_maker_without_a_report_begins_with_its_last_one_where_it_is_missing(signed_in):
    """From the list of who has to send still: a press for each, no way over the page of an earlier report."""
    maker, without = an_establishment(name="Sasirangan Dahulu", **LARGE), an_establishment(name="Baru Sekali", **LARGE)
    larger = {"establishment": maker, "group": "menengah_besar"}
    a_report(**larger, year=2025, quarter="TW3", permanent_men=7)
    last = a_report(**larger, year=2025, quarter="TW4", permanent_men=8)
    a_report(**larger, quarter="TW2", permanent_men=9)
    ReportingDuty.objects.get_or_create(key="besar", defaults={"scale": "besar", "source": "Uji"})
    asked, client = {"year": 2026, "quarter": "TW1"}, signed_in(UserFactory(role=Role.VERIFIER))

    rows = {row["name"]: row for row in client.get(reverse("reports:obliged"), asked).context["rows"]}
    assert rows[maker.name]["copy_url"] == reverse("reports:copy-forward", args=[last.number])
    assert rows[without.name]["copy_url"] == ""
    page = client.get(reverse("reports:obliged"), asked).text.partition("<tbody>")[2]
    assert page.count('type="hidden" name="year" value="2026"') == page.count("/salin/")
    assert page.count("/salin/") == sum(bool(row["copy_url"]) for row in rows.values())

    client.post(rows[maker.name]["copy_url"], asked)
    draft = Submission.objects.latest("pk")
    assert (draft.values["quarter"], draft.values["permanent_men"]) == ("TW1", 8)
    assert "/salin/" not in signed_in(UserFactory(role=Role.HEAD)).get(reverse("reports:obliged"), asked).text


def test_a_box_that_is_not_ticked_narrows_nothing_and_one_that_is_says_yes(world, signed_in):
    client, asked = signed_in(UserFactory(role=Role.VERIFIER)), {"year": 2026, "quarter": "TW1"}

    assert client.get(reverse("reports:obliged"), asked).context["chips"] == []
    (chip,) = client.get(reverse("reports:obliged"), asked | {"unsent": "on"}).context["chips"]
    assert (chip["value"], "unsent" in chip["url"]) == ("Ya", False)


def test_without_a_due_day_nobody_is_late_and_without_a_duty_nobody_is_obliged(world, signed_in):
    verifier = UserFactory(role=Role.VERIFIER)
    ReportingDeadline.objects.all().delete()
    told = counted(obliged_within(verifier, FIRST))["form"]["menengah_besar"]
    assert told == {"dikirim": 2, "dikembalikan": 1, "belum": 3}

    ReportingDuty.objects.update(valid_to=DAY(2026, 3, 30))
    assert not obliged_within(verifier, FIRST).exists()
    page = signed_in(verifier).get(reverse("reports:compliance"), {"year": 2026, "quarter": "TW1"})
    assert "belum menetapkan siapa yang wajib lapor" in page.text


def test_the_list_takes_as_many_queries_for_many_as_for_one(world, signed_in, django_assert_max_num_queries):
    client = signed_in(UserFactory(role=Role.VERIFIER))
    asked = {"year": 2026, "quarter": "TW1"}
    with django_assert_max_num_queries(20) as one:
        client.get(reverse("reports:obliged"), {**asked, "outcome": "terlambat"})
    with django_assert_max_num_queries(20) as many:
        client.get(reverse("reports:obliged"), asked)
    assert len(many) == len(one)


def test_quarter_iv_is_due_in_the_next_year():
    def codes(opens_on, due_on, quarter="TW4"):
        row = ReportingDeadline(year=2026, quarter=quarter, opens_on=opens_on, due_on=due_on, source="Uji")
        try:
            row.full_clean()
        except ValidationError as refused:
            return {name: [one.code for one in errors] for name, errors in refused.error_dict.items()}
        return {}

    assert codes(DAY(2026, 10, 1), DAY(2027, 1, 10)) == {}
    assert codes(DAY(2026, 10, 1), DAY(2027, 1, 1)) == {}
    assert codes(DAY(2026, 10, 1), DAY(2026, 12, 31)) == {"due_on": ["before_its_day"]}
    assert codes(DAY(2026, 10, 1), DAY(2026, 1, 10)) == {"due_on": ["before_its_day"]}  # as its own year would have it
    assert codes(DAY(2026, 9, 30), DAY(2027, 1, 10)) == {"opens_on": ["before_its_day"]}
    assert codes(DAY(2026, 10, 1), DAY(2028, 1, 10)) == {"due_on": ["too_late"]}
    assert codes(DAY(2026, 7, 1), DAY(2026, 10, 10), "TW3") == {}


def test_of_quarter_iv_the_last_day_is_in_time_and_the_next_one_late(world):
    with time_machine.travel("2027-01-12T10:00:00+08:00", tick=False):
        ReportingDeadline.objects.create(
            year=2026, quarter="TW4", opens_on=DAY(2026, 10, 1), due_on=DAY(2027, 1, 10), source="Uji"
        )
        last, after = (
            a_report(establishment=world["makers"][name], quarter="TW4", group="menengah_besar")
            for name in ("intime", "late")
        )
        actions.note_step(last, State.SENT, DAY(2027, 1, 10), by=world["officer"])
        actions.note_step(after, State.SENT, DAY(2027, 1, 11), by=world["officer"])
        found = obliged_within(UserFactory(role=Role.VERIFIER), Quarter(2026, 4))
        told = dict(found.values_list("name", "outcome"))

    assert (told["Intime"], told["Late"]) == (Outcome.IN_TIME, Outcome.LATE)


def test_which_reminder_is_given_on_which_day():
    due = DAY(2027, 1, 10)

    def given(days, *told):
        return rules.reminder_on(due, due + datetime.timedelta(days=days), told)

    assert {days: given(days) for days in (-15, -14, -8, -7, -2, -1, 0, 1, 8, 9)} == {
        -15: None, -14: -14, -8: -14, -7: -7, -2: -7, -1: -1, 0: -1, 1: 1, 8: 1, 9: None,
    }  # fmt: skip
    assert given(-14, -14) is None
    assert given(-6, -14) == -7  # the worker stood still on its day
    assert given(1, -14, -7, -1) == 1
    assert given(2, 1) is None


def test_officers_are_reminded_once_of_their_own_makers(world):
    Notice.objects.all().delete()
    quiet = UserFactory(regency__code="63.71")
    due = DAY(2026, 4, 15)

    assert actions.remind(due - datetime.timedelta(days=15)) == 0
    assert actions.remind(due - datetime.timedelta(days=14)) == 1  # nobody works in 63.06, in 63.71 nobody is obliged
    assert actions.remind(due - datetime.timedelta(days=14)) == 0
    assert actions.remind(due + datetime.timedelta(days=1)) == 1
    first, last = Notice.objects.order_by("pk")
    assert first.recipient == world["officer"] != quiet
    assert "tinggal 14 hari" in first.title
    assert "terlambat 1 hari" in last.title
    assert first.body.startswith("3 ")  # returned, and two that were not sent
    assert unsent_by_regency(FIRST) == {"63.07": 3, "63.06": 1}


def test_of_a_postponed_due_day_people_are_reminded_anew(world):
    row = ReportingDeadline.objects.get()
    administrator = UserFactory(role=Role.ADMINISTRATOR)
    assert actions.remind(row.due_on - datetime.timedelta(days=1)) == 1
    row.source = "Uji, dieja ulang"
    actions.keep_deadline(row, by=administrator)
    assert actions.remind(row.due_on - datetime.timedelta(days=1)) == 0

    row.due_on += datetime.timedelta(days=30)
    actions.keep_deadline(row, by=administrator)

    assert actions.remind(row.due_on - datetime.timedelta(days=14)) == 1
    assert actions.remind(row.due_on - datetime.timedelta(days=1)) == 1


def test_no_quarter_is_counted_before_it_begins_and_no_letter_written_before_it_ends(world, signed_in):
    client, maker = signed_in(world["officer"]), world["makers"]["none"]
    future, running = {"year": 2099, "quarter": "TW1"}, {"year": 2026, "quarter": "TW2"}

    assert client.get(reverse("reports:compliance"), future).status_code == 400
    assert client.get(reverse("reports:obliged"), future).status_code == 400

    def letter():
        listed = signed_in(world["officer"]).get(reverse("reports:obliged"), running)
        address = reverse("reports:reminder")
        return address in listed.text, signed_in(world["officer"]).get(
            address, {**running, "maker": maker.number}
        ).status_code

    with time_machine.travel("2026-06-30T10:00:00+08:00", tick=False):
        assert letter() == (False, 404)
    with time_machine.travel("2026-07-01T10:00:00+08:00", tick=False):
        assert letter() == (True, 200)


def test_what_a_notice_leads_to_is_what_it_counts(world, signed_in):
    actions.remind(DAY(2026, 4, 1))
    notice = Notice.objects.filter(recipient=world["officer"]).latest("pk")

    assert signed_in(world["officer"]).get(notice.path).context["total"] == "3"


def test_obliged_makers_without_a_report_wait_once_the_day_has_passed(world, signed_in):
    verifier = UserFactory(role=Role.VERIFIER)

    found = agenda._missing(verifier)

    assert {one.name for one in found} == {"New", "Jauh"}
    assert signed_in(verifier).get(agenda._list_of_missing(verifier)).context["total"] == "2"
    assert {one.establishment.name for one in agenda._unsent(verifier)} == {"Back", "None"}


def test_a_report_is_late_only_where_a_row_obliges_its_maker(world):
    verifier = UserFactory(role=Role.VERIFIER)
    a_report(establishment=world["small"])

    def late():
        return {one.establishment.name for one in agenda._unsent(verifier)}

    assert late() == {"Back", "None"}
    duty = ReportingDuty.objects.get()
    for days, named in (
        ({"valid_to": DAY(2026, 3, 31)}, {"Back", "None"}),
        ({"valid_to": DAY(2026, 3, 30)}, set()),
        ({"valid_from": DAY(2026, 3, 31)}, {"Back", "None"}),
        ({"valid_from": DAY(2026, 4, 1)}, set()),
    ):
        ReportingDuty.objects.filter(pk=duty.pk).update(**{"valid_from": None, "valid_to": None} | days)
        assert late() == named, days
    ReportingDuty.objects.update(valid_from=None, valid_to=None, scale="kecil")
    assert late() == {"Kecil"}
    ReportingDuty.objects.all().delete()
    assert late() == set()


def test_a_reminder_letter_goes_to_the_maker_and_to_nobody_who_has_sent(world, signed_in):
    client, asked = signed_in(world["officer"]), {"year": 2026, "quarter": "TW1"}

    def status(maker):
        return client.get(reverse("reports:reminder"), {**asked, "maker": maker.number}).status_code

    makers = world["makers"]
    assert [status(makers[name]) for name in ("none", "back", "new")] == [200] * 3
    assert [status(one) for one in (makers["intime"], world["small"], world["there"])] == [404] * 3


def test_the_list_of_the_obliged_is_sorted_by_name_and_by_regency(world, signed_in):
    head, listed = signed_in(UserFactory(role=Role.HEAD)), reverse("reports:obliged")

    def shown(order):
        return [
            row["name"] for row in head.get(listed, {"year": 2026, "quarter": "TW1", "order": order}).context["rows"]
        ]

    assert shown("-name") == sorted(shown("name"), reverse=True)
    assert shown("regency")[0] == "Jauh"
    assert head.get(listed, {"order": "apa"}).status_code == 400
