"""Where a record stands on maps. Said once, on the model; read by lists, maps and files."""

from dataclasses import dataclass

from django.db.models import Value


@dataclass(frozen=True)
class Point:
    """Look-ups of the public latitude and longitude of a record, and of what a map says of it."""

    latitude: str
    longitude: str
    exactness: str | Value  # how exact that place is: the column that says it, or what is so of all
    name: str = "name"
    note: tuple[str, ...] = ()  # columns shown under the name
