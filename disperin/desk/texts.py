"""Texts that people write beside a step: a message, a note, a reason."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from disperin.registers.values.fields import length_problem, shape_problem
from disperin.registers.values.identity import find_nik
from disperin.ui import characters


def refuse_unfit_texts(texts, *, longest=1000):
    """A message, note or reason is kept for ever too: no personal number, nothing unseen, not endless.

    `texts` is `{path: text}`; raises ValidationError by path.
    """
    problems = {}
    for path, text in texts.items():
        if isinstance(text, str) and (problem := length_problem(text, longest)):
            problems[path] = ValidationError(problem, "too_long")
        elif problem := shape_problem(forms.CharField(), text):
            problems[path] = ValidationError(problem, "invalid")
        elif text.strip() and not characters.line(text):
            problems[path] = ValidationError(_("Nothing of this text can be seen. Write it in words."), "invisible")
        elif find_nik(text):
            message = _("This looks like a NIK. The portal keeps no NIK: remove it. Nothing was stored.")
            problems[path] = ValidationError(message, "personal_number")
    if problems:
        raise ValidationError(problems)
