"""A database belongs to one province: a portal of another one does not touch it."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from disperin.regions.models import Regency


def foreign_province() -> str:
    """Why this database is not of the province that is set; "" where it is, or holds no region yet."""
    held = Regency.objects.order_by("code").first()
    wanted = settings.PROVINCE.code
    if held is None or held.code.startswith(f"{wanted}."):
        return ""
    there = held.code.partition(".")[0]
    return (
        f"This database holds province {there} ({held.name} and others), but PROVINCE is {wanted}. "
        f"Start with PROVINCE={there}, or give province {wanted} a database of its own (DATABASE_URL, "
        "or VAR_DIR for a demo)."
    )


def refuse_foreign_province() -> None:
    """Raise ImproperlyConfigured for a database of another province; one that does not answer yet is let pass."""
    try:
        fault = foreign_province()
    except DatabaseError:
        return
    if fault:
        raise ImproperlyConfigured(fault)


@register(Tags.database)
def same_province(databases: Collection[str] | None = None, **kwargs: Any) -> list[Error]:
    """The same where a command asks the database: `migrate`, with which every release begins, and the job worker."""
    if not databases:
        return []
    try:
        fault = foreign_province()
    except DatabaseError:
        return []
    return [Error(fault, id="regions.E001")] if fault else []
