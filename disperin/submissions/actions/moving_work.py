"""What waits for people goes where its record goes: proposals, inquiries, tasks, likely duplicates.

What is decided, answered or sent stays with whoever did it: it tells what was so then.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.history.models import record_many
from disperin.inquiries.actions import move_inquiries
from disperin.notices.actions import mark_done
from disperin.regions.reach import reaches
from disperin.registers.models import DuplicatePair, Hidden, Merge, Record
from disperin.registers.record.directory import Register
from disperin.registers.record.storing import write_fields
from disperin.submissions.actions.notifying import tell_moved_away, tell_officers
from disperin.submissions.models import Batch, Kind, Submission
from disperin.submissions.workflow import Status


def move_work(register: Register, left: Mapping[Record, str], *, by: User, but: Collection[int] = ()) -> None:
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


def hold_open(register: Register, keys: Collection[int]) -> None:
    """Hold the open submissions of these records (their keys), before the records: whoever verifies one does so too."""
    found = Submission.objects.open().filter(register=register.slug, record_id__in=keys)
    list(found.select_for_update(of=["self"]).order_by("pk").values_list("pk"))


def take_hidings_along(register: Register, records: Sequence[Record], regency: str) -> None:
    """What is hidden of these records is told where they lie now."""
    hidings = Hidden.objects.filter(register=register.slug, record_id__in=[one.pk for one in records])
    hidings.update(regency=regency)


def _move_pairs(register: Register, record: Record) -> None:
    pairs = DuplicatePair.objects.filter(register=register.slug)
    pairs.filter(first_id=record.pk).update(regency=record.regency_id)
    pairs.filter(second_id=record.pk).update(second_regency=record.regency_id)
    Merge.objects.filter(register=register.slug, kept_id=record.pk).update(regency=record.regency_id)


def _move_submissions(register: Register, records: Sequence[Record], by: User, but: Collection[int]) -> None:
    """What is open goes along, and whoever works there goes on with it: else it could be ended by nobody."""
    stored = {one.pk: one for one in records}
    found = Submission.objects.open().filter(register=register.slug, record_id__in=stored).exclude(pk__in=but)
    held = list(found.select_for_update(of=["self"]).select_related("proposed_by").order_by("pk"))
    moved = [one for one in held if one.regency_id != stored[one.record_id or 0].regency_id]
    for one in moved:
        one.regency = stored[one.record_id or 0].regency
        one.revision += 1
        if one.kind == Kind.CHANGE and one.status != Status.SUBMITTED:  # what is read for a decision stays as it was
            _lay_over(one, stored[one.record_id or 0])
    if not moved:
        return
    write_fields(moved, ["regency", "revision", "values", "base"])
    Batch.objects.keep_apart(moved)
    record_many([("move_along", one, {"place": one.regency.name}) for one in moved], by=by)
    for one in moved:
        if not reaches(one.proposed_by, one):
            _tell(one)


def _lay_over(submission: Submission, record: Record) -> None:
    """What it does not change is as the record has it now, above all the place: else nobody there could hand it in."""
    form_class = submission.form_class
    for name, value in form_class.recorded(record).items():
        if name not in form_class.parts and submission.values.get(name) == submission.base.get(name):
            submission.values[name] = submission.base[name] = value


def _tell(submission: Submission) -> None:
    """Tell whoever has lost it, and those who are to go on with it; what waits for a decision waits as before."""
    path = reverse("submissions:detail", args=[submission.number])
    mark_done(path, of=submission.proposed_by)
    tell_moved_away(submission)
    if submission.status != Status.SUBMITTED:
        tell_officers(submission.regency_id, partial(_words, submission), path=path)


def _words(submission: Submission) -> tuple[str, str]:
    told = {"number": submission.number, "title": submission.title, "who": submission.proposed_by}
    title = _("Yours now: %(title)s") % told
    body = _("%(number)s, begun by %(who)s, came to your regency with its record. Go on with it, or withdraw it.")
    return title, body % told
