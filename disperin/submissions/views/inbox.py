"""What must I do now about proposals? Tiles with counts, then the list behind them."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, IntegerField, Value, When
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.accounts.requests import UserRequest
from disperin.desk.counting import Count, answers
from disperin.desk.lists import COUNTED, DEEPEST, PAGE_SIZE, chips_of, page_number, within_own_regency
from disperin.desk.pages import Desk, whole_number
from disperin.desk.refusals import NotNow
from disperin.notices.actions import mark_read_about
from disperin.submissions.batches.actions.confirming import registers_with_unchecked
from disperin.submissions.filters import Part, SubmissionFilter
from disperin.submissions.models import Batch, Submission
from disperin.submissions.models.batch import count_all
from disperin.submissions.models.submission import SubmissionQuerySet
from disperin.submissions.views.choosing import chosen_numbers, deal_with_chosen, fellow_verifiers
from disperin.submissions.workflow import UNCLAIMED, UNDER_REVIEW, Status
from disperin.ui import formats
from disperin.ui.listing import with_query
from disperin.ui.texts import Text

MOST_BATCHES = 10  # files before the list of proposals; all of them stand on a page of their own
NARROWING = (
    "status", "mine", "q", "record", "batch", "waiting_since", "decided_since", "decided_after", "submitted_after",
)  # fmt: skip
LATELY = datetime.timedelta(days=7)


class Inbox(Desk):
    """`/usulan/`: tiles, filters, and the submissions within reach. The head of office reads the same."""

    def get(self, request: UserRequest) -> HttpResponse:
        mark_read_about(request.user, request.path)
        return self._page()

    def post(self, request: UserRequest) -> HttpResponse:
        """Do what was asked for the ticked ones; what is refused is said on the same page, its ticks kept."""
        try:
            return deal_with_chosen(request, back=request.get_full_path())
        except NotNow as refusal:
            return self._page(refused=str(refusal))

    def _page(self, refused: str = "") -> HttpResponse:
        request = self.request
        reachable = Submission.objects.within_reach(request.user)
        asked = SubmissionFilter(request.GET, queryset=_first_things_first(reachable, request), request=request)
        asked = within_own_regency(asked)
        problems = [] if asked.is_valid() else asked.form
        matched = asked.qs.shown().defer("values", "base", "typed") if not problems else reachable.none()
        batches = [] if problems or {*asked.form.changed_data} - {"order"} else _waiting_batches(request.user)
        tiles, in_batches = _tiles(request.user), matched.exclude(batch=None) if batches else matched.none()
        counts = answers([Count(queryset) for queryset in (matched, in_batches, *_behind(tiles, asked, reachable))])
        if batches:
            matched = matched.filter(batch=None)  # the rows of a file are one line, and are decided on its page
        page = page_number(request)
        rows = list(matched[(page - 1) * PAGE_SIZE : page * PAGE_SIZE + 1])
        waits = any(submission.status == Status.SUBMITTED for submission in rows[:PAGE_SIZE])
        may_choose = request.user.can_decide and (waits or bool(refused))
        context = {
            "tiles": [_shown(tile, number) for tile, number in zip(tiles, counts[2:], strict=True)],
            "filter": asked,
            "problems": problems,
            "refused": [{"message": refused, "target": "chosen"}] if refused else [],
            "ticked": chosen_numbers(request),
            "hand_to": whole_number(request.POST.get("to")),
            "chips": chips_of(request, asked.form) if not problems else [],
            "rows": rows[:PAGE_SIZE],
            "batches": batches[:MOST_BATCHES] if page == 1 else [],
            "more_batches": len(batches) > MOST_BATCHES,
            "total": counts[0],
            "in_batches": counts[1],
            "previous_url": with_query(request, page=page - 1 if page > 2 else None) if page > 1 else "",
            "next_url": with_query(request, page=page + 1) if len(rows) > PAGE_SIZE and page < DEEPEST else "",
            "page": page,
            "may_choose": may_choose,
            "colleagues": fellow_verifiers(request.user) if may_choose else [],
            "has_old_stock": bool(registers_with_unchecked()),
        }
        return render(request, "submissions/inbox.html", context, status=409 if refused else 400 if problems else 200)


def _first_things_first(reachable: SubmissionQuerySet, request: UserRequest) -> SubmissionQuerySet:
    """What this role has to do comes first; a filter that says otherwise is obeyed."""
    narrowed = _is_narrowed(request)
    if not request.user.sees_all:
        mine_first = Case(
            When(status=Status.RETURNED, then=Value(0)),
            When(status=Status.DRAFT, then=Value(1)),
            When(status=Status.SUBMITTED, then=Value(2)),
            default=Value(3),
            output_field=IntegerField(),
        )
        return (reachable if narrowed else reachable.open()).order_by(mine_first, "-id")
    return reachable.order_by("-id") if narrowed else reachable.waiting()


def _is_narrowed(request: UserRequest) -> bool:
    """Whether a filter says which submissions are asked for."""
    return any(request.GET.get(name) for name in NARROWING)


def _waiting_batches(user: User) -> list[Batch]:
    """The files that wait for those who do not propose for a regency, the longest waiting first."""
    if not user.sees_all:
        return []
    batches = list(Batch.objects.within_reach(user).waiting().shown()[: MOST_BATCHES + 1])
    count_all(batches)
    return batches


Tile = tuple[Text, dict[str, Any], str, str]  # label, what is asked of the list, icon, tone


def _tiles(user: User) -> list[Tile]:
    """What this role looks for first."""
    mine = {"mine": Part.PROPOSED} if user.sees_all else {}
    decided = {
        "status": [Status.VERIFIED, Status.REJECTED],
        "decided_since": timezone.localdate() - LATELY,
        "order": "-decided_at",
    }
    waiting: Tile = (
        UNCLAIMED[1],
        {"status": [UNCLAIMED[0]], "order": "submitted_at"},
        "hourglass-split",
        "info",
    )
    held: Tile = (_("Under review now"), {"status": [UNDER_REVIEW[0]]}, "eye", "")
    returned: Tile = (_("Returned to be mended"), {"status": [Status.RETURNED], **mine}, "arrow-return-left", "warning")
    drafts: Tile = (_("Drafts"), {"status": [Status.DRAFT], **mine}, "pencil", "")
    done: Tile = (_("Decided in the last 7 days"), decided, "check-circle-fill", "success")
    if user.can_decide:
        meant: Tile = (_("Meant for me"), {"mine": Part.MEANT}, "person", "info")
        return [waiting, meant, (_("Held by me"), {"mine": Part.HELD}, "eye", "info"), returned, drafts, done]
    if user.can_propose:
        return [returned, drafts, waiting, held, done]
    returned = (_("Returned to be mended"), {"status": [Status.RETURNED]}, "arrow-return-left", "warning")
    return [waiting, held, returned, done]


def _behind(tiles: list[Tile], asked: SubmissionFilter, reachable: SubmissionQuerySet) -> Iterator[SubmissionQuerySet]:
    """The list behind each tile: what the filters themselves make of what its address asks."""
    for _label, query, _icon, _tone in tiles:
        matched = reachable
        for name in query.keys() - {"order"}:
            matched = asked.filters[name].filter(matched, query[name])
        yield matched


def _shown(tile: Tile, number: int) -> dict[str, Any]:
    """A tile as the page shows it: how many, what, where, icon, tone."""
    label, query, icon, tone = tile
    number_in_words = formats.capped(number, COUNTED)
    return {"number": number_in_words, "label": label, "url": _address(query), "icon": icon, "tone": tone}


def _address(query: Mapping[str, Any]) -> str:
    return f"{reverse('submissions:inbox')}?{urlencode(query, doseq=True)}"
