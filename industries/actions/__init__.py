"""The verbs of this app: hand products to somebody; keep what is counted of them. Records go through submissions."""

from industries.actions.halal_spans import recount_halal, settle_certifications, settle_establishments
from industries.actions.halal_tasks import NOTE_LENGTH, assign, end_task, hand_on_tasks, own_tasks, reachable_products
from industries.actions.kbli_words import learn_kbli_words

__all__ = [
    "NOTE_LENGTH",
    "assign",
    "end_task",
    "hand_on_tasks",
    "learn_kbli_words",
    "own_tasks",
    "reachable_products",
    "recount_halal",
    "settle_certifications",
    "settle_establishments",
]
