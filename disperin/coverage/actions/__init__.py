"""What can be done with lists of other offices. As elsewhere, nothing but these verbs writes."""

from disperin.coverage.actions.assigning import assign_lines, end_settled
from disperin.coverage.actions.bringing import bring, compare_again, note_download, remove
from disperin.coverage.actions.counting import count_for_league, why_not_count
from disperin.coverage.actions.importing import order_import
from disperin.coverage.actions.settling import settle

__all__ = [
    "assign_lines",
    "bring",
    "compare_again",
    "count_for_league",
    "end_settled",
    "note_download",
    "order_import",
    "remove",
    "settle",
    "why_not_count",
]
