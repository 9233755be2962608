"""Tell the proposer what was decided: in the portal, by e-mail, and as a text to copy into WhatsApp."""

from collections.abc import Callable, Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from disperin.accounts.models import Role, User
from disperin.inquiries.actions import note_outcome
from disperin.notices.actions import tell
from disperin.submissions.models import Batch, Kind, Repair, Submission
from disperin.submissions.workflow import Status, Step


def tell_decision(submission: Submission) -> None:
    """A notice to the proposer, in their own language, sent when the transaction is through."""
    proposer = submission.proposed_by
    with override(proposer.language):
        values = {"number": submission.number, "title": submission.title, "who": submission.decided_by}
        title, body = {
            Status.VERIFIED: (
                _("Verified: %(title)s"),
                _("%(number)s, “%(title)s”, has been verified. Register number: %(record)s."),
            ),
            Status.RETURNED: (
                _("Returned: %(title)s"),
                _("%(number)s, “%(title)s”, was returned by %(who)s. Please mend:"),
            ),
            Status.REJECTED: (
                _("Rejected: %(title)s"),
                _("%(number)s, “%(title)s”, was rejected by %(who)s. Reason: %(note)s"),
            ),
        }[Status(submission.status)]
        if submission.status == Status.VERIFIED and not submission.is_about_content:
            title, body = _standing(submission.kind)
        values |= {"record": submission.record_number, "note": submission.note_in_words}
        lines = [body % values, *_reasons_in_words(submission)]
        if submission.status == Status.RETURNED and submission.note_in_words:
            lines.append(submission.note_in_words)
        tell(
            proposer,
            title=title % values,
            body="\n".join(lines),
            path=reverse("submissions:detail", args=[submission.number]),
        )


def tell_inquiries(submissions: Sequence[Submission], *, by: User) -> None:
    """Tell those who handle the inquiries that these verified or rejected submissions were to mend."""
    open_ones = Repair.objects.filter(submission__in=submissions, inquiry__ended_at=None)
    keys = list(open_ones.values_list("pk", flat=True))  # seldom any: the wide rows are read only then
    for repair in open_ones.filter(pk__in=keys).select_related("inquiry__handled_by", "submission").order_by("pk"):
        verified = repair.submission.status == Status.VERIFIED
        note, number = repair.submission.note_in_words, repair.submission.number
        note_outcome(repair.inquiry, submission=number, verified=verified, note=note, by=by)


def _standing(kind: str) -> tuple[str, str]:
    """Title and body of a notice that a record was closed or opened again."""
    if kind == Kind.CLOSE:
        return (
            _("Closed: %(title)s"),
            _("%(number)s, the closing of “%(title)s”, has been verified. %(record)s has left the lists."),
        )
    return (
        _("Open again: %(title)s"),
        _("%(number)s, the reopening of “%(title)s”, has been verified. %(record)s stands in the lists again."),
    )


def tell_forgotten(submission: Submission) -> None:
    """A notice that a draft was withdrawn because nobody touched it for 90 days."""
    with override(submission.proposed_by.language):
        values = {"number": submission.number, "title": submission.title}
        tell(
            submission.proposed_by,
            title=_("Draft withdrawn: %(title)s") % values,
            body=_("%(number)s was withdrawn: nobody has edited it for 90 days. Its content can still be read.")
            % values,
            path=reverse("submissions:detail", args=[submission.number]),
        )


def tell_moved_away(submission: Submission) -> None:
    """A notice to whoever proposed it that what it is about lies out of their reach now, and it too."""
    with override(submission.proposed_by.language):
        values = {"number": submission.number, "title": submission.title}
        tell(
            submission.proposed_by,
            title=_("Moved to another regency: %(title)s") % values,
            body=_("%(number)s went along with what it is about. Whoever works there goes on with it.") % values,
            path=reverse("submissions:inbox"),
        )


def tell_many(proposer: User, step: Step, number: int, *, batch: int | None, by: User) -> None:
    """One notice for many submissions of a person that were decided together; `batch` is the key of theirs, or None."""
    theirs = Batch.objects.get(pk=batch) if batch else None
    with override(proposer.language):
        values = {"number": number, "batch": theirs or "–", "who": by}
        if step == Step.VERIFY:
            title = ngettext("%(number)d submission verified", "%(number)d submissions verified", number)
            body = _("%(who)s verified %(number)d submissions of “%(batch)s”.")
        else:
            title = ngettext("%(number)d submission returned", "%(number)d submissions returned", number)
            body = _("%(who)s returned %(number)d submissions of “%(batch)s”. The reason stands at each of them.")
        path = reverse("submissions:batch", args=[theirs.number]) if theirs else reverse("submissions:inbox")
        tell(proposer, title=title % values, body=body % values, path=path)


def meant_for_oneself() -> str:
    """Where verifiers find what is meant for them: notices of it lead there."""
    return f"{reverse('submissions:inbox')}?mine=meant"


def tell_handed(to: User, submissions: Sequence[Submission], *, note: str, by: User) -> None:
    """One notice that a colleague hands these on to be reviewed."""
    with override(to.language):
        number = len(submissions)
        title = ngettext(
            "%(number)d submission for you to review", "%(number)d submissions for you to review", number
        ) % {"number": number}
        lines = [
            _("%(who)s hands on to you:") % {"who": by},
            *(f"- {submission}" for submission in submissions[:50]),
            note,
        ]
        one_alone = reverse("submissions:detail", args=[submissions[0].number])
        path = one_alone if number == 1 else meant_for_oneself()
        tell(to, title=title, body="\n".join(filter(None, lines)), path=path)


def tell_brought_in(batch: Batch, regency: str, number: int) -> None:
    """Tell the officers of a regency (its code) that so many records of an older system wait to be checked by them."""

    def words() -> tuple[str, str]:
        values = {"number": number, "stock": batch.stock, "register": batch.target.label}
        title = ngettext(
            "%(number)d record of an older system is to be checked",
            "%(number)d records of an older system are to be checked",
            number,
        )
        body = _("They came from %(stock)s into the register “%(register)s”. Confirm what is right, mend the rest.")
        return title % values, body % values

    tell_officers(regency, words, path=reverse("submissions:old-stock"))


def tell_officers(regency: str, words: Callable[[], tuple[str, str]], *, path: str) -> None:
    """A notice to each officer of a regency (its code): `words()` gives title and body in the language then active."""
    for officer in User.objects.filter(is_active=True, role=Role.OFFICER, regency=regency).order_by("pk"):
        with override(officer.language):
            title, body = words()
            tell(officer, title=title, body=body, path=path)


def _reasons_in_words(submission: Submission) -> Iterator[str]:
    form_class = submission.form_class
    for path, reason in submission.reasons.items():
        yield f"- {form_class.label_of(path, submission.values)}: {reason}"
