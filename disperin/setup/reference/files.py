"""Reading a file of reference data: line by line, and what is wrong is told with file, line and remedy."""

import csv
import datetime
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models

Row = TypeVar("Row", bound=models.Model)


class WrongFile(ValueError):
    """A file that is not what it should be. The text names the file, the line, and what to mend."""


def lines(path: Path, columns: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Each line as (place for messages, values by column). Raises WrongFile for what is no such file."""
    wanted = set(columns.split())
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise WrongFile(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise WrongFile(f"{path} is no text in UTF-8. Save it as “CSV UTF-8”.") from error
    try:
        reader = csv.DictReader(text.splitlines(), strict=True)
        missing = wanted - set(reader.fieldnames or [])
        if missing:
            raise WrongFile(
                f"{path} lacks the columns {', '.join(sorted(missing))}; "
                f"its first line must hold {', '.join(columns.split())}, separated by commas."
            )
        for row in reader:
            place = f"{path}, line {reader.line_num}"
            if None in row or None in row.values():
                raise WrongFile(f"{place}: it has another number of columns than the first line.")
            yield place, {name: value.strip() for name, value in row.items() if name in wanted}
    except csv.Error as error:
        raise WrongFile(f"{path} is no CSV file: {error}.") from error


def checked(row: Row, place: str) -> Row:
    """The row, if its texts fit their columns."""
    try:
        row.clean_fields(exclude=[field.name for field in row._meta.fields if field.is_relation])
    except ValidationError as error:
        raise WrongFile(f"{place}: {'; '.join(error.messages)}") from error
    return row


def number(text: str, place: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise WrongFile(f"{place}: {text!r} is no number.") from None


def day(text: str, place: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        raise WrongFile(f"{place}: {text!r} is no day. Write it as 2026-10-17.") from None


def several(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]
