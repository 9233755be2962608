"""The records of a register within reach as a table: columns, lacks, orders, files, in a constant number of queries."""

import json
import re
from contextlib import closing

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disperin.attachments.actions import upload
from disperin.registers.lists import facets
from disperin.registers.lists.columns import columns_of
from disperin.registers.lists.lacks import lacked, lacks_of
from disperin.registers.lists.tables import RegisterTable
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.workbooks.files import open_book
from tests import factories
from tests.factories import an_establishment
from tests.submissions.drafts import a_photo

TABLE = "/data/establishments/"
pytestmark = pytest.mark.django_db


def names_on(page):
    rows = page.text.partition("<tbody>")[2].partition("</tbody>")[0]
    return re.findall(r'<a href="/industri/[^"]+">([^<]+)</a>', rows)


def heads_on(page):
    head = page.text.partition('<table class="table data-table">')[2].partition("</thead>")[0]
    return [re.sub(r"<[^>]+>", "", one).strip() for one in re.findall(r"<th[^>]*>(.*?)</th>", head, re.DOTALL)]


def test_an_officer_sees_every_register_counted_within_reach_and_nothing_of_elsewhere(officer, head, signed_in):
    an_establishment(name="Di sini")
    an_establishment(name="Di sana", regency="63.01")

    index, table = signed_in(officer).get("/data/"), signed_in(officer).get(TABLE)

    links = re.findall(r'<a href="(/data/[^/"]+/)">', index.text)
    assert [f"/data/{one.slug}/" for one in directory.all_registers()] == links
    assert re.search(rf'{TABLE}">[^<]+</a></th>\s*<td[^>]*>1</td>', index.text)
    assert names_on(table) == ["Di sini"]
    assert sorted(names_on(signed_in(head).get(TABLE))) == ["Di sana", "Di sini"]
    assert signed_in(officer).get("/data/tidak-ada/").status_code == 404


def test_columns_of_the_inside_are_chosen_by_the_address_and_masked_ones_stay_masked(officer, signed_in):
    an_establishment(
        nib="8120001234567", npwp="012345678012000", legal_form="pt", owner_name="Aminah", phone="081250001122",
        investment=1_250_000, as_of="2025-03-12",
    )  # fmt: skip

    asked = "?column=nib&column=npwp&column=owner_name&column=phone&column=investment&column=as_of&column=version"
    page = signed_in(officer).get(TABLE + asked)

    assert len(heads_on(page)) == 8
    for text in ("8120001234567", "Aminah", "+6281250001122", "Rp 1.250.000", "12 Maret 2025"):
        assert text in page.text
    assert "012345678012000" not in page.text
    assert "0123•" in page.text


def test_every_column_of_every_register_is_readable_and_the_columns_are_those_of_its_audience(head, signed_in):
    client = signed_in(head)
    for register in directory.all_registers():
        factories.RECORDS[register.slug]()
        audience = register.model.audience
        columns = columns_of(register)
        query = "&".join(f"column={name}" for name in columns)

        page = client.get(f"/data/{register.slug}/?{query}")

        assert len(heads_on(page)) == len(columns) + 1, register.slug
        beside = {"missing", *register.model.beside_inside}
        assert {*columns} - beside <= {*audience.public, *audience.inside, *audience.masked}, register.slug


def test_a_list_is_narrowed_to_what_lacks_a_field_a_part_or_a_field_of_a_part(officer, signed_in):
    an_establishment(name="Lengkap", nib="8120001234567", phone="081250001122",
                     products=[{"name": "Dodol", "brand": "Dodol Kandangan", "halal_category": "makanan",
                                "permits": ["P-IRT 2011"]}])  # fmt: skip
    an_establishment(name="Tanpa produk", nib="8120001234568")
    an_establishment(name="Tanpa merek", products=[{"name": "Tikar"}, {"name": "Topi", "active": False}])
    an_establishment(name="Tanpa izin", products=[{"name": "Amplang", "brand": "Ikan", "halal_category": "makanan"}])
    client = signed_in(officer)

    found = {lack: names_on(client.get(f"{TABLE}?lack={lack}")) for lack in (
        "nib", "phone", "products", "products.brand", "products.permits", "nib&lack=products.brand",
    )}  # fmt: skip

    assert found == {
        "nib": ["Tanpa izin", "Tanpa merek"],
        "phone": ["Tanpa izin", "Tanpa merek", "Tanpa produk"],
        "products": ["Tanpa produk"],
        "products.brand": ["Tanpa merek"],
        "products.permits": ["Tanpa izin"],
        "nib&lack=products.brand": ["Tanpa merek"],
    }
    page = client.get(f"{TABLE}?column=missing&lack=products.brand")
    assert "Merek produk" in page.text
    unknown = client.get(f"{TABLE}?lack=tidak-ada&column=rahasia")
    assert unknown.status_code == 200
    assert len(re.findall("tidak dipahami", unknown.text)) == 2


def test_what_is_hidden_from_the_public_is_shown_to_the_office_and_is_no_lack(officer, administrator, signed_in):
    record = an_establishment(name="Keripik", story_id="Sejak 2001.")
    actions.hide(directory.get("establishments"), record, "story_id", reason="Diminta.", by=administrator)

    page = signed_in(officer).get(f"{TABLE}?column=story_id")

    assert "Sejak 2001." in page.text
    assert names_on(signed_in(officer).get(f"{TABLE}?lack=story_id")) == []


def test_everything_that_may_be_empty_can_be_asked_for_in_every_register(head, signed_in):
    client = signed_in(head)
    for register in directory.all_registers():
        query = "&".join(f"lack={name}" for name in lacks_of(register))
        assert client.get(f"/data/{register.slug}/?{query}").status_code == 200, register.slug


def test_any_column_sorts_within_one_regency_and_pages_follow_each_other(officer, signed_in, monkeypatch):
    monkeypatch.setattr(RegisterTable, "page_size", 2)
    for name, workers in (("Satu", 9), ("Dua", None), ("Tiga", 30), ("Empat", 30)):
        an_establishment(name=name, workers_male=workers)
    client = signed_in(officer)

    found = {}
    for order in ("workers_male", "-workers_male", "-name", "-number"):
        page = client.get(f"{TABLE}?order={order}")
        found[order] = names_on(page)
        while following := re.search(r'href="([^"]+)" rel="next"', page.text):
            page = client.get(following[1].replace("&amp;", "&"))
            found[order] += names_on(page)

    assert found == {
        "workers_male": ["Satu", "Tiga", "Empat", "Dua"],
        "-workers_male": ["Dua", "Empat", "Tiga", "Satu"],
        "-name": ["Tiga", "Satu", "Empat", "Dua"],
        "-number": ["Empat", "Tiga", "Dua", "Satu"],
    }


def test_a_long_list_of_the_province_is_sorted_only_as_an_index_holds_it(verifier, signed_in, monkeypatch):
    monkeypatch.setattr(facets, "MOST_COUNTED", 1)
    an_establishment(name="Satu", workers_male=1)
    an_establishment(name="Dua", workers_male=2, regency="63.01")
    an_establishment(name="Tiga", workers_male=3, regency="63.01")
    client = signed_in(verifier)

    whole, narrowed = (client.get(f"{TABLE}?order=-workers_male{more}") for more in ("", "&regency=63.01"))

    assert names_on(whole) == ["Dua", "Satu", "Tiga"]
    assert "Pilih kabupaten/kota" in whole.text
    assert names_on(narrowed) == ["Tiga", "Dua"]


def test_what_is_personal_sorts_no_list(officer, signed_in):
    page = signed_in(officer).get(f"{TABLE}?order=owner_name&column=owner_name")

    assert "tidak dipahami" in page.text


def test_closed_records_stand_by_themselves(officer, signed_in):
    an_establishment(name="Buka")
    shut = an_establishment(name="Tutup")
    type(shut).objects.filter(pk=shut.pk).update(closed_on="2025-01-02", closed_reason="ended")

    assert names_on(signed_in(officer).get(TABLE)) == ["Buka"]
    page = signed_in(officer).get(f"{TABLE}?closed=on")
    assert names_on(page) == ["Tutup"]
    assert "ditutup pada 2 Januari 2025" in page.text


def test_the_file_holds_exactly_the_table_in_its_columns(officer, signed_in, tmp_path):
    an_establishment(name="Berbatik", nib="8120001234567", owner_name="Aminah", workers_male=4)
    an_establishment(name="Anyaman", owner_name="=SUM(1)", workers_male=2)
    an_establishment(name="Di sana", regency="63.01")
    query = (
        "column=owner_name&column=workers_male&column=industry_scale&column=verified_at&order=-workers_male&table=on"
    )
    client = signed_in(officer)

    def fetched(kind, more=""):
        return b"".join(client.post(f"/unduh/establishments.{kind}?{query}{more}").streaming_content)

    path = tmp_path / "tabel.xlsx"
    path.write_bytes(fetched("xlsx"))
    with open_book(path) as book:
        rows = [tuple(row.cells) for row in book.rows() if row.sheet == 0]
    assert rows[0][1:4] == ("Nama", "Nama pemilik", "Tenaga kerja laki-laki")
    assert [row[1:4] for row in rows[1:]] == [("Berbatik", "Aminah", 4), ("Anyaman", "=SUM(1)", 2)]
    text = fetched("csv", "&lack=nib").decode("utf-8-sig").splitlines()
    assert text[0] == "number,called,owner_name,workers_male,industry_scale,verified_at"
    assert [line.split(",")[1:4] for line in text[1:]] == [["Anyaman", "'=SUM(1)", "2"]]


def test_the_file_tells_what_is_missing_and_where_the_photograph_is(officer, signed_in, tmp_path):
    photo = upload(a_photo(), kind="photo", regency=officer.regency, by=officer)
    shown = an_establishment(name="Berbatik", photo=str(photo.pk))
    an_establishment(name="Anyaman", nib="8120001234567")
    client, query = signed_in(officer), "column=photo&column=missing&order=-name&table=on"
    words = [
        [str(lack.label) for lack in lacked(directory.get("establishments"), [pk])[pk]]
        for pk in (shown.pk, shown.pk + 1)
    ]

    path = tmp_path / "tabel.xlsx"
    path.write_bytes(b"".join(client.post(f"/unduh/establishments.xlsx?{query}").streaming_content))
    with open_book(path) as book:
        rows = [tuple(row.cells) for row in book.rows() if row.sheet == 0]
    text = b"".join(client.post(f"/unduh/establishments.csv?{query}").streaming_content).decode("utf-8-sig")

    address = settings.PUBLIC_ORIGIN + photo.get_absolute_url()
    assert rows[0][1:] == ("Nama", "Foto", "Belum ada")
    assert rows[1:] == [
        (shown.number, "Berbatik", address, "; ".join(words[0])),
        (rows[2][0], "Anyaman", None, "; ".join(words[1])),
    ]
    assert "NIB" in words[0]
    assert text.startswith("number,called,photo,missing,missing_label")
    with closing(client.get(address.removeprefix(settings.PUBLIC_ORIGIN))) as picture:
        assert picture.status_code == 200


def test_a_table_on_a_map_is_a_map_and_one_without_a_field_that_is_none_is_not_the_whole_register(officer, signed_in):
    an_establishment(name="Berbatik", latitude=-2.6, longitude=115.4)
    an_establishment(name="Di sana", regency="63.01")
    client = signed_in(officer)

    file = b"".join(client.post("/unduh/establishments.geojson?table=on&lack=nib").streaming_content)
    refused = client.post("/unduh/establishments.csv?table=on&lack=nib&lack=tidak-ada")

    assert [one["properties"]["name"] for one in json.loads(file)["features"]] == ["Berbatik"]
    assert (refused.status_code, refused["Location"]) == (302, f"{TABLE}?lack=nib&lack=tidak-ada")


def test_a_visitor_gets_no_table_by_asking_for_its_file(client):
    an_establishment(name="Berbatik", owner_name="Aminah")

    text = b"".join(client.get("/unduh/establishments.csv?column=owner_name&table=on").streaming_content).decode()

    assert "Berbatik" in text
    assert "Aminah" not in text


def test_a_table_costs_the_same_queries_with_one_record_and_with_three(officer, signed_in):
    client, query = (
        signed_in(officer),
        "&".join(f"column={name}" for name in columns_of(directory.get("establishments"))),
    )
    counted = []
    for number in (1, 2):
        for at in range(number):
            an_establishment(name=f"Pembuat {number} {at}", products=[{"name": "Kain"}])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(f"{TABLE}?{query}").status_code == 200
        counted.append(len(queries))

    assert counted[0] == counted[1] <= 25


def test_a_statement_over_too_many_records_is_given_up_and_the_page_says_what_to_do(
    officer, verifier, signed_in, monkeypatch
):
    def slow(table):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(60)")

    monkeypatch.setattr(RegisterTable, "counts", slow)
    monkeypatch.setattr("disperin.mydata.views.tables.LONGEST", 300)

    choose, fewer = "Pilih kabupaten/kota, lebih sedikit saringan", "Pilih lebih sedikit saringan"
    for user, asked, remedy in ((officer, "", fewer), (verifier, "", choose), (verifier, "&regency=63.07", fewer)):
        answer = signed_in(user).get(f"/data/establishments/?lack=nib{asked}")
        assert answer.status_code == 503
        assert remedy in answer.text
        assert 'href="/data/establishments/"' in answer.text
