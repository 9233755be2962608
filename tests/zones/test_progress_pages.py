"""The pages of progress: the hand-computed S-curve as everybody reads it, what stays inside, each number's own list."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags

from disperin.registers.record import directory, past
from disperin.submissions import actions
from disperin.ui.formats import day as in_words
from tests.factories import a_milestone, a_zone, an_administrator, an_issue
from tests.registers.days import put_back, put_on
from zones.models import Milestone
from zones.rules import MilestoneState
from zones.rules.progress import Report, reports_of
from zones.views.profile import ZoneProfileFile, profile_of

MARCH = "2026-03-31 04:00"  # noon in Banjarmasin


def text_of(path, client=None):
    answer = (client or Client()).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def words_of(html):
    return " ".join(strip_tags(re.sub(r"<(script|style|svg).*?</\1>", "", html, flags=re.S)).split())


def report(milestone, on, percent, **values):
    """A further verified version of a milestone."""
    values = {"percent": percent, "progress_on": on, **values}
    actions.publish(directory.get("milestones"), values, by=an_administrator(), record=milestone)


def signed_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def jorong(db):
    """The project of `test_progress_rules.py`, whose docstring computes it by hand; each report is a verified version.

    Weights 20 + 30 + 50. Land 80 % on 31 January and done on 10 February, road 20 % on 28 February and 60 % on
    31 March, port 10 % on 31 March. At the end of March the plan wants 20 + 30 × 59/70 + 50 × 31/100 = 60.7857…, done
    is 20 + 30 × 0.6 + 50 × 0.1 = 43: 17.79 points behind. Forecast: 159 days × 90 / 70.846… = 202 days, 21 July.
    """
    zone = a_zone(name="Kawasan Jorong")
    land = a_milestone(
        zone=zone, name="Lahan", weight=20, planned_start="2026-01-01", planned_finish="2026-01-31", percent=80,
        actual_start="2026-01-01", progress_on="2026-01-31", responsible="PT Rahasia",
    )  # fmt: skip
    report(land, "2026-03-15", 100, actual_finish="2026-02-10")  # told in March, done in February
    road = a_milestone(
        zone=zone, name="Jalan", weight=30, planned_start="2026-02-01", planned_finish="2026-03-30",
        responsible="Dinas Rahasia", contract_value=7_777_000_000, contract_number="KONTRAK-77",
    )  # fmt: skip
    anew = {"planned_finish": "2026-04-11", "baseline_reason": "Hujan"}
    report(road, "2026-02-28", 20, actual_start="2026-02-01", **anew)
    report(road, "2026-03-31", 60)
    a_milestone(
        zone=zone, name="Dermaga", weight=50, planned_start="2026-03-01", planned_finish="2026-06-08", percent=10,
        actual_start="2026-03-01", progress_on="2026-03-31",
    )  # fmt: skip
    return zone


def test_everybody_reads_the_curve_that_was_computed_by_hand(jorong):
    """See the fixture; by month: 20 − 16, 32 − 26 and 60.79 − 43."""
    with time_machine.travel(MARCH, tick=False):
        english = text_of("/en/kawasan/kawasan-jorong/kemajuan/")
        indonesian = text_of("/kawasan/kawasan-jorong/kemajuan/")

    rows = re.findall(
        r"<tr[^>]*>\s*<th scope=\"row\">([^<]+)</th>((?:\s*<td class=\"numbers\">[^<]*</td>)+)\s*</tr>", english
    )
    assert [(day, *re.findall(r">([^<\s]+)<", cells)) for day, cells in rows] == [
        ("31 Dec 2025", "0.00", "0.00", "0.00"),
        ("31 Jan 2026", "20.00", "16.00", "−4.00"),
        ("28 Feb 2026", "32.00", "26.00", "−6.00"),
        ("31 Mar 2026", "60.79", "43.00", "−17.79"),
        ("30 Apr 2026", "80.50", "–", "–"),
        ("31 May 2026", "96.00", "–", "–"),
        ("30 Jun 2026", "100.00", "–", "–"),
    ]
    assert "21 July 2026" in english
    assert "by plan 8 June 2026" in english
    for said in ("60,79%", "43%", "\N{MINUS SIGN}17,79", "21 Juli 2026", "8 Juni 2026"):
        assert said in indonesian
    assert '<svg viewBox="0 0 720 320"' in english


def test_late_is_told_to_all_and_by_whom_and_for_how_much_to_the_office_alone(jorong, officer, officer_there, head):
    path = "/kawasan/kawasan-jorong/kemajuan/"
    with time_machine.travel("2026-04-12 04:00", tick=False):
        seen = {
            who: [text_of(path, client), text_of("/kawasan/portofolio/", client)]
            for who, client in (
                ("visitor", Client()), ("there", signed_in(officer_there)), ("officer", signed_in(officer)),
                ("head", signed_in(head)),
            )
        }  # fmt: skip

    assert all("Jalan" in page for page, _portfolio in seen.values())
    for who, pages in seen.items():
        for page in pages:
            assert ("Dinas Rahasia" in page) is (who in ("officer", "head")), who
            assert ("7,78" in page) is (who in ("officer", "head")), who
            assert "PT Rahasia" not in page  # is not late
            assert "KONTRAK-77" not in page


def test_a_later_report_takes_back_what_was_said_of_its_day_and_after():
    days = [date(2026, 3, 31), date(2026, 4, 30), date(2026, 4, 15)]
    versions = list(zip(days, (60, 70, 55), strict=True))

    assert reports_of(versions) == [Report(days[0], 60), Report(days[2], 55)]
    assert reports_of([*versions, (None, 0)]) == []
    assert reports_of([*versions, (days[0], 40)]) == [Report(days[0], 40)]


def test_a_zone_without_milestones_and_weights_that_are_not_whole_say_so(db):
    zone = a_zone(name="Kawasan Baru")

    assert "No milestones are entered yet" in text_of("/en/kawasan/kawasan-baru/kemajuan/")
    a_milestone(zone=zone, weight=25)
    told = text_of("/en/kawasan/kawasan-baru/kemajuan/")
    assert "make 25% of the whole" in told
    assert "Cannot be said yet" in told


def test_the_list_of_a_state_holds_exactly_those_that_stand_so(db):
    zone = a_zone()
    with time_machine.travel("2026-06-15 04:00", tick=False):
        for at, (start, finish, begun, done) in enumerate(
            (start, finish, begun, done)
            for start, finish in (("06-14", "06-14"), ("06-14", "06-15"), ("06-15", "06-16"), ("06-01", "06-10"))
            for begun, done in (("", ""), ("06-01", ""), ("06-01", "06-12"))
        ):
            days = {"planned_start": start, "planned_finish": finish, "actual_start": begun, "actual_finish": done}
            values = {name: f"2026-{day}" for name, day in days.items() if day}
            done = {"percent": 100, "progress_on": "2026-06-12"} if done else {}
            a_milestone(zone=zone, name=f"T{at}", weight=1, **values, **done)
        today = date(2026, 6, 15)

        found = {state: set(Milestone.objects.in_state(state, today)) for state in MilestoneState}

        shown = {
            state: {one for one in Milestone.objects.all() if one.shown_state == state} for state in MilestoneState
        }
        assert found == shown
        assert all(shown.values())


def test_a_past_day_judges_milestones_by_itself_and_its_profile_tells_no_progress(db):
    today = timezone.localdate()
    begun, due = (today - timedelta(days=days) for days in (9, 3))
    zone = a_zone(name="Kawasan Lewat")
    made = a_milestone(zone=zone, planned_start=begun.isoformat(), planned_finish=due.isoformat(), weight=100)
    put_on(timezone.now())
    put_back(10)

    zones = ZoneProfileFile.queryset.filter(pk=zone.pk)
    now, late_now = profile_of(zones.get()), made.shown_state == MilestoneState.LATE
    with past.reading(due):
        then, late_then = profile_of(zones.get()), made.shown_state == MilestoneState.LATE

    assert (late_now, late_then) == (True, False)
    assert [[part.title for part in one.second].count("Kemajuan") for one in (now, then)] == [1, 0]
    assert in_words(due) in then.footer


@time_machine.travel(MARCH, tick=False)
def test_the_list_is_narrowed_by_how_milestones_stand_and_in_the_office_by_whom(jorong, officer, officer_there):
    def facets(client, query=""):
        context = client.get(f"/en/tonggak/{query}").context
        return {
            str(one["title"]): {option["value"]: option["count"] for option in one["options"]}
            for one in context["facets"]
        }, context["counts"].total

    a_milestone(
        zone=jorong, name="Air", weight=1, planned_start="2026-01-01", planned_finish="2026-02-01", responsible="PDAM"
    )
    people = {"PDAM": 1, "PT Rahasia": 1, "Dinas Rahasia": 1, "-": 1}
    states = {"selesai": 1, "berjalan": 2, "terlambat": 1}

    visitor, _total = facets(Client())
    mine, _total = facets(signed_in(officer))
    there, _total = facets(signed_in(officer_there))
    late, found = facets(signed_in(officer), "?state=terlambat")
    of_one, found_of_one = facets(signed_in(officer), "?state=terlambat&responsible=PT+Rahasia")

    assert (visitor["State"], mine["State"]) == (states, states)
    assert "Responsible" not in visitor.keys() | there.keys()
    assert mine["Responsible"] == people
    assert (late["State"], late["Responsible"], found) == ({"terlambat": 1}, {"PDAM": 1}, 1)
    assert ("Responsible" in of_one, found_of_one) == (False, 0)


def test_the_facets_of_a_list_cost_as_much_for_many_as_for_one(jorong, officer):
    client = signed_in(officer)
    client.get("/tonggak/")
    with CaptureQueriesContext(connection) as three:
        client.get("/tonggak/")
    for at in range(3):
        a_milestone(zone=jorong, name=f"T{at}", weight=1, responsible=f"Dinas {at}")

    with CaptureQueriesContext(connection) as six:
        client.get("/tonggak/")

    assert len(six) == len(three)


def test_no_visitor_finds_a_milestone_by_who_is_responsible(jorong, trying):
    for query in ["responsible=Dinas+Rahasia", "responsible=%00", "state=terlambat&responsible=-"]:
        with trying(query):
            whole = words_of(text_of(f"/tonggak/?{query.replace('responsible', 'nothing')}"))

            assert words_of(text_of(f"/tonggak/?{query}")) == whole


def test_an_officer_asks_who_is_responsible_within_reach_only(jorong, officer, officer_there):
    path = "/en/tonggak/?responsible=Dinas+Rahasia"

    here, there = (words_of(text_of(path, signed_in(who))) for who in (officer, officer_there))

    assert "1 milestone " in here
    assert "0 milestones " in there


@pytest.fixture
def portfolio(jorong):
    """A second zone without milestones, and issues of every age, light and class."""
    other = a_zone(name="Kawasan Lain", regency="63.06")
    for opened, due, light, kind, agency, zone in (
        ("2026-03-02", None, "kuning", "tanah_tata_ruang", "Kantor Pertanahan", jorong),
        ("2026-01-01", "2026-03-30", "merah", "konstruksi", "Dinas PUPR & Cipta Karya", jorong),
        ("2025-12-31", "2026-03-31", "hijau", "konstruksi", "Dinas PUPR & Cipta Karya", other),
    ):
        due = {"due_on": due} if due else {}
        an_issue(zone=zone, opened_on=opened, light=light, kind=kind, agency=agency, **due)
    an_issue(
        zone=jorong, opened_on="2025-01-01", state="selesai", resolution="Beres", settled_on="2026-01-01", light="hijau"
    )
    return jorong, other


@pytest.mark.thorough
def test_every_number_of_the_portfolio_opens_the_list_that_holds_as_many(portfolio, officer, head):
    with time_machine.travel("2026-04-12 04:00", tick=False):
        for who, least in ((None, 1), (officer, 12), (head, 20)):
            client = signed_in(who) if who else Client()
            page = text_of("/en/kawasan/portofolio/", client)
            links = re.findall(r'<a href="(/en/(?:tonggak|isu)/\?[^"]+)">(\d+)<', page)
            tiles = re.findall(r'class="tile-number">(\d+)</p>\s*<p[^>]*><a class="[^"]*" href="(/en/[^"]+)"', page)
            links += [(url, number) for number, url in tiles]

            assert len(links) >= least
            for url, number in links:
                listed = words_of(text_of(url.replace("&amp;", "&"), client))
                assert re.search(rf"(?<![\d.]){number} (milestones?|issues?)\b", listed), (url, number)
                assert "was not understood" not in listed


@pytest.mark.thorough
def test_the_portfolio_asks_as_often_for_many_as_for_one(jorong, head):
    client = signed_in(head)

    def asked(path):
        text_of(path, client)
        with CaptureQueriesContext(connection) as queries:
            text_of(path, client)
        return len(queries)

    an_issue(zone=jorong)
    paths = ("/kawasan/portofolio/", "/kawasan/kawasan-jorong/kemajuan/")
    few = [asked(path) for path in paths]
    for at in range(3):
        zone = a_zone(name=f"Kawasan {at}", regency="63.06")
        a_milestone(zone=zone, name="Lagi")
        a_milestone(zone=jorong, name=f"Lagi {at}", weight=1)
        an_issue(zone=zone, agency=f"Dinas {at}")

    assert [asked(path) for path in paths] == few
    assert max(few) <= 16
