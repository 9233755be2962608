"""Likely duplicates: the work list, the search, and one pair side by side, to be merged or dismissed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disperin.accounts.requests import UserRequest
from disperin.desk.lists import DeskList
from disperin.desk.pages import Desk, whole_number
from disperin.desk.refusals import NotNow, Refused
from disperin.duplicates import actions as duplicates
from disperin.duplicates import jobs
from disperin.duplicates.actions.deciding import refuse_decided, why_not_decide
from disperin.duplicates.actions.pairing import is_searching
from disperin.duplicates.filters import PairFilter
from disperin.duplicates.forms import DismissForm, PairForm
from disperin.duplicates.side_by_side import (
    carried_by,
    chosen_fields,
    chosen_rows,
    last_merge,
    left_in_words,
    reached,
    side_by_side,
)
from disperin.history.views import timeline
from disperin.registers.lists import listing
from disperin.registers.lists.addresses import record_address
from disperin.registers.models import DuplicatePair, DuplicateSearch, Merge, Record
from disperin.registers.pairing.pairs import PairState
from disperin.registers.pairing.search import called
from disperin.registers.record import directory
from disperin.registers.record.directory import Register
from disperin.registers.record.likeness import words_of
from disperin.submissions import own_words

LIKEST = listing.Order("-score", gettext_lazy("Likest first"), F("score"))


class PairList(DeskList):
    """`/usulan/kembar/`: the pairs within reach, the likest first; those to be decided unless others are asked for."""

    filterset_class = PairFilter
    columns = (
        "id", "register", "first_number", "first_name", "second_number", "second_name", "regency__name",
        "second_regency__name", "score", "reasons", "state",
    )  # fmt: skip

    def get(self, request: UserRequest) -> HttpResponse:
        context = self.narrowed(DuplicatePair.objects.within_reach(request.user), LIKEST)
        search = DuplicateSearch.objects.first()
        context |= {
            "rows": [_row(row) for row in context["rows"]],
            "search": search,
            "searching": is_searching(search),
            "searched": len(search.done) if search else 0,
            "may_decide": not why_not_decide(request.user),
        }
        return render(request, "submissions/pairs.html", context, status=400 if context["problems"] else 200)


class PairSearch(Desk):
    """`/usulan/kembar/cari/`: lets a job search; the list says how far it is."""

    def post(self, request: UserRequest) -> HttpResponse:
        duplicates.begin_search(by=request.user)
        messages.success(request, _("The search has begun. The list fills as it goes on."))
        return redirect("duplicates:pairs")


class PairNew(Desk):
    """`/usulan/kembar/baru/[?data=<number>]`: for whoever knows that two records are one which no search has paired."""

    def get(self, request: UserRequest) -> HttpResponse:
        self._refuse_others()
        return self._page(PairForm(initial={"first": request.GET.get("data", "")[:20]}))

    def post(self, request: UserRequest) -> HttpResponse:
        """Go on to the page of the pair, where the first record stands; or say what is wrong, and which were found."""
        self._refuse_others()
        form = PairForm(request.POST)
        if form.is_valid():
            try:
                pair = duplicates.name_pair(**form.cleaned_data, by=request.user)
            except ValidationError as refused:
                form.add_error(None, refused)
            else:
                stays = urlencode({"tetap": form.cleaned_data["first"].upper()})
                return redirect(f"{reverse('duplicates:pair', args=[pair.pk])}?{stays}")
        return self._page(form, status=400)

    def _refuse_others(self) -> None:
        if reason := why_not_decide(self.request.user):
            raise Refused(reason)

    def _page(self, form: PairForm, status: int = 200) -> HttpResponse:
        words = form["second"].value()
        context = {"form": form, "words": words, "matches": None}
        if form.has_error("second", "no_number"):
            context["matches"] = self._found(form["first"].value(), words)
        if context["matches"]:
            del form.errors["second"]
            form.add_error("second", ValidationError(_("Choose one of the records below."), "several"))
        return render(self.request, "submissions/pair_new.html", context, status=status)

    def _found(self, first: str, words: str) -> list[tuple[Record, str]]:
        """The records that these words lead to, with their addresses; none where the first one says no register."""
        register, number = directory.named(first)
        if not (register and register.model.likened_by):
            return []
        reachable = register.model.objects.within_reach(self.request.user).exclude(number=number)
        records = called(reachable.select_related("regency"), words)
        return [(record, record_address(register, record.number)) for record in records]


class PairPage(Desk):
    """`/usulan/kembar/<id>/[?tetap=<number>]`: both records, and what a verifier or administrator may do with them.

    `tetap` names the record that is to stand, the first one otherwise.
    """

    def get(self, request: UserRequest, pk: int) -> HttpResponse:
        return self._page(self._pair(pk))

    def post(self, request: UserRequest, pk: int) -> HttpResponse:
        """Merge or dismiss, as the button says; what was chosen stays on the page if it is refused (400, 409)."""
        pair, decision = self._pair(pk), request.POST.get("decision", "")
        try:
            if decision == "dismiss":
                jobs.dismiss(pair, by=request.user, note=request.POST.get("note", ""))
                messages.success(request, _("Noted: these are two different records."))
                return redirect("duplicates:pairs")
            if decision == "merge":
                made = self._merge(pair)
                if made is None:
                    messages.success(request, _("Ordered: a job merges them, and you will be told how it went."))
                    return redirect("duplicates:pair", pk)
                messages.success(request, _("Merged. The old number now leads to the record that stands."))
                return redirect("duplicates:merge", made.pk)
        except ValidationError as refused:
            return self._page(pair, problems=refused, status=400)
        except NotNow as refused:
            return self._page(self._pair(pk), refused=str(refused), status=409)
        raise BadRequest(_("Choose one of the buttons."))

    def _merge(self, pair: DuplicatePair) -> Merge | None:
        post = self.request.POST
        refuse_decided(pair)
        register, keep, drop = self._records(pair, post.get("tetap", ""))
        return jobs.begin_merge(
            pair,
            register,
            keep,
            drop,
            by=self.request.user,
            choices=chosen_fields(register, post),
            same_rows=chosen_rows(post),
            versions=[whole_number(post.get(name)) for name in ("keep_version", "drop_version")],
        )

    def _pair(self, pk: int) -> DuplicatePair:
        reachable = DuplicatePair.objects.within_reach(self.request.user)
        return get_object_or_404(reachable.select_related("regency", "second_regency", "decided_by", "named_by"), pk=pk)

    def _records(self, pair: DuplicatePair, stays: str) -> tuple[Register, Record, Record]:
        """The register, the record that is to stand, and the other; 404 if one has moved out of reach since."""
        register = directory.get(pair.register)
        first, second = reached(register, (pair.first_id, pair.second_id), self.request.user)
        return (register, second, first) if stays == second.number else (register, first, second)

    def _page(
        self, pair: DuplicatePair, *, problems: ValidationError | None = None, refused: str = "", status: int = 200
    ) -> HttpResponse:
        post = self.request.POST if self.request.method == "POST" else None
        register, keep, drop = self._records(pair, (post or self.request.GET).get("tetap", ""))
        groups, rows = side_by_side(register, keep, drop, post)
        at_work = jobs.is_at_work(pair)
        may_decide = pair.state == PairState.OPEN and not at_work and not why_not_decide(self.request.user)
        context = {
            "pair": pair,
            "note": own_words.said(pair.note),
            "register": register,
            "keep": keep,
            "drop": drop,
            "keep_url": record_address(register, keep.number),
            "drop_url": record_address(register, drop.number),
            "groups": groups,
            "rows": rows,
            "problems": _summary(problems, register),
            "refused": refused,
            "form": DismissForm(post) if post and post.get("decision") == "dismiss" else DismissForm(),
            "may_decide": may_decide,
            "at_work": at_work,
            "keep_label": _("stands") if may_decide else keep.number,
            "drop_label": _("is closed") if may_decide else drop.number,
            "merge": last_merge(pair),
            "events": timeline(pair),
        }
        return render(self.request, "submissions/pair.html", context, status=status)


class MergePage(Desk):
    """`/usulan/kembar/gabungan/<id>/`: what became one, what was carried over, and the way back."""

    def get(self, request: UserRequest, pk: int) -> HttpResponse:
        return self._page(self._made(pk))

    def post(self, request: UserRequest, pk: int) -> HttpResponse:
        """Make two of one again."""
        made = self._made(pk)
        try:
            undone = jobs.begin_unmerge(made, by=request.user)
        except ValidationError as refused:
            return self._page(made, problems=refused, status=400)
        except NotNow as refused:
            return self._page(self._made(pk), refused=str(refused), status=409)
        if undone is None:
            messages.success(request, _("Ordered: a job undoes it, and you will be told how it went."))
            return redirect("duplicates:merge", pk)
        left = ", ".join(left_in_words(undone))
        text = _("Undone. Changed since, and left as it is: %(left)s.") % {"left": left} if left else _("Undone.")
        messages.success(request, text)
        return redirect("duplicates:merge", pk)

    def _made(self, pk: int) -> Merge:
        """The merge, if both records lie within reach."""
        made = get_object_or_404(Merge.objects.within_reach(self.request.user), pk=pk)
        reached(directory.get(made.register), (made.kept_id, made.dropped_id), self.request.user)
        return made

    def _page(
        self, made: Merge, *, problems: ValidationError | None = None, refused: str = "", status: int = 200
    ) -> HttpResponse:
        register, at_work = directory.get(made.register), jobs.is_being_undone(made)
        context = {
            "made": made,
            "at_work": at_work,
            "left": left_in_words(made),
            "register": register,
            "record_url": record_address(register, made.kept_number),
            "fields": [register.form.label_of(name, {}) for name in made.choices],
            "carried": carried_by(made),
            "problems": _summary(problems, register),
            "refused": refused,
            "may_undo": made.undone_at is None and not at_work and not why_not_decide(self.request.user),
        }
        return render(self.request, "submissions/merge.html", context, status=status)


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **row,
        "label": directory.get(row["register"]).label_of_one,
        "why": words_of(row["reasons"]),
        "state_label": PairState(row["state"]).label,
        "regencies": " / ".join(dict.fromkeys((row["regency__name"], row["second_regency__name"]))),
    }


def _summary(refused: ValidationError | None, register: Register) -> list[dict[str, Any]]:
    """A ValidationError as lines of a summary, each with the field to go to."""
    if refused is None:
        return []
    return [
        {
            "label": "" if path in ("__all__", "note") else register.form.label_of(path, {}),
            "messages": [text for error in errors for text in error.messages],
            "target": "id_note" if path == "note" else f"field-{path}",
        }
        for path, errors in refused.error_dict.items()
    ]
