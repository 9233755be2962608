"""What a table of numbers says in a sentence: who leads, all of them where several do."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from disperin.ui.formats import number

NAMED = 2  # of several that lead together


@dataclass(frozen=True)
class Leaders:
    """Those with the greatest number: their names as they are told, that number, and how many they are."""

    names: str
    most: int
    several: bool


def leaders(counted: Iterable[tuple[str, int]]) -> Leaders | None:
    """The leaders among (name, number); None where nothing is above 0."""
    known = [(name, count) for name, count in counted if count]
    if not known:
        return None
    most = max(count for _name, count in known)
    first = [name for name, count in known if count == most]
    names, more = ", ".join(first[:NAMED]), len(first) - NAMED
    if more > 0:
        names = _("%(names)s and %(more)s more") % {"names": names, "more": number(more)}
    return Leaders(names, most, len(first) > 1)
