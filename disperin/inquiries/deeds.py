"""What is done with inquiries, as the history says it."""

from django.utils.translation import gettext_lazy as _

from disperin.history import deeds

deeds.name(
    {
        "receive_inquiry": (_("Received"), "inbox", ""),
        "take_inquiry": (_("Taken"), "person", "info"),
        "begin_mending": (_("Correction begun"), "pencil", ""),
        "mended": (_("Mended: the correction is verified"), "check-circle-fill", "success"),
        "not_mended": (_("Not mended: the correction was rejected"), "x-circle", "warning"),
        "answer_inquiry": (_("Answered"), "check-circle-fill", "success"),
        "close_inquiry": (_("Closed without answer"), "slash-circle", ""),
        "reassign_inquiry": (_("Passed on"), "send", "info"),
        "forget_sender": (_("Sender's data erased"), "shield-lock", ""),
    }
)
