"""A file of the sample: an officer's list with good rows, bad ones, and one that may be a record already there."""

import csv
import io

from django.core.files.base import ContentFile

from disperin.accounts.models import User
from disperin.registers.record import directory
from disperin.setup.sample.makers import Workshop
from disperin.workbooks.actions import send
from disperin.workbooks.jobs import work_on
from industries.models import Establishment

HEADINGS = {
    "name": "Nama usaha",
    "legal_form": "Bentuk badan usaha",
    "branch": "Cabang industri",
    "kbli": "KBLI 2020",
    "nib": "NIB",
    "owner_name": "Pemilik",
    "district": "Kecamatan",
    "village": "Desa/kelurahan",
    "workers_male": "Tenaga kerja laki-laki",
    "workers_female": "Tenaga kerja perempuan",
}


def create(workshop: Workshop, records: list[Establishment], cast: dict[str, User]) -> int:
    """Send the list of the home regency and have it checked; gives how many files."""
    home = next((regency for regency in workshop.regencies if regency.pk == workshop.sample.home), None)
    if home is None:
        return 0
    rows = [workshop.values(home) for _row in range(14)]
    rows[3]["name"], rows[6]["nib"], rows[9]["village"] = "", "12345", "Desa yang tidak ada"
    likeness = next((record for record in records if record.regency_id == home.pk and not record.nib), None)
    if likeness:
        rows[11] |= {"name": f"{likeness.name}a", "nib": ""}
    written = io.StringIO()
    file = csv.writer(written, delimiter=";")
    file.writerow(HEADINGS.values())
    for row in rows:
        file.writerow(str(row.get(name) or "").removeprefix("2020-") for name in HEADINGS)
    content = ContentFile(written.getvalue().encode(), "daftar-ikm-contoh.csv")
    workbook = send(directory.get("establishments"), home, content, by=cast[f"petugas.{home.plain_code}"])
    work_on.func(str(workbook.pk))
    return 1
