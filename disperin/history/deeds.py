"""The verbs of the history in words. Each app names its own in `<app>/deeds.py`; an unnamed one is never written."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from disperin.ui.texts import Text


class Deed(NamedTuple):
    """What was done in words, and how it is drawn."""

    title: Text
    icon: str
    tone: str


class UnnamedDeed(LookupError):
    """No app has named this verb."""


_deeds: dict[str, Deed] = {}
_OF_OLD = Deed(_("Changed"), "clock-history", "")  # a verb of an older release: the history keeps it for ever


def name(verbs: Mapping[str, tuple[Text, str, str]]) -> None:
    """Called by each app: `{verb: (what was done, icon, tone)}`. A verb that several write is named by the lowest."""
    for verb, facts in verbs.items():
        if verb in _deeds:
            raise ValueError(f"“{verb}” has a name already.")
        _deeds[verb] = Deed(*facts)


def of(verb: str) -> Deed:
    """The Deed of a verb that the history holds."""
    return _deeds.get(verb, _OF_OLD)


def refuse_unnamed(verb: str) -> None:
    """Raises UnnamedDeed."""
    if verb not in _deeds:
        raise UnnamedDeed(verb)


def named() -> dict[str, Deed]:
    """`{verb: Deed}` of all of them."""
    return dict(_deeds)
