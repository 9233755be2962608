"""Batches: the list of them, the page of one with its sample, and what is done with all of its rows at once."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from disperin.accounts.requests import UserRequest
from disperin.desk.lists import PAGE_SIZE, chips_of, page_number, within_own_regency
from disperin.desk.pages import Desk
from disperin.desk.refusals import NotNow, Refused
from disperin.history.views import timeline
from disperin.notices.actions import mark_read_about
from disperin.submissions import own_words
from disperin.submissions.batches import actions as batches
from disperin.submissions.batches import jobs
from disperin.submissions.batches.actions.proposing import why_not_withdraw
from disperin.submissions.batches.actions.sampling import clean_of, sample_size, standing_sample, why_not_bulk
from disperin.submissions.batches.filters import BatchFilter
from disperin.submissions.batches.forms import BatchNoteForm
from disperin.submissions.batches.jobs import is_at_work
from disperin.submissions.forms import WithdrawForm
from disperin.submissions.models import Batch, Work, count_all
from disperin.ui.listing import with_query

MOST_SHOWN = 50  # doubtful rows on the page of a batch; all of them are found one by one in the list


class Batches(Desk):
    """`/usulan/berkas/`: the batches within reach; without a filter those that wait come first for the province."""

    def get(self, request: UserRequest) -> HttpResponse:
        reachable = Batch.objects.within_reach(request.user)
        narrowed = any(request.GET.get(name) for name in ("q", "state"))
        first = reachable.waiting() if request.user.sees_all and not narrowed else reachable
        asked = BatchFilter(request.GET, queryset=first, request=request)
        asked = within_own_regency(asked)
        problems = [] if asked.is_valid() else asked.form
        matched = asked.qs.shown() if not problems else reachable.none()
        page = page_number(request)
        shown = list(matched[(page - 1) * PAGE_SIZE : page * PAGE_SIZE + 1])
        count_all(shown)
        context = {
            "filter": asked,
            "problems": problems,
            "chips": chips_of(request, asked.form) if not problems else [],
            "batches": shown[:PAGE_SIZE],
            "previous_url": with_query(request, page=page - 1 if page > 2 else None) if page > 1 else "",
            "next_url": with_query(request, page=page + 1) if len(shown) > PAGE_SIZE else "",
        }
        return render(request, "submissions/batches.html", context, status=400 if problems else 200)


class _BatchDesk(Desk):
    """A page about one batch within reach."""

    def batch(self, number: str) -> Batch:
        """The batch of this number, if it lies within reach; 404 otherwise."""
        return get_object_or_404(Batch.objects.within_reach(self.request.user).shown(), number=number)

    def page(self, batch: Batch, *, form: BatchNoteForm | None = None, status: int = 200) -> HttpResponse:
        """The page of the batch; `form` is one that was refused."""
        user = self.request.user
        sample = standing_sample(batch, user) if user.can_decide else None
        drawn = list(sample.drawn.select_related("submission")) if sample else []
        doubts = sample.doubts.filter(submission__status="submitted").select_related("submission") if sample else None
        hindered, forbidden = why_not_bulk(batch, user)
        counts = batch.counts_apart()
        context = {
            "batch": batch,
            "counts": counts,
            "brought": counts["brought_in"],
            "verified": counts["verified"],
            "at_work": is_at_work(batch),
            "decides": user.can_decide and not forbidden,
            "hindered": hindered,
            "sample": sample,
            "drawn": drawn,
            "unread": sum(sampled.opened_at is None and sampled.submission.status == "submitted" for sampled in drawn),
            "clean": clean_of(sample).count() if sample else 0,
            "noted": clean_of(sample).filter(own_words.begins_with_any("message", own_words.NOTED)).count()
            if sample
            else 0,
            "sample_size": sample_size(batch.counts()["submitted"]),
            "doubts": doubts[:MOST_SHOWN] if doubts is not None else [],
            "doubtful": doubts.count() if doubts is not None else 0,
            "form": form or BatchNoteForm(),
            "events": timeline(batch),
            "may_withdraw": not why_not_withdraw(batch, user),
        }
        return render(self.request, "submissions/batch.html", context, status=status)


class BatchPage(_BatchDesk):
    """`/usulan/berkas/<number>/`: counts, the sample, what is doubtful, and the verbs on all rows."""

    def get(self, request: UserRequest, number: str) -> HttpResponse:
        batch = self.batch(number)
        mark_read_about(request.user, request.path)
        answer = self.page(batch)
        if request.htmx and not is_at_work(batch):
            answer["HX-Refresh"] = "true"  # the job is done: the page is another one now
        return answer


class _BatchWork(_BatchDesk):
    """A POST that begins a job on the batch."""

    work: Work
    said = ""

    def post(self, request: UserRequest, number: str) -> HttpResponse:
        batch = self.batch(number)
        form = BatchNoteForm(request.POST)
        note = form.cleaned_data["note"] if form.is_valid() else ""
        try:
            if form.is_valid():
                jobs.begin_work(batch, self.work, by=request.user, note=note)
        except ValidationError as refused:
            for errors in refused.error_dict.values():
                form.add_error("note", errors)
        if not form.is_valid():
            return self.page(batch, form=form, status=400)
        messages.success(request, self.said)
        return redirect("submissions:batch", number)


class BatchSampling(_BatchWork):
    """`/usulan/berkas/<number>/contoh/`: judges what waits and draws the sample."""

    work = Work.DRAW
    said = property(lambda self: _("The rows are judged and a sample is drawn. It stands below as soon as it is done."))


class BatchVerification(_BatchWork):
    """`/usulan/berkas/<number>/verifikasi/`: verifies what is clean, once the sample was read."""

    work = Work.VERIFY
    said = property(lambda self: _("The clean rows are being verified. The counts below say how far it is."))


class BatchReturn(_BatchWork):
    """`/usulan/berkas/<number>/kembalikan/`: returns what waits, for one reason."""

    work = Work.RETURN
    said = property(lambda self: _("The rows are being returned with your reason."))


class BatchWithdrawal(_BatchDesk):
    """`/usulan/berkas/<number>/tarik/`: asks, then takes back whatever of the batch is not decided."""

    def get(self, request: UserRequest, number: str) -> HttpResponse:
        batch = self.batch(number)
        if reason := why_not_withdraw(batch, request.user):
            raise (Refused if reason.forbidden else NotNow)(reason)
        return self._ask(batch, WithdrawForm())

    def post(self, request: UserRequest, number: str) -> HttpResponse:
        batch, form = self.batch(number), WithdrawForm(request.POST)
        if form.is_valid():
            try:
                outcome = batches.withdraw_batch(batch, by=request.user, note=form.cleaned_data["note"])
            except ValidationError as refused:
                form.add_error("note", [error for errors in refused.error_dict.values() for error in errors])
            else:
                text = _("%(number)d submissions were withdrawn. Their content can still be read.")
                messages.success(request, text % {"number": outcome.done})
                return redirect("submissions:batch", number)
        return self._ask(batch, form, status=400)

    def _ask(self, batch: Batch, form: WithdrawForm, status: int = 200) -> HttpResponse:
        context = {"batch": batch, "form": form, "counts": batch.counts()}
        return render(self.request, "submissions/batch_withdraw.html", context, status=status)
