"""The verbs of this app: hand products to somebody; keep what is counted of them. Records go through submissions."""

from industries.actions.halal_makers import count_halal_makers
from industries.actions.halal_spans import (
    keep_up_certifications,
    keep_up_establishments,
    makers_of_certifications,
    makers_of_establishments,
    recount_halal,
)
from industries.actions.halal_tasks import assign, move_halal_tasks, reachable_products
from industries.actions.kbli_words import learn_kbli_words
from industries.actions.league import mark_month
from industries.actions.quality import keep_up_quality, order_idle, order_judging, recount_quality

__all__ = [
    "assign",
    "count_halal_makers",
    "keep_up_certifications",
    "keep_up_establishments",
    "keep_up_quality",
    "learn_kbli_words",
    "makers_of_certifications",
    "makers_of_establishments",
    "mark_month",
    "move_halal_tasks",
    "order_idle",
    "order_judging",
    "reachable_products",
    "recount_halal",
    "recount_quality",
]
