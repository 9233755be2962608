"""Everything with a day on one list, for each within reach, narrowed, and in a constant number of queries."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disperin.desk import agenda
from disperin.head.text import report_of, text_of
from disperin.overview.due_days import Asked, State, items, span
from disperin.overview.forms import DaysForm
from tests.factories import a_milestone, an_inspection
from tests.overview.months import months_later

LIST = "/tenggat/"
A_DAY = datetime.timedelta(days=1)


def kinds_on(user, today, **asked):
    return {one.kind.key for one in items(user, Asked(**asked), today, start=0, stop=1000)}


def count_on(page):
    return int(re.search(r'id="daftar-tenggat">\s*(\d+)', page.text)[1])


def test_every_day_lies_in_one_state():
    for first in (datetime.date(2026, 11, 1), datetime.date(2026, 11, 29), datetime.date(2026, 11, 30)):
        for far in range(-40, 80):
            day = first + far * A_DAY
            found = [
                state for state in State if (span(state, first)[0] or day) <= day <= (span(state, first)[1] or day)
            ]
            assert len(found) == 1, (first, day, found)


def test_a_week_ends_on_sunday_and_a_month_with_its_last_day():
    monday = datetime.date(2026, 11, 23)

    assert span(State.WEEK, monday) == (monday, datetime.date(2026, 11, 29))
    assert span(State.MONTH, monday) == (datetime.date(2026, 11, 30), datetime.date(2026, 11, 30))
    assert span(State.LATER, monday) == (datetime.date(2026, 12, 1), None)
    assert span(State.LATER, datetime.date(2026, 11, 30)) == (datetime.date(2026, 12, 7), None)


def test_each_kind_of_thing_is_on_the_list_with_its_day(officer, one_of_each, today):
    one_of_each(by=officer, late=3)

    found = {one.kind.key: one.day for one in items(officer, Asked(), today, start=0, stop=100)}

    day = today - 3 * A_DAY
    results = {f"assistance-{months}": months_later(months_later(day, -months), months) for months in (6, 12)}
    assert found == {one.key: day for one in agenda.dated()} | results | {"ovop-round": today}


def test_whoever_a_thing_is_with_can_be_asked_for(head):
    longest = DaysForm({}, by=head).fields["who"].max_length

    for one in agenda.dated():
        model = one.of(head).model
        named = [one.who] if isinstance(one.who, str) else [each.name for each in one.who.get_source_expressions()]
        for path in filter(None, named):
            assert field_at(model, path).max_length <= longest, one.key


def field_at(model, path):
    """The field at the end of `relation__column`."""
    for name in path.split("__"):
        field = model._meta.get_field(name)
        model = field.related_model or model
    return field


def test_who_inspects_is_read_on_the_list_of_days_and_in_no_text_of_the_head(officer, head, today, signed_in):
    names = "Siti Aminah, Budi Santoso, " + ", ".join(f"Anggota tim {at}" for at in range(15))
    an_inspection(planned_on=(today - 3 * A_DAY).isoformat(), inspectors=names)

    listed, told = signed_in(officer).get(LIST), text_of(report_of(today), longest=10_000)

    assert "Siti Aminah" in listed.text
    assert "Petugas pengawasan dinas" in told
    assert "Siti Aminah" not in told
    assert "Siti Aminah" not in signed_in(head).get("/pimpinan/").text


def test_an_officer_sees_the_own_regency_and_the_province_sees_all(
    officer, officer_there, verifier, head, one_of_each, today, signed_in
):
    one_of_each(by=officer, late=3)
    everywhere = {one.key for one in agenda.dated()}

    assert kinds_on(officer, today) == everywhere
    assert kinds_on(officer_there, today) == {"ovop-round"}
    assert kinds_on(verifier, today) == everywhere - {"token"}
    assert kinds_on(head, today) == everywhere - {"token", "ovop-round"}
    assert kinds_on(head, today, regency="63.06") == set()
    assert kinds_on(head, today, regency="63.07") == everywhere - {"token", "ovop-round"}
    assert "Pembuat 3" not in signed_in(officer_there).get(LIST).text


def test_an_officer_cannot_ask_for_another_regency(officer, signed_in):
    refused = signed_in(officer).get(LIST, {"regency": "63.06"})

    assert (refused.status_code, signed_in(officer).get(LIST, {"regency": "63.07"}).status_code) == (400, 200)
    assert "63.06" in refused.text


def test_what_is_done_or_revoked_or_closed_is_gone(officer, one_of_each, today):
    maker = one_of_each(by=officer, late=3)
    type(maker).objects.filter(pk=maker.pk).update(closed_on=today, closed_reason="duplicate")

    assert "document" not in kinds_on(officer, today)


@pytest.mark.thorough
def test_filters_narrow_and_the_numbers_beside_them_are_those_of_their_lists(
    officer, verifier, one_of_each, signed_in, today
):
    one_of_each(by=officer, late=3)
    one_of_each(by=officer, late=-300)
    client = signed_in(verifier)

    page = client.get(LIST)

    assert count_on(page) == int(page.context["total"]) > 20
    for tile in page.context["tiles"]:
        assert count_on(client.get(tile["url"])) == int(tile["number"]), tile
    counted = [one for facet in page.context["facets"] for one in facet["options"] if one["count"] is not None]
    assert len(counted) > 10
    for one in counted:
        assert count_on(client.get(one["url"])) == one["count"], one
    mine = client.get(LIST, {"mine": "on", "group": "work"})
    assert (count_on(mine), mine.context["rows"]) == (0, [])


def test_senseless_filters_are_told_and_show_nothing(verifier, one_of_each, officer, signed_in):
    one_of_each(by=officer)
    for name in ("group", "kind", "state", "regency"):
        answer = signed_in(verifier).get(LIST, {name: "tidak\x00ada"})
        assert (answer.status_code, answer.context["rows"]) == (400, []), name


@pytest.mark.thorough
def test_the_list_is_sorted_by_day_and_goes_on_page_by_page(officer, one_of_each, today, signed_in, monkeypatch):
    for late in (1, 400, -2, 30):
        one_of_each(by=officer, late=late)
    monkeypatch.setattr("disperin.overview.views.PAGE_SIZE", 10)
    client, seen, url = signed_in(officer), [], LIST

    while url:
        page = client.get(url)
        seen += [(one.day, one.kind.key, one.key) for one in page.context["rows"]]
        url = page.context["next_url"]

    assert seen == sorted(seen)
    assert len(seen) == len(set(seen)) == page.context["total"] > 40


@pytest.mark.thorough
def test_the_list_asks_as_much_for_three_of_each_kind_as_for_one(officer, one_of_each, signed_in):
    client, asked = signed_in(officer), []
    client.get(LIST)
    for late in (1, 2, 3):
        one_of_each(by=officer, late=late)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        asked.append(len(queries))

    assert asked[0] == asked[2] <= 8


def test_a_row_says_what_where_who_and_leads_there(officer, verifier, signed_in, today):
    milestone = a_milestone(
        planned_start="2020-01-02", planned_finish=(today - A_DAY).isoformat(), responsible="Dinas PUPR"
    )

    page = signed_in(verifier).get(LIST, {"kind": "milestone"})

    (row,) = page.context["rows"]
    assert (row.name, row.note, row.who, str(row.regency)) == (
        milestone.name, milestone.zone.name, "Dinas PUPR", str(milestone.regency),
    )  # fmt: skip
    assert (row.number, row.url) == (milestone.number, reverse("zones:milestone-detail", args=[milestone.number]))
    assert "terlambat 1 hari" in page.text
