"""A round leaves the portal as a ZIP: what is in it, under which names, for whom, and that the history knows."""

import csv
import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from disperin.attachments import actions as files
from disperin.attachments.models import Attachment
from disperin.history.models import Entry
from disperin.regions.models import Regency
from ovop.models import AwardRound
from ovop.papers.bundle import safe_cell
from tests.factories import a_nomination, an_administrator, an_establishment

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def exported(client, key="2024"):
    """The ZIP of a round, read to its end."""
    answer = client.post(reverse("ovop:round-export", args=[key]))
    assert (answer.status_code, answer["Content-Type"], answer.streaming) == (200, "application/zip", True)
    return zipfile.ZipFile(io.BytesIO(answer.getvalue()))


def rows_of(archive):
    text = archive.read("daftar-usulan.csv").decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def a_scan(name="surat.pdf"):
    return files.upload(
        ContentFile(PDF, name), kind="document", regency=Regency.objects.get(pk="63.07"), by=an_administrator()
    )


def a_nomination_with_papers(**values):
    maker = an_establishment(products=[{"name": "Kain / sasirangan: ../warna"}])
    papers = [
        {"item": "nib", "file": str(a_scan("../../etc/passwd").pk)},
        {"item": "sk_sentra", "file": str(a_scan().pk)},
    ]
    return a_nomination(establishment=maker, papers=[*papers, {"item": "halal", "number": "tanpa pindaian"}], **values)


def test_the_list_comes_with_the_papers_in_the_order_of_the_portal(officer, signed_in):
    nomination = a_nomination_with_papers()

    archive = exported(signed_in(officer))

    folder = f"{nomination.number}-kain-sasirangan-warna"
    assert archive.namelist() == ["daftar-usulan.csv", f"{folder}/01-sk_sentra.pdf", f"{folder}/02-nib.pdf"]
    assert archive.read(f"{folder}/02-nib.pdf") == PDF
    assert archive.testzip() is None
    header, row = rows_of(archive)
    assert header[0] == "Nomor register"
    assert (row[0], row[-1]) == (nomination.number, f"{folder}/01-sk_sentra.pdf | {folder}/02-nib.pdf")


def test_an_officer_gets_the_own_regency_and_the_province_all(officer, verifier, signed_in):
    here, there = a_nomination(), a_nomination(regency="63.06")
    a_nomination(round="2022", name="Lain")

    assert [row[0] for row in rows_of(exported(signed_in(officer)))[1:]] == [here.number]
    assert [row[0] for row in rows_of(exported(signed_in(verifier)))[1:]] == [there.number, here.number]


def test_the_history_of_the_round_knows_who_took_it(officer, signed_in):
    a_nomination()

    exported(signed_in(officer))

    entry = Entry.objects.about(AwardRound.objects.get(pk="2024")).get()
    assert (entry.verb, entry.actor, entry.detail) == ("export_round", officer, {"nominations": 1})


@pytest.mark.parametrize("text", ["=1+1", "+62", "-2", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_taken_for_a_formula(text, officer, signed_in):
    assert safe_cell(text) == f"'{text}"
    a_nomination(uniqueness=f"{text}")

    (row,) = rows_of(exported(signed_in(officer)))[1:]

    assert row[5].startswith("'") or row[5] == text.strip() == "x"


def test_plain_cells_stay_as_they_are():
    assert [safe_cell(value) for value in ("Kain", "1-2", 3, None, "")] == ["Kain", "1-2", "3", "", ""]


def test_a_missing_file_is_named_and_the_rest_is_there(officer, signed_in):
    nomination = a_nomination_with_papers()
    default_storage.delete(Attachment.objects.get(name="surat.pdf").file.name)

    archive = exported(signed_in(officer))

    missing = f"{nomination.number}-kain-sasirangan-warna/01-sk_sentra.pdf"
    assert archive.read("berkas-hilang.txt").decode() == f"{missing}\n"
    assert len(archive.namelist()) == 3


@pytest.mark.parametrize("key", ["1999", "\x00", "a" * 300])
def test_an_unknown_round_is_not_found(officer, signed_in, key):
    assert signed_in(officer).post(reverse("ovop:round-export", args=[key])).status_code == 404


def test_an_empty_round_is_an_empty_list(officer, signed_in):
    a_nomination(round="2022")

    assert len(rows_of(exported(signed_in(officer)))) == 1
