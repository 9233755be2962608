"""What can be done with tables. As elsewhere, nothing but these verbs writes."""

from disperin.mydata.actions.assigning import MOST, assign_lacks, end_mended
from disperin.mydata.actions.saving import change_view, remove_view, save_view

__all__ = [
    "MOST",
    "assign_lacks",
    "change_view",
    "end_mended",
    "remove_view",
    "save_view",
]
