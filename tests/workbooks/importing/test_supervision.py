"""What SIPPINDA holds of inspections is imported under its own headings, with its own words for documents."""

import pytest

from disperin.submissions.models import Submission
from disperin.supervision.rules import Checked
from disperin.workbooks import actions
from disperin.workbooks.models import Outcome
from tests.factories import an_establishment, an_inspection

pytestmark = pytest.mark.django_db
HEAD = [
    "Kunci baris",
    "Nama Perusahaan",
    "Rencana",
    "Tgl Pengawasan",
    "Petugas Pengawas",
    "Hasil Kunjungan",
    "Nomor BA",
]
ROW = ["1", "PT Contoh Banua", "10-01-2026", "12-01-2026", "Tim pengawas", "Pabrik berjalan.", "530/12/BA"]
DOCUMENTS = {  # as SIPPINDA calls them
    "KKPR": Checked.KKPR,
    "Persetujuan Lingkungan": Checked.ENVIRONMENT,
    "SLF": Checked.SLF,
    "PBG": Checked.PBG,
    "NIB": Checked.NIB,
    "NPWP (sesuai domisili)": Checked.NPWP,
    "Perizinan usaha sektor industri/Sertifikat Standar": Checked.STANDARD,
    "Sertifikat Halal": Checked.HALAL,
    "TKDN": Checked.TKDN,
    "SNI": Checked.SNI,
    "ISO": Checked.ISO,
    "Sertifikat Industri Hijau": Checked.GREEN,
    "Pelaporan SIINas": Checked.REPORTS,
    "Kepemilikan akun SIINas": Checked.ACCOUNT,
    "Kesesuaian kegiatan usaha dgn perizinan": Checked.ACTIVITY,
    "Kesesuaian fasilitas & kapasitas": Checked.CAPACITY,
    "IUI": Checked.IUI,
    "Izin Perluasan": Checked.IUI_EXPANSION,
    "IUKI": Checked.IUKI,
    "IPKI": Checked.IPKI,
    "Izin edar (BPOM)": Checked.BPOM,
}


def test_each_document_of_sippinda_is_known_by_its_own_words(send, done, officer):
    an_establishment(name="PT Contoh Banua")
    answers = ["Ada", "Tidak ada", "Tidak wajib"]
    documents = [
        ["1", name, answers[at % 3], f"503/{at}" if at % 3 == 0 else "", "31-12-2028" if at % 3 == 0 else ""]
        for at, name in enumerate(DOCUMENTS)
    ]
    heading = ["Kunci baris", "Jenis Dokumen", "Status Dokumen", "Nomor Dokumen", "Masa Berlaku"]
    book = send(officer, (("Pengawasan", [HEAD, ROW]), ("Dokumen", [heading, *documents])), register="inspections")

    assert list(book.rows.filter(outcome=Outcome.BAD).values_list("part", "number", "errors")) == []
    book = done(actions.submit, book, by=officer, acknowledged=True)
    (submission,) = Submission.objects.filter(batch=book.batch)
    assert [row["kind"] for row in submission.values["documents"]] == [kind.value for kind in DOCUMENTS.values()]
    assert {row["answer"] for row in submission.values["documents"]} == {"ada", "tidak", "tidak_wajib"}
    assert submission.values["documents"][0]["number"] == "503/0"
    assert submission.values["documents"][0]["valid_until"] == "2028-12-31"
    assert (submission.values["planned_on"], submission.values["visited_on"]) == ("2026-01-10", "2026-01-12")
    assert submission.values["inspectors"] == "Tim pengawas"
    assert submission.values["minutes_number"] == "530/12/BA"


WIDE = ["No", "Nama Perusahaan", "Rencana", "Tgl Pengawasan", "Petugas Pengawas"]


def wide(*firms):
    """A sheet with a line for each firm and a column for each document, as SIPPINDA lists them."""
    named = [name for name in DOCUMENTS if name != "NIB"]
    rows = [
        [at, firm, "10-01-2026", "12-01-2026", "Tim", *(answers.get(DOCUMENTS[name], "") for name in named)]
        for at, (firm, answers) in enumerate(firms, start=1)
    ]
    return [["REKAP PENGAWASAN"], [*WIDE, *named], *rows]


def checked(submission):
    return {row["kind"]: row["answer"] for row in submission.values["documents"]}


def test_a_column_for_each_document_becomes_its_lines(send, done, officer):
    for name in ("PT Contoh Banua", "CV Ulin"):
        an_establishment(name=name)
    every = dict.fromkeys(DOCUMENTS.values(), "Ada")
    some = {Checked.SLF: " tdk ada", Checked.PBG: "Tidak Wajib", Checked.HALAL: "Belum", Checked.SNI: "ya"}

    book = send(officer, wide(("PT Contoh Banua", every), ("CV Ulin", some)), register="inspections")

    assert list(book.rows.filter(outcome=Outcome.BAD).values_list("number", "errors")) == []
    book = done(actions.submit, book, by=officer, acknowledged=True)
    first, second = Submission.objects.filter(batch=book.batch).order_by("pk")
    assert checked(first) == {kind.value: "ada" for kind in DOCUMENTS.values() if kind != Checked.NIB}
    assert checked(second) == {"slf": "tidak", "pbg": "tidak_wajib", "halal": "tidak", "sni": "ada"}


def test_what_is_no_answer_is_told_at_the_cell_of_its_document(send, officer):
    an_establishment(name="CV Ulin")

    book = send(officer, wide(("CV Ulin", {Checked.SLF: "Ada", Checked.PBG: "503/1/2024"})), register="inspections")

    (row,) = book.rows.filter(outcome=Outcome.BAD)
    assert [error["path"] for error in row.errors] == ["documents.answer=pbg"]
    assert "503/1/2024" in str(row.errors)


def test_a_column_of_a_document_changes_its_line_and_leaves_the_others(send, done, officer):
    documents = [{"kind": "slf", "answer": "tidak"}, {"kind": "pbg", "answer": "ada", "number": "PBG/7"}]
    made = an_inspection(name="CV Ulin", visited_on="2026-01-12", inspectors="Tim", documents=documents)
    rows = [["Nomor register", "Petugas Pengawas", "SLF", "PBG", "KKPR"], [made.number, "Tim", "Ada", "Ada", "Ada"]]

    book = done(actions.submit, send(officer, rows, register="inspections"), by=officer, acknowledged=True)

    (change,) = Submission.objects.filter(batch=book.batch)
    told = {row["kind"]: (row["answer"], row["number"]) for row in change.values["documents"]}
    assert told == {"slf": ("ada", ""), "pbg": ("ada", "PBG/7"), "kkpr": ("ada", "")}


def test_what_a_document_cannot_be_is_told_on_the_page_of_the_file(send, officer, signed_in):
    documents = [{"kind": "pbg", "answer": "ada", "number": "PBG/7"}]
    made = an_inspection(name="CV Ulin", visited_on="2026-01-12", inspectors="Tim", documents=documents)
    rows = [["Nomor register", "Petugas Pengawas", "PBG"], [made.number, "Tim", "Tidak ada"]]

    book = send(officer, rows, register="inspections")
    page = signed_in(officer).get(f"/usulan/impor/{book.pk}/").content.decode()

    assert book.rows.get().outcome == Outcome.BAD
    assert "Hanya yang ada" in page
