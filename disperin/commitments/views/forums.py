"""Forums: the list, one page each with what came of its commitments, and the last one."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.accounts.requests import UserRequest, user_of
from disperin.commitments import rules
from disperin.commitments.actions import to_carry_over
from disperin.commitments.filters import ForumFilter
from disperin.commitments.models import Commitment, Forum
from disperin.desk import agenda
from disperin.desk.pages import Desk
from disperin.regions.models import Regency
from disperin.registers.lists.facets import Facet
from disperin.registers.lists.views import RecordList
from disperin.registers.record import past, reference
from disperin.submissions.views.record_page import RecordPage
from disperin.ui.addresses import addresses
from disperin.ui.formats import day


class ForumList(RecordList):
    """`/forum/`: the forums, the newest first; every office reads them."""

    filterset_class = ForumFilter
    template_name = "commitments/forum_list.html"
    facets = (Facet("kind", _("Kind of meeting"), "kind"),)
    columns = ("number", "kind", "name", "day", "place", "minutes_number")

    def cards(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        address = addresses("commitments:forum-detail")
        return [
            {
                **row,
                "url": address(row["number"]),
                "kind_label": rules.ForumKind(row["kind"]).label,
                "day": day(row["day"]),
            }
            for row in rows
        ]


@dataclass
class Line:
    """How the commitments of a regency, or of all (None), stand: number by state, late ones, and since when."""

    regency: Regency | None
    url: str
    counts: dict[rules.State, int] = field(default_factory=lambda: dict.fromkeys(rules.State, 0))
    late: int = 0
    late_since: datetime.date | None = None
    late_url: str = ""

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())

    def take(self, state: str, number: int, late: int, due_first: datetime.date | None) -> None:
        """Add so many commitments in one state; the first that is late was due on `due_first`."""
        self.counts[rules.State(state)] += number
        self.late += late
        if due_first is not None:
            since = due_first + datetime.timedelta(days=1)
            self.late_since = since if self.late_since is None else min(self.late_since, since)


class ForumPage(RecordPage):
    """`/forum/<number>/`: one forum, and what came of its promises, by regency and state."""

    template_name = "commitments/forum_detail.html"
    queryset = Forum.objects.select_related("regency", "minutes")
    reads = ("forums", "commitments", "reference")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        forum, user = self.object, user_of(self.request)
        spoken_of = Commitment.objects.within_reach(user).current().spoken_of_at(forum)
        lines, total = standing_of(forum, spoken_of, past.today())
        may_carry = user.can_propose and user.sees_all and not past.day()
        return super().get_context_data(
            states=list(rules.State),
            lines=lines,
            total=total,
            list_url=agenda.address("commitments:commitment-list", forum=forum.number),
            number_to_carry=to_carry_over(forum).count() if may_carry else 0,
            **kwargs,
        )


def standing_of(forum: Forum, commitments: QuerySet[Commitment], on: datetime.date) -> tuple[list[Line], Line]:
    """`(a Line for each regency that has some, one of all)` of these commitments of a forum on a day; in one query."""

    def line(regency: Regency | None) -> Line:
        asked = {"forum": forum.number} | ({"regency": regency.pk} if regency else {})
        url = agenda.address("commitments:commitment-list", **asked)
        return Line(regency, url, late_url=agenda.address("commitments:commitment-list", **asked, late="true"))

    is_late = Q(settled_on=None, due_on__lt=on)
    rows = (
        commitments.order_by()
        .values("regency", "state")
        .annotate(number=Count("pk"), late=Count("pk", filter=is_late), first=Min("due_on", filter=is_late))
        .values_list("regency", "state", "number", "late", "first")
    )
    regencies = reference.Tables().table(Regency)
    lines: dict[str, Line] = {}
    total = line(None)
    for code, *values in rows:
        lines.setdefault(code, line(regencies[code])).take(*values)
        total.take(*values)
    return [lines[code] for code in sorted(lines)], total


def last_forum_of(user: User) -> Forum | None:
    """The newest forum that has been held and at which something within reach was promised, or is spoken of again."""
    reached = Commitment.objects.within_reach(user).current()
    named = Q(pk__in=reached.values("forum")) | Q(pk__in=reached.values("next_forum"))
    return Forum.objects.current().filter(named, day__lte=timezone.localdate()).order_by("-day", "-id").first()


class LastForum(Desk):
    """`/forum/terakhir/`: leads to what came of the promises of the last forum."""

    def get(self, request: UserRequest) -> HttpResponse:
        forum = last_forum_of(request.user)
        return redirect("commitments:forum-detail", forum.number) if forum else redirect("commitments:forum-list")
