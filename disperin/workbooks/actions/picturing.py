"""Take in pictures beside a file: a ZIP, kept privately until the job has taken those out of it that rows name."""

from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.history.models import record as write_history
from disperin.workbooks.actions.confirming import locked
from disperin.workbooks.actions.sending import check_size, checked_again
from disperin.workbooks.models import Outcome, Workbook
from disperin.workbooks.rights import Step, refuse_unless_open


def add_photos(workbook: Workbook, file: File, *, by: User) -> Workbook:
    """Keep a ZIP (a Django File) of pictures whose names stand in a column of the file; its rows are checked again.

    Raises Refused, NotNow (also where no column names any), and ValidationError at "file" (empty, too large, no ZIP).
    """
    check_size(file.size)
    file.seek(0)
    if file.read(2) != b"PK":
        text = _("This is no ZIP. Put the pictures into one ZIP and send that.")
        raise ValidationError({"file": ValidationError(text, "type")})
    file.seek(0)
    path = default_storage.save(f"workbooks/{uuid4().hex}.zip", file)
    try:
        with transaction.atomic():
            return _ordered(workbook, path, by)
    except BaseException:
        default_storage.delete(path)
        raise


def _ordered(workbook: Workbook, path: str, by: User) -> Workbook:
    workbook = locked(workbook)
    refuse_unless_open(Step.PICTURE, workbook, by)
    workbook.photos_path = path
    workbook.save(update_fields=["photos_path"])
    workbook.rows.filter(part="", proposed=False).exclude(outcome=Outcome.SKIPPED).update(outcome="", candidates=[])
    write_history("picture", workbook, by=by)
    return checked_again(workbook)
