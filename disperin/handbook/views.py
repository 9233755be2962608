"""The contents of the handbook with the list of the first day, and its chapters."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from disperin.accounts.models import User
from disperin.desk.pages import Desk
from disperin.handbook.actions import tick
from disperin.handbook.chapters import CHAPTERS, PARTS
from disperin.handbook.first_day import steps_of
from disperin.handbook.models import Tick
from disperin.inquiries.rules import ANSWER_WITHIN, REPLY_WITHIN
from disperin.submissions.workflow import CLAIM_LASTS
from zones.rules.progress import RED_BELOW

# What the texts say in numbers, as the code has them: minutes, working days, points
NUMBERS = {
    "claim": CLAIM_LASTS // timedelta(minutes=1),
    "reply": REPLY_WITHIN,
    "answer": ANSWER_WITHIN,
    "behind": -RED_BELOW,
}


class Contents(Desk):
    """`/panduan/`: the steps of the first day with their ticks, then all chapters, those of one's own tasks first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        user = self.request.user
        ticked = {*Tick.objects.filter(user=user).values_list("step", flat=True)}
        steps = [
            {"step": step, "chapter": CHAPTERS[step.chapter], "is_done": step.key in ticked} for step in steps_of(user)
        ]
        done = len([step for step in steps if step["is_done"]])
        context = {
            "steps": steps,
            "done": done,
            "some_left": done < len(steps),
            "parts": _parts(user, mine=True),
            "others": _parts(user, mine=False),
        }
        return render(request, "handbook/contents.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        tick(self.request.user, request.POST.getlist("done"))
        return redirect("handbook:contents")


class Reading(Desk):
    """`/panduan/<slug>/`: one chapter, in the language of the page."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        if slug not in CHAPTERS:
            raise Http404
        shown = CHAPTERS[slug]
        parts = _parts(self.request.user, mine=shown.is_for(self.request.user))
        order = [chapter for _part, chapters in parts for chapter in chapters]
        here = order.index(shown)
        context = {
            "shown": shown,
            "numbers": NUMBERS,
            "text": shown.template.format((get_language() or "id")[:2]),
            "previous": order[here - 1] if here else None,
            "next": order[here + 1] if here + 1 < len(order) else None,
        }
        return render(request, "handbook/chapter.html", context)


def _parts(user: User, *, mine: bool) -> list[tuple[Any, list[Any]]]:
    """The parts with their chapters that are this person's tasks, or those that are somebody else's."""
    parts = [(part, [chapter for chapter in chapters if chapter.is_for(user) == mine]) for part, chapters in PARTS]
    return [(part, chapters) for part, chapters in parts if chapters]
