"""The timeline of one record, submission or account: what happened, in words. A fragment for other pages."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from disperin.history.models import Entry

MOST = 200  # entries of one timeline; autosaved edits fall together, so that this is a long story

# verb -> (what was done, icon, tone)
DEEDS = {
    "draft": (gettext_lazy("Draft begun"), "pencil", ""),
    "revise": (gettext_lazy("Draft edited"), "pencil", ""),
    "submit": (gettext_lazy("Submitted to the province"), "send", "info"),
    "withdraw": (gettext_lazy("Withdrawn"), "slash-circle", ""),
    "claim": (gettext_lazy("Taken for review"), "eye", "info"),
    "release": (gettext_lazy("Given back to the queue"), "eye", ""),
    "verify": (gettext_lazy("Verified"), "check-circle-fill", "success"),
    "return": (gettext_lazy("Returned with reasons"), "arrow-return-left", "warning"),
    "reject": (gettext_lazy("Rejected"), "x-circle", "danger"),
    "begin_batch": (gettext_lazy("Batch begun"), "pencil", ""),
    "submit_batch": (gettext_lazy("Batch submitted to the province"), "send", "info"),
    "withdraw_batch": (gettext_lazy("Batch withdrawn"), "slash-circle", ""),
    "draw_sample": (gettext_lazy("Sample drawn"), "list-ul", "info"),
    "verify_batch": (gettext_lazy("Clean rows verified"), "check-circle-fill", "success"),
    "return_batch": (gettext_lazy("Waiting rows returned"), "arrow-return-left", "warning"),
    "publish": (gettext_lazy("Published directly by an administrator"), "check-circle-fill", "warning"),
    "bring_in": (gettext_lazy("Brought in from an older system"), "upload", "warning"),
    "create": (gettext_lazy("Entered into the register"), "check-circle-fill", "success"),
    "change": (gettext_lazy("Changed in the register"), "check-circle-fill", "success"),
    "hide": (gettext_lazy("Hidden from the public"), "shield-lock", "warning"),
    "show": (gettext_lazy("Shown to the public again"), "eye", "warning"),
    "show_changed": (gettext_lazy("A hidden value was changed and is public again"), "eye", "info"),
    "erase": (gettext_lazy("Personal data erased"), "shield-lock", "warning"),
    "hand_on": (gettext_lazy("Handed on to a colleague"), "person", "info"),
    "hand_over": (gettext_lazy("Everything in hand handed on"), "person", "warning"),
    "assign": (gettext_lazy("Assigned to somebody"), "person", "info"),
    "end_task": (gettext_lazy("Task ended"), "check-lg", ""),
    "reveal": (gettext_lazy("Masked value shown"), "eye", "warning"),
    "upload": (gettext_lazy("File sent"), "paperclip", ""),
    "remove_unreferenced": (gettext_lazy("Unused file removed"), "x-circle", ""),
    "invite": (gettext_lazy("Account made"), "person", ""),
    "invite_again": (gettext_lazy("Invitation sent again"), "person", ""),
    "change_role": (gettext_lazy("Role changed"), "person", "warning"),
    "change_profile": (gettext_lazy("Profile changed"), "person", ""),
    "set_password": (gettext_lazy("Password set anew"), "lock", ""),
    "drop_second_factor": (gettext_lazy("Second factor taken off"), "lock", "warning"),
    "suspend": (gettext_lazy("Account suspended"), "slash-circle", "warning"),
    "restore": (gettext_lazy("Account let in again"), "person", ""),
    "select": (gettext_lazy("Selection begun"), "list-ul", "info"),
    "assess": (gettext_lazy("Assessment handed in"), "clipboard-check", "info"),
    "explain": (gettext_lazy("Gap between the assessments explained"), "pencil", ""),
    "determine": (gettext_lazy("Moved on to determination"), "arrow-right", "info"),
    "result": (gettext_lazy("Result entered"), "award", "success"),
    "award": (gettext_lazy("Award proposed"), "award", "info"),
    "export_round": (gettext_lazy("Nominations of the round exported"), "download", "warning"),
    "export": (gettext_lazy("Exported"), "download", "warning"),
    "print_label": (gettext_lazy("Label printed"), "printer", ""),
    "self_check": (gettext_lazy("Accreditation self-check answered"), "clipboard-check", "info"),
    "keep_reference": (gettext_lazy("Reference data changed"), "gear", "warning"),
    "remove_reference": (gettext_lazy("Reference data removed"), "gear", "warning"),
    "receive_inquiry": (gettext_lazy("Received"), "inbox", ""),
    "take_inquiry": (gettext_lazy("Taken"), "person", "info"),
    "answer_inquiry": (gettext_lazy("Answered"), "check-circle-fill", "success"),
    "close_inquiry": (gettext_lazy("Closed without answer"), "slash-circle", ""),
    "reassign_inquiry": (gettext_lazy("Passed on"), "send", "info"),
    "forget_sender": (gettext_lazy("Sender's data erased"), "shield-lock", ""),
    "merge": (gettext_lazy("Another record was merged into this one"), "diagram-3", "warning"),
    "merge_away": (gettext_lazy("Merged into another record"), "diagram-3", "warning"),
    "unmerge": (gettext_lazy("Merge undone"), "arrow-counterclockwise", "warning"),
    "name_pair": (gettext_lazy("Said to be one record"), "person", "info"),
    "merge_pair": (gettext_lazy("Merged"), "diagram-3", "success"),
    "dismiss_pair": (gettext_lazy("Decided to be two different records"), "slash-circle", ""),
    "create_token": (gettext_lazy("API token made"), "gear", ""),
    "revoke_token": (gettext_lazy("API token revoked"), "gear", ""),
}
UNKNOWN = (gettext_lazy("Changed"), "clock-history", "")


@dataclass
class Event:
    """One line of a timeline; `times` counts equal deeds of one person in a row (autosaved edits)."""

    title: str
    icon: str
    tone: str
    at: object
    by: str
    note: str = ""
    times: int = 1


def timeline(target):
    """What happened to `target`, newest first, as `Event`s for `history/_timeline.html`. One query."""
    events, last = [], None
    for entry in Entry.objects.about(target)[:MOST]:
        if last and last.verb == entry.verb == "revise" and last.actor_id == entry.actor_id:
            events[-1].times += 1
            continue
        last = entry
        title, icon, tone = DEEDS.get(entry.verb, UNKNOWN)
        by = str(entry.actor) if entry.actor else _("the portal")
        events.append(Event(title, icon, tone, entry.at, by, _note(entry.detail)))
    return events


def _note(detail):
    """What the entry tells beyond its verb: round, version, number of the submission or record."""
    told = []
    if detail.get("round"):
        told.append(_("Round %(number)d") % {"number": detail["round"]})
    if detail.get("version"):
        told.append(_("Version %(number)d") % {"number": detail["version"]})
    if fields := detail.get("fields"):
        told.append(ngettext("%(count)d field", "%(count)d fields", len(fields)) % {"count": len(fields)})
    if "number" in detail:
        told.append(
            ngettext("%(count)d submission", "%(count)d submissions", detail["number"]) % {"count": detail["number"]}
        )
    if left := detail.get("left"):
        told.append(_("%(count)d left") % {"count": left})
    if "from" in detail:
        told.append(_("From %(from)s to %(to)s") % detail)
    told += [str(detail[name]) for name in ("submission", "record", "why", "request") if detail.get(name)]
    if stock := detail.get("stock"):
        told.append(stock)
    if "place" in detail:
        told.append(detail["place"] or _("Province"))
    return " · ".join(told)
