"""Closing a quarter: who, when, once; what is kept; that nobody changes it, and that a change is named."""

from contextlib import contextmanager
from datetime import date

import pgtrigger
import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import InternalError, transaction
from django_tasks_db.models import DBTaskResult

from disperin.closes.actions import close_quarter, correct_figure, faults, why_not_close
from disperin.closes.jobs import is_being_closed, order_close
from disperin.closes.models import Close, CloseCorrection, CloseFigure, ClosePaper
from disperin.closes.sealing import canonical, digest, seal_of_close, seal_of_figure
from disperin.closes.tables import Stored, growth
from disperin.desk.refusals import NotNow, Refused
from disperin.history.models import Entry
from disperin.jobs.tasks import MOST_ATTEMPTS
from disperin.notices.models import Notice
from disperin.registers.dated.quarters import NoSuchQuarter, Quarter
from industries.models import Establishment
from tests.factories import RegencyFactory, UserFactory, an_administrator, an_establishment
from tests.working import died_just_then, work

Q3, Q4 = Quarter(2026, 3), Quarter(2026, 4)
AUTUMN, WINTER = "2026-11-30T08:00:00+08:00", "2027-01-05T08:00:00+08:00"
STATED = {"workers_male": 3, "workers_female": 2, "investment": 500_000_000, "annual_sales": 1_000_000_000}


@pytest.fixture(scope="module")
def world(once):
    """Four makers here and four there; the third quarter is closed in autumn."""
    return once(_made)


def _made():
    RegencyFactory(code="63.71", name="Kota Banjarmasin")
    for number in range(4):
        an_establishment(name=f"Sini {number}", **STATED)
        an_establishment(name=f"Sana {number}", regency="63.71", branch="pangan", **STATED)
    verifier = UserFactory(username="penutup", full_name="Verifikator Penutup", role="verifier")
    with time_machine.travel(AUTUMN):
        return verifier, close_quarter(Q3, by=verifier, note="Triwulan tertib.")


def test_a_quarter_knows_its_days_and_its_name():
    assert Quarter.of(date(2026, 11, 30)) == Q4
    assert Quarter.last_over(date(2026, 1, 1)) == Quarter(2025, 4)
    assert [Quarter(2026, one).last_day.isoformat()[5:] for one in (1, 2, 3, 4)] == ["03-31", "06-30", "09-30", "12-31"]
    assert Quarter.named("2026-3") == Q3 > Quarter.named("2025-4")
    for wrong in ("2026-5", "2026", "x", "2026-3 "):
        with pytest.raises(NoSuchQuarter):
            Quarter.named(wrong)


def test_a_close_keeps_what_the_registers_hold_by_every_dimension(world, db):
    _verifier, close = world
    stored = Stored.of(Close.objects.get(pk=close.pk), inside=True)

    assert stored.total.values["units"] == 8
    assert stored.total.values["investment"] == 8 * 500_000_000
    assert [(one.code, one.values["workers_male"]) for one in stored.rows("regency")] == [("63.07", 12), ("63.71", 12)]
    for dimension in ("branch", "division", "industry_scale", "business_scale", "statistical_scale"):
        assert sum(one.values["units"] for one in stored.rows(dimension)) == 8, dimension
    told = close.told
    assert told["rules"]["industry_scale"] == "Permenperin 64/2016"
    assert (told["kbli"], told["note"], told["previous"]) == ("2020", "Triwulan tertib.", "")
    assert told["closed_at"] == "2026-11-30T08:00:00+08:00"
    assert told["closed_by"]["name"] == "Verifikator Penutup"
    assert bytes(close.paper.pdf).startswith(b"%PDF")
    assert Entry.objects.filter(verb="close_quarter").get().detail == {"seal": close.seal, "paper": close.paper.seal}


def test_only_a_verifier_closes_only_the_quarter_that_ended_last_and_only_once(world, db, officer, head):
    verifier, close = world
    with time_machine.travel(AUTUMN):
        for somebody in (officer, head, an_administrator()):
            with pytest.raises(Refused):
                close_quarter(Q3, by=somebody)
        for quarter in (Q4, Quarter(2026, 2)):
            with pytest.raises(NotNow):
                close_quarter(quarter, by=verifier)
        assert close_quarter(Q3, by=verifier) == close
        assert "sudah ditutup" in why_not_close(verifier, Q3, date(2026, 11, 30))
    assert Close.objects.count() == 1


def test_a_job_closes_what_a_verifier_orders(world, db, django_capture_on_commit_callbacks):
    verifier, _close = world
    with time_machine.travel(WINTER):
        with django_capture_on_commit_callbacks() as calls:
            order_close(Q4, by=verifier, note="Akhir tahun.")
            order_close(Q4, by=verifier, note="Akhir tahun, lagi.")
        assert is_being_closed(Q4)
        assert len(calls) == 1
        for call in calls:
            call()
        assert Close.objects.last().note == "Akhir tahun."
        assert not is_being_closed(Q4)
        with pytest.raises(NotNow):
            order_close(Q4, by=verifier)
        assert list(faults()) == []


def test_whoever_ordered_a_close_that_became_impossible_is_told(world, db, django_capture_on_commit_callbacks):
    verifier, _close = world
    with time_machine.travel(WINTER), django_capture_on_commit_callbacks() as calls:
        order_close(Q4, by=verifier, note="Akhir tahun.")
    with time_machine.travel("2027-07-02T08:00:00+08:00"):
        for call in calls:
            call()
        died_just_then()
        work()

    told = Notice.objects.get(recipient=verifier)
    assert "tidak ditutup" in told.title
    assert not Close.objects.of(Q4).exists()


def test_whoever_ordered_a_close_over_which_workers_die_is_told(world, db, django_capture_on_commit_callbacks):
    verifier, _close = world
    with time_machine.travel(WINTER), django_capture_on_commit_callbacks(execute=True):
        order_close(Q4, by=verifier, note="Akhir tahun.")
        DBTaskResult.objects.update(worker_ids=["dead"] * (MOST_ATTEMPTS - 1))

    told = Notice.objects.get(recipient=verifier)
    assert ("tidak ditutup" in told.title, "kesalahan portal" in told.body) == (True, True)
    assert not Close.objects.of(Q4).exists()


def test_no_door_changes_or_removes_what_was_closed(world, db):
    verifier, close = world
    correction = correct_figure(close.figures.first(), right_value=99, reason="Salah ketik.", by=verifier)
    for one, field in ((close, "note"), (close.figures.first(), "code"), (close.paper, "seal"), (correction, "reason")):
        with pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
            type(one).objects.filter(pk=one.pk).update(**{field: "lain"})
        with pytest.raises(InternalError, match="Cannot update or delete"), transaction.atomic():
            type(one).objects.filter(pk=one.pk)._raw_delete("default")


@contextmanager
def unguarded():
    """As somebody with the database in their hands."""
    with pgtrigger.ignore(
        *(f"closes.{model.__name__}:for_ever" for model in (Close, CloseFigure, ClosePaper, CloseCorrection))
    ):
        yield


def test_the_check_names_what_was_altered(world, db, capsys):
    verifier, close = world
    call_command("verify_closes")
    assert "1 quarter closes are as they were written" in capsys.readouterr().out
    with time_machine.travel(WINTER):
        later = close_quarter(Q4, by=verifier)
    figures = close.figures
    units = figures.get(dimension="regency", code="63.07", measure="units")
    for right_value in (7, 8):
        correct_figure(units, right_value=right_value, reason=f"Ternyata {right_value}.", by=verifier)

    def more_workers():
        figures.filter(dimension="regency", code="63.07", measure="workers_male").update(value=120)

    def more_workers_with_their_seal():
        one = figures.get(dimension="regency", code="63.07", measure="workers_male")
        one.value = 120
        figures.filter(pk=one.pk).update(value=120, seal=seal_of_figure(one))

    def all_seals_anew():
        one = figures.get(dimension="regency", code="63.07", measure="workers_male")
        one.value = 120
        figures.filter(pk=one.pk).update(value=120, seal=seal_of_figure(one))
        Close.objects.filter(pk=close.pk).update(seal=seal_of_close(close.head, figures.all()))

    def shown_to_all():
        figures.filter(dimension="business_scale", measure="workers_male").update(shown=True)

    def a_figure_less():
        figures.filter(dimension="commodity").delete()
        figures.filter(dimension="branch", code="pangan", measure="capital").delete()

    def another_note():
        Close.objects.filter(pk=close.pk).update(note="Lain.")

    def another_rule():
        head = canonical(close.told | {"kbli": "2025"})
        Close.objects.filter(pk=close.pk).update(head=head)

    def another_paper():
        ClosePaper.objects.filter(pk=close.pk).update(pdf=b"%PDF-palsu")

    def another_paper_with_its_seal():
        ClosePaper.objects.filter(pk=close.pk).update(pdf=b"%PDF-palsu", seal=digest(b"%PDF-palsu"))

    def the_last_paper_with_its_seal():
        ClosePaper.objects.filter(pk=later.pk).update(pdf=b"%PDF-palsu", seal=digest(b"%PDF-palsu"))

    def another_correction():
        CloseCorrection.objects.filter(right_value=7).update(right_value=9)

    def another_reason():
        CloseCorrection.objects.filter(right_value=7).update(reason="Lain.")

    def a_correction_less():
        CloseCorrection.objects.filter(right_value=7).delete()

    def a_correction_more():
        CloseCorrection.objects.create(figure=units, right_value=3, reason="Diselundupkan.", by=verifier)

    def corrections_in_another_order():
        first, second = CloseCorrection.objects.order_by("pk")
        for one, other in ((first, second), (second, first)):
            told = {"right_value": other.right_value, "reason": other.reason}
            CloseCorrection.objects.filter(pk=one.pk).update(**told)

    def the_last_one_removed():
        ClosePaper.objects.filter(pk=later.pk).delete()
        later.figures.all().delete()
        Close.objects.filter(pk=later.pk).delete()

    expected = {
        more_workers: ["2026-3: the figure “regency 63.07 workers_male” was altered; it says 120 now."],
        more_workers_with_their_seal: ["2026-3: the seal does not fit head and figures. The chain is broken here."],
        all_seals_anew: [
            "2026-3: the history does not know this seal. The chain is broken here.",
            "2026-4: it does not follow the close before. The chain is broken after 2026-3.",
        ],
        shown_to_all: ["2026-3: the figure “business_scale mikro workers_male” was altered; it says 24 now."],
        a_figure_less: ["2026-3: the seal does not fit head and figures ("],
        another_note: ["2026-3: “note” was altered; the column says 'Lain.', the head 'Triwulan tertib.'."],
        another_rule: ["2026-3: the seal does not fit head and figures. The chain is broken here."],
        another_paper: ["2026-3: its paper was altered."],
        another_paper_with_its_seal: ["2026-3: its paper is not the one that 2026-4 was sealed after."],
        the_last_paper_with_its_seal: ["2026-4: its paper is not the one that the history tells of."],
        another_correction: ["2026-3: a correction of “regency 63.07 units” was altered; it says 9 now."],
        another_reason: ["2026-3: a correction of “regency 63.07 units” was altered; it says 7 now."],
        a_correction_less: ["2026-3: a correction of “regency 63.07 units” that the history tells of is not there."],
        a_correction_more: ["2026-3: the history does not know a correction of “regency 63.07 units”; it says 3."],
        corrections_in_another_order: ["2026-3: a correction of “regency 63.07 units” was altered; it says 8 now."],
        the_last_one_removed: ["Triwulan IV 2026: the history tells of a close with the seal"],
    }
    missed = {}
    for alter, lines in expected.items():
        with transaction.atomic():
            with unguarded():
                alter()
            found = list(faults())
            with pytest.raises(CommandError):
                call_command("verify_closes")
            transaction.set_rollback(True)
        if [line for line in lines if not any(one.startswith(line) for one in found)] or not found:
            missed[alter.__name__] = found
    assert missed == {}
    assert list(faults()) == []


def test_a_correction_stands_beside_the_figure_and_says_why(world, db, head):
    verifier, close = world
    figure = close.figures.get(dimension="regency", code="63.07", measure="units")
    for wrong, field in (
        ({"right_value": 4}, "right_value"),
        ({"reason": " "}, "reason"),
        ({"right_value": -1}, "right_value"),
    ):
        with pytest.raises(ValidationError) as refused:
            correct_figure(figure, by=verifier, **{"right_value": 5, "reason": "Satu terlewat."} | wrong)
        assert list(refused.value.message_dict) == [field]
    with pytest.raises(Refused):
        correct_figure(figure, right_value=5, reason="Satu terlewat.", by=head)

    made = correct_figure(figure, right_value=5, reason="Satu terlewat.", by=verifier)

    assert CloseFigure.objects.get(pk=figure.pk).value == 4
    assert (made.right_value, made.by) == (5, verifier)
    with pytest.raises(ValidationError):  # the button was pressed twice
        correct_figure(figure, right_value=5, reason="Satu terlewat.", by=verifier)
    assert correct_figure(figure, right_value=4, reason="Ternyata sudah benar.", by=verifier).right_value == 4
    assert list(faults()) == []


def test_the_next_close_follows_and_tells_growth_both_ways(world, db):
    verifier, close = world
    an_establishment(name="Baru", **STATED)
    Establishment.objects.filter(name="Sini 0").update(workers_male=30)
    with time_machine.travel(WINTER):
        later = close_quarter(Q4, by=verifier)

    assert later.told["previous"] == close.seal
    assert later.told["previous_paper"] == close.paper.seal
    moved = growth(Stored.of(later).total.values["units"], Stored.of(close).total.values["units"])
    assert (moved.difference, float(moved.rate)) == (1, 0.125)
    assert growth(3, 0).rate is None
    assert growth(None, 3) is None
    assert list(faults()) == []
