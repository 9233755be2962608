"""A report on its way through SIINas, step by step, and its sheets."""

import datetime
import io

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from python_calamine import CalamineWorkbook

from disperin.accounts.models import Role
from disperin.desk.refusals import NotNow, Refused
from disperin.reports import actions
from disperin.reports.models import Filing, QuarterlyReport
from disperin.reports.rules import State
from tests.factories import UserFactory, a_report
from tests.registers.days import put_back

pytestmark = pytest.mark.django_db
DAY = datetime.date


def test_steps_follow_each_other_with_their_days(world):
    report, by = world["reports"]["none"], world["officer"]

    def refused(state, on, **told):
        with pytest.raises(ValidationError) as caught:
            actions.note_step(report, state, on, by=by, **told)
        return {name: [one.code for one in errors] for name, errors in caught.value.error_dict.items()}

    assert refused(State.ACCEPTED, DAY(2026, 4, 1)) == {"state": ["not_next"]}
    assert refused(State.SENT, DAY(2025, 12, 31)) == {"on": ["before_its_day"]}
    assert refused(State.SENT, DAY(2099, 1, 1)) == {"on": ["future"]}
    actions.note_step(report, State.DRAFT, DAY(2026, 4, 1), by=by)
    assert refused(State.SENT, DAY(2026, 3, 31)) == {"on": ["before_its_day"]}
    actions.note_step(report, State.SENT, DAY(2026, 4, 2), by=by)
    assert refused(State.RETURNED, DAY(2026, 4, 3)) == {"reason": ["needed"]}
    actions.note_step(report, State.RETURNED, DAY(2026, 4, 3), by=by, reason="Nilai kosong")
    actions.note_step(report, State.SENT, DAY(2026, 4, 9), by=by)
    actions.note_step(report, State.ACCEPTED, DAY(2026, 4, 20), by=by)

    filing = Filing.objects.get(report=report)
    assert (filing.state, filing.since, filing.sent_first_on) == ("diterima", DAY(2026, 4, 20), DAY(2026, 4, 2))
    assert [one.on.day for one in report.filing_steps.all()] == [1, 2, 3, 9, 20]


def test_a_step_by_mistake_is_taken_back_and_only_the_newest(world):
    report, by = world["reports"]["back"], world["officer"]
    sent, returned = report.filing_steps.all()

    with pytest.raises(NotNow):
        actions.take_back(report, sent.pk, by=by)
    actions.take_back(report, returned.pk, by=by)
    assert Filing.objects.get(report=report).state == "dikirim"
    actions.take_back(report, sent.pk, by=by)
    assert not Filing.objects.filter(report=report).exists()
    with pytest.raises(NotNow):
        actions.take_back(report, sent.pk, by=by)
    with pytest.raises(NotNow):
        actions.note_step(report, State.SENT, DAY(2026, 4, 10), by=by, seen=2)  # a page that is old


def test_who_only_reads_or_works_elsewhere_notes_nothing(world):
    report = world["reports"]["none"]
    elsewhere = UserFactory(regency=world["there"].regency)

    for user in (UserFactory(role=Role.HEAD), elsewhere):
        with pytest.raises(Refused):
            actions.note_step(report, State.SENT, DAY(2026, 4, 2), by=user)
    actions.note_step(report, State.SENT, DAY(2026, 4, 2), by=UserFactory(role=Role.VERIFIER))


def test_what_was_taken_back_is_struck_through_for_each_reader(world, signed_in):
    report, by = world["reports"]["intime"], world["officer"]
    actions.take_back(report, actions.note_step(report, State.ACCEPTED, DAY(2026, 4, 20), by=by).pk, by=by)

    for reader in (by, UserFactory(role=Role.HEAD)):
        page = signed_in(reader).get(reverse("reports:quarterlyreport-detail", args=[report.number])).text
        assert "<s>Diterima, 20 April 2026</s>" in page


def test_the_page_notes_steps_and_tells_what_is_wrong_with_what_was_typed(world, signed_in):
    report, client = world["reports"]["none"], signed_in(world["officer"])
    page = reverse("reports:quarterlyreport-detail", args=[report.number])
    note = reverse("reports:note-step", args=[report.number])

    assert "Belum diinput di SIINas" in client.get(page).text
    wrong = client.post(note, {"state": "konsep", "on": "31/12/2025", "seen": "0"})
    assert (wrong.status_code, "31/12/2025" in wrong.text) == (400, True)
    assert "sebelum triwulan yang dilaporkan" in wrong.text
    assert client.post(note, {"state": "konsep", "on": "01/04/2026", "seen": "0"}).status_code == 302
    assert "1 April 2026" in client.get(page).text
    assert client.post(note, {"state": "dikirim", "on": "01/04/2026", "seen": "0"}).status_code == 409
    late = client.post(note, {"state": "konsep", "on": "02/04/2026", "seen": "0"})
    assert (late.status_code, 'name="seen" value="1"' in late.text, "02/04/2026" in late.text) == (400, True, True)
    late = client.post(note, {"state": "dikirim", "on": "03/04/2026", "seen": "0"})
    assert (late.status_code, 'name="seen" value="1"' in late.text, "03/04/2026" in late.text) == (409, True, True)
    assert client.post(note, {"state": "dikirim", "on": "03/04/2026", "seen": "1"}).status_code == 302
    old = signed_in(UserFactory(role=Role.HEAD)).get(page).text
    assert "Catat langkah ini" not in old


def test_sheets_hold_all_that_was_entered_in_the_order_of_the_form(world, signed_in):
    maker = world["makers"]["new"]
    report = a_report(
        establishment=maker, quarter="TW2", group="menengah_besar", permanent_men=7, investment=5_000,
        share_private=100,
        products=[{"name": "Kapal kayu", "unit": "unit", "produced": "2.5"}],
        materials=[{"kind": "baku", "name": "Kayu ulin", "unit": "m3", "quantity": 12, "value": 900}],
    )  # fmt: skip
    client = signed_in(world["officer"])

    def rows(address, **asked):
        answer = client.get(address, asked)
        assert answer.status_code == 200
        book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}

    (one,) = rows(reverse("reports:sheet", args=[report.number, "xlsx"])).values()
    titles = [row[0] for row in one]
    assert titles.index("Kepemilikan") < titles.index("Investasi tanpa tanah dan bangunan") < titles.index("Produksi")
    assert titles.index("Produksi") < titles.index("Bahan baku") < titles.index("Tenaga kerja")
    assert one[titles.index("Produksi") + 2][:4] == ["Kapal kayu", "", "unit", 2.5]
    batch = rows(reverse("reports:batch-sheet", args=["xlsx"]), year=2026, quarter="TW2")
    first = batch["Laporan triwulan"]
    assert [row[0] for row in first[1:]] == [report.number]
    assert first[1][first[0].index("Tenaga kerja tetap, laki-laki")] == 7
    assert len(next(iter(batch.values()))) == 2
    assert client.get(reverse("reports:batch-sheet", args=["xlsx"]), {"regency": "63.06"}).status_code == 400
    for address in ("reports:sheet", "reports:batch-sheet"):
        named = [report.number, "pdf"] if address == "reports:sheet" else ["pdf"]
        paper = client.get(reverse(address, args=named), {"year": 2026, "quarter": "TW2"})
        assert paper.content.startswith(b"%PDF")


def test_a_past_day_knows_the_steps_of_then(world, signed_in):
    put_back(3)
    client, today = signed_in(world["officer"]), datetime.date.today()
    number = world["reports"]["intime"].number
    page = client.get(
        reverse("reports:quarterlyreport-detail", args=[number]), {"as_of": today - datetime.timedelta(days=1)}
    )

    assert page.context["steps"] == []  # they were noted today
    listed = client.get(
        reverse("reports:quarterlyreport-list"), {"as_of": today - datetime.timedelta(days=1), "siinas": "dikirim"}
    )
    assert listed.context["counts"].total == 0
    assert client.get(reverse("reports:quarterlyreport-list"), {"siinas": "dikirim"}).context["counts"].total == 2
    assert QuarterlyReport.objects.unsent().count() == 2
