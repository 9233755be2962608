"""Quarterly reports as a register: which of the three forms, what is compared with the report before."""

import datetime
from decimal import Decimal

import pgtrigger
import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from disperin.accounts.models import Role
from disperin.desk.refusals import NotNow
from disperin.registers.dated.quarters import Quarter
from disperin.registers.gate.forms import whole
from disperin.registers.gate.in_bulk import Proposed, judge
from disperin.registers.record import directory
from disperin.registers.record.versions import events_of
from disperin.reports import actions, rules
from disperin.reports.models import QuarterlyReport, ShipyardClass
from disperin.reports.rules import Cell, Period
from disperin.submissions import actions as submissions
from disperin.submissions.actions import publish
from tests.factories import UserFactory, a_report, an_administrator, an_establishment, report_values

pytestmark = pytest.mark.django_db
SMALL = {"workers_male": 3, "workers_female": 4, "investment": 40_000_000}
LARGE = {"workers_male": 60, "workers_female": 40, "investment": 20_000_000_000}
CLOTH = {"name": "Kain sasirangan", "unit": "lembar", "produced": 100, "production_value": 15_000_000}


@pytest.fixture(scope="module")
def maker(once):
    return once(lambda: an_establishment(name="Sasirangan Barabai", **SMALL))


def bound(**values):
    """The form of the register bound to these values."""
    form = directory.get("reports").form
    return form(whole(form, report_values(**values), instance=None), instance=None)


def refused(**values):
    """The fields that the form refuses, each with its codes."""
    return {name: [error.code for error in errors] for name, errors in bound(**values).problems.items()}


def test_the_form_follows_from_the_scale_and_kbli_of_the_maker(maker):
    large, unknown = an_establishment(name="Besar", **LARGE), an_establishment(name="Belum")

    def entered(one, **values):
        form = bound(establishment=one, **{"group": "", **values})
        return form.entered()[0]["group"], {name: [one.code for one in told] for name, told in form.problems.items()}

    assert entered(maker) == ("kecil", {})
    assert entered(large) == ("menengah_besar", {})
    assert entered(unknown) == ("", {"group": ["needed"]})
    assert entered(unknown, group="kecil") == ("kecil", {})
    assert entered(maker, group="menengah_besar") == ("menengah_besar", {"group": ["other_form"]})
    ShipyardClass.objects.create(key="kapal", kbli=maker.kbli, source="Uji", valid_to=datetime.date(2026, 3, 31))
    assert entered(maker) == ("galangan", {})
    assert entered(maker, quarter="TW2") == ("kecil", {})


def test_the_scale_is_that_of_the_quarter_and_not_of_today():
    grew = an_establishment(name="Tumbuh", **SMALL)
    publish(directory.get("establishments"), LARGE, record=grew, by=an_administrator())
    grew.refresh_from_db()
    first, second = events_of(type(grew)).objects.filter(pgh_obj_id=grew.pk).order_by("pgh_id")[:2]
    with pgtrigger.ignore("industries.EstablishmentEvent:append_only"):
        for event, month in ((first, 2), (second, 5)):
            moment = timezone.make_aware(datetime.datetime(2026, month, 1))
            type(event).objects.filter(pgh_id=event.pgh_id).update(pgh_created_at=moment)

    assert (first.industry_scale, second.industry_scale) == ("kecil", "besar")
    assert bound(establishment=grew, group="").entered()[0]["group"] == "kecil"
    assert bound(establishment=grew, group="", quarter="TW2").entered()[0]["group"] == "menengah_besar"


def test_a_quarter_has_one_report_and_is_reported_once_it_has_begun(maker):
    a_report(establishment=maker)

    assert refused(establishment=maker) == {"quarter": ["quarter_twice"]}
    assert refused(establishment=maker, quarter="TW2") == {}
    assert refused(establishment=maker, year=2099) == {"quarter": ["future"]}
    assert refused(establishment=maker, quarter="TW5") == {"quarter": ["invalid_choice"]}


def test_a_jump_above_tenfold_needs_its_reason_in_form_file_and_api(maker, client):
    a_report(establishment=maker, permanent_men=2, investment=50_000_000, products=[CLOTH])

    def codes(**values):
        return refused(establishment=maker, quarter="TW3", **values)

    assert codes(permanent_men=20, products=[CLOTH | {"produced": 1000}]) == {}
    assert codes(permanent_men=21) == {"jump_reason": ["jump"]}
    assert codes(permanent_men=15, temporary_women=6) == {"jump_reason": ["jump"]}  # all workers together
    assert codes(investment=4_999_999) == {"jump_reason": ["jump"]}
    assert codes(investment=5_000_000) == {}
    assert codes(investment=0) == {}
    assert codes(products=[CLOTH | {"produced": "1000.001", "name": " kain  Sasirangan"}]) == {"jump_reason": ["jump"]}
    assert codes(products=[CLOTH | {"produced": 5000, "unit": "meter"}]) == {}  # another unit is another figure
    assert codes(permanent_men=21, jump_reason="Pesanan haji") == {}

    officer, register = UserFactory(), directory.get("reports")
    values = report_values(establishment=maker, quarter="TW3", permanent_men=21)
    (judged,) = judge(register, [Proposed(values, None, 2)], by=officer)
    assert [one.code for one in judged.errors["jump_reason"]] == ["jump"]
    assert "2 → 21" in str(judged.errors["jump_reason"][0].message)
    client.force_login(officer)
    draft = client.post(
        "/api/v1/submissions/", {"register": "reports", "values": values}, content_type="application/json"
    ).json()
    told = client.post(f"/api/v1/submissions/{draft['number']}/submit/", {}, content_type="application/json")
    assert (told.status_code, "jump_reason" in told.text) == (400, True)


def test_figures_of_a_maker_out_of_reach_are_told_nowhere(client):
    foreign = an_establishment(name="Jauh", regency="63.06", **SMALL)
    a_report(establishment=foreign, permanent_men=2, investment=85_000_123, signer="Rahasia", products=[CLOTH])
    officer, register = UserFactory(), directory.get("reports")
    values = report_values(establishment=foreign, quarter="TW3", permanent_men=21, investment=1)

    (judged,) = judge(register, [Proposed(values, None, 2)], by=officer)
    assert "jump_reason" not in judged.errors
    assert [one.code for one in judged.errors["regency"]] == ["out_of_reach"]
    client.force_login(officer)
    draft = submissions.draft(
        register, report_values(establishment=an_establishment(**SMALL), quarter="TW3"), by=officer
    )
    json = {"content_type": "application/json"}
    address = f"/api/v1/submissions/{draft.number}/"
    told = [
        client.post("/api/v1/submissions/", {"register": "reports", "values": values}, **json),
        client.patch(address, {"values": values}, headers={"If-Match": f'"{draft.revision}"'}, **json),
        client.post(f"{address}submit/", {}, **json),
        client.get(reverse("submissions:edit", args=[draft.number])),
        client.post(reverse("submissions:edit", args=[draft.number]), {**values, "revision": "0"}),
    ]
    assert [(one.status_code, one.text) for one in told if "85.000.123" in one.text or "Rahasia" in one.text] == []
    assert draft.form_class(values, instance=None, by=officer).earlier() is None
    assert draft.form_class(values, instance=None, by=UserFactory(role=Role.VERIFIER)).earlier()["investment"]


def test_many_are_compared_with_as_many_queries_as_few(maker):
    officer, register = UserFactory(), directory.get("reports")
    makers = [an_establishment(name=f"Pembuat {at}", **SMALL) for at in range(3)]
    for one in makers:
        a_report(establishment=one, permanent_men=2, products=[CLOTH])

    def asked(some):
        rows = [report_values(establishment=one, quarter="TW3", permanent_men=30) for one in some]
        with CaptureQueriesContext(connection) as queries:
            judged = judge(register, [Proposed(row, None, at) for at, row in enumerate(rows)], by=officer)
        assert ["jump_reason" in one.errors for one in judged] == [True] * len(some)
        return len(queries)

    assert asked(makers) == asked(makers[:1])


def test_a_report_is_copied_forward_and_each_changed_cell_is_marked(maker):
    officer = UserFactory()
    earlier = a_report(establishment=maker, permanent_men=2, signer="Siti", jump_reason="Awal", products=[CLOTH])

    draft = actions.copy_forward(earlier, Quarter(2026, 2), by=officer)

    copied = draft.values
    assert (copied["year"], copied["quarter"], copied["group"]) == (2026, "TW2", "kecil")
    assert (copied["permanent_men"], copied["signer"], copied["jump_reason"]) == (2, "Siti", "")
    assert [(row["name"], row["produced"]) for row in copied["products"]] == [("Kain sasirangan", 100)]
    assert copied["products"][0]["key"] != str(earlier.products.get().key)
    assert draft.form().earlier() == {}
    changed = {**copied, "permanent_men": 3, "products": [copied["products"][0] | {"produced": 120}]}
    form = draft.form_class(changed, instance=None, by=officer)
    marked = form.earlier()
    assert marked.keys() == {"permanent_men", f"products.{copied['products'][0]['key']}.produced"}
    assert marked["permanent_men"].endswith(": 2")
    assert form.is_valid(), form.problems
    assert [(str(label), value) for label, value, _why in form.follows()] == [
        ("Tenaga kerja", "2 → 3"), ("kain sasirangan · lembar, jumlah produksi", "100 → 120"),
    ]  # fmt: skip


def test_it_is_copied_only_to_a_later_quarter_that_has_no_report(maker):
    officer, earlier = UserFactory(), a_report(establishment=maker, quarter="TW2")
    a_report(establishment=maker, quarter="TW3")

    with pytest.raises(ValidationError):
        actions.copy_forward(earlier, Quarter(2026, 2), by=officer)
    with pytest.raises(NotNow):
        actions.copy_forward(earlier, Quarter(2026, 3), by=officer)
    begun = actions.copy_forward(earlier, Quarter(2026, 4), by=officer)
    assert begun.values["quarter"] == "TW4"
    with pytest.raises(NotNow, match=begun.number):  # a second click
        actions.copy_forward(earlier, Quarter(2026, 4), by=officer)


def test_shares_of_ownership_make_a_whole_and_a_foreign_one_says_from_where(maker):
    def codes(**values):
        return refused(establishment=maker, **values)

    assert codes(share_private=60, share_central=30) == {"share_central": ["whole"]}
    assert codes(share_private="33.33", share_central="66.67") == {}
    assert codes(share_private=60, share_foreign=40) == {"foreign_country": ["needed"]}
    assert codes(share_private=60, share_foreign=40, foreign_country="Malaysia") == {}


def test_what_counts_as_a_jump():
    cell = Cell("", "", "investment")

    def is_jump(before, now):
        return rules.jumps({cell: before}, {cell: now}) == [cell]

    assert not is_jump(10, 100)
    assert is_jump(10, 101)
    assert not is_jump(100, 10)
    assert is_jump(101, 10)
    assert is_jump(Decimal("0.1"), Decimal("1.001"))
    assert not is_jump(0, 10**9)
    assert not is_jump(10**9, 0)
    assert rules.jumps({}, {cell: 5}) == []


def test_quarters_are_written_as_offices_do():
    assert [rules.quarter_of(2026, one) for one in Period.values] == [Quarter(2026, number) for number in range(1, 5)]
    assert [rules.period_of(Quarter(2026, number)) for number in range(1, 5)] == Period.values


def test_nothing_of_a_report_is_public():
    assert not QuarterlyReport.audience.is_public
    assert {part.parent for part in map(_model, directory.get("reports").form.parts.values())} == {"report"}
    assert [part for part in map(_model, directory.get("reports").form.parts.values()) if part.audience.public] == []


def _model(part):
    return part._meta.model
