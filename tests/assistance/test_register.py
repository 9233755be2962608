"""Assistance as a register: what each state needs, who may stand in it, and when the same was given before."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.forms import modelform_factory

from disperin.assistance import rules
from disperin.assistance.forms import RepeatSpanForm
from disperin.assistance.models import Assistance, Beneficiary, RepeatSpan
from disperin.registers.gate.forms import whole
from disperin.registers.record import directory
from tests.assistance.given import GIVEN, to
from tests.factories import a_cluster, an_establishment, assistance_values, some_assistance

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def maker(once):
    return once(lambda: an_establishment(name="Dapur Ulin"))


def bound(**values):
    """The form of the register bound to these values."""
    form = directory.get("assistance").form
    return form(whole(form, assistance_values(**values), instance=None), instance=None)


def refused(**values):
    """The fields that the form refuses, each with its codes."""
    return {name: [error.code for error in errors] for name, errors in bound(**values).problems.items()}


def test_each_state_needs_what_shows_it(maker):
    decree = {"decree_number": "188.45/9/2026", "decree_on": "2026-02-01"}
    rows, goods = to(maker), [{"item": "Mesin jahit", "unit": "unit", "quantity": 3}]
    wrong = {
        "state: nobody": ({"state": "ditetapkan", **decree}, {"state": ["needed"]}),
        "decree": ({"state": "ditetapkan", "beneficiaries": rows}, {
            "decree_number": ["needed"], "decree_on": ["needed"],
        }),
        "day": ({"state": "diserahkan", "beneficiaries": rows}, {"handover_on": ["needed"]}),
        "report": ({**GIVEN, "handover_number": "", "beneficiaries": rows, "goods": goods}, {
            "handover_number": ["needed"],
        }),
        "result": ({**GIVEN, "state": "dipantau", "beneficiaries": rows}, {"state": ["needed"]}),
        "why": ({"state": "ditarik"}, {"withdrawn_on": ["needed"], "withdrawn_reason": ["needed"]}),
        "half a decree": ({"decree_number": "188.45/9/2026"}, {"decree_on": ["both"]}),
        "days": ({"starts_on": "2026-03-02", "ends_on": "2026-03-01"}, {"ends_on": ["before_its_day"]}),
    }  # fmt: skip
    right = [
        {},
        {"state": "ditetapkan", **decree, "beneficiaries": rows},
        {**GIVEN, "beneficiaries": rows, "goods": goods},
        {**GIVEN, "handover_number": "", "beneficiaries": rows},  # a training has no report
        {**GIVEN, "state": "dipantau", "beneficiaries": to(maker, seen_6_on="2026-09-02", used_6="yes")},
        {**GIVEN, "state": "selesai", "beneficiaries": rows},
        {"state": "ditarik", "withdrawn_on": "2026-05-01", "withdrawn_reason": "Penerima pindah"},
    ]

    assert {name: found for name, (values, told) in wrong.items() if (found := refused(**values)) != told} == {}
    assert [found for values in right if (found := refused(**values))] == []


def test_a_beneficiary_is_one_maker_or_one_cluster_of_the_same_regency_and_stands_once(maker):
    there, cluster = an_establishment(name="Jauh", regency="63.06"), a_cluster()
    closed = an_establishment(name="Tutup")
    type(closed).objects.filter(pk=closed.pk).update(closed_on=datetime.date(2026, 1, 1))

    def codes(*rows):
        found = refused(beneficiaries=list(rows))
        return sorted(code for path, codes in found.items() for code in codes)

    (one,) = to(maker)
    assert codes({**one, "cluster": cluster.number}) == ["one_of_two"]
    assert codes({}) == ["one_of_two"]
    assert codes(*to(there)) == ["elsewhere"]
    assert codes(*to(closed)) == ["closed"]
    assert codes(*to(maker, maker)) == ["twice"]
    assert codes(*to(maker, men=1, women=1, with_disability=3)) == ["more_than_all"]
    assert codes(*to(maker, workers_6=4)) == ["day_missing"]
    assert codes(*to(maker, cluster)) == []


def test_the_same_kind_to_the_same_maker_is_told_only_where_the_office_has_laid_down_a_span(maker):
    some_assistance(name="Mesin pertama", **GIVEN | {"handover_on": "2024-06-01"}, beneficiaries=to(maker))
    again = {**GIVEN, "beneficiaries": to(maker)}

    def told(**values):
        form = bound(**{**again, **values})
        assert form.is_valid(), form.problems
        return [text for path, text in form.warnings() if path.startswith("beneficiaries.")]

    assert told() == []
    RepeatSpan.objects.create(key="semua", years=3)
    (text,) = told()
    assert "Mesin pertama" in text
    assert "Dapur Ulin" in text
    assert told(kind="pelatihan") == []
    RepeatSpan.objects.create(key="mesin", kind="mesin_peralatan", years=1)
    assert told() == []  # its own row goes before that of every kind
    RepeatSpan.objects.filter(key="mesin").update(valid_to=datetime.date(2020, 1, 1))
    assert len(told()) == 1
    assert told(handover_on="2024-06-02", year=2024)


def test_what_a_maker_had_in_another_regency_is_told_to_nobody_here(maker):
    there = an_establishment(name="Pindahan", regency="63.06")
    elsewhere = some_assistance(name="Mesin di sana", regency="63.06", beneficiaries=to(there), **GIVEN)
    here = some_assistance(name="Mesin di sini", beneficiaries=to(maker), **GIVEN)
    RepeatSpan.objects.create(key="semua", years=3)

    def told(record=None, **values):
        form = directory.get("assistance").form
        form = form(whole(form, values, instance=record), instance=record)
        assert form.is_valid(), form.problems
        return [text for path, text in form.warnings() if path.startswith("beneficiaries.")]

    Beneficiary.objects.filter(assistance=elsewhere).update(establishment=maker)  # as a merge leaves it
    (text,) = told(**assistance_values(**GIVEN, beneficiaries=to(maker)))
    assert here.number in text
    assert told(elsewhere, place="Aula") == []  # the office there is not told of what it has here


def test_the_preview_of_a_span_counts_whom_a_draft_would_tell_of(maker):
    other, third = an_establishment(name="Kedua"), an_establishment(name="Ketiga")
    decreed = {"state": "ditetapkan", "decree_number": "1", "decree_on": "2026-03-02"}
    some_assistance(name="Ditetapkan", beneficiaries=to(maker), **decreed)
    some_assistance(name="Diserahkan", beneficiaries=to(maker, other), **GIVEN)
    some_assistance(name="Dilatih", kind="pelatihan", beneficiaries=to(third), **GIVEN | {"handover_number": ""})

    form = modelform_factory(RepeatSpan, form=RepeatSpanForm, fields=["key"])

    def counted(**values):
        return form.preview_of(form(), None, RepeatSpan(key="baru", **values)).lines[0][1]

    assert counted(years=3) == 3
    Assistance.objects.filter(name="Diserahkan").update(closed_on="2026-03-03")
    assert counted(years=3) == 2  # whom it is decreed for is told of too
    RepeatSpan.objects.create(key="latih", kind="pelatihan", years=1)
    assert counted(years=3) == 1  # a kind with a row of its own is told by that
    assert counted(years=3, kind="pelatihan") == 1


def test_years_are_counted_by_the_calendar():
    day = datetime.date

    assert rules.years_before(day(2024, 2, 29), 1) == day(2023, 2, 28)
    assert rules.is_within(2, day(2024, 3, 2), day(2026, 3, 1))
    assert not rules.is_within(2, day(2024, 3, 1), day(2026, 3, 1))
    assert rules.is_within(2, day(2026, 3, 1), day(2024, 3, 2))


def test_a_span_stands_once_for_each_kind_and_day():
    RepeatSpan.objects.create(key="satu", years=2, valid_from=datetime.date(2026, 1, 1))

    with pytest.raises(ValidationError, match="satu|Setiap|Every"):
        RepeatSpan(key="dua", years=3).full_clean()
    RepeatSpan(key="tiga", years=3, kind="pelatihan").full_clean()


def test_it_is_numbered_and_found_by_words_of_the_office_alone(maker):
    made = some_assistance(name="Pelatihan kemasan", sub_activity_code="3.31.02.1.01.0003", beneficiaries=to(maker))

    assert made.number.startswith("FAS-6307-")
    assert "3.31.02.1.01.0003" in Assistance.objects.get(pk=made.pk).search_text
