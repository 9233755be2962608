"""The first page after signing in, and the list of everything with a day."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.accounts.actions import look_in
from disperin.accounts.models import User, represented_by
from disperin.desk import agenda
from disperin.desk.lists import COUNTED, DEEPEST, PAGE_SIZE, page_number
from disperin.desk.pages import Desk
from disperin.overview import due_days, summary
from disperin.overview.due_days import Asked, State, Tally
from disperin.overview.forms import DaysForm
from disperin.ui import formats
from disperin.ui.listing import with_query

LAST_TIME = "looked_in_before"  # in the session: what is new stays new until one signs in again
LONGEST = 5  # rows of what is late the longest
TONES = {State.OVERDUE: "danger", State.WEEK: "warning"}


class Summary(Desk):
    """`/ringkasan/`: what waits for this person, what is late where and with whom, and what has moved since last time.

    Whoever only reads sees first what is late.
    """

    def get(self, request: HttpRequest) -> HttpResponse:
        user, today, since = _user(request), timezone.localdate(), _last_time(request)
        tallied = due_days.tallies(user, Asked(), today)
        lines, rows, overdue = summary.waiting(user, today, tallied), summary.days(tallied), summary.overdue(tallied)
        context = {
            "today": today,
            "represented": represented_by(user, today),
            "lines": [line for line in lines if not line.is_late],
            "late": summary.late(rows, lines),
            "rows": rows,
            "states": [state.label for state in summary.SHOWN],
            "longest": due_days.items(user, overdue, today, start=0, stop=LONGEST),
            "longest_url": agenda.address(summary.LIST, group=overdue.group, state=overdue.state),
            "places": summary.places(user, today, overdue) if user.sees_all else [],
            "since": since,
            "news": summary.news(user, since, today) if since else [],
        }
        return render(request, "overview/summary.html", context)


def _last_time(request: HttpRequest) -> datetime | None:
    """When this person looked in before this session, or None for the first time; remembers that they do so now."""
    user = _user(request)
    if LAST_TIME not in request.session:
        request.session[LAST_TIME] = user.looked_in_at.isoformat() if user.looked_in_at else ""
    look_in(user)
    text = request.session[LAST_TIME]
    return datetime.fromisoformat(text) if text else None


class Days(Desk):
    """`/tenggat/`: everything with a day within reach: work to be done by it, and what ends or becomes old on it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        user, today = _user(request), timezone.localdate()
        form = DaysForm(request.GET, by=user)
        is_valid = form.is_valid()
        asked = form.asked if is_valid else Asked()
        page = page_number(request)
        tallies = due_days.tallies(user, replace(asked, kind=""), today)
        start = (page - 1) * PAGE_SIZE
        of_kind = [tally for tally in tallies if asked.kind in ("", tally.kind.key)]
        listed = replace(asked, among=due_days.among(of_kind, asked.state))
        items = due_days.items(user, listed, today, start=start, stop=start + PAGE_SIZE + 1) if is_valid else []
        context = {
            "problems": None if is_valid else form,
            "tiles": [_tile(request, state, of_kind, asked) for state in State],
            "facets": _facets(request, form, tallies, asked),
            "chips": _chips(request, form) if is_valid else [],
            "rows": items[:PAGE_SIZE],
            "total": _sum(of_kind, asked.state),
            "previous_url": with_query(request, page=page - 1 if page > 2 else None) if page > 1 else "",
            "next_url": with_query(request, page=page + 1) if len(items) > PAGE_SIZE and page < DEEPEST else "",
        }
        return render(request, "overview/days.html", context, status=200 if is_valid else 400)


def _user(request: HttpRequest) -> User:
    user: Any = request.user
    person: User = user
    return person


def _sum(tallies: Iterable[Tally], state: str = "") -> int:
    return sum(tally.total(state) for tally in tallies)


def _tile(request: HttpRequest, state: State, tallies: list[Tally], asked: Asked) -> dict[str, Any]:
    number = _sum(tallies, state)
    return {
        "number": formats.capped(number, COUNTED),
        "label": state.label,
        "url": with_query(request, state=None if asked.state == state else state.value),
        "tone": TONES.get(state, "") if number else "",
    }


def _facets(request: HttpRequest, form: DaysForm, tallies: list[Tally], asked: Asked) -> list[dict[str, Any]]:
    """What the list can be narrowed by further: each choice a link, those of kinds with their numbers."""
    groups = [(value, label, None) for value, label in agenda.Group.choices]
    counted = [(tally.kind, _sum([tally], asked.state)) for tally in tallies]
    kinds = [(kind.key, kind.label, number) for kind, number in counted if number or kind.key == asked.kind]
    facets = [
        _facet(request, _("Group"), "group", groups, asked.group, drops=("kind",)),
        _facet(request, _("Kind"), "kind", kinds, asked.kind),
    ]
    if "regency" in form.fields:
        places = [(value, label, None) for value, label in form.fields["regency"].choices]  # type: ignore[attr-defined]
        facets.append(_facet(request, _("Regency/city"), "regency", places, asked.regency))
    mine = "on" if asked.mine else ""
    facets.append(_facet(request, _("Whose it is"), "mine", [("on", _("Only mine"), None)], mine))
    return facets


def _facet(
    request: HttpRequest,
    title: str,
    name: str,
    choices: Sequence[tuple[str, agenda.Text, int | None]],
    chosen: str,
    *,
    drops: tuple[str, ...] = (),
) -> dict[str, Any]:
    gone = dict.fromkeys(drops)
    options = [
        {
            "label": label,
            "count": count,
            "active": value == chosen,
            "url": with_query(request, **gone, **{name: None if value == chosen else value}),
        }
        for value, label, count in choices
    ]
    return {"title": title, "options": options, "open": name != "regency" or bool(chosen)}


def _chips(request: HttpRequest, form: DaysForm) -> list[dict[str, Any]]:
    chips = []
    for name, value in form.cleaned_data.items():
        if value:
            field: Any = form.fields[name]
            shown = _("Yes") if value is True else dict(getattr(field, "choices", ())).get(value, value)
            chips.append({"label": field.label, "value": shown, "url": with_query(request, **{name: None})})
    return chips
