"""What is done with submissions, batches and their records, as the history says it."""

from django.utils.translation import gettext_lazy as _

from disperin.history import deeds

deeds.name(
    {
        "draft": (_("Draft begun"), "pencil", ""),
        "revise": (_("Draft edited"), "pencil", ""),
        "submit": (_("Submitted to the province"), "send", "info"),
        "withdraw": (_("Withdrawn"), "slash-circle", ""),
        "claim": (_("Taken for review"), "eye", "info"),
        "set_aside": (_("Set aside to be reviewed"), "eye", ""),
        "hand_to": (_("Handed to a colleague to be reviewed"), "person", "info"),
        "release": (_("Given back to the queue"), "eye", ""),
        "verify": (_("Verified"), "check-circle-fill", "success"),
        "return": (_("Returned with reasons"), "arrow-return-left", "warning"),
        "reject": (_("Rejected"), "x-circle", "danger"),
        "move_along": (_("Moved to another regency with what it is about"), "send", "info"),
        "begin_batch": (_("Batch begun"), "pencil", ""),
        "submit_batch": (_("Batch submitted to the province"), "send", "info"),
        "withdraw_batch": (_("Batch withdrawn"), "slash-circle", ""),
        "draw_sample": (_("Sample drawn"), "list-ul", "info"),
        "verify_batch": (_("Clean rows verified"), "check-circle-fill", "success"),
        "return_batch": (_("Waiting rows returned"), "arrow-return-left", "warning"),
        "publish": (_("Published directly by an administrator"), "check-circle-fill", "warning"),
        "bring_in": (_("Brought in from an older system"), "upload", "warning"),
        "create": (_("Entered into the register"), "check-circle-fill", "success"),
        "change": (_("Changed in the register"), "check-circle-fill", "success"),
        "hide": (_("Hidden from the public"), "shield-lock", "warning"),
        "show": (_("Shown to the public again"), "eye", "warning"),
        "show_changed": (_("A hidden value was changed and is public again"), "eye", "info"),
        "hand_over": (_("Everything in hand handed on"), "person", "warning"),
    }
)
