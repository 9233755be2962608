"""Confirm what the columns of a file are; it is remembered for the next file of the regency."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.attachments.forms import AttachmentField
from disperin.history.models import record as write_history
from disperin.jobs.locks import take_turns
from disperin.registers.values.kept_texts import unfit_texts
from disperin.workbooks.actions.sending import begin
from disperin.workbooks.files.cells import fit_to_keep
from disperin.workbooks.models import KnownHeading, Mapped, Outcome, State, Workbook
from disperin.workbooks.rights import Step, refuse_unless_open
from disperin.workbooks.tables.added import columns_of_file
from disperin.workbooks.tables.columns import ERRORS, NOT_READ, field_and_version, tables
from disperin.workbooks.tables.headings import remembered_as
from disperin.workbooks.tables.joined import JOINED, is_joined, joinable, settled
from disperin.workbooks.tables.options import options_of
from disperin.workbooks.tables.refusing import NotUnderstood
from disperin.workbooks.tables.understanding import Reader

LONGEST = 1_000  # characters of what is given to all rows


@transaction.atomic
def confirm(workbook: Workbook, mapping: list[Mapped], *, by: User) -> Workbook:
    """Say of each sheet which table it holds and of each column what it is; then every row is checked (again).

    `mapping` is as `Workbook.mapping`, one entry a sheet; a column that is not to be read says so (`#none`), and what
    its `same` says of fields goes for all rows. Raises Refused, NotNow, and ValidationError by
    "sheets.<place>.<column>" and "sheets.<place>.same.<field>".
    """
    workbook = locked(workbook)
    refuse_unless_open(Step.CONFIRM, workbook, by)
    mapping = [
        {**mapped, "columns": settled(columns_of_file(sheet, mapped))}
        for sheet, mapped in zip(workbook.sheets, mapping, strict=True)
    ]
    mapping = [mapped if mapped["part"] is not None else _unread(workbook, mapped) for mapped in mapping]
    _check(workbook, mapping)
    headings = list(_headings(workbook, mapping))
    if workbook.regency_id is None:  # the key of a heading does not tell that two of no regency are one
        take_turns("headings", workbook.register)
        known = KnownHeading.objects.filter(regency=None, register=workbook.register)
        for part in {heading.part for heading in headings}:
            known.filter(
                part=part, heading__in={heading.heading for heading in headings if heading.part == part}
            ).delete()
    KnownHeading.objects.bulk_create(
        headings,
        update_conflicts=True,
        unique_fields=["regency", "register", "part", "heading"],
        update_fields=["column", "times"],
    )
    workbook.rows.update(outcome="", part=None, choice={})
    workbook.mapping, workbook.state, workbook.attempts = mapping, State.CHECKING, 0
    for name in ("read", "done", "total", "warned", *Outcome.values):
        setattr(workbook, name, 0)
    workbook.save()
    write_history("confirm", workbook, by=by)
    begin(workbook)
    return workbook


def locked(workbook: Workbook) -> Workbook:
    """The workbook as it is now, held until the end of the transaction."""
    workbooks = Workbook.objects.select_for_update(of=["self"]).select_related("sent_by", "regency", "batch")
    return workbooks.get(pk=workbook.pk)


def _unread(workbook: Workbook, mapped: Mapped) -> Mapped:
    """What is kept of a sheet that is not read, and so is not checked: which of our columns its own are, no more."""
    known = {NOT_READ, ERRORS, *(name for table in tables(workbook.target) for name, _label in table.named)}
    columns = {place: name if name in known else "" for place, name in mapped["columns"].items()}
    return {**mapped, "columns": columns, "same": {}}


def _check(workbook: Workbook, mapping: list[Mapped]) -> None:
    known = {table.part: {name for name, _label in table.named} | {ERRORS} for table in tables(workbook.target)}
    together = {table.part: joinable(table) for table in tables(workbook.target)}
    problems = _unfit(workbook, mapping)
    for at, (sheet, mapped) in enumerate(zip(workbook.sheets, mapping, strict=True)):
        if mapped["part"] is None:
            continue
        taken = {}
        for place, name in mapped["columns"].items():
            path = f"sheets.{at}.{place}"
            if name == NOT_READ:
                continue
            if int(place) in sheet.get("left_out", ()):
                text = _("This column was left out because it holds NIKs. Nothing of it was kept.")
                problems[path] = ValidationError(text, "left_out")
                continue
            if is_joined(name) and name.removeprefix(JOINED) in together[mapped["part"]]:
                continue
            if name not in known[mapped["part"]]:
                heading = sheet["headings"][int(place)]
                text = _("Say what the column “%(heading)s” is, or that it is not to be read.") % {"heading": heading}
                problems[path] = ValidationError(text, "unknown")
            elif field_and_version(name)[0] in taken:
                text = _("Two columns cannot be the same.")
                if name in together[mapped["part"]]:
                    text = _("Two columns are the same. Say that they are read together, or what else this one is.")
                problems[path] = ValidationError(text, "twice")
            taken[field_and_version(name)[0]] = place
        for name in mapped.get("same", {}):
            if name in taken:
                text = _("A column of the file is read as this: give one value for all, or read the column.")
                problems[f"sheets.{at}.same.{name}"] = ValidationError(text, "twice")
    if not any(mapped["part"] == "" for mapped in mapping):
        problems["__all__"] = ValidationError(_("Say which sheet holds the records."), "no_records")
    if problems:
        raise ValidationError(problems)


def _unfit(workbook: Workbook, mapping: list[Mapped]) -> dict[str, ValidationError]:
    """`{path: error}` of what cannot be given to all rows."""
    options = options_of(workbook.target, regency=workbook.regency_id)
    readers = {table.part: Reader(table, options[table.part]) for table in tables(workbook.target)}
    problems = {}
    for at, mapped in enumerate(mapping):
        for name, text in mapped.get("same", {}).items() if mapped["part"] is not None else ():
            path, reader = f"sheets.{at}.same.{name}", readers[mapped["part"]]
            if name not in reader.fields or isinstance(reader.fields[name], AttachmentField):
                problems[path] = ValidationError(_("This cannot be given to all rows."), "unknown")
                continue
            problems |= unfit_texts({path: text}, longest=LONGEST)
            try:
                reader.alone(name, fit_to_keep(text))
            except NotUnderstood as refusal:
                if refusal.code != "several":  # a village, which the district of each row may settle
                    problems[path] = ValidationError(refusal.message, refusal.code)
    return problems


def _headings(workbook: Workbook, mapping: list[Mapped]) -> Iterator[KnownHeading]:
    """What is to be remembered: of headings, not of places.

    One that stands twice means what one of its columns is read as, even if the other is not read; nothing is
    remembered where both are read as something else.
    """
    meanings: dict[tuple[str, str], set[tuple[str, int | None]]] = {}
    for sheet, mapped in zip(workbook.sheets, mapping, strict=True):
        for place, column in mapped["columns"].items() if mapped["part"] is not None else ():
            heading = remembered_as(sheet["headings"][int(place)])[:200]
            if heading and int(place) not in sheet.get("left_out", ()):
                times = mapped.get("times", {}).get(place)
                meanings.setdefault((mapped["part"], heading), set()).add((column, times))
    place_of_it = {"regency_id": workbook.regency_id, "register": workbook.register}
    for (part, heading), meant in meanings.items():
        read = [meaning for meaning in meant if meaning[0] != NOT_READ] or list(meant)
        read = [
            (column, times)
            for column, times in read
            if not is_joined(column) or (column.removeprefix(JOINED), times) not in meant
        ]
        if len(read) == 1:
            column, times = read[0]
            yield KnownHeading(**place_of_it, part=part, heading=heading, column=column, times=times)
