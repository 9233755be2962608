"""Take a file in: it is kept privately until the job has read it."""

import hashlib
import re
import unicodedata
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.formats import localize
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.desk.refusals import Refused
from disperin.history.models import record as write_history
from disperin.jobs.tasks import subjects_of
from disperin.regions.models import Regency
from disperin.regions.reach import reaches
from disperin.registers.record.directory import Register
from disperin.registers.values.identity import hide_personal_numbers
from disperin.submissions.batches.actions import check_stock
from disperin.submissions.models.stock import Stock
from disperin.workbooks.jobs import work_on
from disperin.workbooks.models import WORKING, State, Workbook


def send(
    register: Register,
    regency: Regency | None,
    file: File,
    *,
    by: User,
    stock: Stock | None = None,
    purpose: str = "",
    along: Callable[[Workbook], object] = lambda _workbook: None,
) -> Workbook:
    """Keep a file (a Django File) with rows for a register and a regency, and have it read; gives the Workbook.

    `stock` (a Stock) says that the rows come from an older system. With a `purpose` they are judged by whoever has that
    name (`importing/purposes.py`), also those of the whole province (`regency` is None); `along` stores what belongs to
    the workbook in the same transaction. Raises Refused (no right to propose there),
    ValidationError at "file" (empty, too large), and as `check_stock`. Everything else that may be wrong with it is
    found by the job, and told by the workbook's state.
    """
    if not by.can_propose:
        raise Refused(_("Your role reads; it does not propose."))
    name = _clean_name(file.name or "")
    workbook = Workbook(register=register.slug, regency=regency, sent_by=by, name=name, purpose=purpose)
    if not reaches(by, workbook):
        raise Refused(_("This lies outside your reach."))
    if stock:
        check_stock(stock, by=by)
        workbook.older_system, workbook.extracted_on = stock.system, stock.extracted_on
    workbook.spans_regencies = by.sees_all  # who can propose everywhere: its rows may lie in any
    check_size(file.size)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    workbook.size, workbook.content_hash = file.size, digest.hexdigest()
    workbook.language = (get_language() or settings.LANGUAGE_CODE)[:2]
    file.seek(0)
    workbook.path = default_storage.save(f"workbooks/{workbook.pk.hex}", file)
    try:
        with transaction.atomic():
            workbook.save()
            along(workbook)
            details = stock.as_detail() if stock else {}
            write_history("send", workbook, by=by, register=register.slug, **details)
            begin(workbook)
    except BaseException:
        default_storage.delete(workbook.path)
        raise
    return workbook


def begin(workbook: Workbook) -> None:
    """Have the job look at the workbook once this transaction is through."""
    work_on.enqueue(str(workbook.pk))


def checked_again(workbook: Workbook) -> Workbook:
    """Have the job look at the rows without outcome once more."""
    workbook.state, workbook.attempts = State.CHECKING, 0
    workbook.save(update_fields=["state", "attempts"])
    begin(workbook)
    return workbook


def order_idle() -> int:
    """Order the jobs of workbooks that no job is to look at though one is needed; gives how many."""
    working = Workbook.objects.filter(state__in=WORKING).exclude(pk__in=subjects_of(work_on))
    idle = list(working.only("pk"))
    for workbook in idle:
        begin(workbook)
    return len(idle)


def check_size(size: int) -> None:
    """Raises ValidationError at "file" for one that is empty or too large."""
    limit = settings.WORKBOOK_LIMIT
    if not size:
        raise ValidationError({"file": ValidationError(_("This file is empty. Choose it again."), "empty")})
    if size > limit:
        text = _("This file has %(size)s MB; at most %(limit)s MB are accepted. Split it into several files.")
        params = {"size": localize(round(size / 1024 / 1024, 1)), "limit": round(limit / 1024 / 1024)}
        raise ValidationError({"file": ValidationError(text, "too_large", params)})


def _clean_name(name: str) -> str:
    """The name to show: no path, no control or direction marks, no personal number, no colon, which names no file."""
    name = unicodedata.normalize("NFC", str(name or "")).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in name)
    name = re.sub(r"\s+", " ", name).strip()
    return hide_personal_numbers(name.replace(":", "_"))[:200] or "–"
