"""What can be done with records that may be one. As elsewhere, nothing but these verbs writes."""

from disperin.duplicates.actions.deciding import dismiss
from disperin.duplicates.actions.merging import merge, unmerge
from disperin.duplicates.actions.naming import name_pair
from disperin.duplicates.actions.pairing import begin_search, search_now

__all__ = ["begin_search", "dismiss", "merge", "name_pair", "search_now", "unmerge"]
