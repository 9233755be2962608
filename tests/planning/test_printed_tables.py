"""Printed tables of plans: the usual columns, what the office lays down instead, and each programme once."""

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from disperin.accounts.models import Role
from disperin.planning import actions
from disperin.planning.models import TableLayout
from disperin.planning.rules import layouts
from tests.factories import UserFactory, an_establishment, an_indicator
from tests.planning.plans import AGREEMENT, KEY, RENSTRA, page, reading, realised, sheet_of

pytestmark = pytest.mark.django_db


def test_printed_tables_hold_what_was_entered_in_the_usual_columns_and_nothing_else():
    more = {"goal": "Tujuan A", "objective": "Sasaran A", "code": "1.2"}
    first = {**RENSTRA, "year": 2025, "value": 50, "funds": 1_000_000}
    an_indicator(
        targets=[first, {**RENSTRA, "funds": 2_000_000}, AGREEMENT, KEY],
        realisations=[realised("tahun", 40, 2025, spent=900_000), realised("tw1", 60, hindering="Cuaca")],
        **more,
    )
    an_indicator(name="Ekspor", kind="struktur_ekonomi", level="gambaran")
    head = UserFactory(role=Role.HEAD)
    review = sheet_of(head, "/perencanaan/cetak/tc23.xlsx?tahun=2025")
    assert review[0][:7] == [
        "No", "Indikator", "Target NSPK", "Target IKK", "Target indikator lainnya", "Target Renstra 2025",
        "Target Renstra 2026",
    ]  # fmt: skip
    told = dict(zip(review[0], review[1], strict=True))
    assert (told["Target Renstra 2025"], told["Realisasi 2025"], told["Rasio 2025 (%)"]) == (50, 40, 80)
    assert (told["Target Renstra 2026"], told["Target Renstra 2027"], told["Target NSPK"]) == (100, "", "")
    assert "Ekspor" not in str(review)
    planned = sheet_of(head, "/perencanaan/cetak/tc27.xlsx?tahun=2026")  # without 2025: the years do not add up to it
    told = dict(zip(planned[0], planned[1], strict=True))
    assert (told["Rp 2026"], told["Kondisi akhir: Rp seluruh Renstra"]) == (2_000_000, 3_000_000)
    evaluated = sheet_of(head, "/perencanaan/cetak/evaluasi.xlsx?tahun=2026")
    told = dict(zip(evaluated[0], evaluated[1], strict=True))
    assert (told["TW I: K"], told["TW II: K"], told["Target 2026: K"], told["Capaian (%)"]) == (60, "", 80, 75)
    assert (told["Target Renstra: Rp"], told["Realisasi s.d. tahun lalu: Rp"]) == (3_000_000, 900_000)
    assert (told["Target Renstra: tahun"], told["Target Renstra: K"], told["Realisasi 2026: K"]) == ("2026", 100, 60)
    agreed = sheet_of(head, "/perencanaan/cetak/pk.xlsx?tahun=2026")
    assert agreed[1] == [1, "Sasaran A", "Jumlah pembuat sasirangan", "unit", 80]
    achieved = sheet_of(head, "/perencanaan/cetak/lkjip.xlsx?tahun=2026")
    told = dict(zip(achieved[0], achieved[1], strict=True))
    assert (told["Realisasi 2025"], told["Realisasi 2024"], told["Faktor penghambat"]) == (40, "", "Cuaca")
    for kind in layouts.USUAL:
        answer = reading(head).get(f"/perencanaan/cetak/{kind}.pdf?tahun=2026")
        assert answer["Content-Type"] == "application/pdf", kind
    assert "T-C.23" in page(head, "/perencanaan/cetak/")
    assert {reading(head).get(f"/perencanaan/cetak/{one}").status_code for one in ("tc99.pdf", "tc23.doc")} == {404}
    assert Client().get("/perencanaan/cetak/tc23.xlsx").status_code == 302


def test_what_is_counted_of_a_running_quarter_says_so_in_the_evaluation():
    head = UserFactory(role=Role.HEAD)
    an_establishment(branch="pangan")
    plain = {"level": "outcome_program", "programme_code": "3.31.02", "programme": "P", "targets": [RENSTRA]}
    an_indicator(counts="/industri/?branch=pangan", **plain)
    with time_machine.travel("2026-11-20T08:00:00+08:00", tick=False):
        heading, row, *_more = sheet_of(head, "/perencanaan/cetak/evaluasi.xlsx?tahun=2026")
        achieved = sheet_of(head, "/perencanaan/cetak/tc23.xlsx?tahun=2026")
    told = {name: cell for name, cell in zip(heading, row, strict=True) if cell}
    so_far = "1 (berjalan, per 20 November 2026)"
    assert {name: cell for name, cell in told.items() if name.startswith("TW ")} == {"TW IV: K": so_far}
    assert (told["Capaian 2026: K"], told["Realisasi 2026: K"]) == (so_far, so_far)
    assert told["Capaian (%)"] == told["Capaian Renstra (%)"] == so_far
    ratios = dict(zip(*achieved[:2], strict=True))
    assert (ratios["Realisasi 2026"], ratios["Rasio 2026 (%)"], ratios["Realisasi 2027"]) == (so_far, so_far, "")


def test_the_evaluation_of_the_first_year_tells_the_year_before():
    an_indicator(realisations=[realised("tahun", 33, 2024)])
    rows = sheet_of(UserFactory(role=Role.HEAD), "/perencanaan/cetak/evaluasi.xlsx?tahun=2025")
    assert dict(zip(rows[0], rows[1], strict=True))["Realisasi tahun lalu: K"] == 33


def test_tables_of_programmes_print_each_programme_and_its_money_once():
    plain = {"level": "outcome_program", "programme_code": "3.31.02", "programme": "Perencanaan industri"}
    for name, funds, spent in (("A", 500, 200), ("B", 500, 300), ("C", 700, None)):
        target = {**AGREEMENT, "funds": funds, "document_on": "2026-06-01" if name == "C" else "2026-01-20"}
        an_indicator(
            **{**plain, "programme": "Perizinan" if name == "C" else plain["programme"]},
            name=name,
            targets=[target],
            realisations=[realised("tw1", 1, spent=spent)] if spent else [],
        )
    admin = UserFactory(role=Role.ADMINISTRATOR)
    agreed = sheet_of(admin, "/perencanaan/cetak/pk_program.xlsx?tahun=2026")
    assert agreed[1:3] == [[1, "3.31.02", "Perencanaan industri", 500], [2, "3.31.02", "Perizinan", 700]]
    told = sheet_of(admin, "/perencanaan/cetak/lkjip_anggaran.xlsx?tahun=2026")
    assert told[1:3] == [[1, "3.31.02", "Perencanaan industri", 500, 300, 60], [2, "3.31.02", "Perizinan", 700, "", ""]]
    columns = "Program = program\nIndikator = indikator\nTarget = target"
    actions.keep_layout(TableLayout(key="e", kind="pk_program", title="T", columns=columns), by=admin)
    other = sheet_of(admin, "/perencanaan/cetak/pk_program.xlsx?tahun=2026")
    assert other[1:3] == [["Perencanaan industri", "A; B", 80], ["Perizinan", "C", 80]]


def test_the_office_lays_down_other_columns_and_a_wrong_one_is_named():
    an_indicator(targets=[RENSTRA])
    admin = UserFactory(role=Role.ADMINISTRATOR)
    plain = {"key": "edaran", "kind": "tc23", "title": "Tabel {tahun}"}
    wrong = {
        "Indikator": "Baris 1",
        "Indikator = tidak_ada": "tidak_ada",
        "Target {besok} = target": "besok",
        "": "columns",
    }
    for columns, named in wrong.items():
        with pytest.raises(ValidationError) as refused:
            TableLayout(columns=columns, **plain).full_clean()
        assert named in str(refused.value), columns
    other = TableLayout(columns="Nama = indikator\nTarget {tahun_2} = target_2\nAkhir = target_akhir", **plain)
    other.full_clean()
    actions.keep_layout(other, by=admin)
    rows = sheet_of(admin, "/perencanaan/cetak/tc23.xlsx?tahun=2025")
    assert rows[:2] == [["Nama", "Target 2026", "Akhir"], ["Jumlah pembuat sasirangan", 100, "100 (2026)"]]
    with pytest.raises(ValidationError):
        TableLayout(columns="Nama = indikator", **plain | {"key": "lain"}).full_clean()


def test_a_file_of_a_year_that_is_none_is_refused_and_not_that_of_another_year():
    head = reading(UserFactory(role=Role.HEAD))
    for wrong in ("1999", "2031", "abc", "99999999999"):
        for path in ("cetak/tc23.xlsx", "cetak/tc23.pdf", "cetak/lkjip.xlsx", "capaian.csv"):
            answer = head.get(f"/perencanaan/{path}?tahun={wrong}")
            assert (answer.status_code, "<p>Tahun: " in answer.text) == (400, True), (path, wrong)
    assert "1999 terlalu kecil" in head.get("/perencanaan/cetak/tc23.xlsx?tahun=1999").text
    assert head.get("/perencanaan/cetak/tc23.xlsx").status_code == 200
    for query in ("level=apa", "tahun=2026&kind=apa"):
        assert head.get(f"/perencanaan/capaian.csv?{query}").status_code == 400, query
