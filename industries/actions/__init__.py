"""The verbs of this app: hand products to somebody; keep what is counted of them. Records go through submissions."""

from industries.actions.halal_spans import keep_up_certifications, keep_up_establishments, recount_halal
from industries.actions.halal_tasks import assign, reachable_products
from industries.actions.kbli_words import learn_kbli_words

__all__ = [
    "assign",
    "keep_up_certifications",
    "keep_up_establishments",
    "learn_kbli_words",
    "reachable_products",
    "recount_halal",
]
