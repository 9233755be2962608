"""The drill: work in the portal, back it up, lose it all, restore it, and find every row and every file again."""

import datetime
import hashlib
import time
from io import BytesIO

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.files import File
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from PIL import Image

from disperin.attachments import actions as attachments
from disperin.attachments.models import Attachment
from disperin.closes.actions import close_quarter
from disperin.duplicates import actions as duplicates
from disperin.registers.dated.quarters import Quarter
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.workbooks import actions as workbooks
from disperin.workbooks.actions import exporting
from disperin.workbooks.models import Export, Workbook
from industries.models import Establishment
from tests.backups.commands import backed_up
from tests.factories import an_establishment, establishment_values
from tests.working import work

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
SHIPPED = {"BACKEND": "django_tasks_db.DatabaseBackend"}  # nobody works until we do


@pytest.fixture
def lived_in(officer, verifier, signed_in, monkeypatch, settings):
    """A portal in which people have worked: a file of rows is still to be read, an export lies ready."""
    settings.TASKS = {"default": SHIPPED}
    picture = BytesIO()
    Image.new("RGB", (900, 700), "green").save(picture, "JPEG")
    photo = attachments.upload(
        File(BytesIO(picture.getvalue()), "foto.jpg"), kind="photo", regency=officer.regency, by=officer
    )
    attachments.upload(File(BytesIO(PDF), "NIB.pdf"), kind="document", regency=officer.regency, by=officer)
    keep = an_establishment(name='Dodol "Mawar" \\N', photo=str(photo.pk), products=[{"name": "Dodol"}])
    drop = an_establishment(name="Mawar Dodol", products=[{"name": "Dodol"}, {"name": "Wajik"}])
    duplicates.merge(directory.get("establishments"), keep, drop, by=verifier)
    actions.draft(directory.get("establishments"), establishment_values(name="Draf"), by=officer)
    monkeypatch.setattr(exporting, "MOST_AT_ONCE", 0)
    signed_in(officer).post("/unduh/establishments.xlsx")
    work()
    workbooks.send(
        directory.get("establishments"), officer.regency, File(BytesIO(b"Nama usaha\nAnyar\n"), "ikm.csv"), by=officer
    )
    close_quarter(Quarter.last_over(timezone.localdate()), by=verifier)
    secret = generate_totp_secret()
    TOTP.activate(verifier, secret)
    return secret


def tables():
    """`{table: hash of all its rows}`, and where each sequence stands."""
    names = connection.introspection.table_names()
    asked = " UNION ALL ".join(
        f"SELECT '{name}', md5(string_agg(r::text, chr(10) ORDER BY r::text)) FROM \"{name}\" r"  # noqa: S608 - our own tables
        for name in names
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        rows = dict(cursor.fetchall())
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences")
        return rows, dict(cursor.fetchall())


def files(folder):
    """`{name: hash}` of all files below a folder."""
    return {
        path.relative_to(folder): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
def test_what_was_backed_up_is_restored_row_by_row_and_file_by_file(
    lived_in, empty_portal, folder, s3, keys, settings, verifier
):
    public, key = keys
    rows, kept = tables(), files(settings.MEDIA_ROOT)
    assert {path.parts[0] for path in kept} == {"attachments", "exports", "workbooks"}

    for to, recipients, options in ((folder, "", ()), ("s3://safe/portal", public, ("--key", str(key)))):
        settings.BACKUP_RECIPIENTS = recipients
        archive = backed_up(to)
        with empty_portal() as media:
            call_command("restore", archive, *options)

            assert tables() == rows
            assert files(media) == kept
            call_command("verify_closes")
            the_portal_answers(lived_in, settings)
            life_goes_on(settings)


def the_portal_answers(secret, settings):
    """Pages, photographs, and signing in with the second factor of before."""
    visitor, keep = Client(), Establishment.objects.get(closed_on=None)
    photo = Attachment.objects.get(kind="photo")
    assert photo.photo_url(480) in visitor.get(f"/industri/{keep.number}/").content.decode()
    assert b"".join(visitor.get(photo.photo_url(480))).startswith(b"RIFF")
    settings.REQUIRE_SECOND_FACTOR = True
    with time_machine.travel(datetime.datetime.now(datetime.UTC), tick=False):  # a code counts for half a minute
        asked = visitor.post("/masuk/", {"login": "verifikator1", "password": "banua-demo"})
        visitor.post(asked.url, {"code": format_hotp_value(hotp_value(secret, int(time.time()) // 30))})
    assert visitor.get("/akun/").status_code == 200


def life_goes_on(settings):
    """Sequences and numbers go on, versions are kept again, and the job that waited is done."""
    last = Establishment.objects.latest("pk")
    new = an_establishment(name="Sasirangan Baru", products=[{"name": "Kain"}])
    assert (new.pk > last.pk, new.number > last.number) == (True, True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM industries_productevent WHERE establishment_id = %s", [new.pk])
        assert cursor.fetchone() == (1,)
    work()
    assert Workbook.objects.get().path == ""
    assert Export.objects.get().is_ready
