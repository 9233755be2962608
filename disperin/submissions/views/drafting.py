"""The page of a draft: keep what was typed (by hand or by itself), add and remove rows, take files in."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.accounts.requests import UserRequest
from disperin.attachments.storage import DISK_FULL
from disperin.desk.pages import whole_number
from disperin.desk.refusals import Stale
from disperin.registers.gate.forms import RecordForm, whole
from disperin.registers.gate.refusals import left_out_whole, refusals
from disperin.registers.lists import additions
from disperin.registers.values.changes import Change, differences
from disperin.registers.values.posted import page_of, places, read, rows_posted, turned_to
from disperin.registers.values.terms import Path, Problems, Values
from disperin.submissions import actions, own_words
from disperin.submissions.draft_form import (
    cleaned,
    of_rows,
    place_to_mend,
    reads,
    with_files,
    with_key,
    with_left_out,
    with_photos,
    with_rows,
)
from disperin.submissions.draft_page import DraftPage
from disperin.submissions.forms import WithdrawForm
from disperin.submissions.models import Submission
from disperin.submissions.presentation import Words, compared
from disperin.submissions.views.submission_page import SubmissionPage
from disperin.submissions.workflow import Step
from disperin.ui import formats
from disperin.ui.controls import control
from disperin.ui.headers import allow


class Edit(SubmissionPage):
    """`/usulan/<number>/ubah/`. Every POST keeps the whole page; `add`, `check`, htmx differ in what follows."""

    def get(self, request: UserRequest, number: str) -> HttpResponse:
        submission = self.submission(number)
        self.refuse_unless_open(Step.REVISE, submission)
        return self._page(submission, submission.kept(), adding=request.GET.get("tambah", ""))

    def post(self, request: UserRequest, number: str) -> HttpResponse:
        submission = self.submission(number)
        self.refuse_unless_open(Step.REVISE, submission)
        form_class = submission.form_class
        post, refused_files = with_files(
            request.POST, request.FILES, form_class, regency=submission.regency, by=request.user
        )
        shown = submission.kept()
        typed = read(form_class, post, kept=shown)
        given, refused_rows = with_rows(typed, request.FILES, form_class)
        given, refused_photos = with_photos(
            given, request.FILES, form_class, regency=submission.regency, by=request.user
        )
        for text in refused_photos:
            messages.error(request, text)
        given = self._with_reading(submission, given, post.get("take", ""))
        message = post.get("message", "").replace("\r\n", "\n")
        revision = whole_number(post.get("revision"))
        placed, refused_here = places(form_class, post, kept=shown), refused_files | refused_rows
        try:
            kept, left_out = self._keep(submission, given, message, revision)
        except Stale:
            return self._stale(submission, given, message)
        for name in left_out_whole(form_class, left_out):
            placed.pop(name, None)
        problems: dict[Path, Any] = {with_key(path, kept.values): refusal for path, refusal in left_out.items()}
        problems |= of_rows(refused_here, kept, placed)
        clean = cleaned(form_class, given)
        notes = {with_key(path, kept.values): text for path, text in reads(form_class, given).items()}
        if request.htmx:
            response = self._kept(kept, problems, placed, clean, notes)
            if given is not typed or refused_photos:  # the page knows nothing of these rows, and would take them away
                response["HX-Redirect"] = reverse("submissions:edit", args=[number])
            return response
        for path, text in notes.items():
            messages.info(request, f"{form_class.label_of(path, kept.values)}: {text}")
        if problems:
            full = str(DISK_FULL) in refused_files.values()
            asked = left_out or "check" in post
            still: dict[Path, Any] = actions.hindrances(kept.form(by=request.user), request.user) if asked else {}
            if not {"check", "listed"} & post.keys():
                still = _less_missing(still)
            shown = with_left_out(kept, given, left_out)
            return self._page(
                kept, shown, problems=still | problems, message=message, partly=True, status=507 if full else 400
            )
        if clean:
            messages.info(request, _without_unseen(clean))
        if "check" in post:
            return self._go_on_to_check(kept)
        messages.success(request, _("Saved %(clock)s.") % {"clock": formats.clock(timezone.now())})
        if _is_still_empty(post, post.get("add", ""), placed):
            messages.info(request, _("The new row is empty still. Fill it in before you add another one."))
        return redirect(self._next(kept, post))

    def _with_reading(self, submission: Submission, given: Values, name: str) -> Values:
        """The values with what the answer to this field says of others, where its button asks for that."""
        form_class = submission.form_class
        if name not in form_class.read_from:
            return given
        reading = form_class.reading(name, {**submission.kept(), **given})
        return {**given, **reading.values} if reading else given

    def _next(self, submission: Submission, post: QueryDict) -> str:
        """Where the page goes on: at the new row, at the part that was looked at, on the same pages of long parts."""
        parts = submission.form_class.parts
        adding, (turned, page) = post.get("add", ""), turned_to(post)
        removed = next((name for name in parts if any(_removes(key, name) for key in post)), "")
        query: dict[str, Any] = {f"{name}-page": asked for name in parts if (asked := page_of(name, post)) is not None}
        if adding in parts:
            query["tambah"], place = adding, f"baris-{adding}-{len(submission.values[adding])}"
        elif turned in parts:
            query |= {f"{turned}-page": page} if page else {}
            place = f"bagian-{turned}"
        else:
            place = f"bagian-{removed}" if removed else ""
        address = reverse("submissions:edit", args=[submission.number])
        return "".join([address, f"?{urlencode(query)}" if query else "", f"#{place}" if place else ""])

    def _keep(self, submission: Submission, given: Values, message: str, revision: int) -> tuple[Submission, Problems]:
        """Revise; a page that says the same as what is kept is not stale, however old it is.

        Gives the submission and what of it was left out, as of the verb.
        """
        try:
            return actions.revise_what_may_be_kept(
                submission, given, by=self.request.user, revision=revision, message=message
            )
        except Stale:
            theirs = self.submission(submission.number)
            if message != theirs.message or self._differences(theirs, given):
                raise
            return theirs, {}

    def _differences(self, theirs: Submission, given: Values) -> list[Change]:
        form_class = theirs.form_class
        mine, _typed = self._mine(theirs, given).entered()
        return differences(theirs.values, mine, form_class.parts)

    def _mine(self, submission: Submission, given: Values) -> RecordForm:
        record = submission.record()
        values = whole(submission.form_class, given, instance=record, current=submission.kept())
        return submission.form_class(values, instance=record, by=self.request.user)

    def _go_on_to_check(self, submission: Submission) -> HttpResponse:
        """To the page that reads all answers back, once nothing is left that must be mended."""
        form, by = submission.form(by=self.request.user), self.request.user
        if problems := actions.what_hinders_submitting(submission, form, by=by):
            return self._page(submission, submission.kept(), problems=problems, status=400)
        return redirect("submissions:check", submission.number)

    def _refused(self, submission: Submission, given: Values, message: str, problems: Problems) -> HttpResponse:
        """An old page that holds what must not be kept: nothing was kept. It shows all that was typed, and why not."""
        values = whole(submission.form_class, given, instance=submission.record(), current=submission.kept())
        shown: dict[Path, Any] = {with_key(path, values): errors for path, errors in problems.items()}
        if self.request.htmx:
            page = self._shown(submission, values, problems=shown)
            return render(self.request, "submissions/_refused.html", {"page": page}, status=400)
        return self._page(submission, values, problems=shown, message=message, revision=0, unsaved=True, status=400)

    def _stale(self, submission: Submission, given: Values, message: str) -> HttpResponse:
        """Somebody else kept something meanwhile: both texts side by side; the page holds yours on top of theirs."""
        theirs = self.submission(submission.number)
        form_class = theirs.form_class
        # rows that somebody removed meanwhile are known too: they come back, if they are kept again
        known = form_class.known_keys(theirs.record(), theirs.base, theirs.values, given)
        if unfit := form_class.unfit(given, known_keys=known):
            record, current = theirs.record(), theirs.kept()
            problems = refusals(form_class, given, unfit, record=record, current=current, by=self.request.user)
            return self._refused(theirs, given, message, _less_missing(problems))
        mine = self._mine(theirs, given)
        values, _typed = mine.entered()
        groups, _same = compared(Words(mine, theirs.values, values, reader=self.request.user), theirs.values, values)
        context: dict[str, Any] = {"stale": groups, "theirs": theirs, "message_differs": message != theirs.message}
        if self.request.htmx:
            return render(self.request, "submissions/_stale.html", {**context, "oob": True}, status=412)
        shown = whole(form_class, given, instance=theirs.record(), current=theirs.kept())
        return self._page(theirs, shown, message=message, unsaved=True, status=412, **context)

    def _kept(
        self,
        submission: Submission,
        problems: Mapping[str, Any],
        kept_places: Mapping[str, Mapping[int, int]],
        clean: Sequence[str],
        notes: Mapping[Path, str],
    ) -> HttpResponse:
        """The answer to an autosave: new revision, keys of new rows, files that were taken in, what codes mean.

        `notes` say how figures in words were read; they stand at their fields, which keep what was typed.
        """
        # a page that lists what is to be mended hears what of it still is
        by, is_listed = self.request.user, "listed" in self.request.POST
        still = actions.hindrances(submission.form(by=by), by) if is_listed else None
        numbers = {name: {place: at for at, place in some.items()} for name, some in kept_places.items()}
        page = self._shown(submission, submission.kept(), problems={**(still or {}), **problems}, numbers=numbers)
        keys = [
            (f"{name}-{at}-key", submission.values[name][place]["key"])
            for name, some in kept_places.items()
            for at, place in some.items()
        ]
        sent = {name.removesuffix("-file") for name in self.request.FILES}
        context = {"page": page, "submission": submission, "keys": keys, "sent": sent, "summary": page.told(problems)}
        context["notes"] = page.told({path: text for path, text in notes.items() if path not in page.problems})
        context["open"] = None if still is None else page.problems
        response = render(self.request, "submissions/_kept.html", context)
        response["Portal-Revision"] = submission.revision  # by this the page knows that it was kept
        if problems:
            response["Portal-Partly"] = "yes"
        clock = {"clock": formats.clock(timezone.now())}
        saved = _("Saved %(clock)s, but for what is marked.") % clock if problems else _("Saved %(clock)s") % clock
        saved = f"{saved}. {_without_unseen(clean)}" if clean and not problems else saved
        response["HX-Trigger"] = json.dumps({"portal:saved": {"text": saved, "partly": bool(problems)}})
        return response

    def _shown(self, submission: Submission, values: Values, **options: Any) -> DraftPage:
        options_url = reverse("submissions:options", args=[submission.number])
        query = self.request.POST or self.request.GET
        return DraftPage(submission, values, by=self.request.user, shown=query, options_url=options_url, **options)

    def _page(
        self,
        submission: Submission,
        values: Values,
        *,
        problems: Mapping[Path, Sequence[str | ValidationError]] | None = None,
        adding: str = "",
        message: str | None = None,
        revision: int | None = None,
        status: int = 200,
        **more: Any,
    ) -> HttpResponse:
        page = self._shown(submission, values, problems=problems, adding=adding)
        context = {
            "submission": submission,
            "page": page,
            "message": own_words.said(submission.message if message is None else message),
            "revision": submission.revision if revision is None else revision,
            "reports": self.reports(submission),
            "added": additions.of_draft(
                submission.record() if submission.is_about_content else None,
                lambda path: place_to_mend(page.form, submission.values, path),
            ),
            **more,
        }
        response = render(self.request, "submissions/draft.html", context, status=status)
        return allow(response, "geolocation") if page.has_point else response


class Options(SubmissionPage):
    """`/usulan/<number>/pilihan/?field=village&district=…`: a select with the options that follow from another.

    What the page sends as chosen (`&village=…`), saved or not, stays chosen where it is still offered.
    """

    def get(self, request: UserRequest, number: str) -> HttpResponse:
        submission = self.submission(number)
        self.refuse_unless_open(Step.REVISE, submission)
        name, district = request.GET.get("field", ""), request.GET.get("district", "")
        if name not in submission.form_class.base_fields or "\x00" in district:
            raise Http404
        chosen = {name: request.GET[name]} if name in request.GET else {}
        form = submission.form_class(submission.kept() | chosen, instance=submission.record())
        form._errors = ErrorDict()
        regency = submission.values.get("regency") or submission.regency_id
        form.narrow(regency, district=district or None)
        return HttpResponse(control(form[name]))


class Withdraw(SubmissionPage):
    """`/usulan/<number>/tarik/`: asks, then takes the submission back."""

    def get(self, request: UserRequest, number: str) -> HttpResponse:
        submission = self.submission(number)
        self.refuse_unless_open(Step.WITHDRAW, submission)
        return render(request, "submissions/withdraw.html", {"submission": submission, "form": WithdrawForm()})

    def post(self, request: UserRequest, number: str) -> HttpResponse:
        submission, form = self.submission(number), WithdrawForm(request.POST)
        if form.is_valid():
            try:
                actions.withdraw(submission, by=request.user, note=form.cleaned_data["note"])
            except ValidationError as refused:
                form.add_error("note", [error for errors in refused.error_dict.values() for error in errors])
            else:
                messages.success(request, _("Withdrawn. Its content can still be read."))
                return redirect("submissions:detail", number)
        return render(request, "submissions/withdraw.html", {"submission": submission, "form": form}, status=400)


def _less_missing(problems: Problems) -> Problems:
    """Without what is merely not entered yet: a draft that is kept on the way is not whole."""
    left = {path: [error for error in errors if error.code != "required"] for path, errors in problems.items()}
    return {path: errors for path, errors in left.items() if errors}


def _without_unseen(labels: Sequence[str]) -> str:
    values = {"fields": ", ".join(labels[:5])}
    return _("Kept without double spaces and characters that cannot be seen: %(fields)s.") % values


def _is_still_empty(post: QueryDict, part: str, placed: Mapping[str, Mapping[int, int]]) -> bool:
    """Is another row asked for, while the one that was added stands there with nothing in it?"""
    rows = range(rows_posted(post, part)) if part in placed else ()
    gone = {at for at in rows if post.get(f"{part}-{at}-remove") or post.get(f"{part}-{at}-key")}
    return any(at not in placed[part] for at in rows if at not in gone)


def _removes(key: str, name: str) -> bool:
    return key.startswith(f"{name}-") and key.endswith("-remove")
