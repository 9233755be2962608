"""The columns of records and rows by their names."""

from typing import Any, cast

from django.db.models import Field, Model


def column(of: type[Model] | Model, name: str) -> Field[Any, Any]:
    """The field of this name, a column of its own: what points here from elsewhere has no name in values."""
    return cast("Field[Any, Any]", of._meta.get_field(name))
