"""`manage.py load_reference`: regions, KBLI classes, commodities and halal duties; may be run again and again."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError

from disperin.regions.guard import foreign_province
from disperin.setup import reference


class Command(BaseCommand):
    help = "Loads regions, KBLI and other reference data. Running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kbli", type=Path, metavar="FILE", help="load only this file, in the columns of kbli.csv")
        parser.add_argument(
            "--kbli-version", type=int, metavar="YEAR", help="the KBLI that the file holds, such as 2025"
        )

    def handle(self, *args: Any, kbli: Path | None, kbli_version: int | None, **options: Any) -> None:
        if (kbli is None) != (kbli_version is None):
            raise CommandError("--kbli and --kbli-version go together: a file, and the year of the KBLI that it holds.")
        if kbli_version is not None and not 1900 <= kbli_version <= 2999:
            raise CommandError(f"--kbli-version {kbli_version} is no year. Name one such as 2025.")
        if fault := foreign_province():
            raise CommandError(fault)
        try:
            if kbli is None or kbli_version is None:
                loaded = reference.load_all(Path(settings.REFERENCE_DATA), settings.PROVINCE.folder)
            else:
                loaded = reference.load_kbli(kbli, kbli_version)
        except reference.WrongFile as error:
            raise CommandError(str(error)) from error
        for table in loaded:
            # numbers and English words: this is read by whoever sets the portal up, not by the office
            name = table.model._meta.model_name
            self.stdout.write(f"    {table.rows:5} {name:14} {table.changed:5} new or changed")
