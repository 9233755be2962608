"""A day is read alike on pages, by the API, in files and filters, whatever the language of the reader."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from disperin.registers.values.fields import Day


def test_a_day_is_the_same_in_every_language_and_never_month_first():
    leap = datetime.date(2024, 2, 29)
    for typed in (
        "2024-02-29",
        "29/02/2024",
        "29-2-2024",
        "29.02.2024",
        "29 Februari 2024",
        "29 Feb 2024",
        " 29/02/24 ",
    ):
        for language in ("id", "en"):
            with override(language):
                assert Day().clean(typed) == leap, typed
    with override("en"):
        assert Day().clean("03/04/2024") == datetime.date(2024, 4, 3)


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
