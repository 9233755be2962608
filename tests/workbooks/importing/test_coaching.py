"""Coaching of clusters from an office's own file: management, facilities and activities, with DAK and its kin."""

import pytest

from disperin.submissions.models import Submission
from disperin.workbooks import actions
from disperin.workbooks.models import Outcome
from industries.rules import SourceOfFunds
from tests.factories import a_cluster

pytestmark = pytest.mark.django_db
HEAD = ["Kunci baris", "Tahun", "Jenis Pembinaan", "Kegiatan", "Sumber Dana", "Nilai", "Hasil"]
ROWS = [
    ["1", 2025, "Pengelolaan", "Pelatihan pengurus sentra", "APBD Kabupaten", "Rp 12.500.000", "Pengurus terbentuk"],
    ["1", 2025, "Sarana", "Rumah produksi", "DAK Fisik", 750_000_000, ""],
    ["1", 2026, "Kegiatan", "Pameran", "DAK Nonfisik", "", ""],
]


def test_coaching_is_read_with_its_kind_and_where_its_money_comes_from(send, done, officer):
    cluster = a_cluster(name="Sentra Purun")
    book = send(
        officer,
        (("Sentra", [["Kunci baris", "Nomor register"], ["1", cluster.number]]), ("Pembinaan", [HEAD, *ROWS])),
        register="clusters",
    )

    assert list(book.rows.filter(outcome=Outcome.BAD).values_list("part", "number", "errors")) == []
    book = done(actions.submit, book, by=officer, acknowledged=True)
    (submission,) = Submission.objects.filter(batch=book.batch)
    told = [
        (row["year"], row["kind"], row["what"], row["funds"], row["value"]) for row in submission.values["coaching"]
    ]
    assert told == [
        (2025, "pengelolaan", "Pelatihan pengurus sentra", SourceOfFunds.REGENCY.value, 12_500_000),
        (2025, "sarana", "Rumah produksi", "dak_fisik", 750_000_000),
        (2026, "kegiatan", "Pameran", "dak_nonfisik", None),
    ]
