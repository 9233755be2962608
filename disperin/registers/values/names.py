"""What rows of any table are called."""

from django.db.models import Model

_NAMES = ("name", "name_id", "title_id")


def name_column(model: type[Model]) -> str:
    """The column that says what a row of a table is called; "" where none does."""
    there = {field.name for field in model._meta.concrete_fields}
    return next((name for name in _NAMES if name in there), "")
