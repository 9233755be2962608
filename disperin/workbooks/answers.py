"""What pages and API answer with a file: a list at once or by a job, the bad rows of a file, a template to fill in."""

import datetime
import io
import tempfile
from threading import BoundedSemaphore
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.regions.models import Regency
from disperin.registers.lists import as_of
from disperin.registers.lists.addresses import ASKS_APART
from disperin.registers.record import past
from disperin.registers.record.directory import Register
from disperin.workbooks import actions
from disperin.workbooks.exporting.error_file import write_errors
from disperin.workbooks.exporting.keeping import write
from disperin.workbooks.exporting.selection import Wanted
from disperin.workbooks.exporting.writing import Writer
from disperin.workbooks.files.sheets import XLSX
from disperin.workbooks.models import WORKING, Export, Kind, State, Workbook
from disperin.workbooks.ranges import in_part
from disperin.workbooks.tables.template import template

TYPES = {Kind.XLSX: XLSX, Kind.CSV: "text/csv; charset=utf-8", Kind.GEOJSON: "application/geo+json"}
METADATA = "csv-metadata.json"  # the kind of what tells of a CSV file, in its address
IN_MEMORY = 2 * 1024 * 1024  # bytes of a file that is being written; a larger one goes to the disk
AT_ONCE = 2  # files that one process writes while somebody waits: half of its threads
_writing = BoundedSemaphore(AT_ONCE)


def exported(wanted: Wanted, kind: Kind, *, asker: str) -> Export | FileResponse:
    """The Export of a file that a job writes, or the answer with one that was written at once. Raises Busy.

    A process writes few at once, so that others still get their pages; what comes meanwhile is left to the job.
    """
    is_free = _writing.acquire(blocking=False)
    try:
        export = actions.export(wanted, kind, asker=asker, aside=not is_free)
        return export or file_answer(wanted, kind)
    finally:
        if is_free:
            _writing.release()


def fetched(request: HttpRequest, export: Export) -> HttpResponseBase:
    """The file that a job has written, or the part of it that was asked for (Range)."""
    file = default_storage.open(export.path)
    name = f"kesalahan-{export.workbook_id.hex[:8]}" if export.workbook_id else _called(export)
    if asked := QueryDict(export.query).get(as_of.PARAMETER):
        name += f"-as-of-{asked}"
    answer = _as_file(file, name, export.kind, export.written_at or export.asked_at)
    answer["X-Robots-Tag"] = "noindex"
    if export.kind == Kind.CSV:
        _describe(answer, Wanted(export.target, QueryDict(export.query), by=AnonymousUser()))
    return in_part(request, answer, file, etag=f'"{export.pk.hex}"')


def file_answer(wanted: Wanted, kind: Kind) -> FileResponse:
    """A file with the records of a Wanted, written to the disk first: whatever fails, nobody gets half of one."""
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 -- the answer closes it
    write(wanted, kind, file)
    file.seek(0)
    asked = past.day()
    name = wanted.apart.slug if wanted.apart else wanted.register.slug
    name += f"-as-of-{asked.isoformat()}" if asked else ""
    answer = _as_file(file, name, kind, timezone.now())
    if kind == Kind.CSV:
        _describe(answer, wanted)
    return answer


def metadata_answer(wanted: Wanted) -> HttpResponse:
    """What the CSV file of a Wanted is: beside it, where the W3C's CSV on the Web looks for it."""
    file = io.BytesIO()
    writer = Writer(wanted.register, by=wanted.by, about=wanted.about())
    writer.write_metadata(file, wanted.file_address(Kind.CSV))
    return HttpResponse(file.getvalue(), content_type="application/csvm+json", headers={"Cache-Control": "no-store"})


def errors_export(workbook: Workbook, *, by: User) -> Export | None:
    """The Export of an error workbook that is long, None for a short one; 404 where there is none. Raises Busy."""
    if not workbook.bad or workbook.forgotten_at or workbook.state in (State.WITHDRAWN, *WORKING):
        raise Http404(_("This file has no rows to mend."))
    return actions.export_errors(workbook, by=by)


def errors_answer(workbook: Workbook) -> FileResponse:
    """The error workbook as a download."""
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 -- the answer closes it
    write_errors(workbook, file)
    file.seek(0)
    answer = FileResponse(file, as_attachment=True, filename=f"kesalahan-{workbook.pk.hex[:8]}.xlsx", content_type=XLSX)
    answer["Cache-Control"] = "private, no-store"
    return answer


def template_answer(register: Register, regency: Regency) -> HttpResponse:
    """The template as a download."""
    answer = HttpResponse(template(register, regency), content_type=XLSX)
    name = slugify(f"{_('template')}-{register.label}-{regency.plain_code}")
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _called(export: Export) -> str:
    """What the file of a list is called: after the register, or after what stands apart of it."""
    apart = export.target.model.apart if QueryDict(export.query).get(ASKS_APART) else None
    return apart.slug if apart else export.register


def _describe(answer: FileResponse, wanted: Wanted) -> None:
    """Say of a CSV file where its metadata stands, where visitors may read it."""
    if wanted.register.model.audience.is_public:
        answer["Link"] = f'<{wanted.file_address(METADATA)}>; rel="describedby"; type="application/csvm+json"'


def _as_file(file: Any, what: str, kind: str, at: datetime.datetime) -> FileResponse:
    name = f"{what}-{timezone.localtime(at):%Y%m%d-%H%M}.{kind}"
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=TYPES[Kind(kind)])
    answer["Cache-Control"] = "private, no-store"
    return answer
