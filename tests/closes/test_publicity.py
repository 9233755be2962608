"""What visitors read of closes: the same on page, file and API; nothing hidden can be computed from all of it."""

import csv
import io

import pytest
import time_machine
from django.test import Client
from python_calamine import CalamineWorkbook

from disperin.closes.actions import close_quarter, correct_figure
from disperin.closes.models import Close
from disperin.figures.sums import SUMMED
from disperin.registers.dated.quarters import Quarter
from disperin.registers.record import directory
from disperin.submissions import actions
from industries.models import Establishment
from tests.factories import RegencyFactory, UserFactory, an_administrator, an_establishment
from tests.industries.test_small_sums import Equations, unknowns_told

AUTUMN, WINTER = "2026-11-30T08:00:00+08:00", "2027-01-05T08:00:00+08:00"
PUBLIC = ("regency", "branch", "division", "industry_scale", "commodity")


@pytest.fixture(scope="module")
def world(once):
    """Eighteen makers, few in some groups; two closes, between which some changed and one came."""
    return once(_made)


def _made():
    for code in ("63.07", "63.71", "63.03"):
        RegencyFactory(code=code, name=f"Daerah {code}")
    makers = []
    for at in range(18):
        place = "63.07" if at < 8 else "63.71" if at < 15 else "63.03"
        told = {"workers_male": at % 5, "workers_female": 3 + at, "investment": (at + 1) * 100_000_000}
        branch = "sandang_kulit" if at % 3 else "pangan"
        makers.append(an_establishment(name=f"Pembuat {at:02}", regency=place, branch=branch, **told))
    verifier = UserFactory(username="penutup", role="verifier")
    then = _held(makers)
    with time_machine.travel(AUTUMN):
        close_quarter(Quarter(2026, 3), by=verifier)
    for at, women in ((0, 40), (9, 50), (10, 60), (11, 70)):
        given = {"workers_female": women}
        actions.publish(directory.get("establishments"), given, by=an_administrator(), record=makers[at])
    makers.append(an_establishment(name="Pembuat baru", regency="63.03", workers_female=7))
    with time_machine.travel(WINTER):
        close_quarter(Quarter(2026, 4), by=verifier)
    return {"2026-3": then, "2026-4": _held(makers)}, verifier


def _held(makers):
    """`{number: (groups, figures)}` as they are stored; the groups are public, the figures are what is looked for."""
    held = {}
    for one in makers:
        one.refresh_from_db()
        groups = {
            "regency": [one.regency_id],
            "branch": [one.branch],
            "division": [one.kbli_id[:7]],
            "industry_scale": [one.industry_scale],
            "commodity": one.commodities,
        }
        held[one.number] = groups, {measure.name: getattr(one, measure.name) or 0 for measure in SUMMED}
    return held


def _within(held, dimension, code):
    """`{number: figures}` of a group."""
    return {name: told for name, (groups, told) in held.items() if dimension == "all" or code in groups[dimension]}


def published(period):
    """`{(dimension, code, measure): value or None}` as the file says it."""
    text = Client().get(f"/penutupan/{period}.csv").content.decode("utf-8-sig")
    return {
        (row["dimension"], row["code"], row["measure"]): None if row["hidden"] == "yes" else int(row["value"])
        for row in csv.DictReader(io.StringIO(text))
    }


def test_page_file_and_api_say_the_same(world, db, api):
    for period in ("2026-3", "2026-4"):
        told = published(period)
        answer = api().get(f"/api/v1/closes/{period}/").json()
        assert {(one["dimension"], one["code"], one["measure"]): one["value"] for one in answer["figures"]} == told
        page = Client().get(f"/penutupan/{period}/")
        for dimension in PUBLIC:
            for row in Client().get(f"/penutupan/{period}/?by={dimension}").context["rows"]:
                for measure, value in row["cells"]:
                    assert told[dimension, row["row"].code, measure.name] == value
        assert answer["sha256"] in page.content.decode()
        of_makers = [one for one in told if not one[0].startswith("reports")]
        assert {one[0] for one in of_makers} <= {"all", *PUBLIC}
        assert {one[2] for one in of_makers} == {"units", *(measure.name for measure in SUMMED)}
    listed = api().get("/api/v1/closes/").json()
    assert [one["period"] for one in listed] == ["2026-4", "2026-3"]
    assert listed[0]["previous"] == listed[1]["sha256"]
    assert api().get("/api/v1/closes/2026-2/").status_code == 404
    assert api().get("/api/v1/closes/x/").status_code == 404


def test_what_is_shown_is_right_and_what_few_state_is_hidden(world, db):
    (held, _verifier) = world
    told = published("2026-4")
    for (dimension, code, measure), value in told.items():
        if dimension.startswith("reports"):
            continue
        inside = _within(held["2026-4"], dimension, code)
        if measure == "units":
            assert value == len(inside)
        else:
            stated = [one[measure] for one in inside.values() if one[measure]]
            assert value in (None, sum(stated))
            assert value is None or not inside or len(stated) >= 3, (dimension, code, measure)
    assert told["regency", "63.07", "workers_female"] is None  # one differs from the close before
    assert None not in [value for (_d, _c, measure), value in published("2026-3").items() if measure == "units"]
    assert [value for key, value in published("2026-3").items() if key[2] == "workers_female" and value]


def test_nothing_hidden_follows_from_all_that_is_published(world, db):
    """Whoever knows who changed, and who stated nothing at all, has these equations, and no others."""
    held, _verifier = world
    both = {period: published(period) for period in held}
    for measure in (one.name for one in SUMMED):
        equations, unknowns, hidden = Equations(), set(), []
        of_all = Equations()
        for period, told in both.items():
            for (dimension, code, name), value in told.items():
                if name != measure:
                    continue
                everybody = {(one, figures[measure]) for one, figures in _within(held[period], dimension, code).items()}
                stated = {one for one in everybody if one[1]}
                if value is None:
                    hidden.append((period, dimension, code, everybody))
                else:
                    equations.learn(dict.fromkeys(stated, 1))
                    of_all.learn(dict.fromkeys(everybody, 1))
                    unknowns |= stated
        assert unknowns_told(equations, sorted(unknowns)) == ([], []), measure
        assert [one[:3] for one in hidden if of_all.tell(dict.fromkeys(one[3], 1))] == [], measure


def test_visitors_read_that_a_sum_was_corrected_but_not_to_what(world, db, api, head, signed_in):
    _held, verifier = world
    close = Close.objects.first()
    figures = close.figures.filter(dimension="branch", shown=True)
    correct_figure(figures.filter(measure="units").first(), right_value=77, reason="Satu ganda.", by=verifier)
    correct_figure(
        figures.filter(measure="workers_female").first(), right_value=8888, reason="Salah baca.", by=verifier
    )
    secret = close.figures.filter(dimension="business_scale").first()
    correct_figure(secret, right_value=9999, reason="Salah skala.", by=verifier)

    page = Client().get("/penutupan/2026-3/").content.decode()
    answer = api().get("/api/v1/closes/2026-3/").json()["corrections"]
    inside = signed_in(head).get("/penutupan/2026-3/?lihat=dalam").content.decode()

    assert [text for text in ("Satu ganda.", "Salah baca.", "77") if text not in page] == []
    assert [text for text in ("8.888", "Salah skala.", "9.999") if text in page] == []
    assert [(one["measure"], one["right_value"]) for one in answer] == [("units", 77), ("workers_female", None)]
    assert [text for text in ("8.888", "9.999") if text not in inside] == []


def test_papers_and_the_inside_of_a_close_are_for_the_office(world, db, officer, head, signed_in):
    close = Close.objects.first()
    paper = signed_in(head).get("/penutupan/2026-3/laporan.pdf")
    assert paper.content == bytes(close.paper.pdf)
    for address in ("laporan.pdf", "angka/regency/"):
        assert signed_in(officer).get(f"/penutupan/2026-3/{address}").status_code == 403
        assert Client().get(f"/penutupan/2026-3/{address}").status_code == 302
    # an officer, like a visitor, reads no hidden sum of others
    assert signed_in(officer).get("/penutupan/2026-4/?lihat=dalam").context["inside"] is False
    assert signed_in(head).get("/penutupan/2026-3/angka/regencies/").status_code == 404


def test_what_changed_since_is_listed_with_then_and_now(
    world, db, head, officer, signed_in, django_assert_max_num_queries
):
    page = signed_in(head).get("/penutupan/2026-3/berubah/")
    rows = {row["name"]: row for row in page.context["rows"]}

    assert len(rows) == page.context["total"] == 5
    assert rows["Pembuat baru"]["is_new"]
    moved = {str(label): (then, now) for label, then, now in rows["Pembuat 09"]["moved"]}
    assert moved.keys() == {"skala statistik", "tenaga kerja perempuan"}
    assert moved["tenaga kerja perempuan"] == ("12", "50")
    with django_assert_max_num_queries(30):
        assert [row["name"] for row in signed_in(officer).get("/penutupan/2026-3/berubah/").context["rows"]] == [
            "Pembuat 00"
        ]
    assert signed_in(head).get("/penutupan/2026-4/berubah/").context["rows"] == []


def test_what_a_record_held_while_it_lay_in_another_regency_is_not_told_to_the_one_where_it_lies_now(
    world, db, head, officer, signed_in
):
    record = Establishment.objects.get(name="Pembuat 09")
    assert record.regency_id != officer.regency_id
    record.regency = officer.regency
    record.save(update_fields=["regency"])

    told = {
        reader: next(
            row
            for row in signed_in(reader).get("/penutupan/2026-3/berubah/").context["rows"]
            if row["number"] == record.number
        )
        for reader in (head, officer)
    }

    assert (told[head]["lay_elsewhere"], len(told[head]["moved"])) == (False, 3)
    assert (told[officer]["lay_elsewhere"], told[officer]["moved"], told[officer]["is_new"]) == (True, [], False)


def test_the_recap_of_a_close_is_that_of_its_day(world, db, head, officer, signed_in):

    for somebody, codes in ((head, ["63.03", "63.07", "63.71", ""]), (officer, ["63.07", ""])):
        content = signed_in(somebody).get("/penutupan/2026-3/rekap.xlsx").content
        rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
        assert [row[1] for row in rows[1:]] == codes
        assert [sum(column) for column in list(zip(*rows[1:-1], strict=True))[3:]] == rows[-1][3:]
    assert rows[1][3] == 8


def test_a_verifier_closes_and_corrects_on_the_page(world, db, head, signed_in, django_capture_on_commit_callbacks):
    _held, verifier = world
    with time_machine.travel("2027-04-02T09:00:00+08:00"):
        client = signed_in(verifier)
        assert "Tutup Triwulan I 2027" in client.get("/penutupan/").content.decode()
        assert "Tutup Triwulan" not in signed_in(head).get("/penutupan/").content.decode()
        assert signed_in(head).post("/penutupan/tutup/", {"quarter": "2027-1"}).status_code == 403
        assert client.post("/penutupan/tutup/", {"quarter": "2026-4"}).status_code == 409
        assert client.post("/penutupan/tutup/", {"quarter": "2027-1", "note": "6371010101800001"}).status_code == 400
        with django_capture_on_commit_callbacks(execute=True):
            client.post("/penutupan/tutup/", {"quarter": "2027-1", "note": "Tepat waktu."})
        assert Client().get("/penutupan/2027-1/").status_code == 200
        figure = Close.objects.last().figures.get(dimension="regency", code="63.07", measure="units")
        address = f"/penutupan/2027-1/koreksi/{figure.pk}/"
        assert client.post(address, {"right_value": "8", "reason": "Sama saja."}).status_code == 400
        assert client.post(address, {"right_value": "banyak", "reason": "x"}).status_code == 400
        assert client.post(address, {"right_value": "9", "reason": "Satu terlewat."}).status_code == 302
    assert "Satu terlewat." in Client().get("/penutupan/2027-1/").content.decode()
    for wrong in ("2027-2", "2027-9", "abc", "2027-1/?by=business_scale"):
        assert Client().get(f"/penutupan/{wrong}" if "?" in wrong else f"/penutupan/{wrong}/").status_code == 404
