"""What is done with nominations, awards and labels, as the history says it."""

from django.utils.translation import gettext_lazy as _

from disperin.history import deeds

deeds.name(
    {
        "select": (_("Selection begun"), "list-ul", "info"),
        "assess": (_("Assessment handed in"), "clipboard-check", "info"),
        "explain": (_("Gap between the assessments explained"), "pencil", ""),
        "determine": (_("Moved on to determination"), "arrow-right", "info"),
        "result": (_("Result entered"), "award", "success"),
        "award": (_("Award proposed"), "award", "info"),
        "export_round": (_("Nominations of the round exported"), "download", "warning"),
        "print_label": (_("Label printed"), "printer", ""),
    }
)
