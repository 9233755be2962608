"""`manage.py load_holidays FILE`: the holidays of a year from a CSV file with the columns day, name and basis."""

import csv
import datetime
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from disperin.inquiries.actions import load_holidays
from disperin.inquiries.models import Holiday

COLUMNS = ["day", "name", "basis"]


class Command(BaseCommand):
    help = "Loads holidays (columns day as YYYY-MM-DD, name, basis). Loading a file again changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *args, file, **options):
        holidays = _read(file)
        changed = load_holidays(holidays)
        self.stdout.write(f"{len(holidays)} holidays, {changed} new or changed.")


def _read(file):
    """The rows as `Holiday`s; raises CommandError that names the line and what to mend."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            rows = list(csv.DictReader(opened))
    except (OSError, UnicodeError, csv.Error) as error:
        raise CommandError(f"{file} cannot be read: {error}") from error
    if not rows or list(rows[0]) != COLUMNS:
        raise CommandError(f"{file}: the first line must be {','.join(COLUMNS)}, and rows must follow.")
    return [_holiday(file, line, row) for line, row in enumerate(rows, start=2)]


def _holiday(file, line, row):
    try:
        texts = {name: (row[name] or "").strip() for name in ("name", "basis")}
        holiday = Holiday(day=datetime.date.fromisoformat((row["day"] or "").strip()), **texts)
        holiday.clean_fields()
    except (ValueError, ValidationError) as error:
        told = "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        raise CommandError(f"{file}, line {line}: {told}") from error
    return holiday
