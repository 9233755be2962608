"""Review: take a submission, read every difference with its evidence, decide. Only from here can one verify."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.accounts.requests import UserRequest
from disperin.desk.pages import whole_number
from disperin.desk.refusals import NotNow
from disperin.maps.pictures import province_picture
from disperin.notices.actions import mark_read_about
from disperin.registers.models import Record
from disperin.registers.values.changes import merge
from disperin.registers.values.terms import Path
from disperin.submissions import actions
from disperin.submissions.batches import actions as batches
from disperin.submissions.draft_form import by_path
from disperin.submissions.errors import Conflicts
from disperin.submissions.models import Kind, Submission
from disperin.submissions.models.submission import SubmissionQuerySet
from disperin.submissions.presentation import Words, apart, compared, last_return, since, without
from disperin.submissions.views.choosing import fellow_verifiers, review_next
from disperin.submissions.views.submission_page import SubmissionPage
from disperin.submissions.workflow import Step, claim_is_live

CHOICE, REASON, SOUGHT = "choice:", "reason:", "rows:"
BESIDE = 50  # of the queue, beside what is open


class Claim(SubmissionPage):
    """`/usulan/<number>/ambil/`: hold it for review; opens the review page."""

    def post(self, request: UserRequest, number: str) -> HttpResponse:
        actions.claim(self.submission(number), by=request.user)
        return redirect("submissions:review", number)


class Release(SubmissionPage):
    """`/usulan/<number>/lepas/`: give it back to the queue."""

    def post(self, request: UserRequest, number: str) -> HttpResponse:
        actions.release(self.submission(number), by=request.user)
        messages.success(request, _("Given back to the queue."))
        return redirect("submissions:inbox")


class Review(SubmissionPage):
    """`/usulan/<number>/periksa/`: for a verifier who did not propose it; 409 while somebody else holds it."""

    def get(self, request: UserRequest, number: str) -> HttpResponse:
        submission = self.submission(number)
        self.refuse_unless_open(Step.VERIFY, submission)
        if not claim_is_live(submission):
            return render(request, "submissions/claim.html", {"submission": submission})
        batches.note_opened(submission, by=request.user)
        mark_read_about(request.user, reverse("submissions:detail", args=[number]))
        return self._page(submission)

    def post(self, request: UserRequest, number: str) -> HttpResponse:
        submission = self.submission(number)
        self.refuse_unless_open(Step.VERIFY, submission)
        if "reveal" in request.POST:
            return self._reveal(submission, request.POST["reveal"])
        if "look" in request.POST:
            return self._page(submission)
        decision, note = request.POST.get("decision", ""), request.POST.get("note", "").replace("\r\n", "\n")
        if decision == "release":
            actions.release(submission, by=request.user)
            messages.success(request, _("Given back to the queue."))
            return redirect("submissions:inbox")
        if decision == "skip":
            return review_next(request, after=actions.release(submission, by=request.user))
        if decision not in ("verify", "return", "reject"):
            raise NotNow(_("Choose one of the buttons: verify, return or reject."))
        try:
            self._decide(submission, decision, note, whole_number(request.POST.get("round")))
        except Conflicts:
            problems = {"__all__": [_("The record was changed meanwhile. Choose for each field which value stands.")]}
            return self._page(submission, problems=problems, status=409)
        except NotNow as refusal:
            return self.not_now(refusal)
        except ValidationError as refused:
            return self._page(submission, problems=_texts(refused), status=400)
        if decision == "verify" and (report := self.reports(submission).open().first()):
            messages.info(request, _("A visitor reported this. Your answer is ready: read it, then send it."))
            return redirect(f"{reverse('inquiries:detail', args=[report.number])}#jawaban")
        return self._go_on(submission)

    def _go_on(self, submission: Submission) -> HttpResponse:
        """To the next one of the queue; from a row of a batch back to the batch, from an empty queue to the desk."""
        if submission.batch:
            return redirect("submissions:batch", submission.batch.number)
        return review_next(self.request)

    def _decide(self, submission: Submission, decision: str, note: str, round_read: int) -> None:
        post, by = self.request.POST, self.request.user
        if decision == "verify":
            choices = {
                path: choice for path, choice in _under(post, CHOICE).items() if choice in ("proposed", "current")
            }
            actions.verify(submission, by=by, round=round_read, choices=choices, note=note)
            self._tell(_verified(submission), submission)
        elif decision == "return":
            reasons = {path: text.replace("\r\n", "\n") for path, text in _under(post, REASON).items()}
            actions.send_back(submission, by=by, round=round_read, reasons=reasons, note=note)
            self._tell(_("%(what)s is returned with your reasons; the proposer is told."), submission)
        else:
            actions.reject(submission, by=by, round=round_read, note=note)
            self._tell(_("%(what)s is rejected; the proposer is told why."), submission)

    def _tell(self, text: str, submission: Submission) -> None:
        messages.success(self.request, text % {"what": submission.title or submission.number})

    def _reveal(self, submission: Submission, field: str) -> HttpResponse:
        """The same page with one masked value shown, this once; the history remembers who saw it."""
        try:
            actions.reveal(submission, field, by=self.request.user)
        except ValidationError as refused:
            return self._page(submission, problems=_texts(refused), status=400)
        return self._page(submission, revealed=[field])

    def _page(
        self,
        submission: Submission,
        *,
        problems: Mapping[Path, Sequence[str]] | None = None,
        revealed: Collection[str] = (),
        status: int = 200,
    ) -> HttpResponse:
        post = self.request.POST
        sought = {part: text.strip() for part, text in _under(post, SOUGHT).items()}
        context = {
            "submission": submission,
            "reports": self.reports(submission),
            "queue": _queue(self.request.user),
            "colleagues": fellow_verifiers(self.request.user).exclude(
                pk__in=[submission.proposed_by_id, submission.submitted_by_id]
            ),
            "next_in_sample": batches.next_unread(submission, by=self.request.user),
            **review_of(submission, by=self.request.user, revealed=revealed, sought=sought),
        }
        context["whole_open"] = bool(context["unchecked"]) or any(sought.values())
        context["typed"] = {
            "note": post.get("note", ""),
            "reasons": _under(post, REASON),
            "choices": _under(post, CHOICE),
        }
        since_groups = context["since"].groups if context["since"] else []
        for group in (*since_groups, *context["changed"], *context["standing"], *context["empty"]):
            for line in (group, *group.lines):
                line.reason = context["typed"]["reasons"].get(line.path, "")
                line.choice = context["typed"]["choices"].get(line.path, "")
        context["problems"] = _summary(problems or {}, submission)
        return render(self.request, "submissions/review.html", context, status=status)


def _queue(user: User) -> SubmissionQuerySet:
    """What this verifier may decide, as it stands beside what is open: the longest waiting first."""
    queue = Submission.objects.within_reach(user).to_decide_by(user).filter(batch=None).order_by("submitted_at", "id")
    return queue.shown().defer("values", "base", "typed")[:BESIDE]


def _verified(submission: Submission) -> str:
    """What a verified submission has brought about."""
    if submission.kind == Kind.CLOSE:
        return _("%(what)s is closed and leaves the lists; the proposer is told.")
    if submission.kind == Kind.REOPEN:
        return _("%(what)s is open again and returns to the lists; the proposer is told.")
    return _("%(what)s is verified. The register shows it from now on; the proposer is told.")


def review_of(
    submission: Submission, *, by: User, revealed: Collection[str] = (), sought: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What a reviewer (`by`) reads: groups that differ or do not, files, and what the form says about the outcome.

    After a return, what was asked and what differs since then comes first (`since`), and nothing is told twice.
    """
    record, form_class = submission.record(), submission.form_class
    current, _typed = form_class(instance=record).entered()
    outcome = merge(submission.base, submission.values, current, form_class.parts)
    form = form_class(outcome.values, instance=record)
    valid = form.is_valid()
    warnings = form.remarks() if valid else []
    last = last_return(submission)
    states = [submission.base, submission.values, current, *([last.values] if last else [])]
    words = Words(form, *states, revealed=revealed, reader=by)
    changed, unchanged = compared(
        words,
        submission.base,
        submission.values,
        fresh=submission.kind == Kind.CREATE,
        conflicts=outcome.conflicts,
        warnings=warnings,
        sought=sought,
    )
    if submission.kind != Kind.CREATE:  # what stays is told as it stands now, not as it stood when this was begun
        differing = {path for group in changed for path in (group.path, *(line.path for line in group.lines)) if path}
        unchanged = without(compared(words, current, outcome.values, sought=sought)[1], differing)
    news = None
    if last:
        news = since(last, words, submission.values, conflicts=outcome.conflicts, warnings=warnings)
        changed, unchanged = without(changed, news.paths), without(unchanged, news.paths)
    flaws = (
        {}
        if valid
        else {path: [text for error in errors for text in error.messages] for path, errors in form.problems.items()}
    )
    # of a new record nothing stands in the register yet, not even a box that is not ticked
    standing, empty = ([], unchanged) if submission.kind == Kind.CREATE else apart(unchanged)
    return {
        "unchecked": record.origin_in_words if record and _is_unchecked(record, submission) else "",
        "since": news,
        "changed": changed,
        "standing": standing,
        "standing_count": sum(len(group.lines) for group in standing),
        "empty": empty,
        "empty_count": sum(len(group.lines) for group in empty),
        "read_before_count": sum(len(group.lines) for group in (*changed, *unchanged)),
        "follows": form.follows() if valid else [],
        "place": _place_of(submission),
        "conflicts": outcome.conflicts,
        "warnings": [
            ("" if path == NON_FIELD_ERRORS else form_class.label_of(path, submission.values), text)
            for path, text in warnings
        ],
        "flaws": _summary(flaws, submission),
        "files": words.files,
    }


def _place_of(submission: Submission) -> str | None:
    """The picture of where a proposed point lies in the province, or None."""
    columns = submission.target.model.likened_by.point if submission.target.model.likened_by else ()
    point = [submission.values.get(name) for name in columns]
    moved = point != [submission.base.get(name) for name in columns]
    if not moved or not all(isinstance(value, int | float) for value in point):
        return None
    return mark_safe(province_picture(submission.values.get("regency") or submission.regency_id, tuple(point)))  # noqa: S308 - ours


def _is_unchecked(record: Record | None, submission: Submission) -> bool:
    """Whether verifying would be the first time that somebody answers for the whole record."""
    return record is not None and not record.is_verified and submission.is_about_content


def _summary(problems: Mapping[Path, Sequence[str]], submission: Submission) -> list[dict[str, Any]]:
    """Errors by path as lines of a summary, each with the input to go to."""
    lines = []
    for path, texts in problems.items():
        bare = path.removeprefix("reasons.")
        label = (
            _("Note to the proposer")
            if bare == "note"
            else ""
            if bare in ("__all__", "reasons", "field")
            else submission.form_class.label_of(bare, submission.values)
        )
        target = (
            "id_note"
            if bare == "note"
            else "perubahan"
            if bare in ("reasons", "__all__")
            else f"line-{bare.replace('.', '-')}"
        )
        lines.append({"label": label, "messages": texts, "target": target})
    return lines


def _texts(refused: ValidationError) -> dict[Path, list[str]]:
    return {path: [text for error in errors for text in error.messages] for path, errors in by_path(refused).items()}


def _under(post: Mapping[str, str], prefix: str) -> dict[str, str]:
    """What was posted under names that begin with a prefix, by the rest of the name."""
    return {name.removeprefix(prefix): post[name] for name in post if name.startswith(prefix)}
