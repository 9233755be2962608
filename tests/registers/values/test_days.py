"""A day is read alike on pages, by the API, in files and filters, whatever the language of the reader."""

import datetime
import json
from itertools import product
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override

from disperin.overview.forms import AbsenceForm
from disperin.registers.record import directory
from disperin.registers.values.days import day_in
from disperin.registers.values.fields import Day
from disperin.tasks.forms import AssignForm
from disperin.ui.forms import DayInput

CASES = json.loads((Path(__file__).parents[2] / "days.json").read_text())  # shared with the page's script


def test_a_day_is_the_same_in_every_language_and_never_month_first():
    for language, (typed, expected) in product(("id", "en"), CASES):
        with override(language):
            try:
                found = Day().clean(typed).isoformat()
            except ValidationError:
                found = None
        assert found == expected, (language, typed)


def test_a_page_shows_a_day_as_people_write_it_and_what_is_none_as_it_was_typed():
    def shown(value, language):
        with override(language):
            return DayInput().format_value(value)

    day = datetime.date(2023, 3, 12)
    assert [shown(one, "id") for one in (day, "2023-03-12", "12 Mrt 23", "2023-02-31", None)] == [
        "12 Maret 2023", "12 Maret 2023", "12 Mrt 23", "2023-02-31", None,
    ]  # fmt: skip
    assert shown("2023-03-12", "en") == "12 March 2023"
    for language in ("id", "en"):
        with override(language):
            assert Day().clean(DayInput().format_value(day)) == day


def test_a_day_that_is_still_to_come_shows_one_as_its_example(officer):
    fields = [AssignForm(by=officer).fields["due_on"], AbsenceForm(by=officer).fields["first_day"]]
    planned = directory.get("milestones").form().fields
    fields += [directory.get("commitments").form().fields["due_on"], planned["planned_finish"]]

    def example(field):
        return day_in(field.widget.get_context("day", None, {})["widget"]["attrs"]["placeholder"])[0]

    assert all(example(field) > timezone.localdate().isoformat() for field in fields)
    assert example(planned["actual_finish"]) < timezone.localdate().isoformat()


def test_what_is_no_day_alone_is_named():
    for typed in ("29/02/2023", "02/29/2024", "2024-02-30", "besok", "29/02/2024 10:30", "31 Februari 2024"):
        with pytest.raises(ValidationError) as refused:
            Day().clean(typed)
        assert typed in refused.value.messages[0]


def test_every_door_reads_it(officer, api):
    body = {"register": "establishments", "values": {"name": "Ayu", "as_of": "29/02/2024"}}
    begun = api(officer).post("/api/v1/submissions/", body).json()
    listed = [api(officer).get(f"/api/v1/submissions/?decided_since={day}").status_code for day in ("29/02/2024", "x")]

    assert (begun["values"]["as_of"], begun["typed"]) == ("2024-02-29", {})
    assert listed == [200, 400]
