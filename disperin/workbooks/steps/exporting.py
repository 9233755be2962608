"""A long export: its file is written aside, then laid into the storage, so that nobody ever gets half of one."""

import tempfile

from django.core.files import File
from django.core.files.storage import default_storage
from django.http import QueryDict

from disperin.workbooks.models import Export, Making
from disperin.workbooks.wanted import Wanted
from disperin.workbooks.writing import Writer


def keep_export(export):
    """Write the workbook of an Export, telling how far it is, and keep it for its owner."""
    mine = Export.objects.filter(pk=export.pk)
    wanted = Wanted(export.target, QueryDict(export.query), by=export.asked_by)
    writer = Writer(export.target, by=export.asked_by, about=wanted.about())
    with tempfile.TemporaryFile() as file:
        writer.write_xlsx(wanted.records, file, tell=lambda rows: mine.update(done=rows))
        file.seek(0)
        path = f"exports/{export.pk.hex}.{export.kind}"
        default_storage.delete(path)  # of an attempt that was cut off just before it was told
        path = default_storage.save(path, File(file))
    if not mine.update(state=Making.READY, path=path, done=export.total):  # forgotten meanwhile
        default_storage.delete(path)
