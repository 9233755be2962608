"""What can be done with tables. As elsewhere, nothing but these verbs writes."""

from disperin.mydata.actions.saving import change_view, remove_view, save_view

__all__ = ["change_view", "remove_view", "save_view"]
