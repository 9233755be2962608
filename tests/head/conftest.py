"""The world of the list of days, in which every kind of thing is late."""

from tests.overview.conftest import one_of_each, today

__all__ = ["one_of_each", "today"]
