"""What a public office owes its readers: the pages say what the code does, and nothing that nobody knows."""

from dataclasses import replace

import pytest
from django.conf import settings as portal
from django.test import Client
from django.utils.html import escape

from disperin.front.duties import kept_data, personal_fields
from disperin.province import Contact, Licence, Words
from disperin.registers.record import directory

pytestmark = pytest.mark.django_db
PAGES = ("/tentang/", "/privasi/", "/aksesibilitas/", "/bantuan/")


def text_of(path):
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_every_page_leads_to_them_and_they_stand_in_both_languages():
    home = text_of("/")

    for path in PAGES:
        assert f'href="{path}"' in home
        assert ('lang="id"' in text_of(path), 'lang="en"' in text_of(f"/en{path}")) == (True, True)


def test_privacy_says_the_spans_that_the_code_keeps_to(settings):
    settings.WORKBOOK_KEPT_DAYS = 41
    settings.SESSION_COOKIE_AGE = 7 * 3600

    text = text_of("/privasi/")

    for one in kept_data():
        assert escape(one.what) in text
        assert escape(one.how_long) in text
    assert "41 hari" in text
    assert "paling lama 7 jam" in text


def test_privacy_names_every_personal_field_and_who_sees_it():
    text = text_of("/privasi/")
    registers = [one for one in directory.all_registers() if any(True for _field in personal_fields(one))]
    seen_by = dict(personal_fields(directory.get("establishments")))

    assert len(registers) >= 3
    for register in registers:
        for label, who in personal_fields(register):
            assert escape(label) in text
            assert escape(who) in text
    assert (seen_by["Nama usaha"], seen_by["NIB"], seen_by["Nama pemilik"]) == ("Semua orang", "Kantor", "Kantor")
    assert seen_by["NPWP"].startswith("Kantor, tertutup")
    assert next(who for label, who in seen_by.items() if label.startswith("Telepon")).startswith("Kantor; semua orang")


def test_what_the_office_has_not_said_is_not_shown_and_what_it_has_said_is(settings):
    silent = text_of("/tentang/")
    said = Contact(
        responsible=Words("Sekretaris Dinas", "Secretary of the office"),
        address=Words("Jalan Contoh 1", "Jalan Contoh 1"),
        hours=None,
        phone="0511 000 0000",
        email="kantor@contoh.example",
        website="",
    )
    licence = Licence(Words("Lisensi Contoh", "Example licence"), "https://contoh.example/lisensi")
    settings.PROVINCE = replace(portal.PROVINCE, contact=said, licence=licence)
    settings.RELEASE = "the next one"  # a province changes with a release
    spoken = text_of("/tentang/")

    for label in ("Alamat", "Jam layanan", "Surel", "Penanggung jawab</dt>"):
        assert label not in silent.split("summary-list")[1].split("</dl>")[0]
    assert "belum dicantumkan di sini" in silent
    for shown in ("Sekretaris Dinas", "Jalan Contoh 1", "tel:05110000000", "mailto:kantor@contoh.example"):
        assert shown in spoken
    assert 'href="https://contoh.example/lisensi">Lisensi Contoh' in spoken
    assert "Jam layanan" not in spoken
    assert "belum dicantumkan di sini" not in spoken
    foot = text_of("/kawasan/").split('<footer class="footer">')[1]
    for shown in ("Jalan Contoh 1", "tel:05110000000", "mailto:kantor@contoh.example", 'href="/tanya/"', "/lapor/"):
        assert shown in foot
    assert "tel:" not in silent.split('<footer class="footer">')[1]
