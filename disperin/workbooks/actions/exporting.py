"""Hand out a register's list as a file: a short one at once, a long one by a job that those who want the same share."""

import datetime
import hashlib
import json
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.history.models import Entry
from disperin.history.models import record as write_history
from disperin.jobs.locks import take_turns
from disperin.jobs.tasks import subjects_of
from disperin.registers.record import directory
from disperin.registers.record.revisions import REFERENCE, losses, revisions_of
from disperin.workbooks.exporting.error_file import rows_to_mend
from disperin.workbooks.exporting.selection import Wanted
from disperin.workbooks.jobs import order_export, write_export
from disperin.workbooks.models import Export, ExportQuerySet, Kind, Making, Workbook

MOST_AT_ONCE = 10_000  # rows of a file that is written while somebody waits
MOST_WAITING = 4  # files of one person, or of all visitors, that are written, or wait for it, at one time
MOST_A_DAY = 20  # long files that one address may have written
MOST_SPACE = 4 * 1024**3  # bytes of all that are kept for visitors


class Busy(Exception):
    """Somebody has to wait for a long file: `status` says whether for others (503) or for their own (429)."""

    def __init__(self, message: str, *, status: int, seconds: int) -> None:
        super().__init__(str(message))
        self.status, self.seconds = status, seconds


@transaction.atomic
def export(wanted: Wanted, kind: str, *, asker: str, aside: bool = False) -> Export | None:
    """Let somebody have a Wanted as a Kind of file; gives the Export that a job writes, None if it may be made at once.

    Who wants the same of the same revision gets the same Export: one person, or all visitors. The history remembers
    whoever takes the inside. `asker` tells visitors apart, such as by their address; with `aside` a job writes even a
    short one. Raises Busy where too many files are being written by jobs, or are kept.
    """
    by = wanted.by if wanted.by.is_authenticated else None
    is_long = wanted.is_longer_than(MOST_AT_ONCE, kind)
    if not by and not is_long and not aside:
        return None
    made = _asked_for(
        by,
        register=wanted.register.slug,
        kind=kind,
        query=wanted.narrowing,
        filters=wanted.filters_in_words,
        state=Making.WRITING if is_long or aside else Making.HANDED,
        total=wanted.records.order_by().count() if by else 0,
    )
    if made.is_writing:
        if is_long and not by:
            made.asker = salted_hmac("exports", asker, algorithm="sha256").hexdigest()
        made, is_new = _shared(made)
    else:
        made.save()
        is_new = True
    if by and is_new:
        details = {"register": made.register, "kind": str(kind), "filter": made.filters, "rows": made.total}
        write_history("export", made, by=by, **details)
    return None if made.state == Making.HANDED else made


@transaction.atomic
def export_errors(workbook: Workbook, *, by: User) -> Export | None:
    """Let somebody have the rows of a workbook that are to be mended; as `export`."""
    if sum(rows[: MOST_AT_ONCE + 1].count() for rows in rows_to_mend(workbook)) <= MOST_AT_ONCE:
        return None
    asked = {"register": workbook.register, "kind": Kind.XLSX, "workbook": workbook, "total": workbook.bad}
    made, _is_new = _shared(_asked_for(by, state=Making.WRITING, **asked))
    return made


def order_idle_exports() -> int:
    """Order the jobs of exports that no job is to write though somebody waits; gives how many."""
    idle = Export.objects.filter(state=Making.WRITING).exclude(pk__in=subjects_of(write_export))
    return len([order_export(export) for export in idle])


def forget_exports(*, now: datetime.datetime | None = None) -> int:
    """Remove exports that are kept no longer, with their files; gives how many. History stays."""
    return forget(Export.objects.exclude(pk__in=Export.objects.kept(now=now).values("pk")))


def forget(exports: ExportQuerySet) -> int:
    """Remove these exports with their files; gives how many."""
    number = 0
    for export in exports.iterator():
        remove_export(export)
        number += 1
    return number


def remove_export(export: Export) -> None:
    """An export goes with its file."""
    path = export.path
    export.delete()
    if path:
        transaction.on_commit(lambda: default_storage.delete(path))


def _asked_for(by: User | None, **what: Any) -> Export:
    """An Export that is not stored yet, of somebody (None: visitors) in the language that they read."""
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    return Export(asked_by=by, reach=(by and by.regency_id) or "", language=language, **what)


def _shared(made: Export) -> tuple[Export, bool]:
    """`(the Export that holds the same as this long one, False)`; where there is none this one, being written, True."""
    made.key = _key(made)
    take_turns("exports")
    if same := Export.objects.kept().shared().filter(key=made.key).first():
        return same, False
    _refuse_too_many(made)
    made.save()
    order_export(made)
    return made, True


def _key(made: Export) -> str:
    """What tells one long file from another: whose it is, what it holds, in which language, and as of what."""
    what: list[Any] = [made.register, made.kind, made.query, made.language]
    if made.workbook:  # every deed that changes its rows stands in the history
        what += [str(made.workbook_id), Entry.objects.about(made.workbook).values_list("pk", flat=True).first()]
    public = (register.slug for register in directory.public_registers())
    revisions = revisions_of([REFERENCE, made.register, *public])
    parts = [made.asked_by_id, made.reach, *what, settings.RELEASE, str(timezone.localdate()), revisions, losses()]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _refuse_too_many(made: Export) -> None:
    """Raises Busy where this person, this visitor, or visitors in all, have too many long files written or kept."""
    of_them = Export.objects.kept().filter(asked_by=made.asked_by)
    writing = of_them.filter(state=Making.WRITING)
    if made.asked_by:
        if writing.count() >= MOST_WAITING:
            text = _("Several long files that you asked for are still being written. Ask again when they are there.")
            raise Busy(text, status=429, seconds=30)
        return
    mine, of_visitors = of_them.filter(asker=made.asker), Export.objects.filter(asked_by=None)
    if made.asker and writing.filter(asker=made.asker).exists():
        text = _("A long file that was asked for from your network is still being written. Ask again when it is there.")
        raise Busy(text, status=429, seconds=30)
    if made.asker and mine.count() >= MOST_A_DAY:
        text = _("Many long files were asked for from your network today. Narrow the list, or come back tomorrow.")
        raise Busy(text, status=429, seconds=60 * 60)
    if writing.count() >= MOST_WAITING:
        text = _("Many long files are being written just now. Try again in a minute, or narrow the list.")
        raise Busy(text, status=503, seconds=60)
    if of_visitors.aggregate(bytes=Sum("size", default=0))["bytes"] >= MOST_SPACE:
        text = _("There is no room for another long file today. Narrow the list, or come back tomorrow.")
        raise Busy(text, status=503, seconds=60 * 60)
