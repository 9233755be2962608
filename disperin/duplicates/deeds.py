"""What is done with records that may be one, as the history says it."""

from django.utils.translation import gettext_lazy as _

from disperin.history import deeds

deeds.name(
    {
        "merge": (_("Another record was merged into this one"), "diagram-3", "warning"),
        "merge_away": (_("Merged into another record"), "diagram-3", "warning"),
        "unmerge": (_("Merge undone"), "arrow-counterclockwise", "warning"),
        "name_pair": (_("Said to be one record"), "person", "info"),
        "merge_pair": (_("Merged"), "diagram-3", "success"),
        "bring_pair_back": (_("To be decided again"), "arrow-counterclockwise", ""),
        "dismiss_pair": (_("Decided to be two different records"), "slash-circle", ""),
    }
)
