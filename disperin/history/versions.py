"""Versions of rows, as the history library keeps them: each state of a row with its moment, written by the database."""

from collections.abc import Callable
from typing import TypeVar

import pghistory
from django.db import models

Kept = TypeVar("Kept", bound=type[models.Model])


def versioned() -> Callable[[Kept], Kept]:
    """Decorates a model of which every state is kept, found by its moment too: how all rows stood on a past day."""
    return pghistory.track(meta={"indexes": [models.Index(fields=["pgh_created_at", "pgh_obj"])]})
