"""Restoring overwrites nothing; what stands in the way, and what was missing, is said and shows in the exit code."""

import gzip
import io
import json
import tarfile
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from disperin.accounts.models import User
from disperin.backups import archive, tables
from disperin.notices.models import Notice
from disperin.regions.models import Regency
from disperin.workbooks.models import Export
from tests.backups.commands import backed_up
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def why_refused(command, *args):
    with pytest.raises(CommandError) as refused:
        call_command(command, *map(str, args))
    return refused.value


def changed(path, folder, change):
    """An archive with another manifest, whole all the same."""
    with tarfile.open(path) as tar:
        members = {one.name: tar.extractfile(one).read() for one in tar}
    facts = json.loads(members.pop(archive.MANIFEST))
    change(facts)
    del facts["parts"]
    other = folder / "other.tar.gz"
    with other.open("wb") as file, archive.writing(file, []) as parts:
        for name, content in members.items():
            parts.add(name, io.BytesIO(content), len(content))
        parts.end(facts)
    return other


def test_restoring_overwrites_neither_rows_nor_files(officer, folder, empty_portal):
    taken = backed_up(folder)

    assert "holds data (accounts_user). Restoring never overwrites" in str(why_refused("restore", taken))
    with empty_portal() as media:
        (media / "attachments").mkdir()
        (media / "attachments" / "foto.webp").write_bytes(b"kept")

        said = str(why_refused("restore", taken))

        assert f"{media} holds files" in said
        assert (media / "attachments" / "foto.webp").read_bytes() == b"kept"
        assert not User.objects.exists()


def test_a_damaged_archive_is_refused_before_anything_is_written(officer, folder, empty_portal):
    default_storage.save("exports/uji.xlsx", ContentFile(b"PK"))
    Export.objects.create(register="establishments", kind="xlsx", asked_by=officer, total=1, path="exports/uji.xlsx")
    whole = backed_up(folder)
    broken = folder / "broken.tar.gz"
    content = gzip.decompress(Path(whole).read_bytes())
    broken.write_bytes(gzip.compress(content.replace(b"PK", b"KP", 1)))

    with empty_portal() as media:
        for check in ((), ("--check",)):
            assert "Nothing was written" in str(why_refused("restore", broken, *check))

        assert (User.objects.count(), list(media.rglob("*"))) == (0, [])


def test_checking_reads_and_writes_nothing(officer, folder, capsys):
    call_command("restore", backed_up(folder), "--check")

    assert capsys.readouterr().out.startswith("Whole: ")


def test_a_backup_of_a_newer_release_is_refused_by_older_code(officer, folder, empty_portal):
    newer = changed(backed_up(folder), folder, lambda facts: facts["migrations"].append(["industries", "9999_later"]))

    with empty_portal():
        said = str(why_refused("restore", newer))

        assert "industries.9999_later is not known here" in said
        assert not User.objects.exists()


def migrate(to):
    """Take the notices to one of the migrations that were squashed; None: to before their first."""
    executor = MigrationExecutor(connection)
    if to:
        executor.loader = MigrationLoader(connection, replace_migrations=False)
    executor.migrate([("notices", to)])


@pytest.mark.thorough
def test_a_backup_of_an_older_release_is_restored_as_it_was_and_then_migrated(
    folder, empty_portal, monkeypatch, capsys
):
    """The tables of then are made first; a database that is further already is not taken back."""
    with empty_portal(), monkeypatch.context() as then:
        migrate("0001_initial")
        UserFactory(username="dahulu")
        then.setattr(tables, "lacking", lambda: [])  # the code of then knew no more
        taken = backed_up(folder)

    with empty_portal():
        assert "tables of a newer release than the backup (notices.0002" in str(why_refused("restore", taken))
        migrate(None)
        call_command("restore", taken)

        assert "The code is newer than the backup. Run `manage.py migrate`" in capsys.readouterr().out
        assert tables.lacking()[0] == "notices.0002_notices_that_go_by_mail"
        migrate("0002_notices_that_go_by_mail")
        assert (User.objects.get().username, Notice.objects.count()) == ("dahulu", 0)


def test_rows_that_the_database_refuses_are_not_shown_and_nothing_stays(officer, folder, empty_portal):
    default_storage.save("exports/uji.xlsx", ContentFile(b"PK"))
    Export.objects.create(register="establishments", kind="xlsx", asked_by=officer, total=1, path="exports/uji.xlsx")
    taken = backed_up(folder)

    with empty_portal() as media:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE accounts_user ADD CONSTRAINT nobody CHECK (username = '')")
        said = str(why_refused("restore", taken))

        assert "23514 accounts_user nobody" in said
        assert officer.username not in said
        assert not Regency.objects.exists()
        assert [path for path in media.rglob("*") if path.is_file()] == []


def test_files_that_are_gone_are_named_and_then_nothing_older_is_removed(officer, folder, empty_portal, capsys):
    first = backed_up(folder)
    for name in ("exports/ada.xlsx", "exports/hilang.xlsx"):
        default_storage.save(name, ContentFile(b"PK"))
        Export.objects.create(register="establishments", kind="xlsx", asked_by=officer, total=1, path=name)
    default_storage.delete("exports/hilang.xlsx")
    older = folder / "portal-20200101T000000Z.tar.gz"
    Path(first).rename(older)

    refused = why_refused("backup", folder, "--keep", "1")

    (taken,) = set(folder.iterdir()) - {older}
    assert refused.returncode == 3
    assert "exports/hilang.xlsx" in str(refused)
    assert "exports/ada.xlsx" not in str(refused)
    with empty_portal() as media:
        capsys.readouterr()
        call_command("restore", str(taken))
        assert "Was missing already: exports/hilang.xlsx" in capsys.readouterr().out
        assert [path.name for path in media.rglob("*.xlsx")] == ["ada.xlsx"]


def test_old_archives_go_once_the_new_one_is_whole_and_other_files_stay(folder, monkeypatch):
    old = [f"portal-2026010{day}T000000Z.tar.gz{ending}" for day, ending in ((1, ""), (2, ".age"), (3, ""))]
    for name in (*old, "notes.txt", "portal-20260101T000000Z.tar.gz.part"):
        (folder / name).write_bytes(b"x")

    with monkeypatch.context() as broken:
        broken.setattr(tables, "sequences", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            call_command("backup", str(folder), "--keep", "2")
    assert {path.name for path in folder.iterdir()} >= set(old)
    taken = backed_up(folder, "--keep", "2")

    assert {path.name for path in folder.iterdir()} == {
        taken.rpartition("/")[2],
        old[2],
        "notes.txt",
        "portal-20260101T000000Z.tar.gz.part",
    }


def test_rows_of_one_moment_are_kept_though_others_go_on_writing(folder, empty_portal, monkeypatch):
    """While the first table is read, somebody adds a person and removes another."""
    kept, real = UserFactory(username="ada").username, tables.sequences

    def meanwhile():
        other = connection.copy()
        try:
            with other.cursor() as cursor:
                cursor.execute("UPDATE accounts_user SET username = 'lain'")
        finally:
            other.close()
        return real()

    monkeypatch.setattr(tables, "sequences", meanwhile)
    taken = backed_up(folder)

    assert User.objects.get().username == "lain"
    with empty_portal():
        call_command("restore", taken)
        assert User.objects.get().username == kept


def test_a_database_of_another_release_is_not_backed_up(folder, monkeypatch):
    for lacking, unknown in ((["industries.0099_later"], []), ([], ["knox.0009_gone"])):
        monkeypatch.setattr(tables, "lacking", lambda lacking=lacking: lacking)
        monkeypatch.setattr(tables, "unknown_to_us", lambda _applied, unknown=unknown: unknown)

        assert (lacking + unknown)[0] in str(why_refused("backup", folder))
        assert list(folder.iterdir()) == []


def test_what_is_asked_wrongly_is_said(settings, folder):
    settings.BACKUP_TO, settings.BACKUP_RECIPIENTS = "", ""
    assert "BACKUP_TO" in str(why_refused("backup"))
    assert "at least 1" in str(why_refused("backup", folder, "--keep", "0"))
    assert "mounted" in str(why_refused("backup", folder / "none"))
    assert "No such file" in str(why_refused("restore", folder / "none.tar.gz"))
    settings.BACKUP_RECIPIENTS = "age1nonsense"
    assert "BACKUP_RECIPIENTS" in str(why_refused("backup", folder))
    assert list(folder.iterdir()) == []


def test_a_table_of_somebody_else_is_left_out_and_named(folder, empty_portal, capsys):
    with empty_portal():
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE notes_of_the_office (line text)")
        call_command("backup", str(folder))

    assert "Left out: the table notes_of_the_office" in capsys.readouterr().out
