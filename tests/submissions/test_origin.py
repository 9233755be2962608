"""Every version says where it comes from: only what passed the workflow is called verified."""

import csv
import io

from disperin.registers.models import Origin
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.workbooks.exporting.writing import Writer
from industries.models import Establishment
from tests import factories
from tests.factories import establishment_values
from tests.registers.each_register import REGISTERS


def test_what_was_verified_says_so_and_a_direct_change_says_that(officer, verifier, administrator, client):
    register = directory.get("establishments")
    draft = actions.draft(register, establishment_values(), by=officer)
    decided = actions.verify(actions.submit(draft, by=officer, acknowledged=True), by=verifier, round=1)
    record = Establishment.objects.get(number=decided.record_number)
    address = f"/industri/{record.number}/"

    def said():
        [listed] = client.get("/api/v1/establishments/").json()["results"]
        one = client.get(f"/api/v1/establishments/{record.number}/").json()
        [row] = csv.DictReader(io.StringIO(client.get("/unduh/establishments.csv").getvalue().decode("utf-8-sig")))
        moments = [(answer["verified_at"], answer["published_at"]) for answer in (listed, one, row)]
        return [(bool(verified), bool(published)) for verified, published in moments]

    assert record.origin == Origin.VERIFIED
    assert said() == [(True, True)] * 3
    assert Origin.VERIFIED.on(record.verified_at) in client.get(address).content.decode()

    record = actions.publish(register, {"name": "Lain"}, by=administrator, record=record)

    events = type(record).pgh_event_models["update"].objects.filter(pgh_obj_id=record.pk).order_by("pgh_id")
    assert [*events.values_list("version", "origin")] == [(1, "verified"), (2, "direct")]
    page = client.get(address).content.decode()
    assert Origin.DIRECT.on(record.verified_at) in page
    assert Origin.VERIFIED.on(record.verified_at) not in page
    assert client.get(f"/api/v1/establishments/{record.number}/").json()["origin"] == "direct"
    assert said() == [(False, True)] * 3
    client.force_login(administrator)
    assert record.verification is None
    assert client.get("/admin/industries/establishment/").status_code == 200


def test_every_file_for_people_says_where_each_record_comes_from(db):
    by_slug = {}
    for register in REGISTERS:
        record = factories.RECORDS[register.slug]()
        for origin in Origin:
            type(record).objects.filter(pk=record.pk).update(origin=origin)
            writer = Writer(register, by=factories.an_administrator())
            (row,) = writer.rows(type(record).objects.filter(pk=record.pk))
            told = dict(zip(writer.headings, row, strict=True))
            by_slug.setdefault(register.slug, []).append(told["Asal data"])
    assert by_slug == dict.fromkeys(by_slug, [str(one.label) for one in Origin])


def test_the_footer_promises_of_origins_what_records_say_and_of_kbli_nothing_without_data(db, client):
    said = {
        Origin.VERIFIED: ("diverifikasi", "verified by the provincial office"),
        Origin.DIRECT: ("diterbitkan langsung", "published by that office directly"),
        Origin.OPEN_SOURCES: ("sumber terbuka", "open sources"),
        Origin.OLDER_SYSTEM: ("sistem lama", "an older system and not yet checked"),
    }
    assert set(said) == set(Origin)
    for path, at in (("/", 0), ("/en/", 1)):
        footer = " ".join(client.get(path).text.split("<footer")[1].split("</footer>")[0].split())
        assert [words[at] for words in said.values() if words[at] not in footer] == []
        assert "KBLI" not in footer
