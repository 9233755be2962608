"""What can be done with tables. As elsewhere, nothing but these verbs writes."""

from disperin.mydata.actions.assigning import MOST, assign_lacks, end_mended, move_lacks
from disperin.mydata.actions.changing import MOST_CHANGED, change_many, judge_change
from disperin.mydata.actions.saving import change_view, remove_view, save_view

__all__ = [
    "MOST",
    "MOST_CHANGED",
    "assign_lacks",
    "change_many",
    "change_view",
    "end_mended",
    "judge_change",
    "move_lacks",
    "remove_view",
    "save_view",
]
