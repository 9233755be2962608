"""`manage.py backup`: rows and files of one moment into one archive (docs/how-to/back-up.md)."""

from collections.abc import Sequence
from typing import Any

import pyrage
from django.conf import settings
from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError

from disperin.backups.archive import Facts
from disperin.backups.encryption import recipients_of
from disperin.backups.errors import BackupError
from disperin.backups.places import place_of
from disperin.backups.taking import remove_older, take

FILES_MISSING = 3  # exit code: the archive is whole, but rows name files that were not there


class Command(BaseCommand):
    help = (
        "Backs up all rows and files of one moment into one archive, encrypted for BACKUP_RECIPIENTS. "
        "Exit code 1: there is no new archive. 3: there is one, but files that rows name were missing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("to", nargs="?", help="a folder, or s3://bucket/prefix; else BACKUP_TO")
        parser.add_argument("--keep", type=int, metavar="N", help="then remove all but the newest N archives there")

    def handle(self, *args: Any, to: str | None, keep: int | None, **options: Any) -> None:
        to = to or settings.BACKUP_TO
        if not to:
            raise CommandError("Name a folder or s3://bucket/prefix, here or in BACKUP_TO.")
        if keep is not None and keep < 1:
            raise CommandError("--keep: at least 1 archive must be kept.")
        try:
            place, recipients = place_of(to), recipients_of(settings.BACKUP_RECIPIENTS)
            name, size, facts = take(place, recipients)
            self._tell(to, name, size, facts, recipients)
            if facts["missing"]:
                raise CommandError(self._missing(facts["missing"], keep), returncode=FILES_MISSING)
            for older in remove_older(place, keep) if keep else ():
                self.stdout.write(f"Removed {older}.")
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from None

    def _tell(self, to: str, name: str, size: int, facts: Facts, recipients: Sequence[pyrage.x25519.Recipient]) -> None:
        rows = sum(table_facts["rows"] for table_facts in facts["tables"].values())
        self.stdout.write(f"{to.rstrip('/')}/{name}: {rows} rows, {facts['files']} files, {size / 1024**2:.1f} MB.")
        if not recipients:
            self.stdout.write("It is not encrypted: there is no public key in BACKUP_RECIPIENTS.")
        for table in facts["left_out"]:
            self.stdout.write(f"Left out: the table {table}, which no migration of the portal has made.")

    def _missing(self, names: Sequence[str], keep: int | None) -> str:
        kept = " No older archive was removed: one of them may have them." if keep else ""
        return "\n".join([f"{len(names)} files that rows name were not there:{kept}", *names])
