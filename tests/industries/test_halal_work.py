"""The halal work list: who sees it, tiles that match the lists, assignment, progress, and what the public is told."""

import datetime
import re

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from disperin.accounts.models import Role
from disperin.history.models import Entry
from disperin.notices.models import Notice
from disperin.submissions.errors import NotNow, Refused
from industries import actions
from industries.models import HalalTask, Product
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 22)
FOOD = {"name": "Dodol", "halal_category": "makanan"}
MICRO = {"annual_sales": 100_000_000}


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)
    factories.halal_duties()


def a_maker(name="Dapur Ulin", regency="63.07", products=(FOOD,), **values):
    return factories.an_establishment(name=name, regency=regency, products=list(products), **MICRO, **values)


def soon():
    return TODAY + datetime.timedelta(days=14)


def tiles(text):
    """`{label: (number, address)}` of a page's tiles."""
    found = re.findall(
        r'tile-number">([^<]+)</p>\s*<p class="tile-label"><a class="stretched-link" href="([^"]+)">([^<]+)</a>', text
    )
    return {label: (int(number), url.replace("&amp;", "&").split("#")[0]) for number, url, label in found}


def test_visitors_sign_in_first():
    assert Client().get("/halal/").status_code == 302
    assert Client().get("/halal/kemajuan/").status_code == 302


def test_an_officer_sees_only_the_own_regency(officer, signed_in):
    a_maker(), a_maker("Dapur Jauh", "63.06")

    text = signed_in(officer).get("/halal/").content.decode()

    assert "Dapur Ulin" in text
    assert "Dapur Jauh" not in text


@pytest.mark.parametrize("who", ["verifier", "head", "administrator"])
def test_the_province_sees_all(who, request, signed_in):
    a_maker(), a_maker("Dapur Jauh", "63.06")

    text = signed_in(request.getfixturevalue(who)).get("/halal/").content.decode()

    assert "Dapur Ulin" in text
    assert "Dapur Jauh" in text


def test_every_tile_counts_exactly_the_list_behind_it(verifier, signed_in):
    service = {"name": "Jasa", "halal_category": "jasa"}
    maker = a_maker(products=[FOOD, {**FOOD, "name": "Amplang"}, {"name": "Kain"}, service])
    factories.a_halal_certificate(establishment=maker, covered=[{}])
    under_way = a_maker("Dapur Jauh", "63.06")
    factories.a_halal_certificate(establishment=under_way, stage="sidang_fatwa")
    a_maker("Apotek", "63.06", products=[{"name": "Obat", "halal_category": "obat_bebas"}])
    client = signed_in(verifier)

    found = tiles(client.get("/en/halal/").content.decode())

    assert {label: number for label, (number, _url) in found.items()} == {
        "Past the deadline": 2, "Certified": 1, "In process": 1, "Overdue": 1, "Not yet obliged": 1,
        "No duty on record": 1, "Not known": 1,
    }  # fmt: skip
    for label, (number, url) in found.items():
        page = client.get(url).content.decode()
        assert page.count('name="products"') == number, label
        assert f'id="daftar-produk">{number} product' in page


def test_the_list_says_reason_deadline_and_path(officer, signed_in):
    a_maker(nib="9120304857261")

    text = signed_in(officer).get("/en/halal/?state=overdue").content.decode()

    assert "36 days late" in text
    assert "Deadline 17 October 2026, PP 42/2024 Ps 160-161" in text
    assert "Self-declare" in text


def test_the_way_down_leads_from_regency_to_district(verifier, signed_in):
    a_maker()
    client = signed_in(verifier)

    province = client.get("/en/halal/").content.decode()
    regency = client.get("/en/halal/?regency=63.07").content.decode()
    district = client.get("/en/halal/?regency=63.07&district=63.07.01").content.decode()

    assert 'href="/en/halal/?regency=63.07"' in province
    assert "regency=63.07&amp;district=63.07.01" in regency
    assert "Dapur Ulin" in district
    assert "By district" not in district


def test_the_list_can_be_judged_on_another_day(officer, signed_in):
    a_maker()

    text = signed_in(officer).get("/en/halal/?on=2026-10-17").content.decode()

    assert tiles(text)["Not yet obliged"][0] == 1
    assert "judged as of 17 October 2026" in text


@pytest.mark.parametrize(
    "query",
    ["on=2026-13-01", "on=9999-12-31", "state=x", "regency=99", "district=99", "task=x", "page=0", "page=x", "on=%00",
     "regency=%00", "district=%00"],
)  # fmt: skip
def test_a_value_that_makes_no_sense_is_refused_by_name(query, verifier, signed_in):
    assert signed_in(verifier).get(f"/halal/?{query}").status_code == 400


def test_the_page_asks_as_often_for_ten_products_as_for_one(verifier, signed_in):
    client = signed_in(verifier)

    def asked(path):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    a_maker()
    paths = ("/halal/", "/halal/?regency=63.07", "/halal/kemajuan/")
    with_one = [asked(path) for path in paths]
    for number in range(3):
        maker = a_maker(f"Dapur {number}", products=[{**FOOD, "name": f"Dodol {at}"} for at in range(3)])
        factories.a_halal_certificate(establishment=maker, covered=[{}])

    assert [asked(path) for path in paths] == with_one


def test_a_long_list_has_pages(officer, signed_in):
    a_maker(products=[{**FOOD, "name": f"Dodol {at}"} for at in range(30)])
    client = signed_in(officer)

    first, second = (client.get(f"/halal/{query}").content.decode() for query in ("", "?page=2"))

    assert (first.count('name="products"'), second.count('name="products"')) == (25, 5)


def test_the_text_for_whatsapp_names_product_and_maker(officer, signed_in):
    a_maker()

    text = signed_in(officer).get("/en/halal/").content.decode()

    assert "1. Dodol – Dapur Ulin (Kecamatan 63.07.01): Overdue, 36 days late" in text


# --- Assignment -------------------------------------------------------------------------------------------------------


def product_of(maker):
    return Product.objects.filter(establishment=maker)


def test_a_product_is_assigned_with_history_and_notice(officer, colleague):
    maker = a_maker()

    (task,) = actions.assign(product_of(maker), to=colleague, due_on=soon(), by=officer, note="Mulai dari NIB")

    assert (task.assigned_to, task.due_on, task.regency_id) == (colleague, soon(), "63.07")
    assert Entry.objects.about(task).get().verb == "assign"
    assert "Dodol" in Notice.objects.of(colleague).get().body
    assert [one.to for one in mail.outbox] in ([], [[colleague.email]])


def test_assigning_again_takes_over(officer, colleague):
    maker = a_maker()
    (first,) = actions.assign(product_of(maker), to=colleague, due_on=soon(), by=officer)

    (second,) = actions.assign(product_of(maker), to=officer, due_on=soon(), by=officer)

    first.refresh_from_db()
    assert (first.ended_on, second.ended_on) == (TODAY, None)


def test_a_task_ends_once(officer, colleague):
    (task,) = actions.assign(product_of(a_maker()), to=colleague, due_on=soon(), by=officer)

    actions.end_task(task, by=colleague)

    with pytest.raises(NotNow):
        actions.end_task(task, by=colleague)


def test_nobody_assigns_outside_their_reach(officer, officer_there, head):
    maker = a_maker()

    for by in (officer_there, head):
        with pytest.raises(Refused):
            actions.assign(product_of(maker), to=officer, due_on=soon(), by=by)
    (task,) = actions.assign(product_of(maker), to=officer, due_on=soon(), by=officer)
    for by in (officer_there, head):
        with pytest.raises(Refused):
            actions.end_task(task, by=by)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"to": "officer_there"}, "to"),
        ({"to": "head"}, "to"),
        ({"due_on": datetime.date(2026, 11, 21)}, "due_on"),
        ({"note": "NIK 6307045203850002"}, "note"),
        ({"note": "x" * 251}, "note"),
    ],
)
def test_what_cannot_be_assigned_is_named(change, field, officer, request):
    plain = {"to": "officer", "due_on": soon(), **change}
    plain["to"] = request.getfixturevalue(plain["to"])

    with pytest.raises(ValidationError) as refused:
        actions.assign(product_of(a_maker()), by=officer, **plain)

    assert set(refused.value.error_dict) == {field}
    assert not HalalTask.objects.exists()


def test_an_officer_assigns_on_the_page(officer, colleague, signed_in):
    product = product_of(a_maker()).get()
    client = signed_in(officer)
    values = {"products": [str(product.key)], "to": colleague.pk, "due_on": "2026-12-06", "note": ""}

    answer = client.post("/halal/?state=overdue", values)

    assert (answer.status_code, answer["Location"]) == (302, "/halal/?state=overdue")
    assert "Petugas Dua HST" in client.get("/halal/?task=some").content.decode()
    task = HalalTask.objects.get()
    assert client.post("/halal/", {"end": task.pk}).status_code == 302
    assert not HalalTask.objects.filter(ended_on=None).exists()


@pytest.mark.parametrize(
    "values",
    [
        {"to": "", "due_on": "2026-12-06"},
        {"to": "x", "due_on": "2026-12-06"},
        {"to": "\x00", "due_on": "2026-12-06"},
        {"due_on": "besok"},
        {"due_on": "2026-01-01"},
        {"products": []},
        {"products": ["x", "\x00", "-" * 36]},
        {"note": "x" * 300},
    ],
)
def test_a_bad_assignment_is_refused_on_the_page(values, officer, colleague, signed_in):
    product = product_of(a_maker()).get()
    plain = {"products": [str(product.key)], "to": colleague.pk, "due_on": "2026-12-06"}

    answer = signed_in(officer).post("/halal/", {**plain, **values})

    assert answer.status_code == 400
    assert not HalalTask.objects.exists()


def test_the_head_reads_and_assigns_nothing(head, officer, signed_in):
    product = product_of(a_maker()).get()
    client = signed_in(head)

    assert 'name="products"' not in client.get("/halal/").content.decode()
    values = {"products": [str(product.key)], "to": officer.pk, "due_on": "2026-12-06"}
    assert client.post("/halal/", values).status_code == 403


@pytest.mark.parametrize("key", ["", "x", "9" * 30, "0", "\x00"])
def test_ending_an_unknown_task_is_a_404(key, officer, signed_in):
    assert signed_in(officer).post("/halal/", {"end": key}).status_code == 404


def test_an_officer_there_cannot_end_a_task_here(officer, officer_there, signed_in):
    (task,) = actions.assign(product_of(a_maker()), to=officer, due_on=soon(), by=officer)

    assert signed_in(officer_there).post("/halal/", {"end": task.pk}).status_code == 404


def test_a_verifier_can_be_asked_by_the_province_only(verifier, officer):
    (task,) = actions.assign(product_of(a_maker()), to=verifier, due_on=soon(), by=verifier)

    assert task.assigned_to.role == Role.VERIFIER


# --- Progress and the public ------------------------------------------------------------------------------------------


def test_progress_counts_by_month(officer, signed_in):
    maker = a_maker(products=[FOOD, {**FOOD, "name": "Amplang"}])
    values = {"issued_on": "2026-06-10", "stage_on": "2026-06-10"}
    factories.a_halal_certificate(establishment=maker, covered=[{}], **values)

    text = signed_in(officer).get("/en/halal/kemajuan/").content.decode()

    rows = re.findall(r'<th scope="row">([^<]+)</th><td class="numbers">(\d+)</td><td class="numbers">(\d+)</td>', text)
    told = {day: (int(certified), int(past)) for day, certified, past in rows}
    assert len(told) == 12
    assert told["31 May 2026"] == (0, 0)
    assert told["30 June 2026"] == (1, 0)
    assert told["31 October 2026"] == (1, 1)
    assert told["22 November 2026"] == (1, 1)
    assert "<svg" in text
    assert "style=" not in text


def test_public_figures_hide_small_groups():
    for number in range(2):
        a_maker(f"Dapur {number}")
    for number in range(9):
        category = "makanan" if number < 5 else "jasa"
        a_maker(f"Warung {number}", "63.06", products=[{**FOOD, "halal_category": category}])

    text = Client().get("/en/halal/angka/").content.decode()

    assert text.count("hidden</span>") == 2  # the small one, and the one that would give it away
    assert "Dapur" not in text
    assert "Warung" not in text


def test_nothing_public_says_who_is_overdue():
    maker = a_maker()

    for path in (f"/en/industri/{maker.number}/", "/en/halal/cek/", "/en/industri/"):
        text = Client().get(path).content.decode().lower()
        assert "overdue" not in text
        assert "days late" not in text
        assert "past the deadline" not in text


# --- The API ----------------------------------------------------------------------------------------------------------


def test_the_public_hears_only_of_certificates(api):
    maker = a_maker(products=[FOOD, {**FOOD, "name": "Amplang"}])
    record = factories.a_halal_certificate(establishment=maker, covered=[{}])
    certified, other = product_of(maker).order_by("position")

    paths = [f"/api/v1/products/{one.key}/halal-status/?on=2026-10-18" for one in (certified, other)]
    answers = [api().get(path).json() for path in paths]

    assert answers == [
        {"product": str(certified.key), "on": "2026-10-18", "certified": True,
         "certificate_number": record.certificate_number, "issued_on": "2025-03-10"},
        {"product": str(other.key), "on": "2026-10-18", "certified": False,
         "certificate_number": None, "issued_on": None},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "state", "days"), [("2026-10-16", "due", 0), ("2026-10-17", "due", 0), ("2026-10-18", "overdue", 1)]
)
def test_within_reach_the_whole_judgement_is_told(day, state, days, api, officer, officer_there):
    product = product_of(a_maker()).get()
    path = f"/api/v1/products/{product.key}/halal-status/?on={day}"

    inside = api(officer).get(path).json()["inside"]

    assert (inside["state"], inside["overdue_days"], inside["deadline"]) == (state, days, "2026-10-17")
    assert inside["citation"] == "PP 42/2024 Ps 160-161"
    assert inside["scheme"] == "self_declare"
    assert "inside" not in api(officer_there).get(path).json()


def test_without_a_day_today_is_judged(api):
    product = product_of(a_maker()).get()

    assert api().get(f"/api/v1/products/{product.key}/halal-status/").json()["on"] == "2026-11-22"


@pytest.mark.parametrize("day", ["besok", "2026-13-01", "20261018", "2026-10-18T00:00", "%00", "2026-W42-7"])
def test_a_bad_day_is_a_400_that_names_it(day, api):
    product = product_of(a_maker()).get()

    answer = api().get(f"/api/v1/products/{product.key}/halal-status/?on={day}")

    assert answer.status_code == 400
    assert "on" in answer.content.decode()


def test_an_unknown_product_is_a_404(api):
    path = "/api/v1/products/00000000-0000-4000-8000-000000000000/halal-status/"

    assert api().get(path).status_code == 404


def test_a_certificate_names_its_products_over_the_api(api):
    record = factories.a_halal_certificate()

    answer = api().get(f"/api/v1/halal/{record.number}/").json()

    assert [one["name"] for one in answer["covered"]] == ["Kain sasirangan"]
    assert "inside" not in answer
    assert "stage" not in answer
