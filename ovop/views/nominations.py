"""Nominations, inside the office: the list of a round, one nomination, and what can be done with it now."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disperin.accounts.models import User
from disperin.accounts.requests import UserRequest, user_of
from disperin.desk.pages import Desk
from disperin.registers.lists.facets import Facet, regencies
from disperin.registers.lists.views import RecordList
from disperin.registers.record import past
from disperin.submissions.views.record_page import RecordPage
from disperin.ui.texts import Text
from ovop import actions, rules
from ovop.filters import NominationFilter
from ovop.forms import AssessmentForm, GapForm, ResultForm
from ovop.models import Assessment, AwardRound, ChecklistItem, Nomination, NominationPaper, readiness_of
from ovop.papers import round_bundle
from ovop.rules import Step
from ovop.rules.selection import Person, Standing

from .gallery import groups, language, rounds

COLUMNS = (
    "number", "name", "group__name_id", "group__name_en", "round__year", "stage", "result", "establishment__name",
    "regency__name", "assessments_in",
)  # fmt: skip


class NominationList(RecordList):
    """`/ovop/usulan/`: what was proposed for the rounds, within one's reach."""

    filterset_class = NominationFilter
    template_name = "ovop/nomination_list.html"
    facets = (
        Facet("round", gettext_lazy("Year"), "round", rounds),
        Facet("stage", gettext_lazy("Stage"), "stage"),
        Facet("regency", gettext_lazy("Regency/city"), "regency", regencies),
        Facet("group", gettext_lazy("Commodity group"), "group", groups),
        Facet("result", gettext_lazy("Result"), "result"),
    )
    columns = COLUMNS

    def cards(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [
            {
                **row,
                "stage_label": rules.Stage(row["stage"]).label,
                "result_label": rules.Result(row["result"]).label if row["result"] else "",
                "group": row[f"group__name_{language()}"],
                "assessors": rules.ASSESSORS if row["stage"] == rules.Stage.SELECTION else 0,
            }
            for row in rows
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        chosen = self.active.get("round")
        return context | {"round": chosen and AwardRound.objects.get(pk=chosen)}


class NominationDetail(RecordPage):
    """`/ovop/usulan/<number>/`: one nomination: how it stands, its papers, its assessments, and the steps to take."""

    template_name = "ovop/nomination_detail.html"
    queryset = Nomination.objects.select_related(
        "regency", "group", "round__scheme", "product__establishment", "establishment__cluster"
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record, user, today = self.object, user_of(self.request), past.today()
        standing, person = record.standing(), record.person(user)
        readiness = readiness_of(record.product, today)
        return super().get_context_data(
            standing=standing,
            steps=rules.open_steps(standing, person),
            held=_held_up(standing, person),
            stages=list(_stages(record)),
            papers=_papers(record, today),
            readiness=readiness,
            next_steps=[rules.explain_step(step) for step in readiness.steps],
            assessments=_shown_assessments(record, user),
            assessors=rules.ASSESSORS,
            gap=rules.gap_of(standing.totals),
            gap_form=GapForm(),
            award=record.award() if record.result == rules.Result.AWARDED else None,
            **kwargs,
        )


class NominationDesk(Desk):
    """A page of one nomination within reach."""

    def nomination(self, number: str) -> Nomination:
        """The nomination of this number; 404 where it lies out of reach, as if it were not there."""
        if "\x00" in number:
            raise Http404
        reachable = Nomination.objects.within_reach(self.request.user)
        return get_object_or_404(
            reachable.select_related("regency", "group", "round__scheme", "product", "establishment"), number=number
        )

    def refuse_unless_open(self, step: Step, nomination: Nomination) -> None:
        """Raises Refused (403) or NotNow (409) with the reason in words, before a page offers the step."""
        actions.refuse_unless_open(step, nomination, self.request.user)

    def back(self, number: str) -> HttpResponse:
        """To the page of the nomination."""
        return redirect("ovop:nomination-detail", number)


class NominationStep(NominationDesk):
    """`/ovop/usulan/<number>/tahap/`: a step that needs no page of its own; POST only."""

    http_method_names = ["post"]
    TOLD = {
        Step.SELECT: gettext_lazy("The selection has begun. Two verifiers assess it now."),
        Step.EXPLAIN: gettext_lazy("The note is kept."),
        Step.DETERMINE: gettext_lazy("Moved on to determination."),
    }

    def post(self, request: UserRequest, number: str) -> HttpResponse:
        nomination, asked = self.nomination(number), request.POST.get("step", "")
        if asked == Step.AWARD:
            return redirect("submissions:edit", actions.propose_award(nomination, by=request.user).number)
        if asked not in self.TOLD:
            raise Http404
        step = Step(asked)
        if step == Step.SELECT:
            actions.select(nomination, by=request.user)
        elif step == Step.DETERMINE:
            actions.determine(nomination, by=request.user)
        else:
            self.refuse_unless_open(step, nomination)
            form = GapForm(request.POST)
            if not form.is_valid() or not _done(form, actions.explain_gap, nomination, by=request.user):
                return render(request, "ovop/gap.html", {"nomination": nomination, "form": form}, status=400)
        messages.success(request, self.TOLD[step])
        return self.back(number)


class NominationAssess(NominationDesk):
    """`/ovop/usulan/<number>/nilai/`: points for every criterion, handed in once."""

    def get(self, request: UserRequest, number: str) -> HttpResponse:
        nomination = self.nomination(number)
        self.refuse_unless_open(Step.ASSESS, nomination)
        return self._page(nomination, AssessmentForm(criteria=nomination.criteria()))

    def post(self, request: UserRequest, number: str) -> HttpResponse:
        nomination = self.nomination(number)
        self.refuse_unless_open(Step.ASSESS, nomination)
        form = AssessmentForm(request.POST, criteria=nomination.criteria())
        if not form.is_valid():
            return self._page(nomination, form, status=400)
        given = {"points": form.points, "comment": form.cleaned_data["comment"]}
        try:
            actions.assess(nomination, by=request.user, **given)
        except ValidationError as refused:
            _tell(form, refused, prefix="points-")
            return self._page(nomination, form, status=400)
        messages.success(request, _("Your assessment is handed in. Others see it when both are in."))
        return self.back(number)

    def _page(self, nomination: Nomination, form: AssessmentForm, status: int = 200) -> HttpResponse:
        context = {"nomination": nomination, "form": form, "papers": _papers(nomination, past.today())}
        return render(self.request, "ovop/assess.html", context, status=status)


class NominationResult(NominationDesk):
    """`/ovop/usulan/<number>/hasil/`: what the ministry decided, with stars and decree."""

    def get(self, request: UserRequest, number: str) -> HttpResponse:
        nomination = self.nomination(number)
        self.refuse_unless_open(Step.RESULT, nomination)
        return self._page(nomination, ResultForm(most=nomination.round.scheme.max_stars))

    def post(self, request: UserRequest, number: str) -> HttpResponse:
        nomination = self.nomination(number)
        self.refuse_unless_open(Step.RESULT, nomination)
        form = ResultForm(request.POST, most=nomination.round.scheme.max_stars)
        if form.is_valid() and _done(form, actions.enter_result, nomination, by=request.user):
            messages.success(request, _("The result is entered."))
            return self.back(number)
        return self._page(nomination, form, status=400)

    def _page(self, nomination: Nomination, form: ResultForm, status: int = 200) -> HttpResponse:
        return render(self.request, "ovop/result.html", {"nomination": nomination, "form": form}, status=status)


class RoundExport(Desk):
    """`/ovop/putaran/<key>/usulan.zip`: the nominations of a round within reach, as a file; POST only."""

    http_method_names = ["post"]

    def post(self, request: UserRequest, key: str) -> StreamingHttpResponse:
        if "\x00" in key:
            raise Http404
        award_round = get_object_or_404(AwardRound.objects.select_related("scheme"), pk=key)
        nominations = actions.export_round(award_round, by=request.user)
        name = f"usulan-ovop-{award_round.pk}.zip"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
        return StreamingHttpResponse(round_bundle(nominations), content_type="application/zip", headers=headers)


def _done(form: Form, verb: Callable[..., Any], nomination: Nomination, *, by: User) -> bool:
    """Take a step with what the form holds; False where it was refused, which the form then tells at its fields."""
    try:
        verb(nomination, by=by, **form.cleaned_data)
    except ValidationError as refused:
        _tell(form, refused)
        return False
    return True


def _tell(form: Form, refused: ValidationError, *, prefix: str = "") -> None:
    for name, errors in refused.error_dict.items():
        at = next((field for field in (f"{prefix}{name}", name) if field in form.fields), None)
        form.add_error(at, errors)


def _held_up(standing: Standing, person: Person) -> Text:
    """Why the next step of a verifier cannot be taken, or ""."""
    if not person.can_decide or standing.stage != rules.Stage.SELECTION:
        return ""
    return rules.why_not(Step.DETERMINE, standing, person)


def _stages(record: Nomination) -> Iterator[dict[str, Any]]:
    """The three stages for the progress list."""
    state = "done"
    for stage in rules.Stage:
        if stage == record.stage:
            state = "done" if record.result else "current"
        yield {"label": stage.label, "url": "#keadaan", "state": state}
        state = "todo" if stage == record.stage else state


def _papers(record: Nomination, on: datetime.date) -> list[dict[str, Any]]:
    """The items of the checklist with the papers that were given for each, and papers of items no longer on it."""
    given: dict[ChecklistItem, list[NominationPaper]] = {}
    for paper in record.papers.filter(closed_on=None).select_related("item", "file"):
        given.setdefault(paper.item, []).append(paper)
    items = dict.fromkeys([*record.checklist(on), *sorted(given, key=lambda item: (item.position, item.pk))])
    return [{"item": item, "papers": given.get(item, [])} for item in items]


def _shown_assessments(record: Nomination, user: User) -> list[Assessment]:
    shown = Assessment.objects.filter(nomination=record).shown_to(user).select_related("assessor")
    return list(shown.prefetch_related("marks__criterion"))
