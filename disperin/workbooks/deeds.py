"""What is done with files of rows, as the history says it; they are submitted and withdrawn like submissions."""

from django.utils.translation import gettext_lazy as _

from disperin.history import deeds

deeds.name(
    {
        "send": (_("File of rows sent"), "upload", ""),
        "confirm": (_("Columns confirmed"), "check-lg", "info"),
        "choose": (_("Rows assigned to records"), "list-ul", ""),
        "mend": (_("Rows mended or skipped in the import"), "pencil", ""),
        "picture": (_("Photographs sent for a file of rows"), "image", ""),
        "resume": (_("Tried again"), "arrow-counterclockwise", ""),
        "export": (_("Exported"), "download", "warning"),
    }
)
