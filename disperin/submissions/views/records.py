"""One submission to read, and the versions of a record: list, differences between two, restore as a new submission."""

from collections.abc import Collection, Iterable, Sequence

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.accounts.requests import UserRequest
from disperin.desk.pages import Desk
from disperin.history.views import timeline
from disperin.notices.actions import mark_read_about
from disperin.registers.lists.addresses import record_address
from disperin.registers.models import Record
from disperin.registers.record import directory
from disperin.registers.record.directory import Register
from disperin.registers.record.versions import NoSuchVersion, Version, values_at, version_of, versions_of
from disperin.registers.values.terms import Values
from disperin.submissions import actions, own_words
from disperin.submissions.batches import actions as batches
from disperin.submissions.models import Kind, Submission
from disperin.submissions.presentation import Words, compared, filled, standing, whatsapp_text
from disperin.submissions.views.submission_page import SubmissionPage
from disperin.submissions.workflow import Status, Step, open_steps, why_not


class Detail(SubmissionPage):
    """`/usulan/<number>/`: what is proposed, what was answered, what happened, and what can be done now."""

    def get(self, request: UserRequest, number: str) -> HttpResponse:
        """The page; notices that lead here have now been read, also if somebody came by the link in the mail."""
        submission = self.submission(number)
        mark_read_about(request.user, request.path)
        batches.note_opened(submission, by=request.user)
        return self._page(submission)

    def post(self, request: UserRequest, number: str) -> HttpResponse:
        """Shows one masked value, this once; the history remembers who saw it."""
        submission, field = self.submission(number), request.POST.get("reveal", "")
        try:
            actions.reveal(submission, field, by=request.user)
        except ValidationError as refused:
            raise Http404 from refused
        return self._page(submission, revealed=[field])

    def _page(self, submission: Submission, revealed: Collection[str] = ()) -> HttpResponse:
        user = self.request.user
        fresh = submission.kind == Kind.CREATE
        form = submission.form_class(submission.kept(), instance=submission.record())
        words = Words(form, submission.base, submission.values, revealed=revealed, reader=user)
        changed, _unchanged = compared(words, submission.base, submission.values, fresh=fresh)
        confirmed = submission.kind == Kind.CONFIRM and not changed
        if confirmed:
            changed = filled(words, submission.values)
        label_of, steps = submission.form_class.label_of, open_steps(submission, user)
        rounds = [
            (past_round, [(label_of(path, past_round.values), text) for path, text in past_round.reasons.items()])
            for past_round in submission.rounds.select_related("submitted_by", "decided_by").order_by("-round")
        ]
        decided = submission.status in (Status.VERIFIED, Status.REJECTED, Status.RETURNED)
        context = {
            "submission": submission,
            "fresh": fresh,
            "confirmed": confirmed,
            "changed": changed,
            "files": words.files,
            "reports": self.reports(submission),
            "rounds": rounds,
            "events": timeline(submission),
            "steps": steps,
            "can_review": Step.VERIFY in steps,
            "next_in_sample": batches.next_unread(submission, by=user),
            "held": why_not(Step.VERIFY, submission, user) if _is_held_up(submission, user, steps) else "",
            "whatsapp": whatsapp_text(submission) if decided else "",
            "record_url": record_address(submission.target, submission.record_number),
        }
        return render(self.request, "submissions/detail.html", context)


def _is_held_up(submission: Submission, user: User, steps: Sequence[Step]) -> bool:
    """Would this verifier decide it, if somebody (a colleague, their own authorship) were not in the way?"""
    return user.can_decide and submission.status == Status.SUBMITTED and Step.VERIFY not in steps


class RecordVersions(Desk):
    """`/usulan/data/<slug>/<number>/riwayat/[?dari=2&ke=5]`: only for those whose reach includes the record."""

    def get(self, request: UserRequest, slug: str, number: str) -> HttpResponse:
        register, record = self._record(slug, number)
        versions = versions_of(record)
        newest = versions[0].number if versions else 0
        newer = self._chosen(versions, "ke", newest)
        if newer is None:
            raise Http404
        older = self._chosen(
            versions, "dari", max((version.number for version in versions if version.number < newer.number), default=0)
        )
        after = values_at(register, record, newer, versions)
        before = values_at(register, record, older, versions) if older else {}
        words = Words(register.form(after, instance=record), before, after, reader=request.user)
        groups = compared(words, before, after)[0] if older else filled(words, after)
        if older and (stood := standing(older, newer)):
            groups = [stood, *groups]
        context = {
            "register": register,
            "record": record,
            "record_url": record_address(register, record.number),
            "versions": self._told(versions),
            "older": older,
            "newer": newer,
            "newest": newest,
            "groups": groups,
            "events": timeline(record),
        }
        return render(request, "submissions/record_versions.html", context)

    def post(self, request: UserRequest, slug: str, number: str) -> HttpResponse:
        """Begins a submission that holds what the record was at one version."""
        register, record = self._record(slug, number)
        versions = versions_of(record)
        chosen = self._chosen(versions, "versi", None)
        if chosen is None:
            raise Http404
        values = values_at(register, record, chosen, versions)
        values = _as_new_rows(values, values_at(register, record, versions[0], versions), register.form.parts)
        message = own_words.kept("restored", number=chosen.number)
        submission = actions.draft(register, values, by=request.user, record=record, message=message)
        messages.success(request, _("A draft with the content of that version was begun. Check it, then submit it."))
        return redirect("submissions:edit", submission.number)

    def _record(self, slug: str, number: str) -> tuple[Register, Record]:
        try:
            register = directory.get(slug)
        except directory.UnknownRegister:
            raise Http404 from None
        reachable = register.model.objects.within_reach(self.request.user).select_related("regency")
        record = reachable.filter(number=number).first()
        if record is None:
            raise Http404
        record.reader = self.request.user
        return register, record

    def _chosen(self, versions: Sequence[Version], name: str, otherwise: int | None) -> Version | None:
        """The version that the address (or the button) names; 404 for one that never was."""
        query = self.request.POST if self.request.method == "POST" else self.request.GET
        text = query.get(name, "" if otherwise is None else str(otherwise))
        if text == "0":
            return None
        try:
            return version_of(versions, int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1)
        except NoSuchVersion:
            raise Http404 from None

    def _told(self, versions: Sequence[Version]) -> list[tuple[Version, User | None, Submission | None]]:
        """Each version with the person's name and the submission, where it lies within reach."""
        people = get_user_model().objects.in_bulk({version.user_id for version in versions if version.user_id})
        numbers = [version.submission for version in versions if version.submission]
        reachable = Submission.objects.within_reach(self.request.user).filter(number__in=numbers)
        kinds = {submission.number: submission for submission in reachable.only("number", "kind", "direct", "regency")}
        return [(version, people.get(version.user_id), kinds.get(version.submission)) for version in versions]


def _as_new_rows(values: Values, current: Values, parts: Iterable[str]) -> Values:
    """Rows that were closed since then come back as new ones: a key that was closed stays closed."""
    values = dict(values)
    for name in parts:
        present = {row["key"] for row in current[name]}
        values[name] = [
            row if row["key"] in present else {field: value for field, value in row.items() if field != "key"}
            for row in values[name]
        ]
    return values
