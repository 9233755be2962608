"""What makers reported of a quarter, in a close: the right sums inside, in public nothing that tells of one or two."""

import pytest
import time_machine
from django.test import Client

from disperin.closes.actions import close_quarter, faults
from disperin.closes.models import Close
from disperin.closes.tables import Stored
from disperin.figures.reported import REPORTED, STATED_ALIKE
from disperin.registers.dated.quarters import Quarter
from disperin.registers.record import directory
from disperin.submissions import actions
from tests.closes.test_publicity import AUTUMN, WINTER, published
from tests.factories import RegencyFactory, UserFactory, a_report, an_administrator, an_establishment
from tests.industries.test_small_sums import Equations, unknowns_told

MILLION = 1_000_000


@pytest.fixture(scope="module")
def world(once):
    """Six makers here and four there; two closes. What many report is what the register holds of them as well.

    Three of the four there report in the third quarter: beside the register their sum would tell of the fourth.
    """
    return once(_made)


def _made():
    for code in ("63.07", "63.71", "63.03"):
        RegencyFactory(code=code, name=f"Daerah {code}")
    makers = [_maker(at) for at in range(10)]
    verifier = UserFactory(username="penutup", role="verifier")
    held = {"2026-3": _register(makers), "2026-4": _register(makers)}
    with time_machine.travel(AUTUMN):
        third = [_report(makers, at, "TW3") for at in (0, 1, 2, 3, 4, 6, 7, 8)]
        close_quarter(Quarter(2026, 3), by=verifier)
    changes = {"products": [_product(0, "TW3") | {"production_value": 99 * MILLION}], "jump_reason": "Uji"}
    with time_machine.travel(WINTER):
        fourth = [_report(makers, at, "TW4") for at in (0, 1, 2, 3, 4, 5, 6, 7, 8, 9)]
        actions.publish(directory.get("reports"), changes, by=an_administrator(), record=third[0])
        close_quarter(Quarter(2026, 4), by=verifier)
    told = {"2026-3": [0, 1, 2, 3, 4, 6, 7, 8], "2026-4": list(range(10))}
    assert len(third) == 8
    assert len(fourth) == 10
    return held, told


def _maker(at):
    place = "63.07" if at < 6 else "63.71"
    figures = {"workers_male": 20 + at, "workers_female": 3 + at, "investment": (at + 1) * 100 * MILLION}
    return an_establishment(name=f"Pembuat {at:02}", regency=place, **figures)


def _register(makers):
    return [
        {"regency": one.regency_id, **{alike: getattr(one, alike) or 0 for alike in STATED_ALIKE.values()}}
        for one in makers
    ]


def _product(at, quarter):
    return {"name": "Kain", "unit": "lembar", "production_value": _output(at, quarter == "TW4")}


def _output(at, is_later):
    """What is made moves each quarter; who works there hardly does."""
    return (at + 1 + 5 * is_later) * MILLION


def _report(makers, at, quarter):
    moved = 1 if quarter == "TW4" and at == 3 else 0
    return a_report(
        establishment=makers[at], regency=makers[at].regency_id, quarter=quarter, group="menengah_besar",
        permanent_men=20 + at + moved, permanent_women=3 + at, investment=(at + 1) * 100 * MILLION,
        products=[_product(at, quarter)],
    )  # fmt: skip


def _reported(at, period):
    moved = 1 if period == "2026-4" and at == 3 else 0
    return {
        "reported_men": 20 + at + moved, "reported_women": 3 + at, "reported_output": _output(at, period == "2026-4"),
        "reported_investment": (at + 1) * 100 * MILLION, "reported_land": 0,
    }  # fmt: skip


def test_a_close_keeps_the_reports_of_its_quarter_as_they_stood_then(world, db):
    _held, told = world
    for period, makers in told.items():
        stored = Stored.of(Close.objects.of(Quarter.named(period)).get(), inside=True)
        (total,) = stored.reported_rows("reports")
        assert total.values["reports"] == len(makers)
        for measure in REPORTED:
            assert total.values[measure.name] == sum(_reported(at, period)[measure.name] for at in makers)
        here = {row.code: row.values for row in stored.reported_rows("reports_regency")}
        assert here["63.07"]["reported_output"] == sum(
            _reported(at, period)["reported_output"] for at in makers if at < 6
        )
        assert (here["63.03"]["reports"], here["63.03"]["reported_men"]) == (0, 0)
        forms = {row.code: row.values["reports"] for row in stored.reported_rows("reports_form")}
        assert forms == {"kecil": 0, "menengah_besar": len(makers), "galangan": 0}
    assert list(faults()) == []


def test_page_file_and_api_say_the_same_of_reports(world, db, api, head, signed_in):
    for period in ("2026-3", "2026-4"):
        told = {key: value for key, value in published(period).items() if key[0].startswith("reports")}
        answer = api().get(f"/api/v1/closes/{period}/").json()["figures"]
        by_api = {(one["dimension"], one["code"], one["measure"]): one["value"] for one in answer}
        assert {key: by_api[key] for key in told} == told
        reported = Client().get(f"/penutupan/{period}/").context["reported"]
        for by, rows in reported["tables"]:
            for line in rows:
                dimension = by.name if line["row"].code else "reports"
                for measure, value in line["cells"]:
                    assert told[dimension, line["row"].code, measure.name] == value
        inside = signed_in(head).get(f"/penutupan/{period}/?lihat=dalam")
        assert None not in [value for _by, rows in inside.context["reported"]["tables"] for one in rows
                            for _measure, value in one["cells"]]  # fmt: skip
    assert signed_in(head).get("/penutupan/2026-3/angka/reports_regency/").status_code == 200
    assert (
        "Laporan triwulan ini: Tenaga kerja laki-laki" in signed_in(head).get("/penutupan/2026-3/angka/reports/").text
    )
    assert "Semua unit usaha: Tenaga kerja laki-laki" in signed_in(head).get("/penutupan/2026-3/angka/all/").text


def test_few_reports_are_hidden_in_public_and_enough_are_shown(world, db):
    told = published("2026-4")
    assert told["reports", "", "reports"] == 10
    assert told["reports", "", "reported_output"] == 105 * MILLION
    for (dimension, code, measure), value in told.items():
        if dimension == "reports_regency" and code == "63.03":  # nobody works there, so nothing is shown
            assert value is None, measure
        assert dimension != "reports_form"
    assert told["reports", "", "reported_land"] is None  # nobody stated any


def test_nothing_follows_about_one_or_two_from_the_register_and_the_reports_together(world, db):
    """Whoever knows who reported, and that equal figures are equal, has these equations, and no others."""
    held, reporting = world
    both = {period: published(period) for period in held}
    for measure in (one.name for one in REPORTED):
        equations, unknowns = Equations(), set()
        for period, told in both.items():
            for (dimension, code, name), value in told.items():
                if name not in (measure, STATED_ALIKE.get(measure)) or value is None:
                    continue
                stated = _stated(held[period], reporting[period], period, (dimension, code), name)
                assert sum(figure for _maker, figure in stated) == value
                equations.learn(dict.fromkeys(stated, 1))
                unknowns |= stated
        assert unknowns_told(equations, sorted(unknowns)) == ([], []), measure


def _stated(register, reporting, period, cell, name):
    """`{(maker, figure)}` that a sum is made of; all makers here are of one branch, class and scale."""
    dimension, code = cell
    found = set()
    for at, one in enumerate(register):
        if dimension.startswith("reports"):
            inside = at in reporting and (dimension != "reports_regency" or one["regency"] == code)
            figure = _reported(at, period)[name]
        else:
            inside, figure = dimension != "regency" or one["regency"] == code, one[name]
            inside = inside and dimension != "commodity"
        if inside and figure:
            found.add((at, figure))
    return found
