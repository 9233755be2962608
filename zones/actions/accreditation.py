"""The verbs of the accreditation: keep an item that an administrator entered, and answer the items for a zone."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.desk.refusals import NotNow, Refused, Stale
from disperin.history.models import record as write_history
from disperin.regions.reach import reaches
from disperin.registers.values.kept_texts import unfit_texts
from zones.models import AccreditationItem, SelfCheckAnswer, Zone, accreditation_items
from zones.models.accreditation import NOTE_LENGTH

NOTHING = {"points": None, "note": "", "document": None}


@transaction.atomic
def keep_item(item: AccreditationItem, *, by: User) -> AccreditationItem:
    """Store an item of the accreditation that an administrator entered; gives it back."""
    item.save()
    write_history("keep_reference", item, by=by)
    return item


@transaction.atomic
def answer_self_check(
    zone: Zone, answers: Mapping[str, Mapping[str, Any]], *, by: User, seen: datetime.datetime | None = None
) -> list[SelfCheckAnswer]:
    """Keep what is answered to items of the accreditation for a zone; gives the answers that differ from before.

    `answers` is `{key of an item: {"points": 1-3 or None, "note": text, "document": Attachment or None}}`; an item that
    is not named stays as it is. `seen` is the time of the last answer that was looked at (`last_answered`).
    Raises Refused (no right to propose, out of reach), NotNow (a closed zone), Stale (somebody answered since),
    ValidationError by `points-<key>`, `note-<key>` or `document-<key>`.
    """
    zone = Zone.objects.select_for_update(of=["self"], no_key=True).get(pk=zone.pk)
    if not by.can_propose or not reaches(by, zone):
        raise Refused(_("Only those who propose for this regency answer its self-check."))
    if zone.closed_on is not None:
        raise NotNow(_("This zone is closed."))
    if seen != last_answered(zone):
        raise Stale(_("Somebody else has answered meanwhile."))
    stored = {answer.item_id: answer for answer in zone.self_check_answers.all()}
    changed = {
        key: given for key, given in answers.items() if given != (_said(stored[key]) if key in stored else NOTHING)
    }
    _refuse_wrong(changed, stored, by)
    kept = [stored.get(key) or SelfCheckAnswer(zone=zone, item_id=key) for key in changed]
    for answer in kept:
        for name, value in changed[answer.item_id].items():
            setattr(answer, name, value)
        answer.answered_by = by
        answer.save()
    if kept:
        write_history("self_check", zone, by=by, items=sorted(changed))
    return kept


def last_answered(zone: Zone) -> datetime.datetime | None:
    """When an item was last answered for a zone; None if none ever was."""
    return zone.self_check_answers.order_by("-answered_at").values_list("answered_at", flat=True).first()


def _said(answer: SelfCheckAnswer | None) -> dict[str, Any]:
    return {name: getattr(answer, name) for name in NOTHING}


def _refuse_wrong(answers: Mapping[str, Mapping[str, Any]], stored: Mapping[str, SelfCheckAnswer], by: User) -> None:
    known = {item.pk for item in accreditation_items(timezone.localdate())}
    problems = unfit_texts({f"note-{key}": given["note"] for key, given in answers.items()}, longest=NOTE_LENGTH)
    for key, given in answers.items():
        if key not in known:
            text = _("“%(key)s” is no item that is entered for today.")
            problems["__all__"] = ValidationError(text, "unknown", {"key": str(key)[:40]})
        if given["points"] not in (None, 1, 2, 3):
            problems[f"points-{key}"] = ValidationError(_("Choose 3, 2 or 1 points."), "points")
        file, before = given["document"], stored[key].document_id if key in stored else None
        if file is not None and file.pk != before and not reaches(by, file):
            problems[f"document-{key}"] = ValidationError(_("This file is not yours to use."), "not_yours")
    if problems:
        raise ValidationError(problems)
