"""Texts that people write beside a step: a message, a note, a reason."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError

from disperin.registers.values.kept_texts import LONGEST, unfit_texts


def refuse_unfit_texts(texts: Mapping[str, str], *, longest: int = LONGEST) -> None:
    """A message, note or reason is kept for ever too: no personal number, nothing unseen, not endless.

    `texts` is `{path: text}`; raises ValidationError by path.
    """
    if problems := unfit_texts(texts, longest=longest):
        raise ValidationError(problems)
