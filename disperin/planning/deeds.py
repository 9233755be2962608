"""What is laid down for planning, as the history says it."""

from django.utils.translation import gettext_lazy as _

from disperin.history import deeds

deeds.name(
    {
        "keep_layout": (_("Layout of a printed table set"), "gear", "warning"),
        "keep_template": (_("Workbook of a printed table set"), "gear", "warning"),
        "keep_paper": (_("Head and signatures of a printed table set"), "gear", "warning"),
        "keep_light": (_("Thresholds of the traffic light set"), "gear", "warning"),
    }
)
