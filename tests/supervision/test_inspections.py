"""Inspections: what must be said of a visit, when a follow-up is late, and when it rises to the head."""

import datetime
import io

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pypdf import PdfReader

from disperin.accounts.models import Role
from disperin.overview import due_days
from disperin.registers.record import directory
from disperin.submissions import actions as submissions
from disperin.supervision import actions, rules
from disperin.supervision.models import EscalationRule, Inspection, days_until_escalation
from tests.factories import (
    RegencyFactory,
    UserFactory,
    a_zone,
    an_administrator,
    an_establishment,
    an_inspection,
    inspection_values,
    place,
    published,
)
from tests.registers.days import put_on

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 3, 10)
VISIT = {"visited_on": "2026-01-16", "inspectors": "Tim agro"}
LATE = {"found": "Limbah belum diolah", "follow_up": "Memasang bak", "due_on": "2026-02-28"}
DONE = LATE | {"found": "Label keliru", "state": "selesai", "done_on": "2026-02-20"}


@pytest.fixture(autouse=True)
def _a_day_in_march(time_machine):
    time_machine.move_to(datetime.datetime(2026, 3, 10, 2, tzinfo=datetime.UTC))


@pytest.fixture
def head():
    return UserFactory(role=Role.HEAD)


def reading(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(user, path):
    answer = reading(user).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def told(user, kind):
    return [(one.name, one.late) for one in due_days.items(user, due_days.Asked(kind=kind), TODAY, start=0, stop=9)]


def fields_refused(check, **values):
    with pytest.raises(ValidationError) as refused:
        check(**values)
    return {*refused.value.error_dict}


def test_a_visit_lies_behind_us_names_who_went_and_is_there_where_something_was_found():
    whole = {"visited_on": TODAY, "inspectors": "Tim", "documents": 2, "findings": 1, "today": TODAY}
    rules.check_visit(**whole)
    rules.check_visit(**whole | {"visited_on": None, "documents": 0, "findings": 0})
    for wrong, field in (
        ({"visited_on": datetime.date(2026, 3, 11)}, "visited_on"),
        ({"inspectors": ""}, "inspectors"),
        ({"visited_on": None, "documents": 0}, "visited_on"),
        ({"visited_on": None, "findings": 0}, "visited_on"),
    ):
        assert fields_refused(rules.check_visit, **whole | wrong) == {field}, wrong


def test_only_what_is_there_has_a_number_and_what_is_done_says_since_when():
    rules.check_document(answer="ada", number="1", valid_until=TODAY)
    for answer in ("tidak", "tidak_wajib"):
        assert fields_refused(rules.check_document, answer=answer, number="1", valid_until=TODAY) == {
            "number",
            "valid_until",
        }
    plain = {"follow_up": "Bak", "due_on": TODAY, "state": "terbuka", "done_on": None}
    rules.check_finding(**plain)
    for wrong, field in (
        ({"follow_up": ""}, "follow_up"),
        ({"state": "selesai"}, "done_on"),
        ({"done_on": TODAY}, "done_on"),
    ):
        assert fields_refused(rules.check_finding, **plain | wrong) == {field}, wrong
    assert rules.late_days(due_on=TODAY, done_on=None, on=TODAY) == 0
    assert rules.late_days(due_on=TODAY, done_on=None, on=TODAY + datetime.timedelta(days=2)) == 2
    assert rules.late_days(due_on=TODAY, done_on=TODAY, on=TODAY + datetime.timedelta(days=2)) == 0


def test_an_inspection_lies_where_its_maker_or_zone_lies_and_names_one_of_them():
    zone = a_zone(regency="63.06")
    assert an_inspection().regency_id == "63.07"
    assert an_inspection(zone=zone.number).regency_id == "63.06"
    maker = an_inspection(name="Kedua").establishment
    for wrong in ({"zone": None}, {"zone": zone.number, "establishment": maker}):
        values = inspection_values(**wrong) | {"establishment": getattr(wrong.get("establishment"), "number", None)}
        with pytest.raises(ValidationError):
            published("inspections", values)
    with pytest.raises(ValidationError) as refused:
        an_inspection(findings=[LATE])  # without a visit
    assert "visited_on" in refused.value.error_dict


def test_planned_visits_and_follow_ups_stand_among_the_due_days_of_whom_they_concern(head):
    an_inspection(name="Rencana", planned_on="2026-03-12")
    an_inspection(name="Dikunjungi", **VISIT, findings=[LATE, DONE])
    there = UserFactory(regency=RegencyFactory(code="63.06"))

    assert told(head, "inspection") == [("Rencana", -2)]
    assert told(head, "follow-up") == [("Memasang bak", 10)]
    assert told(UserFactory(), "follow-up") == [("Memasang bak", 10)]
    assert told(there, "follow-up") == told(there, "inspection") == []
    late = text_of(head, "/pengawasan/?late=true")
    assert "Dikunjungi" in late
    assert "Rencana" not in late


def test_a_late_follow_up_rises_to_the_head_after_the_days_that_the_office_set_and_none_is_shipped(head):
    risen = an_inspection(name="Naik", **VISIT, findings=[LATE])
    administrator = UserFactory(role=Role.ADMINISTRATOR)
    assert days_until_escalation(TODAY) is None
    assert not Inspection.objects.escalated(TODAY).exists()
    assert "escalated" not in text_of(head, "/ringkasan/")

    rule = EscalationRule(days=9, source="Kepala dinas", valid_from=datetime.date(2026, 3, 1))
    actions.keep_escalation(rule, by=administrator)

    assert list(Inspection.objects.escalated(TODAY)) == [risen]
    assert not Inspection.objects.escalated(datetime.date(2026, 3, 9)).exists()  # nine days: not yet past them
    assert not Inspection.objects.escalated(datetime.date(2026, 2, 28)).exists()  # before the row counts
    due_on = datetime.date.fromisoformat(LATE["due_on"])
    for number in range(8, 12):  # at its edge it rises by the days late that its page says
        on = due_on + datetime.timedelta(days=number)
        late = rules.late_days(due_on=due_on, done_on=None, on=on)
        assert Inspection.objects.escalated(on).exists() == (late > rule.days) == (number > 9)
    assert "/pengawasan/?escalated=true" in text_of(head, "/ringkasan/")
    assert "Naik" in text_of(head, "/pengawasan/?escalated=true")
    assert "escalated" not in text_of(UserFactory(), "/ringkasan/")
    with pytest.raises(ValidationError):
        EscalationRule(days=3, source="x", valid_from=datetime.date(2026, 4, 1)).full_clean()


def test_a_past_day_judges_by_itself_what_is_late(head):
    planned = an_inspection(name="Rencana", planned_on="2026-02-28")
    visited = an_inspection(name="Naik", **VISIT, findings=[LATE])
    actions.keep_escalation(EscalationRule(days=2, source="Kepala dinas"), by=UserFactory(role=Role.ADMINISTRATOR))
    put_on(datetime.datetime(2026, 2, 1, tzinfo=datetime.UTC))
    in_time = "as_of=2026-02-28"

    for one in (planned, visited):
        assert "erlambat" in main_of(head, f"/pengawasan/{one.number}/")
        assert "erlambat" not in main_of(head, f"/pengawasan/{one.number}/?{in_time}")
    assert "erlambat" not in main_of(head, "/pengawasan/?" + in_time).split('class="results"')[1]
    for asked, last in (("late", "2026-02-28"), ("escalated", "2026-03-02")):
        assert "Naik" not in main_of(head, f"/pengawasan/?{asked}=true&as_of={last}")
        assert "Naik" in main_of(head, f"/pengawasan/?{asked}=true&as_of=2026-03-03")


def main_of(user, path):
    return text_of(user, path).split("<main")[1].split("</main")[0]


def test_the_minutes_hold_what_was_checked_and_found_with_a_place_to_sign_for_each_side(head):
    documents = [{"kind": "kkpr", "answer": "ada", "number": "KKPR-4711"}, {"kind": "tkdn", "answer": "tidak_wajib"}]
    one = an_inspection(name="Kerupuk Barabai", **VISIT, documents=documents, findings=[LATE], summary="Rapi.")
    path = f"/pengawasan/{one.number}/berita-acara.pdf"
    answer = reading(head).get(path)
    paper = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())

    for words in ("Kerupuk Barabai", "KKPR-4711", "Tidak wajib", "Memasang bak", "28 Februari 2026", "Tim agro"):
        assert words in paper, words
    assert paper.count("Nama dan jabatan") == 2
    there = UserFactory(regency=RegencyFactory(code="63.06"))
    assert reading(there).get(path).status_code == 404


def test_the_list_costs_the_same_for_one_inspection_and_for_three(head, django_assert_max_num_queries):
    client = reading(head)
    an_inspection(**VISIT, findings=[LATE])
    client.get("/pengawasan/")
    with django_assert_max_num_queries(40) as first:
        client.get("/pengawasan/")
    for name in ("Kedua", "Ketiga"):
        an_inspection(name=name, **VISIT, findings=[LATE, DONE])
    with django_assert_max_num_queries(len(first.captured_queries)):
        client.get("/pengawasan/")


def test_an_inspection_goes_with_the_maker_or_zone_that_moves_and_keeps_its_number(head):
    here, there = UserFactory(), UserFactory(regency=RegencyFactory(code="63.06"))
    zone, maker = a_zone(), an_establishment()
    of_zone, of_maker = (
        published("inspections", inspection_values(zone=zone.number)),
        an_inspection(establishment=maker),
    )

    def seen_by(who):
        return [one.number in text_of(who, "/pengawasan/") for one in (of_zone, of_maker)]

    assert (seen_by(here), seen_by(there)) == ([True, True], [False, False])

    moves = {"zones": (zone, {"regency": "63.06", "districts": [place("63.06")["district"]]})}
    for slug, (record, values) in {**moves, "establishments": (maker, place("63.06"))}.items():
        submissions.publish(directory.get(slug), values, by=an_administrator(), record=record)

    assert (seen_by(here), seen_by(there)) == ([False, False], [True, True])
    moved = Inspection.objects.get(pk=of_zone.pk)
    assert (moved.number, moved.regency_id, moved.version) == (of_zone.number, "63.06", of_zone.version + 1)
    assert reading(here).get(f"/pengawasan/{of_zone.number}/").status_code == 404
