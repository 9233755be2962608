"""What is kept of files is removed after its time: rows hold personal data, and their work is done."""

import datetime
from collections.abc import Sequence

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from disperin.attachments import storage
from disperin.desk.refusals import NotNow
from disperin.notices.actions import tell
from disperin.registers.models import Record
from disperin.registers.record.directory import Register
from disperin.submissions.models import Submission
from disperin.workbooks.actions.exporting import forget
from disperin.workbooks.importing.photos import remove_photos
from disperin.workbooks.importing.purposes import all_purposes
from disperin.workbooks.importing.taking_in import remove_file
from disperin.workbooks.models import WORKING, Export, Workbook


def forget_old(*, now: datetime.datetime | None = None) -> int:
    """Remove the rows of files sent more than `WORKBOOK_KEPT_DAYS` ago; gives how many files. Counts stay."""
    now = now or timezone.now()
    limit = now - datetime.timedelta(days=settings.WORKBOOK_KEPT_DAYS)
    old = Workbook.objects.filter(sent_at__lt=limit, forgotten_at__isnull=True).exclude(state__in=WORKING)
    return sum(_forget(workbook, now) for workbook in old.iterator())


def forget_record(register: Register, record: Record, submissions: Sequence[Submission]) -> None:
    """Remove, before their time, all rows of every file that names a record or says that a row is like it.

    `submissions` are those of the record that came from files. Whoever sent such a file is told. Raises NotNow while a
    job works on one.
    """
    batches = {submission.batch_id for submission in submissions}
    named = Q(rows__record_id=record.pk) | Q(batch__in=batches) | Q(earlier_batches__in=batches)
    for column in ("candidates", "errors", "warnings"):  # what a row is told to be like
        named |= Q(**{f"rows__{column}__icontains": record.number})
    kept = Workbook.objects.filter(register=register.slug, forgotten_at__isnull=True)
    workbooks = Workbook.objects.filter(pk__in=kept.filter(named).values("pk")).order_by("pk")
    for workbook in workbooks.select_for_update(of=["self"]).select_related("sent_by"):
        if workbook.state in WORKING:
            raise NotNow(_("A job works on a file that names this record just now. Wait until it is done."))
        _forget(workbook, timezone.now())
        _tell(workbook, record)
    for purpose in all_purposes():
        purpose.forget(register, record)


def forget_lists() -> None:
    """Remove every list that was made as a file and is kept: any may name what is called after a record."""
    forget(Export.objects.filter(workbook=None))


def _tell(workbook: Workbook, record: Record) -> None:
    """Tell who sent a file that its rows are gone; its name is not repeated: it may be a person's."""
    with override(workbook.sent_by.language):
        values = {"number": record.number}
        title = _("Rows of your file removed: personal data of %(number)s were erased") % values
        body = _("All rows of the file are gone. Send those that were not submitted yet again, without these data.")
        tell(workbook.sent_by, title=title, body=body, path=workbook.get_absolute_url())


def _forget(workbook: Workbook, now: datetime.datetime) -> int:
    workbook.rows.all().delete()
    workbook.photos.all().delete()
    forget(workbook.exports.all())
    remove_files(workbook)
    return Workbook.objects.filter(pk=workbook.pk).update(forgotten_at=now, sheets=[], mapping=[])


def remove_files(workbook: Workbook) -> None:
    """Remove the file that was sent and the ZIP beside it, should they not be read yet."""
    remove_file(workbook)
    remove_photos(workbook)


def remove_strays() -> int:
    """Remove files that no workbook or export has, of writing that was cut off; gives how many."""
    known = {
        "workbooks": {name for names in Workbook.objects.values_list("path", "photos_path") for name in names if name},
        "exports": set(Export.objects.exclude(path="").values_list("path", flat=True)),
    }
    return sum(storage.remove_strays(folder, names) for folder, names in known.items())
