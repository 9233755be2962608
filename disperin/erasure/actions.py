"""The verb that a person's right to erasure asks for (UU 27/2022; docs/decisions/0019).

It reaches wherever a record's values are kept: columns and what is withheld of them, versions, submissions with their
rounds, files of rows, files that were downloaded, notices, and names in the history. What it leaves is who erased which
fields, when, why, and on which request; never what they held.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Field, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.attachments.actions import remove_unreferenced, unpublish
from disperin.attachments.models import Attachment
from disperin.desk.refusals import Refused
from disperin.history.models import Entry
from disperin.history.models import record as write_history
from disperin.inquiries.models import Inquiry
from disperin.jobs.tasks import forget_failures
from disperin.notices.actions import mark_done
from disperin.notices.models import Notice
from disperin.registers.hiding.erasing import Personal, blank, blank_versions, personal_of
from disperin.registers.hiding.hidden import Place, part_and_field
from disperin.registers.models import DuplicatePair, Hidden, Part, Record
from disperin.registers.record import directory, known_words, storing
from disperin.registers.record.directory import Register
from disperin.registers.record.moved_last import moved_last
from disperin.registers.record.names import kept_name
from disperin.registers.record.withholding import Hideable, named_by
from disperin.registers.values.kept_texts import unfit_texts
from disperin.submissions.actions.erasing import blank_submissions, hold_submissions
from disperin.submissions.actions.notifying import tell_officers
from disperin.submissions.actions.spreading import Spread, open_rows, public_files
from disperin.submissions.jobs import files_of_open_submissions
from disperin.submissions.models import Submission
from disperin.workbooks.actions import forget_lists, forget_record


def why_not_erase(user: User) -> str:
    """Why this person may not erase personal data; "" if they may."""
    return "" if user.can_publish else _("Only an administrator erases personal data.")


@transaction.atomic
@moved_last()
def erase(
    register: Register, record: Record, paths: Sequence[str], *, current: bool, reason: str, request: str, by: User
) -> Record:
    """Blank the Personal of these paths in all that is kept of a record; gives the record.

    `current`: in the record as it stands, too; otherwise whatever says what the record says now stays. `request` is the
    reference of the person's request. Raises Refused for anybody but an administrator, ValidationError at "fields",
    "reason" or "request", NotNow while a job works on a file that holds the record.
    """
    _refuse(reason, request, by)
    chosen = _chosen(register, paths)
    submissions = hold_submissions(register, record)
    named = _called_after(register.model, [record.pk]) if any("name" in personal.fields for personal in chosen) else []
    after = [(other, hold_submissions(directory.of(type(other)), other)) for other in named]
    record = register.model.objects.select_for_update(of=["self"], no_key=True).get(pk=record.pk)
    for target, of_it in [(record, submissions), *after]:
        forget_record(directory.of(type(target)), target, [each for each in of_it if each.batch_id])
    forget_lists()
    forget_failures()
    work = _Erasing(register, record, chosen, by)
    work.blank(current=current)
    if current:
        work.end_hidings(reason)
    blank_submissions(submissions, work.erased, register.form.recorded(record), title=work.title)
    work.rename(submissions, after)
    write_history("erase", record, by=by, fields=paths, why=reason.strip(), request=request.strip(), current=current)
    _tell(register, record, reason, by)
    return record


class _Erasing:
    """What is erased of one record, and what is gone by it."""

    def __init__(self, register: Register, record: Record, chosen: Sequence[Personal], by: User) -> None:
        self.register, self.record, self.by = register, record, by
        self.erased: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)  # part ("" the record) -> fields
        for personal in chosen:
            self.erased[personal.part] += personal.fields
        self.gone: list[tuple[Field, Any]] = []

    @property
    def title(self) -> str:
        """What the record is called, where its name is erased; "" otherwise."""
        return str(self.record)[:200] if "name" in self.erased[""] else ""

    def blank(self, *, current: bool) -> None:
        """Blank record, rows and their versions; files that nothing names any more are removed."""
        record, form = self.record, self.register.form
        shown = public_files(form, [record])
        rows = [
            row
            for part, part_form in form.parts.items()
            if self.erased[part]
            for row in self._rows(part_form._meta.model)
        ]
        fields = {part._meta.model: self.erased[name] for name, part in form.parts.items()}
        stale = rows if current else [row for row in rows if row.closed_on and not row.hidden]
        for row in stale:
            self.gone += blank(row, fields[type(row)])
        storing.write([({"submission": "", "user": self.by.pk}, stale)] if stale else [])
        if current:
            self.gone += blank(record, self.erased[""])
            record.version += 1
        record.gather({name: open_rows(part, record) for name, part in form.parts.items()})
        Spread(self.by).from_place(self.register, record, Place("", "", record))
        unpublish(shown - public_files(form, [record]))
        for held in (record, *rows):
            self.gone += blank_versions(held, fields.get(type(held), self.erased[""]))
        self._remove_files()

    def end_hidings(self, reason: str) -> None:
        """What was hidden and is erased is not hidden any more: there is nothing of it."""
        record, now = self.record, {"ended_by": self.by, "ended_at": timezone.now(), "end_reason": reason.strip()}
        for hiding in Hidden.objects.live().of_record(self.register.slug, record.pk).exclude(path=""):
            part, field = part_and_field(hiding.path)
            if field in self.erased[part]:
                Hidden.objects.filter(pk=hiding.pk).update(**now)

    def rename(self, submissions: Sequence[Submission], after: Sequence[tuple[Record, Sequence[Submission]]]) -> None:
        """Where the name is erased, history, notices, inquiries and pairs call the record by its number.

        `after` is what may be called after it, each with its submissions: that is called as it is called now.
        """
        record = self.record
        if not self.title:
            return
        called: dict[Record | Submission, str] = {record: record.number}
        called |= {submission: submission.number for submission in submissions}
        for other, of_it in after:
            other = type(other)._base_manager.get(pk=other.pk)
            called |= {other: str(other)}
            called |= {each: f"{each.number} {other}" for each in of_it}
            Submission.objects.filter(pk__in=[each.pk for each in of_it]).update(title=kept_name(other))
        for submission in _proposed_after(self.register, record):
            called[submission] = submission.number
            Submission.objects.filter(pk=submission.pk).update(title=record.number)
        with pgtrigger.ignore("history.Entry:append_only"):
            for target, name in called.items():
                Entry.objects.about(target).update(target_name=name[:250])
        inquiries = Inquiry.objects.filter(
            record_number__in=[target.number for target, _of_it in [(record, ()), *after]]
        )
        inquiries.update(record_title=F("record_number"))
        pairs = DuplicatePair.objects.filter(register=self.register.slug)
        pairs.filter(first_id=record.pk).update(first_name=self.title)
        pairs.filter(second_id=record.pk).update(second_name=self.title)
        names = {value for field, value in self.gone if field.name == "name"}
        names -= {record.number, record.serializable_value("name")}
        known_words.forget(self.register.slug, self.register.model, " ".join(names))
        about = Q()
        for number in (each.number for each in (*called, *inquiries)):
            about |= Q(path__contains=number)
        for notice in Notice.objects.filter(about):
            for name in names:
                notice.title = notice.title.replace(name, record.number)[:250]
                notice.body = notice.body.replace(name, record.number)
            notice.save(update_fields=["title", "body"])

    def _rows(self, model: type[Part]) -> QuerySet[Part]:
        return model._base_manager.filter(**{model.parent: self.record}).select_for_update(of=["self"], no_key=True)

    def _remove_files(self) -> None:
        files = {value for field, value in self.gone if field.related_model is Attachment}
        if not files:
            return
        remove_unreferenced(older_than_days=0, among=files, kept=files_of_open_submissions())
        removed = files - {*Attachment.objects.filter(pk__in=files).values_list("pk", flat=True)}
        with pgtrigger.ignore("history.Entry:append_only"):  # the name of a file may be that of a person
            about = Entry.objects.filter(target_type=Attachment._meta.label_lower, target_id__in=map(str, removed))
            about.update(target_name="")


def _called_after(model: type[Hideable], keys: Sequence[int]) -> list[Record]:
    """The records that name one of these, or a row of it, now or in an earlier version: they may be called after it."""
    records: dict[Record, None] = {}
    for other, name in named_by(model):
        names_it = {f"{name}__in": keys}
        earlier = other.pgh_event_models["update"].objects.filter(**names_it).values("pgh_obj_id")
        rows = other._base_manager.filter(Q(**names_it) | Q(pk__in=earlier)).order_by("pk")
        if issubclass(other, Part):
            records |= dict.fromkeys(_called_after(other, list(rows.values_list("pk", flat=True))))
        else:
            records |= {row: None for row in rows if isinstance(row, Record)}
    return list(records)


def _proposed_after(register: Register, record: Record) -> QuerySet[Submission]:
    """Submissions of new records that name this one, which nothing was published of yet."""
    names_it = Q()
    for other, name in named_by(register.model):
        if not issubclass(other, Part):
            names_it |= Q(register=directory.of(other).slug, **{f"values__{name}": record.number})
    return Submission.objects.filter(names_it, record_id=None) if names_it else Submission.objects.none()


def _chosen(register: Register, paths: Sequence[str]) -> list[Personal]:
    known = {personal.path: personal for personal in personal_of(register)}
    unknown = [path for path in paths if path not in known]
    if unknown or not paths:
        text = _("Choose what is to be erased, among the personal data of this record.")
        raise ValidationError({"fields": ValidationError(text, "unknown" if unknown else "required")})
    return [known[path] for path in paths]


def _refuse(reason: str, request: str, by: User) -> None:
    if refusal := why_not_erase(by):
        raise Refused(refusal)
    texts = {"reason": (reason, _("Say why.")), "request": (request, _("Say which request asks for it."))}
    missing = {name: ValidationError(text, "required") for name, (given, text) in texts.items() if not given.strip()}
    if problems := unfit_texts({"reason": reason, "request": request}) | missing:
        raise ValidationError(problems)


def _tell(register: Register, record: Record, reason: str, by: User) -> None:
    """Tell the officers of the regency that something was erased and why, so that nobody enters it again."""
    meta = register.model._meta
    path = reverse(f"{meta.app_label}:{meta.model_name}-detail", args=[getattr(record, record.named_by)])

    def words() -> tuple[str, str]:
        values = {"number": record.number, "why": reason.strip(), "who": by}
        body = _("%(who)s erased personal data of %(number)s. Do not enter them again. Reason: %(why)s")
        return _("Personal data erased: %(number)s") % values, body % values

    mark_done(path)  # what was said of the same record before
    tell_officers(record.regency_id, words, path=path)
