"""`manage.py restore`: an archive of `manage.py backup` back into an empty portal (docs/how-to/back-up.md)."""

from pathlib import Path
from typing import Any

from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError

from disperin.backups import tables
from disperin.backups.archive import Archive
from disperin.backups.encryption import keys_in
from disperin.backups.errors import BackupError
from disperin.backups.places import place_of
from disperin.backups.restoring import restore


class Command(BaseCommand):
    help = "Restores an archive into an empty database and an empty folder of files; it never overwrites."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", help="an archive in a folder, or s3://bucket/prefix/archive")
        parser.add_argument("--key", type=Path, metavar="FILE", help="the file with the secret key (age)")
        parser.add_argument("--check", action="store_true", help="only read it and say whether it is whole")

    def handle(self, *args: Any, archive: str, key: Path | None, check: bool, **options: Any) -> None:
        folder, slash, name = archive.rpartition("/")
        try:
            keys = keys_in(key) if key else []
            with place_of(folder or slash or ".").reading(name) as file:
                backup = Archive(file, archive, keys)
                facts = backup.check() if check else restore(backup)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from None
        rows = sum(table_facts["rows"] for table_facts in facts["tables"].values())
        done = "Whole" if check else "Restored"
        self.stdout.write(f"{done}: {rows} rows and {facts['files']} files of {facts['taken_at']}.")
        for missing in facts["missing"]:
            self.stdout.write(f"Was missing already: {missing}")
        if not check:
            self._say_what_follows()

    def _say_what_follows(self) -> None:
        newer = "The code is newer than the backup. " if tables.lacking() else ""
        self.stdout.write(
            f"{newer}Run `manage.py migrate` and `manage.py createcachetable`, set RELEASE to a name that was never "
            "used, so that no browser takes an older page for the new one, and start the portal."
        )
