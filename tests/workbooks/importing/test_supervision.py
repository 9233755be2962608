"""What SIPPINDA holds of inspections is imported under its own headings, with its own words for documents."""

import pytest

from disperin.submissions.models import Submission
from disperin.supervision.rules import Checked
from disperin.workbooks import actions
from disperin.workbooks.models import Outcome
from tests.factories import an_establishment

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
