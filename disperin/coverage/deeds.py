"""What is done with lists of other offices, as the history says it."""

from django.utils.translation import gettext_lazy as _

from disperin.history import deeds

deeds.name(
    {
        "bring_list": (_("List of another office brought"), "upload", ""),
        "compare_again": (_("List compared again"), "arrow-counterclockwise", ""),
        "settle_line": (_("Line of a list settled"), "check-lg", "info"),
        "order_import": (_("New lines taken into an import"), "plus-lg", "info"),
        "count_for_league": (_("Counted for the league"), "check-circle-fill", "success"),
        "export_lines": (_("Lines of a list downloaded"), "download", "warning"),
        "remove_list": (_("List of another office removed"), "trash", "warning"),
    }
)
