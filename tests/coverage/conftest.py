"""Bringing a list and having it compared at once."""

import datetime
from types import SimpleNamespace

import pytest
from django.core.files import File

from disperin.coverage import actions
from disperin.coverage.models import OutsideList
from disperin.regions.models import Regency
from disperin.workbooks.actions import confirm
from tests.factories import RegencyFactory, an_establishment
from tests.workbooks.made_files import an_xlsx

LISTED = datetime.date(2026, 1, 31)
NIBS = SimpleNamespace(ayu="1203000100001", budi="1203000100002", there="1203000100003", new="1203000100009")
HEAD = [
    ["DAFTAR AKUN SIINAS"],
    ["Provinsi Kalimantan Selatan"],
    [],
    ["No", "Nama Perusahaan", "Legalitas", None, "Tempat", None, "NIK"],
    [None, None, "NIB", "Akun SIINas", "Kabupaten", "Desa", None],
]
NIK = "6307014506850001"
ROWS = [
    [1, "Ayu Sasirangan", NIBS.ayu, "akun-1", "63.07", None, NIK],
    [2, "Bengkel Rahmat Jaya", NIBS.budi, "akun-2", "63.07", None, NIK],  # another name under the NIB
    [3, "Kilang Tepian", NIBS.there, "akun-3", "63.07", None, NIK],  # here it lies in another regency
    [4, "Dapur Baru Sekali", NIBS.new, "akun-4", "63.07", None, NIK],
    [5, "Dapur Baru Sekali", NIBS.new, "akun-4", "63.07", None, NIK],  # said before
    [6, "Citra Anyaman", None, "akun-6", "63.07", "63.07.01.2001", NIK],
    [7, None, "12", None, "63.07", None, NIK],  # by this nothing can be found
]


@pytest.fixture(scope="module")
def makers(once):
    """Those that the list is about, one that it lacks, and one beyond the regency that it covers."""

    def publish():
        RegencyFactory(code="63.06")
        return SimpleNamespace(
            ayu=an_establishment(name="Ayu Sasirangan", nib=NIBS.ayu),
            budi=an_establishment(name="Budi Mebel", nib=NIBS.budi),
            citra=an_establishment(name="Citra Anyaman"),
            there=an_establishment(name="Kilang Tepian", nib=NIBS.there, regency="63.06"),
            lacking=an_establishment(name="Dewi Kerupuk"),
            elsewhere=an_establishment(name="Eka Tenun", regency="63.06"),
        )

    return once(publish)


@pytest.fixture
def bring(tmp_path, django_capture_on_commit_callbacks):
    """Brings rows as a list, under headings of two rows, and gives the OutsideList as the job leaves it."""

    def bring_it(by, rows, *, kind="siinas", regency="63.07", head=HEAD, **told):
        path = an_xlsx(tmp_path / "daftar.xlsx", ("Daftar", [*head, *rows]))
        place = Regency.objects.get(pk=regency) if regency else None
        with path.open("rb") as file, django_capture_on_commit_callbacks(execute=True):
            told = {"listed_on": LISTED, "source": "Surat Pusdatin 12/2026", **told}
            made = actions.bring(kind, File(file, path.name), regency=place, by=by, **told)
        return OutsideList.objects.select_related("workbook").get(pk=made.pk)

    return bring_it


@pytest.fixture
def again(django_capture_on_commit_callbacks):
    """Has a list compared again, and gives it as the job leaves it."""

    def compare(outside_list, *, by):
        with django_capture_on_commit_callbacks(execute=True):
            actions.compare_again(outside_list, by=by)
        return OutsideList.objects.get(pk=outside_list.pk)

    return compare


@pytest.fixture
def done_confirming(django_capture_on_commit_callbacks):
    """Says what some columns of a list are: `{place: name}`."""

    def confirm_them(outside_list, columns, *, by):
        mapping = [{**told, "part": "", "columns": told["columns"] | columns} for told in outside_list.workbook.mapping]
        with django_capture_on_commit_callbacks(execute=True):
            confirm(outside_list.workbook, mapping, by=by)

    return confirm_them
