"""Versions of rows, as the history library keeps them: each state of a row with its moment, written by the database."""

from collections.abc import Callable
from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

Kept = TypeVar("Kept", bound=type[models.Model])

ENDED = "pgh_ended_at"  # the moment from which a version held no more: that of the next one; none while it holds
_HAS_ENDED = Q(pgh_ended_at__isnull=False)
# A version begins where the one before it ends, and never before that one began: a transaction that waited for the row
# may be of an earlier moment than the one that it waited for.
_END_THE_ONE_BEFORE = """
    UPDATE {meta.db_table} SET pgh_ended_at = GREATEST(NEW.pgh_created_at, pgh_created_at)
    WHERE pgh_ended_at IS NULL AND pgh_id = (
        SELECT pgh_id FROM {meta.db_table} WHERE pgh_obj_id = NEW.pgh_obj_id
        ORDER BY pgh_created_at DESC, pgh_id DESC LIMIT 1
    )
    RETURNING pgh_ended_at INTO ended;
    NEW.pgh_created_at = COALESCE(ended, NEW.pgh_created_at);
    RETURN NEW;
"""
_REFUSE_ALL_BUT_THE_END = """
    IF OLD.pgh_ended_at IS NULL THEN
        OLD.pgh_ended_at = NEW.pgh_ended_at;
    END IF;
    IF NEW IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
    END IF;
    RETURN NEW;
"""


def versioned() -> Callable[[Kept], Kept]:
    """Decorates a model of which every state is kept, with when it began and ended: how all rows stood on a past day.

    The database writes versions, ends each with the next one, and refuses every other change of them.
    """
    return pghistory.track(
        append_only=False,  # the library's own guard would also refuse that a version ends
        attrs={ENDED: models.DateTimeField(null=True)},
        meta={
            "indexes": [
                models.Index(fields=["pgh_created_at", "pgh_obj"]),
                models.Index(name="ended_%(class)s", fields=[ENDED, "pgh_created_at"], condition=_HAS_ENDED),
            ],
            "triggers": _triggers(),
        },
    )


def _triggers() -> list[Any]:
    return [
        pgtrigger.Trigger(
            name="append_only",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            func=pgtrigger.Func(_REFUSE_ALL_BUT_THE_END),
        ),
        pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        pgtrigger.Trigger(
            name="ends_the_one_before",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            declare=[("ended", "timestamptz")],
            func=pgtrigger.Func(_END_THE_ONE_BEFORE),
        ),
    ]
