"""The timeline of one record, submission or account: what happened, in words. A fragment for other pages."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from disperin.history import deeds
from disperin.history.models import Entry
from disperin.ui import formats

MOST = 200  # entries of one timeline; autosaved edits fall together, so that this is a long story


@dataclass
class Event:
    """One line of a timeline; `times` counts equal deeds of one person in a row (autosaved edits)."""

    title: str
    icon: str
    tone: str
    at: datetime.datetime
    by: str
    note: str = ""
    times: int = 1


def timeline(target: Model, *, until: datetime.datetime | None = None) -> list[Event]:
    """What happened to `target`, newest first, as `Event`s for `history/_timeline.html`; before a moment. One query."""
    events, last = [], None
    about = Entry.objects.about(target)
    for entry in (about.filter(at__lt=until) if until else about)[:MOST]:
        if last and last.verb == entry.verb == "revise" and last.actor_id == entry.actor_id:
            events[-1].times += 1
            continue
        last = entry
        title, icon, tone = deeds.of(entry.verb)
        by = str(entry.actor) if entry.actor else _("the portal")
        events.append(Event(str(title), icon, tone, entry.at, by, _note(entry.detail)))
    return events


def _note(detail: Mapping[str, Any]) -> str:
    """What the entry tells beyond its verb: round, version, number of the submission or record."""
    pieces = []
    if detail.get("round"):
        pieces.append(_("Round %(number)d") % {"number": detail["round"]})
    if detail.get("version"):
        pieces.append(_("Version %(number)d") % {"number": detail["version"]})
    if fields := detail.get("fields"):
        pieces.append(ngettext("%(count)d field", "%(count)d fields", len(fields)) % {"count": len(fields)})
    if "number" in detail:
        pieces.append(
            ngettext("%(count)d submission", "%(count)d submissions", detail["number"]) % {"count": detail["number"]}
        )
    if left := detail.get("left"):
        pieces.append(_("%(count)d left") % {"count": left})
    if "from" in detail:
        pieces.append(_("From %(from)s to %(to)s") % detail)
    pieces += [str(detail[name]) for name in ("submission", "record", "why", "request") if detail.get(name)]
    if stock := detail.get("stock"):
        day = detail.get("extracted_on")  # older entries say it within the text
        pieces.append(f"{stock}, {formats.day(datetime.date.fromisoformat(day))}" if day else stock)
    if "place" in detail:
        pieces.append(detail["place"] or _("Province"))
    return " · ".join(pieces)
