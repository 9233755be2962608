"""Texts that are kept for ever beside what they are about: messages, notes and reasons. One rule wherever they come in.

A form or serializer asks it at its own field, so that it is told together with whatever else is wrong.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rest_framework import serializers

from disperin.registers.values.fields import length_problem, shape_problem
from disperin.registers.values.identity import find_nik
from disperin.ui import characters

LONGEST = 1_000  # characters
OWN = "portal:"  # begins what the portal itself writes there


class OwnWords(str):
    """A text that the portal wrote; one that comes from a person and begins alike is refused."""

    __slots__ = ()


def unfit_texts(texts: Mapping[str, str], *, longest: int = LONGEST) -> dict[str, ValidationError]:
    """What `{path: text}` may not be kept as, `{path: ValidationError}`: a personal number, unseen or endless text."""
    refusals = {path: _refusal(text, longest) for path, text in texts.items()}
    return {path: refusal for path, refusal in refusals.items() if refusal}


class KeptText(forms.CharField):
    """A text of a form that is kept."""

    def run_validators(self, value: Any) -> None:
        super().run_validators(value)
        if refusal := _refusal(value, self.max_length or LONGEST):
            raise refusal


class KeptTextField(serializers.CharField):
    """The same in a body of the API."""

    def run_validators(self, value: Any) -> None:
        super().run_validators(value)
        if refusal := _refusal(value, self.max_length or LONGEST):
            raise serializers.ValidationError(refusal.message, refusal.code)


def _refusal(text: str, longest: int) -> ValidationError | None:
    """The ValidationError of one text, None where it may be kept."""
    if isinstance(text, str) and text.lstrip().startswith(OWN) and not isinstance(text, OwnWords):
        text = _("Only the portal's own words begin with “%(begins)s”. Begin otherwise.") % {"begins": OWN}
        return ValidationError(text, "own_words")
    if isinstance(text, str) and (problem := length_problem(text, longest)):
        return ValidationError(problem, "too_long")
    if problem := shape_problem(forms.CharField(), text):
        return ValidationError(problem, "invalid")
    if text.strip() and not characters.line(text):
        values = {"character": characters.code_point(text.strip()[0])}
        text = _("Nothing of this text can be seen (%(character)s). Write it in words.") % values
        return ValidationError(text, "invisible")
    if find_nik(text):
        text = _("This looks like a NIK. The portal keeps no NIK: remove it. It was not stored.")
        return ValidationError(text, "personal_number")
    return None
