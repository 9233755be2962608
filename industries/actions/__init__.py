"""The verbs of this app: hand products to somebody; keep what is counted of them. Records go through submissions."""

from industries.actions.halal_spans import recount_halal, settle_certifications, settle_establishments
from industries.actions.halal_tasks import assign, reachable_products
from industries.actions.kbli_words import learn_kbli_words

__all__ = [
    "assign",
    "learn_kbli_words",
    "reachable_products",
    "recount_halal",
    "settle_certifications",
    "settle_establishments",
]
