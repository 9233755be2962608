"""`?as_of=<day>`: the registers as they stood at the end of a past day, alike on pages, in files and over the API."""

import datetime
import re
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from disperin.registers.models import Hidden
from disperin.registers.record import directory, past, past_rows
from disperin.submissions import actions
from disperin.submissions.models import Submission
from industries.models import Establishment, Product
from tests import factories
from tests.registers.days import put_back, put_on
from tests.registers.each_register import REGISTERS, address, every_register, make, name_of, reader_of

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
AGO = 10  # days, for what was there before a test began
MAKERS = directory.get("establishments")


def ago(days):
    return TODAY - datetime.timedelta(days=days)


@pytest.fixture(scope="module", autouse=True)
def published(once):
    """A verified record of each register of ten days ago, by slug."""

    def all_of_them():
        found = {register.slug: make(register) for register in REGISTERS}
        put_on(timezone.now())
        put_back(AGO)
        return found

    return once(all_of_them)


def api(register):
    return f"/api/v1/{register.slug}/"


def change(record, given, **kind):
    """Change a record now, which versions put on today."""
    made = actions.publish(MAKERS, given, by=factories.an_administrator(), record=record, **kind)
    put_on(timezone.now())
    return made


@every_register
def test_every_register_is_read_as_of_a_day_by_page_record_map_and_api(register, published):
    record, client = published[register.slug], reader_of(register)
    for day in (TODAY, ago(3), ago(AGO)):
        for path in (address(register, "list"), address(register, "detail", name_of(record))):
            answer = client.get(path, {"as_of": day})
            assert (answer.status_code, record.name in answer.content.decode()) == (200, True), (path, day)
            assert (answer["X-Robots-Tag"], "Memento-Datetime" in answer) == ("noindex", True)
            assert 'rel="latest-version"' in answer.content.decode()
        listed = client.get(address(register, "list"), {"as_of": day})
        assert f"{address(register, 'detail', name_of(record))}?as_of={day}" in listed.content.decode()
        assert record.number in [row["number"] for row in client.get(api(register), {"as_of": day}).json()["results"]]
        assert client.get(f"{api(register)}{record.number}/", {"as_of": day}).json()["number"] == record.number
    if register.model.point:
        assert client.get(address(register, "map"), {"as_of": ago(3)}).status_code == 200


def test_every_table_holds_on_each_day_what_it_held_then(published):
    for table in past_rows.tables().values():
        now = list(table.model.objects.order_by("id").values())
        for day, held in ((TODAY, now), (ago(AGO), now), (ago(AGO + 1), [])):
            with past.reading(day):
                assert list(table.model.objects.order_by("id").values()) == held, (table.name, day)


def test_a_day_that_cannot_be_is_refused_with_a_sentence_everywhere():
    visitor = Client()
    for given, told in (
        (ago(-1), "belum tiba"),
        (ago(AGO + 1), "Data pertama portal ini"),
        ("kemarin", "bukan tanggal"),
        ("2026-02-30", "bukan tanggal"),
    ):
        for path in ("/industri/", "/statistik/", "/unduh/establishments.csv", "/api/v1/establishments/"):
            answer = visitor.get(path, {"as_of": given})
            assert answer.status_code == 400, (path, given)
            if path.startswith("/api"):
                assert answer.json()["errors"]["as_of"], given
            else:
                assert told in answer.content.decode(), (path, given)
    assert visitor.get(f"/industri/?as_of={ago(1)}&as_of={ago(2)}").status_code == 400
    assert visitor.get("/industri/?as_of=").status_code == 200


def test_a_day_is_read_as_people_write_it():
    answer = Client().get("/industri/", {"as_of": f"{ago(3):%d/%m/%Y}"})
    assert answer.context["as_of"] == ago(3)
    assert "?as_of=" in answer.content.decode()


def test_what_does_not_know_past_days_refuses_them(published):
    zone = published["zones"]
    for path in ("/", "/halal/angka/", "/halal/angka.csv", f"/kawasan/{zone.slug}/kemajuan/", "/api/v1/kbli/",
                 "/api/v1/search/?q=kain", "/cari/?q=kain"):  # fmt: skip
        answer = Client().get(path, {"as_of": ago(3).isoformat(), **({"q": "kain"} if "q=" in path else {})})
        assert answer.status_code == 400, path


def test_figures_of_awards_and_green_certificates_are_those_of_the_day_and_so_are_the_lists_they_open(published):
    factories.an_award(), factories.a_green_certificate(name="Baru")
    put_on(timezone.now())
    visitor = Client()
    for page, listed in (("/ovop/statistik/", "/ovop/"), ("/industri-hijau/angka/", "/industri/")):
        told = []
        for day in (ago(1), TODAY):
            text = unescape(visitor.get(page, {"as_of": day}).content.decode())
            found = dict(re.findall(rf'href="({listed}\?[^"]*regency=63.07[^"]*)">\s*([0-9]+)<', text))
            ((address, number),) = found.items()
            assert visitor.get(address).context["counts"].total == int(number), address
            told.append(int(number))
        assert told[1] == told[0] + 1, page


def test_a_record_is_what_it_was_and_is_not_found_before_it_came(published):
    record = published["establishments"]
    name = record.name
    change(record, {"name": "Nama Baru"})
    young = factories.an_establishment(name="Belum Ada")
    put_on(timezone.now())
    visitor, page = Client(), f"/industri/{record.number}/"

    assert [name in visitor.get(page, {"as_of": day}).content.decode() for day in (ago(1), TODAY)] == [True, False]
    assert visitor.get(f"{api(MAKERS)}{record.number}/", {"as_of": ago(1)}).json()["version"] == 1
    for path in (f"/industri/{young.number}/", f"{api(MAKERS)}{young.number}/"):
        assert [visitor.get(path, {"as_of": day}).status_code for day in (ago(1), TODAY)] == [404, 200]
    found = [visitor.get("/industri/", {"q": "nama baru", "as_of": day}).context for day in (ago(1), TODAY)]
    assert [one["counts"].total for one in found] == [0, 1]


def test_a_closed_record_was_open_before(published):
    record = published["establishments"]
    change(record, {"closed_on": "2026-01-02", "closed_reason": "ended"}, kind="close")
    visitor = Client()

    totals = [visitor.get("/industri/", {"as_of": day}).context["counts"].total for day in (ago(1), TODAY)]
    assert totals[0] == totals[1] + 1
    figures = [visitor.get("/api/v1/figures/establishments.branch/", {"as_of": d}).json() for d in (ago(1), TODAY)]
    assert [one["whole"] for one in figures] == totals


def test_what_is_hidden_is_hidden_on_every_day(published, administrator):
    record = change(published["establishments"], {"story_id": "Kisah rahasia", "products": [{"name": "Kain Rahasia"}]})
    other = factories.an_establishment(name="Nama Rahasia", story_id="Lain")
    put_on(timezone.now())
    put_back(5)
    row = Product.objects.get(name="Kain Rahasia")
    for target, path in ((record, "story_id"), (record, f"products.{row.key}"), (other, "")):
        actions.hide(MAKERS, Establishment.objects.get(pk=target.pk), path, reason="Diminta.", by=administrator)
    put_on(timezone.now())
    visitor = Client()

    for day in (ago(5), ago(1), TODAY):
        for path in ("/industri/", f"/industri/{record.number}/", f"{api(MAKERS)}{record.number}/", api(MAKERS),
                     "/api/v1/products/", "/produk/"):  # fmt: skip
            answer = visitor.get(path, {"as_of": day})
            assert answer.status_code == 200, (path, day)
            assert "Rahasia" not in answer.content.decode().replace("Usaha Rahasia", ""), (path, day)
            assert "Kisah rahasia" not in answer.content.decode(), (path, day)
        assert visitor.get(f"/industri/{other.number}/", {"as_of": day}).status_code == 404
        assert visitor.get("/industri/", {"q": "rahasia", "as_of": day}).context["counts"].total == 0, day


def test_what_was_taken_down_and_then_replaced_never_comes_back(published, administrator, officer, verifier):
    record = change(published["establishments"], {"story_id": "Telepon 0812 pemilik"})
    put_back(5)
    actions.hide(MAKERS, record, "story_id", reason="Diminta.", by=administrator)
    draft = actions.draft(
        MAKERS, {"story_id": "Kisah baru"}, by=officer, record=Establishment.objects.get(pk=record.pk)
    )
    submission = actions.claim(actions.submit(draft, by=officer, acknowledged=True), by=verifier)
    actions.verify(submission, by=verifier, round=1)
    put_on(timezone.now())

    assert Hidden.objects.get().ended_with == Submission.objects.get(pk=submission.pk).number
    answers = {day: Client().get(f"{api(MAKERS)}{record.number}/", {"as_of": day}).json() for day in (ago(5), TODAY)}
    assert {day: one["story_id"] for day, one in answers.items()} == {ago(5): "", TODAY: "Kisah baru"}


def test_consent_looks_back(published):
    asked = {"phone": "081298765432", "contact_public": True, "contact_consented_on": "2026-01-05"}
    record = change(published["establishments"], asked)
    put_back(5)
    assert Client().get(f"{api(MAKERS)}{record.number}/", {"as_of": ago(5)}).json()["public_contact"]
    change(record, {"contact_public": False, "contact_consented_on": None})

    assert "6281298765432" not in Client().get(f"{api(MAKERS)}{record.number}/", {"as_of": ago(5)}).content.decode()
    assert not Client().get(f"{api(MAKERS)}{record.number}/", {"as_of": ago(5)}).json()["public_contact"]


def test_a_day_ends_where_the_portal_stands(published):
    record = published["establishments"]
    name = record.name
    with time_machine.travel(datetime.datetime.combine(ago(4), datetime.time(15, 59), datetime.UTC), tick=False):
        change(record, {"name": "Sebelum Tengah Malam"})  # 23.59 in the time of the province
    with time_machine.travel(datetime.datetime.combine(ago(4), datetime.time(16, 1), datetime.UTC), tick=False):
        change(record, {"name": "Sesudah Tengah Malam"})
    found = {}
    for day in (ago(5), ago(4), ago(3)):
        with past.reading(day):
            found[day] = Establishment.objects.get(pk=record.pk).name
    assert list(found.values()) == [name, "Sebelum Tengah Malam", "Sesudah Tengah Malam"]


def test_nothing_is_written_to_a_past_day(published):
    with past.reading(ago(3)), pytest.raises(past.NotToBeChanged):
        Establishment.objects.update(name="Lain")


def test_a_statement_of_a_past_day_is_given_the_columns_that_it_names_and_all_where_it_names_none(published):
    """Each further one would be planned, with its look-ups in what was hidden."""
    named = 'SELECT "number", COUNT(*) FROM "industries_establishment" WHERE "closed_on" IS NULL GROUP BY 1'
    wholes = (
        'SELECT * FROM "industries_establishment"',
        'SELECT "industries_establishment".* FROM "industries_establishment"',
        'SELECT row_to_json("industries_establishment") FROM "industries_establishment"',
    )
    with past.reading(ago(1)):
        given = past.asked_then(named).removesuffix(named)
        assert "closed_on" in given
        assert "owner_name" not in given
        assert "withheld, 'story_id'" not in given
        for whole in wholes:
            assert "owner_name" in past.asked_then(whole), whole


def test_a_list_of_a_past_day_asks_as_often_for_three_as_for_one(published):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert Client().get("/industri/", {"as_of": ago(0), "branch": "sandang_kulit"}).status_code == 200
        return len(queries)

    once = asked()
    for number in range(3):
        factories.an_establishment(name=f"Lagi {number}")
    assert asked() == once


def test_files_name_their_day(published):
    day = ago(3)
    for kind in ("csv", "geojson"):
        answer = Client().get(f"/unduh/establishments.{kind}", {"as_of": day})
        assert f"establishments-as-of-{day}" in answer["Content-Disposition"], kind
        assert b"IKM-" in b"".join(answer.streaming_content)
    assert (
        f'filename="establishments-branch-{day}.csv"'
        in (Client().get("/statistik/establishments/branch.csv", {"as_of": day})["Content-Disposition"])
    )
    told = Client().get("/unduh/establishments.csv-metadata.json", {"as_of": day}).content.decode()
    assert re.search(rf"as_of={day}", told)
