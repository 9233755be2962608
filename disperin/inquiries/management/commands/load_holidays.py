"""`manage.py load_holidays FILE`: the holidays of a year from a CSV file with the columns day, name and basis."""

import csv
import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError

from disperin.inquiries.actions import load_holidays
from disperin.inquiries.models import Holiday

COLUMNS = ["day", "name", "basis"]


class Command(BaseCommand):
    help = "Loads holidays (columns day as YYYY-MM-DD, name, basis). Loading a file again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        holidays = _read(file)
        changed = load_holidays(holidays)
        self.stdout.write(f"{len(holidays)} holidays, {changed} new or changed.")


def _read(file: Path) -> list[Holiday]:
    """The rows as `Holiday`s; raises CommandError that names the line and what to mend."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            rows = list(csv.DictReader(opened))
    except (OSError, UnicodeError, csv.Error) as error:
        raise CommandError(f"{file} cannot be read: {error}") from error
    if not rows or list(rows[0]) != COLUMNS:
        raise CommandError(f"{file}: the first line must be {','.join(COLUMNS)}, and rows must follow.")
    return [_holiday(file, line, row) for line, row in enumerate(rows, start=2)]


def _holiday(file: Path, line: int, row: Mapping[str, str | None]) -> Holiday:
    try:
        texts = {name: (row[name] or "").strip() for name in ("name", "basis")}
        holiday = Holiday(day=datetime.date.fromisoformat((row["day"] or "").strip()), **texts)
        holiday.clean_fields()
    except (ValueError, ValidationError) as error:
        why = "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        raise CommandError(f"{file}, line {line}: {why}") from error
    return holiday
