"""What is done about quarterly reports beside the register, as the history says it."""

from django.utils.translation import gettext_lazy as _

from disperin.history import deeds

deeds.name(
    {
        "keep_deadline": (_("Deadline of quarterly reports set"), "gear", "warning"),
        "keep_duty": (_("Duty to report set"), "gear", "warning"),
        "keep_shipyard": (_("KBLI of shipyards set"), "gear", "warning"),
        "file_konsep": (_("Entered in SIINas"), "pencil", "neutral"),
        "file_dikirim": (_("Sent in SIINas"), "send", "neutral"),
        "file_pengembalian": (_("Returned in SIINas"), "arrow-return-left", "warning"),
        "file_diterima": (_("Accepted in SIINas"), "check-circle", "success"),
        "take_back_filing": (_("Step in SIINas taken back"), "arrow-counterclockwise", "warning"),
    }
)
