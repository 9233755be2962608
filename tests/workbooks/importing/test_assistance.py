"""Forty beneficiaries from one Excel file: known by number, NIB, or name and village, within the regency alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disperin.assistance.models import Beneficiary
from disperin.registers.record import directory
from disperin.submissions.models import Submission
from disperin.workbooks import actions
from disperin.workbooks.importing.judging import Bench
from disperin.workbooks.models import Outcome
from disperin.workbooks.tables.options import Options, options_of
from industries.forms.maker import MakerReference
from industries.models import Establishment
from tests.factories import an_establishment

pytestmark = pytest.mark.django_db
HEAD = ["Kunci baris", "Nama kegiatan atau penyerahan", "Jenis", "Tahun", "Dana", "Penyelenggara", "Status"]
EVENT = [
    "A1",
    "Bantuan mesin jahit",
    "Mesin dan peralatan",
    2026,
    "APBD Kabupaten",
    "Dinas Perindustrian",
    "Direncanakan",
]
ROWS = ["Kunci baris", "Penerima", "Laki-laki", "Perempuan"]


@pytest.fixture(scope="module")
def makers(once):
    def make():
        made = [an_establishment(name=f"Perajin {number:02}") for number in range(1, 39)]
        nib = an_establishment(name="Dapur Ulin", nib="9120304857261")
        twin = an_establishment(name="Kembar Sari")
        there = an_establishment(name="Jauh Sekali", regency="63.06", nib="9120304857262")
        return made, nib, twin, there

    return once(make)


def beneficiaries(makers):
    made, nib, twin, _there = makers
    known = [*(one.number for one in made[:10]), *(one.name for one in made[10:]), nib.nib]
    known.append(f"{twin.name}, Desa {twin.village.name}")
    return [["A1", one, 1, 2] for one in known]


def test_forty_beneficiaries_enter_by_number_nib_and_name(makers, send, done, officer):
    rows = beneficiaries(makers)
    workbook = send(officer, (("Bantuan", [HEAD, EVENT]), ("Penerima manfaat", [ROWS, *rows])), register="assistance")

    assert len(rows) == 40
    assert list(workbook.rows.filter(outcome=Outcome.BAD).values_list("number", "errors")) == []
    workbook = done(actions.submit, workbook, by=officer, acknowledged=True)
    (submission,) = Submission.objects.filter(batch=workbook.batch)
    assert len(submission.values["beneficiaries"]) == 40
    assert {row["establishment"] for row in submission.values["beneficiaries"]} >= {makers[1].number, makers[2].number}


def test_many_makers_ask_the_database_no_more_than_one_what_their_words_mean(makers):
    made, nib, twin, _there = makers
    field = MakerReference(Establishment.objects.all())
    field.within = nib.regency_id
    names = [one.name for one in made[:3]]
    villages = [f"{one.name}, Desa {one.village.name}" for one in (*made[3:5], twin)]

    def asked(number):
        options = Options(field, dict)
        texts = [*names[:number], *villages[:number], nib.nib]
        with CaptureQueriesContext(connection) as queries:
            options.look_up(texts)
            assert all(len(options.find(text)) == 1 for text in texts)
        return len(queries)

    assert asked(1) == asked(3) <= 3


def test_rows_that_name_their_makers_cost_as_many_queries_for_three_as_for_one(makers, send, officer):
    made, nib, _twin, there = makers

    def asked(number):
        rows = [[one.name, "2026-03-10"] for one in made[:number]]
        workbook = send(officer, [["Unit usaha", "Tanggal rencana"], *rows], register="inspections")
        assert (workbook.new, workbook.bad) == (number, 0), list(workbook.rows.values_list("errors", flat=True))
        held = list(workbook.rows.filter(part="").order_by("position"))
        bench = Bench(workbook, by=officer)
        with CaptureQueriesContext(connection) as queries:
            bench.judge(held)
        return len(queries)

    assert asked(1) == asked(3)


@pytest.mark.parametrize(
    ("register", "name"),
    [
        ("inspections", "establishment"),
        ("awards", "establishment"),
        ("partnerships", "supplier"),
        ("partnerships", "buyer"),
    ],
)
def test_a_maker_beyond_the_first_suggestions_is_known_by_name_and_nib(makers, monkeypatch, register, name):
    monkeypatch.setattr("industries.forms.maker.MOST_SUGGESTED", 1)
    made, nib, _twin, there = makers
    options = options_of(directory.get(register), regency="63.07")[""]

    assert options[name].find(made[20].name) == [made[20].number]
    assert options[name].find(nib.nib) == [nib.number]
    assert options[name].find(there.nib) == []
    assert options[name].find(there.number) == [there.number]


def test_what_is_not_known_or_not_clear_is_named_with_the_remedy(makers, send, officer):
    there = makers[3]
    same = [an_establishment(name="Dua Serupa") for _again in range(2)]
    unknown = ["Tidak Ada Usaha Ini", there.name, there.nib, "Dua Serupa"]
    rows = [[f"B{at}", one, 1, 1] for at, one in enumerate(unknown)]
    events = [[f"B{at}", f"Kegiatan {at}", *EVENT[2:]] for at in range(len(unknown))]
    workbook = send(officer, (("Bantuan", [HEAD, *events]), ("Penerima manfaat", [ROWS, *rows])), register="assistance")
    told = [str(row.errors) for row in workbook.rows.filter(part="").order_by("position")]

    assert [len(told), workbook.rows.filter(part="", outcome=Outcome.BAD).count()] == [4, 4]
    assert all(
        "yang dikenal sebagai" in text for text in told[:3]
    )  # also what lies elsewhere: it is not told that it does
    assert there.number not in "".join(told)
    assert all(one.number in told[3] for one in same)
    assert not Beneficiary.objects.exists()
