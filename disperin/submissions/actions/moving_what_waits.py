"""What waits for people goes where its record goes: proposals, inquiries, tasks, likely duplicates.

What is decided, answered or sent stays with whoever did it: it tells what was so then.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import cast

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.attachments.actions import move_files
from disperin.history.models import record_many
from disperin.inquiries.actions import move_inquiries
from disperin.notices.actions import mark_done
from disperin.regions.reach import reaches
from disperin.registers.models import DuplicatePair, Hidden, Merge, Record
from disperin.registers.record import directory
from disperin.registers.record.directory import Register
from disperin.registers.record.storing import write_fields
from disperin.registers.values.changes import same
from disperin.registers.values.fields import Reference
from disperin.submissions.actions.holding import moves, places_of
from disperin.submissions.actions.notifying import tell_moved_away, tell_officers
from disperin.submissions.models import Batch, Submission
from disperin.submissions.models.files import files_in
from disperin.submissions.workflow import OPEN, Status


def move_what_waits(register: Register, left: Mapping[Record, str], *, by: User, but: Collection[int] = ()) -> None:
    """Bring along what waits for people about these stored records, each with the regency (its code) that it left.

    `but` are the keys of the submissions that are being decided just now: they stay with whoever proposed them.
    """
    if not left:
        return
    _move_submissions(register, list(left), by, but)
    register.let_move(list(left), by)
    for record, place in left.items():
        _move_pairs(register, record)
        move_inquiries(register.slug, record.number, left=place, regency=record.regency, by=by)


def hold_open(records: Mapping[Register, Collection[int]], also: Collection[int] = ()) -> None:
    """Hold the open submissions of these records (their keys), before the records: whoever verifies one does so too.

    With them those of the keys `also`, all in one order.
    """
    wanted = Q(pk__in=also)
    for register, keys in records.items():
        wanted |= Q(status__in=OPEN, register=register.slug, record_id__in=keys)
    list(Submission.objects.filter(wanted).select_for_update(of=["self"]).order_by("pk").values_list("pk"))


def hold_what_goes_along(keys: Collection[int]) -> None:
    """Before submissions of these keys are verified together: hold them, with all that is open about what they move.

    One query more where none of them moves anything.
    """
    names = sorted({name for register in directory.all_registers() for name in places_of(register)})
    columns = [f"{side}__{name}" for side in ("base", "values") for name in names]
    moving: defaultdict[Register, set[int]] = defaultdict(set)
    submissions = Submission.objects.filter(pk__in=keys).exclude(record_id=None)
    for slug, record, *places in submissions.values_list("register", "record_id", *columns):
        before, after = dict(zip(names, places, strict=False)), dict(zip(names, places[len(names) :], strict=True))
        if moves(register := directory.get(slug), before, after):
            moving[register].add(record)
    if moving:
        hold_open(moving, keys)


def take_hidings_along(register: Register, records: Sequence[Record], regency: str) -> None:
    """What is hidden of these records is told where they lie now."""
    hidings = Hidden.objects.filter(register=register.slug, record_id__in=[record.pk for record in records])
    hidings.update(regency=regency)


def move_begun(register: Register, name: str, leader: Record, *, by: User) -> None:
    """Bring along the new records that somebody has begun and that will lie where `leader` lies, named by `name`.

    To be called before the records that follow it are looked for: what somebody verifies just now is one of them then.
    """
    key = leader.serializable_value(cast(Reference, register.form.base_fields[name]).key_name)
    begun = Submission.objects.open().filter(register=register.slug, record_id=None, **{f"values__{name}": key})
    first, other = register.model.regency_from, register.model.regency_or_from
    held = list(begun.select_for_update(of=["self"]).select_related("proposed_by").order_by("pk"))
    _bring({submission: leader for submission in held if name != other or not submission.values.get(first)}, by)


def take_places(submissions: Iterable[Submission]) -> None:
    """What moved while it waited for a decision, and is to be mended now, holds the new place from here on.

    Queries for those alone.
    """
    late = [submission for submission in submissions if _held_place(submission) not in (None, submission.regency_id)]
    for submission in late:
        _take_place(submission, submission.record())
    write_fields(late, ["values", "base"])


def _move_pairs(register: Register, record: Record) -> None:
    pairs = DuplicatePair.objects.filter(register=register.slug)
    pairs.filter(first_id=record.pk).update(regency=record.regency_id)
    pairs.filter(second_id=record.pk).update(second_regency=record.regency_id)
    Merge.objects.filter(register=register.slug, kept_id=record.pk).update(regency=record.regency_id)


def _move_submissions(register: Register, records: Sequence[Record], by: User, but: Collection[int]) -> None:
    """What is open goes along, and whoever works there goes on with it: else it could be ended by nobody."""
    stored = {record.pk: record for record in records}
    submissions = Submission.objects.open().filter(register=register.slug, record_id__in=stored).exclude(pk__in=but)
    held = submissions.select_for_update(of=["self"]).select_related("proposed_by").order_by("pk")
    _bring({submission: stored[submission.record_id or 0] for submission in held}, by)


def _bring(places: Mapping[Submission, Record], by: User) -> None:
    """Let these submissions, which are held, lie where these stored records lie."""
    moved = {submission: record for submission, record in places.items() if submission.regency_id != record.regency_id}
    for submission, record in moved.items():
        sent = files_in(submission.target, submission.values) - files_in(submission.target, submission.base)
        move_files(sent, left=submission.regency_id, regency=record.regency_id)
        submission.regency = record.regency
        submission.revision += 1
        if submission.status != Status.SUBMITTED:  # what is read for a decision stays as it was
            _take_place(submission, record)
    if not moved:
        return
    write_fields(moved, ["regency", "revision", "values", "base"])
    Batch.objects.keep_apart(moved)
    record_many([("move_along", submission, {"place": submission.regency.name}) for submission in moved], by=by)
    for submission in moved:
        if not reaches(submission.proposed_by, submission):
            _tell(submission)


def _held_place(submission: Submission) -> str | None:
    """The regency (its code) that its values were begun from; None where they say nothing of it."""
    if not submission.is_about_content:
        return None
    return (submission.base if submission.record_id else submission.values).get("regency") or None


def _take_place(submission: Submission, record: Record | None) -> None:
    """Let its values hold the place where it lies now: else nobody there could hand it in.

    What a change leaves as it was is as `record` has it now; a new record, of which there is none yet, lies there.
    """
    form_class = submission.form_class
    if submission.record_id is None:
        submission.values["regency"] = submission.regency_id
    elif submission.is_about_content:
        for name, value in form_class.recorded(record).items():
            if name not in form_class.parts and same(submission.values.get(name), submission.base.get(name)):
                submission.values[name] = submission.base[name] = value


def _tell(submission: Submission) -> None:
    """Tell whoever has lost it, and those who are to go on with it; what waits for a decision waits as before."""
    path = reverse("submissions:detail", args=[submission.number])
    mark_done(path, of=submission.proposed_by)
    tell_moved_away(submission)
    if submission.status != Status.SUBMITTED:
        tell_officers(submission.regency_id, partial(_words, submission), path=path)


def _words(submission: Submission) -> tuple[str, str]:
    values = {"number": submission.number, "title": submission.title, "who": submission.proposed_by}
    title = _("Yours now: %(title)s") % values
    body = _("%(number)s, begun by %(who)s, came to your regency with what it is about. Go on with it, or withdraw it.")
    return title, body % values
