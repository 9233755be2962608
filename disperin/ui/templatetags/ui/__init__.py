"""The component tags. Each is one file in templates/components/ and knows no model; see /komponen/ for all of them."""

from . import boxes, forms, lists, pieces
from .library import register

__all__ = ["boxes", "forms", "lists", "pieces", "register"]
