"""The one place where a register is written: the record, its rows, its number, its files, its counts, its history."""

import pghistory
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.attachments.actions import publish, unpublish
from disperin.attachments.models import Attachment
from disperin.history.models import record as write_history
from disperin.registers import directory, numbers, revisions, rollup, vocabulary
from disperin.submissions.actions.following import count_followers, follow
from disperin.submissions.errors import NotNow


def locked_record(submission):
    """The record that a submission changes, held until the end of the transaction; None for a new one.

    Its key never changes, so that rows which merely point to it need not wait.
    """
    if submission.record_id is None:
        return None
    return submission.target.model.objects.select_for_update(of=["self"], no_key=True).get(pk=submission.record_id)


def apply(form, submission, *, by):
    """Store what the valid `form` holds, as the next version of its record, and give the record.

    Locks in one order (record, number, what is kept beside it, counts, revision) so that two verifiers never wait for
    each other.
    """
    register = directory.of(form._meta.model)
    stored = register.model.objects.filter(pk=form.instance.pk).first() if form.instance.pk else None
    before, files_before = rollup.facets_of(stored), public_files(register.form, stored)
    record = form.instance
    record.version += 1
    record.verified_at = timezone.now()
    with pghistory.context(submission=submission.number, user=by.pk):
        if not record.number:
            record.number = numbers.take(register.model.prefix, record.regency_id)[0]
        try:
            with transaction.atomic():
                record = form.save()
                has_moved = stored is not None and stored.regency_id != record.regency_id
                moved = follow(record) if has_moved else []
        except IntegrityError as error:  # somebody stored a rival between our check and now
            raise NotNow(
                _("A record that contradicts this one was stored a moment ago. Open the review again.")
            ) from error
    files = public_files(register.form, record)
    publish(files - files_before)
    unpublish(files_before - files)
    write_history(
        "create" if stored is None else "change",
        record,
        by=by,
        submission=submission.number,
        version=record.version,
        fields=submission.fields_changed,
    )
    vocabulary.remember(register.slug, getattr(record, "search_text", ""))
    if register.settle:
        register.settle(record)
    count_followers(moved)
    rollup.shift(register.slug, before, rollup.facets_of(record))
    revisions.raise_revision(register.slug)
    return record


def public_files(form_class, record):
    """The ids of the files that the public sees on a record: those in public fields, of open rows."""
    if record is None or record.closed_on is not None:
        return set()
    found = _files_of(form_class._meta.model, [record])
    for part in form_class.parts.values():
        model = part._meta.model
        found |= _files_of(model, model.objects.filter(**{model.parent: record, "closed_on": None}))
    return found


def _files_of(model, rows):
    names = [
        field.attname
        for field in model._meta.concrete_fields
        if field.related_model is Attachment and field.name in model.audience.public
    ]
    return {getattr(row, name) for row in rows for name in names if names and getattr(row, name)}
