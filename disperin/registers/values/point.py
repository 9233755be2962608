"""Where a record stands on maps. Said once, on the model; read by lists, maps and files."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    """Look-ups of the public latitude and longitude of a record, and of what a map says of it."""

    latitude: str
    longitude: str
    exactness: str  # how exact that place is
    name: str = "name"
    note: tuple[str, ...] = ()  # columns shown under the name

    @property
    def named(self) -> dict[str, str]:
        """`{name: look-up}` of the three, as answers and files name them: by the last of its words."""
        lookups = {lookup.rpartition("__")[2]: lookup for lookup in (self.latitude, self.longitude, self.exactness)}
        return {name if "_" in name else f"map_{name}": lookup for name, lookup in lookups.items()}
