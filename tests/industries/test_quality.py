"""The score of data quality: the rule at its edges, and what verbs, days and a changed formula make of what is kept."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from disperin.desk.refusals import NotNow, Refused
from disperin.duplicates import actions as duplicates
from disperin.erasure.actions import erase
from disperin.registers.models import Hidden, Merge
from disperin.registers.record import directory, revisions
from disperin.setup.reference import load_quality_rules
from disperin.submissions import actions
from industries.actions import mark_month, order_judging, quality, recount_quality
from industries.actions.quality import judge_by_formula, turn_day
from industries.models import (
    Establishment,
    Quality,
    QualityCount,
    QualityMark,
    QualityPass,
    QualityRule,
    judgement_of,
)
from industries.models.quality import scores_are_of
from industries.rules.quality import Fact, Known, fixes, fresh_until, holds_until, judge, months_before
from tests import factories
from tests.budget import examples

TODAY = datetime.date(2026, 11, 30)
DAY = st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 12, 31))


def row(fact, weight=10, months=None, **days):
    return QualityRule(key=fact.replace(".", "_"), fact=fact, weight=weight, months=months, **days)


def known(*lacks, checked=None, figures=None, against=()):
    days = {Fact.CHECKED.value: checked, Fact.FIGURES.value: figures}
    return Known(frozenset(lacks), days, frozenset(one.value for one in against))


def test_the_score_is_the_share_of_the_weights_and_so_is_each_part():
    rows = [row("complete.nib", 30), row("complete.phone", 10), row("verified.origin", 60)]

    found = judge(known("nib"), rows, TODAY)

    assert (found.score, found.parts) == (70, {"complete": 25, "fresh": None, "plausible": None, "verified": 100})
    assert (found.fix, found.lift) == ("nib", 30)


def test_nothing_that_counts_gives_no_score():
    assert judge(known(), [row("league.coverage")], TODAY).score is None


def test_the_best_fix_mends_all_that_stands_at_one_field():
    rows = [row("complete.nib", 30), row("fresh.figures", 20, 12), row("plausible.day_of_figures", 20)]
    amiss = known("nib", against=[Fact.DAY_OF_FIGURES])

    assert (judge(amiss, rows, TODAY).fix, judge(amiss, rows, TODAY).lift) == ("as_of", 57)
    assert fixes(judge(amiss, rows, TODAY).missed, 70) == [("as_of", 57), ("nib", 42)]


def test_a_day_is_fresh_up_to_the_same_day_so_many_months_later():
    edges = {
        (datetime.date(2025, 11, 30), 12): datetime.date(2026, 11, 30),
        (datetime.date(2026, 1, 31), 1): datetime.date(2026, 2, 28),
        (datetime.date(2023, 12, 31), 2): datetime.date(2024, 2, 29),
        (datetime.date.max, 12): datetime.date.max,
    }

    assert {asked: fresh_until(*asked) for asked in edges} == edges
    assert months_before(datetime.date(2026, 3, 31), 1) == datetime.date(2026, 2, 28)


@given(DAY, DAY, st.integers(1, 36), st.none() | DAY, st.none() | DAY)
def test_a_judgement_holds_exactly_until_the_day_that_it_says(on, checked, months, begins, ends):
    rows = [row("fresh.checked", 10, months), row("complete.nib", 10, valid_from=begins, valid_to=ends)]
    rows += [row("complete.phone", 10)]
    held = known("nib", checked=checked)

    def judged(day):
        return judge(held, [one for one in rows if (one.valid_from or day) <= day <= (one.valid_to or day)], day)

    until = holds_until(held, rows, on)

    last = until or on + datetime.timedelta(days=4000)
    days = [on + datetime.timedelta(days=at) for at in range(0, (last - on).days + 1, 7)]
    assert [day for day in (*days, last) if judged(day) != judged(on)] == []


def kept():
    """What is kept, as it can be compared."""
    columns = [one.attname for one in Quality._meta.concrete_fields]
    counts = [one.attname for one in QualityCount._meta.concrete_fields if one.name != "id"]
    return (
        sorted(map(str, Quality.objects.values_list(*columns))),
        sorted(row for row in QualityCount.objects.values_list(*counts) if any(row[1:])),
    )


def assert_as_counted_anew():
    before = kept()
    recount_quality()
    assert before == kept()


@pytest.fixture
def formula(db, settings):
    load_quality_rules(settings.BASE_DIR / "data" / "reference")


def change(record, kind=None, **values):
    by = factories.an_administrator()
    return actions.publish(directory.get("establishments"), values, by=by, record=record, kind=kind)


def test_an_incomplete_maker_is_judged_as_it_is_stored(formula):
    record = factories.an_establishment()

    found = Quality.objects.get(establishment=record)

    # of the ten fields only those of products that it has not are not amiss; checked today, plausible, not verified
    assert (found.complete, found.fresh, found.plausible, found.verified) == (40, 50, 100, 0)
    assert (found.score, found.fix, found.lift) == (46, "confirm", 20)
    now = judgement_of(record, timezone.localdate())
    assert (now.score, now.fix, now.lift) == (found.score, found.fix, found.lift)
    assert_as_counted_anew()


def test_days_that_pass_are_turned_by_the_job_and_lists_say_of_which_day_they_are(formula):
    with time_machine.travel("2026-11-30 09:00+08:00", tick=False):
        record = factories.an_establishment(as_of="2026-01-31", workers_male=2, workers_female=3)
        assert Quality.objects.get().until == datetime.date(2027, 1, 31)
    with time_machine.travel("2027-02-01 09:00+08:00", tick=False):
        today = datetime.date(2027, 2, 1)
        assert scores_are_of(today) == datetime.date(2027, 1, 31)
        assert judgement_of(record, today).parts["fresh"] == 50
        turn_day.func()
        assert (Quality.objects.get().fresh, scores_are_of(today)) == (50, today)
        assert_as_counted_anew()


def test_a_changed_formula_is_taken_up_where_a_job_left_off(formula, monkeypatch):
    monkeypatch.setattr("industries.actions.quality.PIECE", 1)
    for name in ("Satu", "Dua", "Tiga"):
        factories.an_establishment(name=name)
    QualityRule.objects.exclude(fact="verified.origin").delete()
    order_judging()
    quality._judge_piece()
    assert sorted(Quality.objects.values_list("score", flat=True)) == [0, 46, 46]
    judge_by_formula.func()
    assert set(Quality.objects.values_list("score", flat=True)) == {0}
    assert QualityPass.objects.first().ended_at is not None
    assert_as_counted_anew()


def test_a_month_is_marked_once_and_the_mark_stays(formula):
    factories.an_establishment()
    before = revisions.revisions_of(["establishments"])
    assert mark_month(TODAY) == 1
    assert revisions.revisions_of(["establishments"]) != before  # a kept page of the league shows it
    factories.an_establishment(name="Lain")
    assert mark_month(TODAY) == 0
    assert QualityMark.objects.get().records == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        QualityMark.objects.update(records=2)


def test_a_closed_maker_has_no_score(formula):
    record = factories.an_establishment()
    change(record, kind="close", closed_on="2026-01-02", closed_reason="error")

    assert not Quality.objects.exists()
    assert judgement_of(Establishment.objects.get(), TODAY) is None
    assert_as_counted_anew()


def test_judging_costs_the_same_for_one_maker_and_for_many(formula):
    makers, asked = [], []
    for names in (("Satu",), ("Dua", "Tiga", "Empat")):
        makers += [factories.an_establishment(name=name, products=[{"name": "Kain"}]) for name in names]
        Quality.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            quality.keep_up_quality(makers)
        asked.append(len(queries))

    assert asked[0] == asked[1] <= 6


PRODUCT = {"name": "Dodol", "halal_category": "makanan", "brand": "Mawar"}
CLOSED = {"closed_on": "2026-01-02", "closed_reason": "error"}
VALUES = (
    {"nib": "1203000123456"},
    {"nib": "", "phone": "081234567890"},
    {"phone": ""},
    {"products": [PRODUCT]},
    {"products": [PRODUCT, {"name": "Wajik", "permits": ["PIRT 2015"]}]},
    {"products": []},
    {"workers_male": 2, "workers_female": 3, "as_of": "2025-12-31"},
    {"workers_male": 0, "workers_female": 0, "as_of": "2024-01-31"},
    {"activity": "tutup"},
    {"activity": "aktif", "founded_year": 2020, "active_since": "2012-03-12"},
    {"latitude": "-2.58", "longitude": "115.38"},
    {"latitude": None, "longitude": None},
)


def _changed(at):
    def deed(record, _other):
        change(record, **VALUES[at])

    return deed


def _moved(record, _other):
    change(record, latitude=None, longitude=None, **factories.place("63.06"))


def _closed(record, _other):
    change(record, kind="close", **CLOSED)


def _reopened(record, _other):
    if record.closed_on and not Merge.objects.standing().filter(dropped_id=record.pk).exists():
        change(record, kind="reopen")


def _hidden(record, _other):
    path = "" if record.version % 2 else "name"
    if not Hidden.objects.live().filter(record_id=record.pk, path=path).exists():
        actions.hide(the_register(), record, path, reason="Diminta.", by=factories.an_administrator())


def _shown(record, _other):
    for one in Hidden.objects.live().filter(record_id=record.pk):
        actions.lift(one, reason="Selesai.", by=factories.an_administrator())


def _erased(record, _other):
    by = factories.an_administrator()
    erase(the_register(), record, ["phone", "nib"], current=True, reason="Diminta.", request="1", by=by)


def _merged(record, other):
    if record.closed_on is None and other.closed_on is None:
        duplicates.merge(the_register(), record, other, by=factories.an_administrator())


def _unmerged(_record, _other):
    for one in Merge.objects.standing():
        duplicates.unmerge(one, by=factories.an_administrator())


def _verified(record, _other):
    officer = factories.UserFactory(username="petugas", regency_id=record.regency_id)
    verifier = factories.UserFactory(username="pemeriksa", role="verifier")
    proposed = actions.draft(the_register(), {"siinas_account": "akun"}, by=officer, record=record, kind="change")
    proposed = actions.submit(proposed, by=officer, acknowledged=True)
    actions.verify(proposed, by=verifier, round=proposed.round)


def _weighed_otherwise(_record, _other):
    QualityRule.objects.filter(fact="complete.nib").update(weight=40)
    order_judging()
    judge_by_formula.func()


def the_register():
    return directory.get("establishments")


DEEDS = [
    *map(_changed, range(len(VALUES))), _moved, _closed, _reopened, _hidden, _shown, _erased, _merged, _unmerged,
    _verified, _weighed_otherwise,
]  # fmt: skip
REFUSALS = (ValidationError, NotNow, Refused)
STEPS = st.lists(st.tuples(st.sampled_from(DEEDS), st.booleans(), st.integers(0, 400)), min_size=3, max_size=9)


@settings(
    max_examples=examples(6, 300), suppress_health_check=[HealthCheck.function_scoped_fixture], phases=[Phase.generate]
)
@given(steps=STEPS)
def test_whatever_is_done_what_is_kept_is_what_is_counted_anew(formula, steps):
    """Refusals are part of it: what is not possible just then must leave what is kept as it was."""
    day = datetime.datetime(2026, 1, 5, 9, tzinfo=datetime.UTC)
    with transaction.atomic():
        with time_machine.travel(day, tick=False):
            keys = [factories.an_establishment(name=name).pk for name in ("Dodol Mawar", "Sasirangan Ulin")]
        for deed, of_second, later in steps:
            day += datetime.timedelta(days=later)
            with time_machine.travel(day, tick=False):
                turn_day.func()
                record, other = (Establishment.objects.get(pk=keys[at]) for at in (of_second, not of_second))
                try:
                    with transaction.atomic():
                        deed(record, other)
                except REFUSALS:
                    continue
                assert_as_counted_anew()
        transaction.set_rollback(True)
