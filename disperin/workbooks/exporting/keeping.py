"""A list as a file. A long one is written aside, then laid into the storage: nobody ever gets half of it."""

import io
import tempfile
from collections.abc import Callable
from typing import IO

from django.contrib.auth.models import AnonymousUser
from django.core.files import File
from django.core.files.storage import default_storage
from django.http import QueryDict
from django.utils import timezone

from disperin.registers.lists import as_of
from disperin.registers.record import revisions
from disperin.workbooks.exporting import chosen_columns
from disperin.workbooks.exporting.error_file import write_errors
from disperin.workbooks.exporting.selection import Wanted
from disperin.workbooks.exporting.writing import Tell, Writer
from disperin.workbooks.models import Export, Kind, Making


def write(wanted: Wanted, kind: str, target: IO[bytes], *, tell: Tell = lambda rows: None) -> None:
    """Write the records of a Wanted to a binary file, as a Kind; `tell` hears now and then how many are written."""
    writer = Writer(wanted.register, by=wanted.by, about=wanted.about())
    if kind == Kind.GEOJSON:
        writer.write_geojson(wanted.records, target, outline=wanted.outline, tell=tell)
    elif wanted.columns is not None:
        chosen_columns.write(writer, wanted.columns, wanted.records, kind, target)
    elif kind == Kind.CSV:
        writer.write_csv(wanted.records, target)
    else:
        writer.write_xlsx(wanted.records, target, tell=tell)


def _write(export: Export, file: IO[bytes], *, tell: Callable[..., object]) -> int:
    """Write what an Export holds, `tell`ing how many rows are `done` of the `total`, which it gives."""
    if export.workbook:
        write_errors(export.workbook, file, tell=lambda rows: tell(done=rows))
        return export.total
    query = QueryDict(export.query)
    with as_of.reading(query):
        wanted = Wanted(export.target, query, by=export.asked_by or AnonymousUser())
        total = wanted.records.order_by().count()
        tell(total=total)
        write(wanted, export.kind, file, tell=lambda rows: tell(done=rows))
    return total


def keep_export(export: Export) -> None:
    """Write the file of an Export, as of now, telling how far it is, and keep it for whoever asked."""
    mine = Export.objects.filter(pk=export.pk)
    losses, written_at = revisions.losses(), timezone.now()  # before a row is read
    with tempfile.TemporaryFile() as file:
        total = _write(export, file, tell=lambda **progress: mine.update(**progress))
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        path = f"exports/{export.pk.hex}.{export.kind}"
        default_storage.delete(path)  # of an attempt that was cut off just before it was told
        path = default_storage.save(path, File(file))
    values = {"path": path, "size": size, "done": total, "written_at": written_at, "losses": losses}
    if not mine.update(state=Making.READY, **values):  # forgotten meanwhile
        default_storage.delete(path)
