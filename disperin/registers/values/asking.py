"""Which fields matter for the answers given. Said beside the fields of a form, `{name of the field: AskedIf(…)}`.

What does not matter is still accepted and kept: pages only leave its empty field out, and say so of one with an answer.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from disperin.ui.forms import choices_of
from disperin.ui.texts import Text


class AskedIf:
    """A field that matters only if one of other fields of its form is answered, or answered by one of `values`.

    `needed`: it must then be answered itself.
    """

    def __init__(self, *fields: str, values: tuple[str, ...] = (), needed: bool = False) -> None:
        self.fields, self.values, self.needed = fields, tuple(map(str, values)), needed

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Does the field matter beside these values of its form or row?"""
        given = [answer for name in self.fields if (answer := answers.get(name)) not in (None, "", [], False, 0)]
        return any(str(answer) in self.values for answer in given) if self.values else bool(given)

    def in_words(self, fields: Mapping[str, forms.Field]) -> str:
        """When it matters, for somebody who sees the field nevertheless."""
        labels = _either([capfirst(str(fields[name].label or name)) for name in self.fields])
        if not self.values:
            return _("Only if this is answered: %(fields)s.") % {"fields": labels}
        said = choices_of(fields[self.fields[0]])
        values = {"field": labels, "values": _either([said.get(value, value) for value in self.values])}
        return _("Only if “%(field)s” is: %(values)s.") % values


def _either(texts: list[Text]) -> str:
    return " / ".join(map(str, texts))


def unasked(asked_if: Mapping[str, AskedIf], answers: Mapping[str, Any]) -> list[str]:
    """The fields that are answered though they do not matter for the other answers."""
    return [
        name
        for name, condition in asked_if.items()
        if answers.get(name) not in (None, "", [], False) and not condition.holds(answers)
    ]
