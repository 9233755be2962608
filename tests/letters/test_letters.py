"""Letters that ask for data: to whom they go, what they say, where they lead, and when the data came."""

import datetime
import io

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pypdf import PdfReader

from disperin.accounts.models import Role
from disperin.desk.refusals import NotNow, Refused
from disperin.letters import actions, rules
from disperin.letters.actions import writing
from disperin.letters.models import DataRequest
from disperin.notices.models import Notice
from disperin.overview import due_days
from disperin.units.actions import keep_unit
from disperin.units.models import Unit
from tests.factories import RegencyFactory, UserFactory, some_letters

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 3, 10)


@pytest.fixture(autouse=True)
def _a_day_in_march(time_machine):
    time_machine.move_to(datetime.datetime(2026, 3, 10, 2, tzinfo=datetime.UTC))


@pytest.fixture
def verifier():
    return UserFactory(role=Role.VERIFIER)


@pytest.fixture
def officers():
    """One here and one there."""
    return UserFactory(), UserFactory(regency=RegencyFactory(code="63.06"))


def reading(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def paper_of(user, letter):
    answer = reading(user).get(f"/surat-permintaan/{letter.pk}/surat.pdf")
    assert answer["Content-Type"] == "application/pdf"
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())


def an_office(regency, name, *, by, key="kantor", **values):
    return keep_unit(Unit(key=key, regency=regency, name=name, takes_letters=True, **values), by=by)


def test_each_line_is_a_variable_and_what_follows_the_semicolon_its_format():
    text = "Jumlah unit; bilangan\n\n  Nilai investasi ; Rp; tanpa tanah \nNama\n; hanya format"
    assert rules.variables_of(text) == [
        ("Jumlah unit", "bilangan"),
        ("Nilai investasi", "Rp; tanpa tanah"),
        ("Nama", ""),
    ]


def test_a_letter_goes_to_each_regency_that_was_ticked_and_its_officers_are_told(verifier, officers):
    here, there = officers
    page = {
        "regencies": ["63.07", "63.06"], "subject": "Data sentra", "register": "clusters", "written_on": "2026-03-10",
        "variables": "Nama sentra; teks", "due_on": "2026-04-01",
    }  # fmt: skip

    refused = reading(verifier).post("/surat-permintaan/baru/", page | {"due_on": "2026-03-09"})
    kept = reading(verifier).post("/surat-permintaan/baru/", page)

    assert refused.status_code == 400
    assert "Nama sentra; teks" in refused.content.decode()  # nothing typed is lost
    assert kept["Location"] == "/surat-permintaan/"
    letters = {one.regency_id: one for one in DataRequest.objects.all()}
    assert {*letters} == {"63.06", "63.07"}
    assert {one.path for one in Notice.objects.filter(recipient=here)} == {f"/surat-permintaan/{letters['63.07'].pk}/"}
    assert reading(here).get(f"/surat-permintaan/{letters['63.06'].pk}/").status_code == 404
    shown = reading(there).get(f"/surat-permintaan/{letters['63.06'].pk}/").content.decode()
    assert "/usulan/impor/?daftar=clusters" in shown
    assert "daftar=clusters" in paper_of(there, letters["63.06"])


def test_the_paper_goes_to_the_office_by_its_own_name_and_names_nobody_that_was_not_entered(verifier, officers):
    (letter,) = some_letters(officers[0].regency, by=verifier, basis="Undang-Undang Nomor 3 Tahun 2014")
    before = paper_of(verifier, letter)
    an_office(letter.regency, "Dinas Contoh 4711", by=verifier, place="Barabai")
    (named,) = some_letters(officers[0].regency, by=verifier, basis="Undang-Undang Nomor 3 Tahun 2014")
    after = paper_of(verifier, named)

    assert "Dinas Contoh 4711" not in before
    assert letter.regency.name in before
    assert "Dinas Contoh 4711" in after
    assert [one in after for one in ("Jumlah unit usaha", "bilangan bulat", "Tahun 2025", "15 Februari 2026")] == [
        True, True, True, True,
    ]  # fmt: skip
    assert "1. Undang-Undang Nomor 3 Tahun 2014" in after


def test_what_is_not_entered_is_a_line_to_write_on(verifier, officers):
    def lines_of(letter):
        answer = reading(verifier).get(f"/surat-permintaan/{letter.pk}/surat.pdf")
        pages = PdfReader(io.BytesIO(answer.content)).pages
        return sum(page.get_contents().get_data().split().count(b"l") for page in pages)  # drawn strokes

    (without,) = some_letters(officers[0].regency, by=verifier)
    (with_contact,) = some_letters(officers[0].regency, by=verifier, contact="Bidang IKM")
    before = lines_of(with_contact)
    office = an_office(without.regency, "Dinas Contoh", by=verifier)
    for letter in (without, with_contact):
        values = {name: getattr(letter, name) for name in writing.WRITTEN}
        letter.office = actions.revise(letter, {**values, "office": office}, by=verifier).office

    assert "Kontak:" in paper_of(verifier, without)
    assert "Kontak: Bidang IKM" in paper_of(verifier, with_contact)
    assert lines_of(without) > lines_of(with_contact)
    assert before > lines_of(with_contact)


def test_data_that_was_not_sent_stands_among_the_due_days_until_it_came(verifier, officers):
    (letter,) = some_letters(officers[0].regency, by=verifier)

    def told(user):
        return [one.late for one in due_days.items(user, due_days.Asked(kind="data-request"), TODAY, start=0, stop=9)]

    assert (told(officers[0]), told(officers[1]), told(verifier)) == ([23], [], [23])
    assert "Terlambat" in reading(verifier).get("/surat-permintaan/?state=late").content.decode()
    for day in (datetime.date(2026, 3, 11), datetime.date(2026, 1, 14)):
        with pytest.raises(ValidationError):
            actions.note_received(letter, day, by=verifier)
    answer = reading(verifier).post(f"/surat-permintaan/{letter.pk}/", {"received_on": "2026-03-09"})
    assert answer.status_code == 302
    assert told(verifier) == []
    with pytest.raises(NotNow):
        actions.revise(letter, {"due_on": None}, by=verifier)


def test_a_form_that_is_sent_twice_writes_its_letters_once(verifier, officers):
    opened = reading(verifier).get("/surat-permintaan/baru/")
    page = {
        "regencies": ["63.07", "63.06"], "subject": "Data sentra", "register": "clusters", "written_on": "2026-03-10",
        "variables": "Nama sentra; teks", "stamp": opened.context["form"].initial["stamp"],
    }  # fmt: skip
    assert f'value="{page["stamp"]}"' in opened.content.decode()

    answers = [reading(verifier).post("/surat-permintaan/baru/", page) for _time in range(2)]
    assert [one["Location"] for one in answers] == ["/surat-permintaan/"] * 2
    assert (DataRequest.objects.count(), Notice.objects.filter(recipient=officers[0]).count()) == (2, 1)

    reading(verifier).post("/surat-permintaan/baru/", page | {"subject": "Data lain"})  # gone back to, and changed
    assert DataRequest.objects.count() == 4


def test_a_letter_written_in_error_is_withdrawn_and_waits_no_more(verifier, officers):
    (letter,) = some_letters(officers[0].regency, by=verifier)
    path = f"/surat-permintaan/{letter.pk}/"

    assert reading(officers[0]).post(f"{path}cabut/").status_code == 403
    assert reading(officers[1]).post(f"{path}cabut/").status_code == 404
    assert reading(verifier).post(f"{path}cabut/")["Location"] == path

    assert due_days.items(verifier, due_days.Asked(kind="data-request"), TODAY, start=0, stop=9) == []
    assert not DataRequest.objects.waiting().exists()
    told = Notice.objects.filter(recipient=officers[0], read_at=None)
    assert [one.title for one in told] == ["Surat dicabut: Permintaan data IKM"]
    shown = reading(verifier).get(path).content.decode()
    assert "Surat dicabut" in shown  # in the history
    assert f"{path}cabut/" not in shown
    assert "Permintaan data IKM" in reading(verifier).get("/surat-permintaan/?state=withdrawn").content.decode()
    assert "DICABUT" in paper_of(officers[0], letter)
    assert reading(verifier).post(f"{path}cabut/").status_code == 409
    for again in (
        lambda: actions.note_received(letter, TODAY, by=verifier),
        lambda: actions.withdraw(letter, by=verifier),
    ):
        with pytest.raises(NotNow):
            again()


def test_officers_are_told_again_where_what_is_asked_of_them_changes(verifier, officers):
    (letter,) = some_letters(officers[0].regency, by=verifier)
    values = {name: getattr(letter, name) for name in writing.WRITTEN}

    def told(**changed):
        actions.revise(letter, values | changed, by=verifier)
        return Notice.objects.filter(recipient=officers[0]).count()

    assert told(number="500/12/2026", contact="Bidang IKM") == 1
    assert told(due_on=datetime.date(2026, 4, 1)) == 2
    assert told(due_on=datetime.date(2026, 4, 1), variables="Nama") == 3
    assert "1 April 2026" in Notice.objects.filter(recipient=officers[0]).latest("pk").body


def test_its_number_is_entered_later_and_only_the_province_writes(verifier, officers):
    (letter,) = some_letters(officers[0].regency, by=verifier)
    page = reading(verifier).get(f"/surat-permintaan/{letter.pk}/ubah/")
    values = {name: page.context["form"].initial[name] for name in page.context["form"].fields}
    values = {name: value for name, value in values.items() if value is not None} | {"number": "500/12/2026"}

    assert reading(verifier).post(f"/surat-permintaan/{letter.pk}/ubah/", values).status_code == 302
    assert "500/12/2026" in paper_of(officers[0], letter)
    with pytest.raises(Refused):
        some_letters(officers[0].regency, by=officers[0])
    for path in ("/surat-permintaan/baru/", f"/surat-permintaan/{letter.pk}/ubah/"):
        assert reading(officers[0]).post(path, values).status_code == 403


def test_the_list_costs_the_same_for_one_letter_and_for_three(verifier, officers, django_assert_max_num_queries):
    some_letters(officers[0].regency, by=verifier)
    client = reading(verifier)
    client.get("/surat-permintaan/")
    with django_assert_max_num_queries(40) as first:
        client.get("/surat-permintaan/")
    some_letters(officers[0].regency, officers[1].regency, by=verifier)
    with django_assert_max_num_queries(len(first.captured_queries)):
        client.get("/surat-permintaan/")


def test_the_list_offers_the_regencies_by_name(verifier, signed_in):
    regency = RegencyFactory(code="63.07")

    page = signed_in(verifier).get("/surat-permintaan/").text

    assert f'<option value="63.07">{regency.name}</option>' in page


def test_letters_are_sorted_by_their_due_day_and_those_without_one_come_last(verifier, officers, signed_in):
    some = (("Tanpa tenggat", None), ("Nanti", datetime.date(2026, 5, 1)), ("Dulu", datetime.date(2026, 3, 1)))
    for subject, due_on in some:
        some_letters(RegencyFactory(code="63.07"), by=verifier, subject=subject, due_on=due_on)

    def shown(order):
        return [
            row["subject"] for row in signed_in(verifier).get("/surat-permintaan/", {"order": order}).context["rows"]
        ]

    assert shown("due_on") == ["Dulu", "Nanti", "Tanpa tenggat"]
    assert shown("-id") == ["Dulu", "Nanti", "Tanpa tenggat"]
    assert shown("id") == ["Tanpa tenggat", "Nanti", "Dulu"]
    assert signed_in(verifier).get("/surat-permintaan/", {"order": "apa"}).status_code == 400
